"""Reports and their annotations as windows of word pieces (see README.md, "Windows").

A window is one paragraph line of a report, cut at sentence ends where it is over LIMIT pieces. All places are code points.
"""
import glob, hashlib, json, os, re
import numpy as np
from tokenizers import Tokenizer

LIMIT = 256                     # pieces of a window, [CLS] and [SEP] included
TAGS = ["statement", "gathering", "stance", "condition", "figure", "content", "speaker", "furniture"]
ANCHORS = {"statement": ("statements", "cue"), "gathering": ("gatherings", "trigger"), "stance": ("stances", "cue"),
           "condition": ("conditions", "marker"), "figure": ("figures", "value")}
ROLES = ["stance.holder", "stance.on", "gathering.with", "gathering.where", "gathering.when", "condition.what", "condition.if",
         "statement.by", "statement.said"]
LABELS = {"stance": ["accepts", "accepts with reservations", "rejects", "demands", "offers", "supports", "doubts", "declines to comment"],
          "status": ["held", "under way", "planned", "ordered", "conditional", "denied", "unconfirmed", "called off"],
          "kind": ["talks", "meeting", "visit", "call", "video call", "summit", "signing", "session"]}
LABEL_OF = {"stance": ["stance"], "gathering": ["status", "kind"]}   # which labels an anchor of a kind has

def tokenizer(model):
    tok = Tokenizer.from_file(os.path.join(model, "tokenizer.json")); tok.no_padding(); tok.no_truncation()
    return tok

def windows_of(text, tok):
    """(start in the text, piece ids, offsets in the text) of every window; the offsets of [CLS] and [SEP] are empty."""
    for line in re.finditer(r"[^\n]*\S[^\n]*", text):
        at, rest = line.start(), line.group()
        while rest.strip():
            code = tok.encode(rest)
            if len(code.ids) > LIMIT:
                most = code.offsets[LIMIT - 2][1]   # the end of the last piece that fits
                ends = [m.end() for m in re.finditer(r"[.!?…][\"'”’)\]]*\s+", rest) if m.end() <= most]
                gaps = [m.end() for m in re.finditer(r"\s+", rest) if m.end() <= most]
                cut = (ends or gaps or [most])[-1]
                code = tok.encode(rest[:cut])
            else:
                cut = len(rest)
            yield at, code.ids, [(s + at, e + at) if e > s else (at, at) for s, e in code.offsets]
            at, rest = at + cut, rest[cut:]

def words_of(ids, off, inside):
    """The piece at which each word begins: a piece that does not go on a word; the last entry is [SEP]."""
    return [j for j, i in enumerate(ids) if j == 0 or not inside[i]]

def reports(roots, only_paths=False):
    """(id, story, text, annotation) under every root. A root is a folder with <corpus>/gold/<id>.json and <corpus>/reports/**/<id>.txt, or
    ROOT=TEXTS: <corpus>/<id>.json under ROOT with TEXTS/<corpus>/**/<id>.txt."""
    for root in roots:
        root, _, texts = root.partition("=")
        paths = glob.glob(os.path.join(root, "*", "*.json")) if texts else glob.glob(os.path.join(root, "**", "gold", "*.json"), recursive=True)
        if not paths: raise SystemExit(f"no annotations under {root}")
        for path in sorted(paths):
            corpus = os.path.dirname(path) if texts else os.path.dirname(os.path.dirname(path))
            if corpus.endswith("-stories"): continue
            name, under = os.path.basename(path)[:-5], os.path.join(texts, os.path.basename(corpus)) if texts else os.path.join(corpus, "reports")
            found = glob.glob(os.path.join(under, "**", glob.escape(name) + ".txt"), recursive=True)
            if not found: raise SystemExit(f"no text of {path}")
            folder = os.path.basename(os.path.dirname(found[0]))
            story = name.split("_")[0] if folder == "text" else os.path.basename(corpus) if folder == "reports" else folder
            if only_paths: yield path, story; continue
            yield name, story, open(found[0], encoding="utf-8", newline="").read(), json.load(open(path, encoding="utf-8"))

def held_out(story, part=8):
    """A story is held out of fitting by its name: about one in eight."""
    return int(hashlib.md5(story.encode()).hexdigest(), 16) % part == 0

def spans(x):
    """A place, a list of places or nothing, as a list of places."""
    if not x: return []
    return [tuple(x)] if isinstance(x[0], int) else [tuple(s) for s in x if s]

def load(roots, tok, limit=None, keep=lambda story: True):
    """Windows with gold. Of each anchor: kind, place, its roles' places (same window only), its labels."""
    inside = np.zeros(tok.get_vocab_size(), bool)
    for word, i in tok.get_vocab().items(): inside[i] = word.startswith("##")
    out, docs = [], 0
    held = [r for r in reports(roots) if keep(r[1])]
    if limit is not None: held.sort(key=lambda r: (hashlib.md5(r[1].encode()).hexdigest()[::-1], r[0]))     # a part of them: any stories
    for doc, story, text, gold in held:
        if limit is not None and docs >= limit: break
        docs += 1
        tags = {k: [s for x in gold[t] for s in spans(x[f])] for k, (t, f) in ANCHORS.items()}
        tags["content"] = [s for x in gold["statements"] for s in spans(x["content"])]
        tags["speaker"] = [s for x in gold["statements"] for s in spans(x["speaker"])]
        tags["furniture"] = [s for x in gold["furniture"] for s in spans(x)]
        anchors = []
        for x in gold["stances"]: anchors.append(("stance", x["cue"], {"stance.holder": spans(x["holder"]), "stance.on": spans(x["on"])}, {"stance": x["stance"]}))
        for x in gold["gatherings"]:
            anchors.append(("gathering", x["trigger"], {"gathering.with": [s for w in x["with"] for s in spans(w["at"])], "gathering.where": spans(x["where"]), "gathering.when": spans(x["when"])}, {"status": x["status"], "kind": x["kind"]}))
        for x in gold["conditions"]: anchors.append(("condition", x["marker"], {"condition.what": spans(x["what"]), "condition.if": spans(x["if"])}, {}))
        for x in gold["statements"]: anchors.append(("statement", x["cue"], {"statement.by": spans(x["speaker"]), "statement.said": spans(x["content"])}, {}))
        for at, ids, off in windows_of(text, tok):
            lo, hi = off[1][0] if len(off) > 2 else at, max(e for _, e in off)
            near = lambda ss: [s for s in ss if s[0] < hi and s[1] > lo]
            cover = lambda ss: [j for j, (p, q) in enumerate(off) if q > p and any(p < z and q > s for s, z in ss)]
            y = np.zeros((len(ids), len(TAGS)), np.float32)
            for k, n in enumerate(TAGS): y[cover(near(tags[n])), k] = 1
            mine = []
            for kind, place, roles, labels in anchors:
                if not place: continue
                pieces = cover(near(spans(place)))
                if not pieces: continue
                r = np.zeros((len(ROLES), len(ids)), np.float32)
                for n, ss in roles.items(): r[ROLES.index(n), cover(near(ss))] = 1
                mine.append(dict(kind=kind, place=tuple(place), lo=pieces[0], hi=pieces[-1] + 1, y=r, roles={n: near(ss) for n, ss in roles.items()},
                                 labels={n: LABELS[n].index(v) for n, v in labels.items() if v in LABELS[n]}))
            out.append(dict(doc=doc, story=story, at=at, ids=np.array(ids), off=off, y=y, words=words_of(ids, off, inside), anchors=mine,
                            gold={n: near(ss) for n, ss in tags.items()}))
    return out, docs
