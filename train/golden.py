#!/usr/bin/env python3
"""golden.py WEIGHTS_DIR: reads tagger.safetensors by README.md alone, with none of the fitting's code, and compares with tagger.golden.json."""
import json, math, os, sys
import numpy as np
from safetensors import safe_open

folder = sys.argv[1]; w = {}
with safe_open(os.path.join(folder, "tagger.safetensors"), "np") as f:
    meta = {k: json.loads(v) for k, v in f.metadata().items()}
    for k in f.keys(): w[k] = f.get_tensor(k).astype(np.float32)
for k in [k for k in w if k.endswith(".scale")]: w[k[:-5] + "weight"] *= w[k][:, None]
erf = np.vectorize(math.erf, otypes=[np.float32])
affine = lambda x, n: x @ w[n + ".weight"].T + w[n + ".bias"]
sigmoid = lambda x: 1 / (1 + np.exp(-x))
def norm(x, n): return (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-12) * w[n + ".weight"] + w[n + ".bias"]
def soft(x): e = np.exp(x - x.max(-1, keepdims=True)); return e / e.sum(-1, keepdims=True)
def states(ids):
    x = norm(w["embeddings.word.weight"][ids] + w["embeddings.position"][: len(ids)], "embeddings.norm")
    for n in range(meta["layers"]):
        q, k, v = affine(x, f"layer.{n}.qkv").reshape(len(ids), 3, 12, 32).transpose(1, 2, 0, 3)
        a = (soft(q @ k.transpose(0, 2, 1) / 32 ** .5) @ v).transpose(1, 0, 2).reshape(len(ids), 384)
        x = norm(x + affine(a, f"layer.{n}.attention"), f"layer.{n}.norm1")
        i = affine(x, f"layer.{n}.inner")
        x = norm(x + affine(i * .5 * (1 + erf(i / 2 ** .5)), f"layer.{n}.outer"), f"layer.{n}.norm2")
    return x
golden, worst = json.load(open(os.path.join(folder, "tagger.golden.json"), encoding="utf-8")), 0.
all_states = [states(x["ids"]) for x in golden["windows"]]
for x, h in zip(golden["windows"], all_states): worst = max(worst, np.abs(sigmoid(affine(h, "tag")) - np.array(x["tags"])).max())
for a in golden["anchors"]:
    h = all_states[a["window"]]; mean = h[a["first"]:a["last"] + 1].mean(0)
    q, k = affine(mean, "role.query").reshape(-1, 64), affine(h, "role.key").reshape(len(h), -1, 64)
    for n, (name, _) in enumerate(meta["roles"]): worst = max(worst, np.abs(sigmoid(k[:, n] @ q[n] + w["role.bias"][n]) - np.array(a["roles"][name])).max())
    for n, names in (("stance", meta["stances"]), ("status", meta["statuses"]), ("kind", meta["kinds"])):
        p = soft(affine(np.concatenate([mean, h[0]]) if meta["cls"] else mean, n)); worst = max(worst, max(abs(p[j] - a["labels"][n][m]) for j, m in enumerate(names)))
print("the greatest difference: %.6f" % worst); sys.exit(1 if worst > 2e-3 else 0)
