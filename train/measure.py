"""Figures of a tagger on annotated windows.

Anchors: one of the key's is met if a run of tagged words overlaps it, and the other way round (as many as overlap). Roles: of the key's
anchors, the key's place is met by a run of words with at least half of their union in common. Labels: of the key's anchors.
"""
import numpy as np, torch
from windows import ANCHORS, LABELS, LABEL_OF, ROLES, TAGS

STEPS = [.2, .25, .3, .35, .4, .45, .5, .55, .6, .65, .7, .75, .8, .85, .9]
MANY = ("gathering.with", "statement.said")     # roles that may have several places

def batches(ws, pieces, rng=None):
    """Windows of like length together, at most `pieces` with padding."""
    size = [len(w["ids"]) * (1 if rng is None else rng.uniform(.8, 1.25)) for w in ws]
    out, cur, widest = [], [], 0
    for i in sorted(range(len(ws)), key=lambda i: size[i]):
        if cur and max(widest, len(ws[i]["ids"])) * (len(cur) + 1) > pieces: out.append(cur); cur, widest = [], 0
        cur.append(i); widest = max(widest, len(ws[i]["ids"]))
    out.append(cur)
    if rng is not None: rng.shuffle(out)
    return out

def tensors(ws, b):
    """Ids, mask and tags of a batch; `pool`, the roles' key and, with their window and number in it, the anchors (all but figures)."""
    T = max(len(ws[i]["ids"]) for i in b)
    held = [(r, n, a) for r, i in enumerate(b) for n, a in enumerate(a for a in ws[i]["anchors"] if a["kind"] != "figure")]
    A = max((n + 1 for _, n, _ in held), default=0)
    ids, mask = torch.zeros(len(b), T, dtype=torch.long), torch.zeros(len(b), T, dtype=torch.bool)
    y, pool, ry = torch.zeros(len(b), T, len(TAGS)), torch.zeros(len(b), A, T), torch.zeros(len(b), A, len(ROLES), T)
    for r, i in enumerate(b):
        n = len(ws[i]["ids"]); ids[r, :n] = torch.as_tensor(ws[i]["ids"]); mask[r, :n] = True; y[r, :n] = torch.as_tensor(ws[i]["y"])
    for r, n, a in held:
        pool[r, n, a["lo"]:a["hi"]] = 1 / (a["hi"] - a["lo"]); ry[r, n, :, : a["y"].shape[1]] = torch.as_tensor(a["y"])
    return ids, mask, y, pool if A else None, ry, held

def predict(net, ws):
    """Word scores of the tags for every window, and of roles, and labels, for every key's anchor (kept in the anchor)."""
    net.eval(); scores = [None] * len(ws)
    with torch.no_grad():
        for b in batches(ws, 4096):
            ids, mask, _, pool, _, held = tensors(ws, b)
            tag, role, label = net(ids, mask, pool)
            tag = torch.sigmoid(tag).numpy()
            for r, i in enumerate(b): scores[i] = by_word(tag[r, : len(ws[i]["ids"])], ws[i]["words"])
            if role is None: continue
            role = torch.sigmoid(role).numpy()
            for r, n, a in held:
                w = ws[b[r]]
                a["got"] = by_word(role[r, n, :, : len(w["ids"])].T, w["words"]); a["said"] = {k: int(label[k][r, n].argmax()) for k in LABEL_OF.get(a["kind"], [])}
    return scores

def by_word(p, words):
    return np.add.reduceat(p, words, axis=0) / np.diff([*words, len(p)])[:, None]

def runs(p, w, least, many=True):
    """Runs of words over the threshold, as places; only the weightiest if not many."""
    out, cur, words = [], None, w["words"]
    for k in range(1, len(words) - 1):
        if p[k] >= least:
            end = w["off"][words[k + 1] - 1][1]
            if cur: cur[1], cur[2] = end, cur[2] + p[k]
            else: cur = [w["off"][words[k]][0], end, p[k]]; out.append(cur)
        else: cur = None
    if not many and out: out = [max(out, key=lambda r: r[2])]
    return [(s, e) for s, e, _ in out]

def over(a, b): return min(a[1], b[1]) > max(a[0], b[0])
def iou(a, b):
    both = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, both) / (max(a[1], b[1]) - min(a[0], b[0]))
def alike(a, b): return iou(a, b) >= .5
def chars(ss): return {c for s, e in ss for c in range(s, e)}
def prf(rp, given, rr, asked):
    p, r = rp / max(1, given), rr / max(1, asked)
    return 2 * p * r / max(1e-9, p + r), p, r

