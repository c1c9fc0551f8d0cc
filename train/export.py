"""Writes tagger.safetensors, vocab.txt and tagger.golden.json from a fitted run, and measures what was written.

Forms: README.md. The golden file holds what this code makes of an invented text with the quantised weights: Rust must agree to 2e-3.
"""
import hashlib, json, os, shutil
import numpy as np, torch
from safetensors.torch import save_file
import measure, windows
from network import MATRICES, ROLE, Tagger, quantise, quantised
from windows import LABELS, ROLES, TAGS

GOLDEN = ("""The two sides met in Wrenfield on Monday, and the mediator, Ada Köhler-Brandt, said the talks would resume on 9 March unless the council objects.

“We will never accept a cut of 7.5 percent,” Zoë Ngàlutu told reporters — “not this year, not next.” She called the ferry company's offer of €1,250 a head “a bad joke”.

A spokeswoman for Quillmere Ferries declined to comment on the letter, but two people briefed on the talks said the firm had agreed to pay about 40 of the 312 crew members if the strike ends by Friday.

Sign up for our newsletter! Photo: K. Ōtsuka/Harbour Desk ☂ 港

""" + " ".join(f"On day {n} the delegations of Orrin, Vell and Tamsin sat down again at the customs house, where Minister Ruth Abara-Lindqvist rejected the {n + 3}th draft, demanded inspections of {40 + 7 * n} berths and offered to extend the truce by {n} weeks once prisoners were freed." for n in range(1, 9)) + """

The xylographically-minded clerk of Brzeszcze's harbour-board (est. 1874) hadn't replied at press time.
""")

def golden(net, tok):
    """Windows with ids, places and tag scores of pieces; two anchors with the scores of every role for every piece and all labels."""
    inside = np.zeros(tok.get_vocab_size(), bool)
    for word, i in tok.get_vocab().items(): inside[i] = word.startswith("##")
    out, anchors = [], []
    with torch.no_grad():
        for n, (at, ids, off) in enumerate(windows.windows_of(GOLDEN, tok)):
            x = torch.tensor([ids]); mask = torch.ones_like(x, dtype=torch.bool)
            tag, _, _ = net(x, mask)
            out.append(dict(start=min(s for s, e in off if e > s), end=max(e for _, e in off), ids=ids, offsets=[list(o) for o in off], tags=torch.sigmoid(tag[0]).double().numpy().round(5).tolist()))
            for kind, words in (("stance", "will never accept"), ("gathering", "met")):
                s = GOLDEN.find(words)
                lo = [j for j, (p, q) in enumerate(off) if q > p and p < s + len(words) and q > s]
                if not lo: continue
                pool = torch.zeros(1, 1, len(ids)); pool[0, 0, lo] = 1 / len(lo)
                _, role, label = net(x, mask, pool)
                anchors.append(dict(kind=kind, window=n, first=lo[0], last=lo[-1], roles={r: torch.sigmoid(role[0, 0, j]).double().numpy().round(5).tolist() for j, r in enumerate(ROLES)},
                                    labels={k: dict(zip(LABELS[k], torch.softmax(v[0, 0].double(), 0).numpy().round(5).tolist())) for k, v in label.items()}))
    return dict(text=GOLDEN, tags=TAGS, windows=out, anchors=anchors)

def named(w):
    """What the weights are called: the beginning of a hash of all of them."""
    h = hashlib.sha256()
    for k in sorted(w): h.update(k.encode()); h.update(w[k].numpy().tobytes())
    return h.hexdigest()[:8]

def write(net, run, folder, model):
    w, heads = {}, {"tag": net.tag, "role.query": net.query, "role.key": net.key, "stance": net.label["stance"], "status": net.label["status"], "kind": net.label["kind"]}
    def matrix(name, m): w[name + ".weight"], w[name + ".scale"] = quantised(m)
    matrix("embeddings.word", net.word); w["embeddings.position"] = net.position.half()
    w["embeddings.norm.weight"], w["embeddings.norm.bias"] = net.norm.weight, net.norm.bias
    for n, l in enumerate(net.layers):
        for m in MATRICES: matrix(f"layer.{n}.{m}", getattr(l, m).weight); w[f"layer.{n}.{m}.bias"] = getattr(l, m).bias
        for m in ("norm1", "norm2"): w[f"layer.{n}.{m}.weight"], w[f"layer.{n}.{m}.bias"] = getattr(l, m).weight, getattr(l, m).bias
    for n, m in heads.items():
        by = ROLE ** -.5 if n == "role.query" else 1.       # the scale of the dot product lies in the query
        w[n + ".weight"], w[n + ".bias"] = m.weight * by, m.bias * by
    w["role.bias"] = net.role_bias
    t = run["thresholds"]
    meta = dict(layers=len(net.layers), tags=[[n, t[n]] for n in TAGS], roles=[[n, t[n]] for n in ROLES], stances=LABELS["stance"], statuses=LABELS["status"], kinds=LABELS["kind"], cls=net.cls)
    w = {k: v.detach().contiguous().clone() for k, v in w.items()}; meta["name"] = named(w)
    os.makedirs(folder, exist_ok=True); path = os.path.join(folder, "tagger.safetensors")
    save_file(w, path, {k: json.dumps(v) for k, v in meta.items()})
    shutil.copyfile(os.path.join(model, "vocab.txt"), os.path.join(folder, "vocab.txt"))
    print(path, os.path.getsize(path), "bytes, sha256", hashlib.sha256(open(path, "rb").read()).hexdigest())
    return meta["name"]

def run(o, measured, show):
    run = torch.load(o.run_file, weights_only=False); tok = windows.tokenizer(o.model)
    net = Tagger(o.model, run["layers"], cls=run["cls"]); net.load_state_dict(run["state"]); net.eval()
    name = write(net, run, o.out, o.model); quantise(net)
    json.dump(dict(name=name, **golden(net, tok)), open(os.path.join(o.out, "tagger.golden.json"), "w", encoding="utf-8"), ensure_ascii=False, separators=(",", ":"))
    if not o.dev: return
    f = measured(net, windows.load(o.dev, tok)[0], run["thresholds"]); show(f); second = None
    opt = run["record"]["options"]; never = opt["never"]
    if opt["second"]: second = measured(net, windows.load(opt["second"], tok, None, lambda s: s in never)[0], run["thresholds"]); print("second held-out part"); show(second)
    old = run["record"].get("dev")
    if old: print("dev as fitted %.4f, as written %.4f; the most that one figure fell: %.4f" % (measure.summary(old), measure.summary(f), max(old[k].get("F1", old[k].get("right")) - f[k].get("F1", f[k].get("right")) for k in old)))
    fitted = []     # the collection of every report fitted on
    for n, root in enumerate(opt["train"]):
        for path, story in windows.reports([root], True):
            if story not in never and (n or opt["all"] or not windows.held_out(story)): fitted.append("benchmark" if "/benchmark/" in path else os.path.relpath(path, root.partition("=")[0]).split(os.sep)[0])
    json.dump(dict(dev=f, second=second, corpora=fitted), open(o.run_file + ".json", "w"))
    if o.activations:
        def rough(_, x): s = x[0].abs().amax(-1, keepdim=True).clamp_min(1e-12) / 127; return (torch.round(x[0] / s) * s,)
        for l in net.layers:
            for n in MATRICES: getattr(l, n).register_forward_pre_hook(rough)
        print("dev with what goes into the trunk's matrices as int8 too, a scale a piece: %.4f" % measure.summary(measured(net, windows.load(o.dev, tok)[0], run["thresholds"])))
