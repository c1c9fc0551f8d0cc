#!/usr/bin/env python3
"""Fits and writes the tagger of rapporteur-reader (README.md has the commands that made the weights in the repository).

  tagger.py fit    --model DIR --train DIR… [--dev DIR…] --layers 0,1,2 --out RUN.pt     fits, prints figures, appends them to --log
  tagger.py export --model DIR --run RUN.pt [--dev DIR…] --out DIR                       quantises, measures again, writes the files

A DIR of annotations holds <corpus>/gold/*.json and <corpus>/reports/**/*.txt. Needs no network and no GPU; one seed.
"""
import argparse, json, os, random, sys, time
import numpy as np, torch, torch.nn as nn, torch.nn.functional as F
import measure, windows
from network import KIND_OF_ROLE, Tagger, quantise
from windows import LABELS, LABEL_OF, TAGS

ANCHOR_WEIGHT = {"statement": 1.5, "gathering": 2., "stance": 2., "condition": 2., "figure": 2., "content": 1., "speaker": 1., "furniture": 1.}

def loss_of(net, ws, b, o):
    ids, mask, y, pool, ry, held = measure.tensors(ws, b)
    if o.hide:      # some pieces are hidden, that no word is learned by heart
        ids = torch.where((torch.rand(ids.shape) < o.hide) & mask & (ids != 101) & (ids != 102), torch.full_like(ids, 103), ids)
    tag, role, label = net(ids, mask, pool)
    pos = torch.tensor([ANCHOR_WEIGHT[t] for t in TAGS])
    loss = (F.binary_cross_entropy_with_logits(tag, y, reduction="none", pos_weight=pos) * mask[:, :, None]).sum() / mask.sum()
    if role is None: return loss
    asked = torch.zeros(*ry.shape[:3], 1)
    for r, n, a in held: asked[r, n, [j for j, k in enumerate(KIND_OF_ROLE) if k == a["kind"]]] = 1 / int(mask[r].sum())
    # every anchor counts alike, however long its window: the mean over its pieces, a role
    each = F.binary_cross_entropy_with_logits(role, ry, reduction="none") * mask[:, None, None, :] * asked
    loss = loss + o.role * each.sum() / len(held)
    for n in LABELS:
        at = [(r, j, a["labels"][n]) for r, j, a in held if n in a["labels"]]
        if at:
            r, j, v = map(list, zip(*at))
            loss = loss + o.label * len(at) / len(held) * F.cross_entropy(label[n][r, j], torch.tensor(v), label_smoothing=.05)
    return loss

def fit(o):
    random.seed(o.seed); np.random.seed(o.seed); torch.manual_seed(o.seed); torch.set_num_threads(o.threads)
    begun, tok = time.time(), windows.tokenizer(o.model)
    never = lambda s: s not in o.never
    train, n_train = windows.load(o.train[:1], tok, o.limit, lambda s: never(s) and (o.all or not windows.held_out(s)))
    for root in o.train[1:]:
        more, n = windows.load([root], tok, None, never); train += more; n_train += n
    hold, n_hold = windows.load(o.train[:1], tok, None, lambda s: never(s) and windows.held_out(s))
    print(f"{n_train} reports, {len(train)} windows, {sum(len(w['ids']) for w in train)} pieces to fit on; {n_hold} reports held out{' (seen in fitting)' if o.all else ''}", flush=True)
    net = Tagger(o.model, o.layers, o.frozen, o.drop, o.cls)
    if o.start: net.load_state_dict(torch.load(o.start, weights_only=False)["state"])
    trunk = [p for n, p in net.named_parameters() if p.requires_grad and n.split(".")[0] in ("layers", "norm", "position")]
    heads = [p for n, p in net.named_parameters() if n.split(".")[0] not in ("layers", "norm", "position")]
    opt = torch.optim.AdamW([{"params": trunk, "top": o.rate}, {"params": heads, "top": o.head_rate}], weight_decay=.01, fused=True)
    rng = random.Random(o.seed); plan = [measure.batches(train, o.pieces, rng) for _ in range(o.epochs)]
    steps, step, mean = sum(map(len, plan)), 0, None
    for epoch, turn in enumerate(plan):
        net.train(); total = 0.
        for b in turn:
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=not o.full):
                loss = loss_of(net, train, b, o)
            total += loss.item()
            for g in opt.param_groups: g["lr"] = g["top"] * min(1, 10 * (step + 1) / steps) * max(.02, 1 - step / steps)
            opt.zero_grad(set_to_none=True); loss.backward(); nn.utils.clip_grad_norm_(net.parameters(), 1.); opt.step(); step += 1
            if step >= steps * .4 and o.mean:   # running mean of the weights: costs nothing at run time
                if mean is None: mean = {k: v.detach().clone() for k, v in net.named_parameters()}
                else:
                    for k, v in net.named_parameters(): mean[k].lerp_(v.detach(), 1 - o.mean)
        line = ""
        if hold and not o.all:
            f, _ = measure.figures(hold, measure.predict(net, hold)); line = f" held out {measure.summary(f):.4f} stance {f['stance']['F1']:.3f}"
        print(f"epoch {epoch + 1}/{o.epochs}, {time.time() - begun:.0f} s, loss {total / len(turn):.4f}{line}", flush=True)
    if mean is not None: net.load_state_dict(mean, strict=False)
    seconds = time.time() - begun
    f, thresholds = measure.figures(hold, measure.predict(net, hold))
    if o.thresholds: thresholds = torch.load(o.thresholds, weights_only=False)["thresholds"]
    record = dict(name=o.name, options={k: v for k, v in vars(o).items() if k not in ("command", "run")}, seconds=round(seconds), day=time.strftime("%Y-%m-%d %H:%M"), reports=n_train, held=f, held_summary=measure.summary(f))
    if o.dev:
        dev, _ = windows.load(o.dev, tok); g = measured(net, dev, thresholds); record.update(dev=g, dev_summary=measure.summary(g))
        show(g); print(f"held out {record['held_summary']:.4f}, dev {record['dev_summary']:.4f}, {seconds:.0f} s", flush=True)
    if o.second:
        also, _ = windows.load(o.second, tok, None, lambda s: s in o.never); g = measured(net, also, thresholds); record.update(second=g, second_summary=measure.summary(g))
        print(f"second held-out part {record['second_summary']:.4f}"); show(g)
    if o.log: open(o.log, "a").write(json.dumps(record) + "\n")
    torch.save(dict(state=net.state_dict(), layers=o.layers, cls=o.cls, thresholds=thresholds, record=record), o.out)