def anchors(ws, scores, kind, least):
    k, c = TAGS.index(kind), [0] * 4
    for w, s in zip(ws, scores):
        gold, got = w["gold"][kind], runs(s[:, k], w, least)
        if kind in ANCHORS:
            c[0] += sum(any(over(g, q) for g in gold) for q in got); c[1] += len(got); c[2] += sum(any(over(g, q) for q in got) for g in gold); c[3] += len(gold)
        elif gold or got:
            lo, hi = w["off"][1][0], w["off"][-2][1]
            a, b = chars([(max(s, lo), min(e, hi)) for s, e in gold]), chars(got); both = len(a & b)
            c[0] += both; c[1] += len(b); c[2] += both; c[3] += len(a)
    return prf(*c)

def roles(ws, name, least):
    r, c = ROLES.index(name), [0] * 4
    for w in ws:
        for a in w["anchors"]:
            if a["kind"] != name.split(".")[0]: continue
            gold, got = a["roles"][name], runs(a["got"][:, r], w, least, name in MANY)
            c[0] += sum(any(alike(g, q) for g in gold) for q in got); c[1] += len(got); c[2] += sum(any(alike(g, q) for q in got) for g in gold); c[3] += len(gold)
    return prf(*c)

def figures(ws, scores, thresholds=None):
    """(figures by name, thresholds by name): at the thresholds given, else at the best ones for these windows."""
    out, best = {}, {}
    for name in TAGS + ROLES:
        at = (lambda t: anchors(ws, scores, name, t)) if name in TAGS else (lambda t: roles(ws, name, t))
        tries = [(at(t), t) for t in (STEPS if thresholds is None else [thresholds[name]])]
        (f, p, r), best[name] = max(tries)
        out[name] = {"F1": round(f, 4), "P": round(p, 4), "R": round(r, 4), "at": best[name]}
    for n in LABELS:
        held = [a for w in ws for a in w["anchors"] if n in a["labels"]]
        out["label." + n] = {"right": round(sum(a["said"][n] == a["labels"][n] for a in held) / max(1, len(held)), 4), "of": len(held)}
    return out, best

def whole(net, ws, scores, thresholds):
    """What comes out when the tagger's own anchors are asked for roles and labels: a stance counts if its cue meets the key's and its holder's
    words do (or neither has any), then also its label; a condition if both parts do with .4 of their union, as score_reading.py judges."""
    own = [dict(w, anchors=[]) for w in ws]
    for w, s in zip(own, scores):
        for kind in ("stance", "condition"):
            for place in runs(s[:, TAGS.index(kind)], w, thresholds[kind]):
                j = [j for j, o in enumerate(w["off"]) if o[1] > o[0] and over(o, place)]
                w["anchors"].append(dict(kind=kind, place=place, lo=j[0], hi=j[-1] + 1, y=np.zeros((len(ROLES), len(w["ids"])))))
    predict(net, own)
    part = lambda a, w, name: (runs(a["got"][:, ROLES.index(name)], w, thresholds[name], False) or [None])[0]
    def holder(g, a, w):
        mine, key = part(a, w, "stance.holder"), g["roles"]["stance.holder"]
        return not key if mine is None else any(over(mine, k) for k in key)
    def both(g, a, w):
        ok = True
        for name in ("condition.what", "condition.if"):
            mine, key = part(a, w, name), g["roles"][name]
            ok = ok and mine is not None and any(over(mine, k) and (name != "condition.if" or iou(mine, k) >= .4) for k in key)
        return ok
    label = lambda g, a, w: holder(g, a, w) and a["said"]["stance"] == g["labels"].get("stance")
    out = {}
    for name, kind, right in (("whole.stance", "stance", holder), ("whole.stance+label", "stance", label), ("whole.condition", "condition", both)):
        hit = given = asked = 0
        for w, v in zip(ws, own):
            gold, got = [a for a in w["anchors"] if a["kind"] == kind], [a for a in v["anchors"] if a["kind"] == kind]
            given += len(got); asked += len(gold); left = list(gold)
            for a in got:
                g = next((g for g in left if over(g["place"], a["place"]) and right(g, a, v)), None)
                if g is not None: hit += 1; left = [x for x in left if x is not g]
        f, p, r = prf(hit, given, hit, asked)
        out[name] = {"F1": round(f, 4), "P": round(p, 4), "R": round(r, 4)}
    return out

def summary(f):
    """One number to choose by: anchors and roles that matter most, labels and furniture."""
    w = {"stance": 3, "gathering": 2, "condition": 1, "figure": 1, "statement": 1, "content": 1, "furniture": 1, "stance.holder": 2, "stance.on": 1,
         "gathering.with": 1, "gathering.where": .5, "gathering.when": .5, "condition.what": .5, "condition.if": .5, "statement.by": 1, "label.stance": 2, "label.status": 1}
    return sum(v * f[k].get("F1", f[k].get("right")) for k, v in w.items()) / sum(w.values())
