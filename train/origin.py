#!/usr/bin/env python3
"""origin.py ORIGIN.md RUN.pt WEIGHTS_DIR: fills the @…@ places of ORIGIN.md from a run and from what export printed as figures.json beside the run."""
import collections, hashlib, json, os, sys, torch

path, run_path, folder = sys.argv[1:]
run = torch.load(run_path, weights_only=False); r = run["record"]; o = r["options"]
f = json.load(open(run_path + ".json")); dev, second = f["dev"], f["second"]
count = collections.Counter(f["corpora"])
files = "\n".join("| `%s` | %d | %s |" % (n, os.path.getsize(os.path.join(folder, n)), hashlib.sha256(open(os.path.join(folder, n), "rb").read()).hexdigest()) for n in ("tagger.safetensors", "vocab.txt", "tagger.golden.json"))
rows = []
for k, v in dev.items():
    other = "%.3f" % second[k].get("F1", second[k].get("right")) if second else "–"
    rows.append("| %s | %.3f | %.3f | %.3f | %s | %s |" % (k, v["F1"], v["P"], v["R"], v.get("at", "as above"), other) if "F1" in v else "| %s: right | %.3f of %d | | | | %s |" % (k, v["right"], v["of"], other))
own = count["benchmark"]
shown = {"epochs": 6, "rate": 2e-4, "head_rate": 1e-3, "mean": .99, "role": 1., "label": .2, "hide": 0., "cls": False, "all": False, "seed": 1, "drop": .1, "frozen": 0}
extra = " ".join(f"--{k.replace('_', '-')}" + ("" if o[k] is True else f" {o[k]}") for k, v in shown.items() if o[k] != v)
more = " benchmark train/annotations/further=../shared/data/clusters train/annotations/dates=../shared/data/dates --never $(cat benchmark/held_out.txt)" if own else ""
command = f"train/tagger.py fit --model $MODEL --train ../shared/data/annotated/train{more} \\\n  --dev ../shared/data/annotated/dev --layers {','.join(map(str, o['layers']))} {extra}{' --start HELD.pt --thresholds HELD.pt' if o.get('start') else ''} --out run.pt\ntrain/tagger.py export --model $MODEL --run-file run.pt --out crates/rapporteur-reader/weights"
put = {"NAME": json.load(open(os.path.join(folder, "tagger.golden.json")))["name"], "N": str(len(run["layers"])), "FILES": files, "AS": str(count["allsides"] + count["allsides2"]), "WCL": str(count["newswcl50"]), "G5": str(count["g5_newscluster"] + count["g5_gold5w1h"]),
       "OWN": f"| our own invented stories, `benchmark` (all but the eight of `benchmark/held_out.txt`) | {own} | CC BY 4.0 |" if own else "", "WIKI": str(count["meantime"]), "DAY": r["day"], "SECONDS": str(r["seconds"]), "COMMAND": command, "FIGURES": "\n".join(rows)}
text = open(path, encoding="utf-8").read()
for k, v in put.items(): text = text.replace(f"@{k}@", v)
open(path, "w", encoding="utf-8").write(text.replace("|\n\n\nNo text", "|\n\nNo text"))