def measured(net, ws, thresholds):
    scores = measure.predict(net, ws); f, _ = measure.figures(ws, scores, thresholds)
    return f | measure.whole(net, ws, scores, thresholds)

def show(f):
    for k, v in f.items():
        print(f"  {k:18} " + (f"F1 {v['F1']:.3f}  P {v['P']:.3f}  R {v['R']:.3f}  {'at %s' % v['at'] if 'at' in v else ''}" if "F1" in v else f"right {v['right']:.3f} of {v['of']}"))

def options():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = ap.add_subparsers(dest="command", required=True)
    a = sub.add_parser("fit"); a.set_defaults(run=fit)
    a.add_argument("--train", nargs="+", required=True, help="the first is the one that stories are held out of")
    a.add_argument("--layers", default="0,1,2", type=lambda s: [int(n) for n in s.split(",") if n != "none"], help="`none`: plain features, the words around alone")
    a.add_argument("--frozen", type=int, default=0); a.add_argument("--cls", action="store_true"); a.add_argument("--drop", type=float, default=.1)
    a.add_argument("--never", nargs="*", default=[], help="stories that are never fitted on"); a.add_argument("--second", nargs="*", default=[], help="where they lie, to be measured on")
    a.add_argument("--epochs", type=int, default=6); a.add_argument("--pieces", type=int, default=2048)
    a.add_argument("--rate", type=float, default=2e-4); a.add_argument("--head-rate", type=float, default=1e-3)
    a.add_argument("--role", type=float, default=1.); a.add_argument("--label", type=float, default=.2); a.add_argument("--hide", type=float, default=0.)
    a.add_argument("--mean", type=float, default=.99, help="share that stays of the running mean of the weights; 0: none")
    a.add_argument("--seed", type=int, default=1); a.add_argument("--limit", type=int); a.add_argument("--all", action="store_true", help="fit on the held-out stories too")
    a.add_argument("--threads", type=int, default=1, help="two pay only where nothing else runs"); a.add_argument("--full", action="store_true", help="f32 in place of bf16 products")
    a.add_argument("--start", help="a run to go on from")
    a.add_argument("--thresholds", help="a run to take the thresholds from"); a.add_argument("--name", default=""); a.add_argument("--log")
    b = sub.add_parser("export"); b.set_defaults(run=lambda o: __import__("export").run(o, measured, show))
    b.add_argument("--run-file", required=True); b.add_argument("--activations", action="store_true", help="measure with int8 inputs too")
    for p in (a, b):
        p.add_argument("--model", required=True); p.add_argument("--dev", nargs="*", default=[]); p.add_argument("--out", required=True)
    return ap.parse_args()

if __name__ == "__main__":
    o = options(); o.run(o)
