#!/usr/bin/env python3
"""ablation.py LOG.jsonl: a table of the runs that tagger.py fit logged, one line a run, for ABLATION.md."""
import json, sys

COLUMNS = [("stance", "stance"), ("gathering", "gathering"), ("condition", "condition"), ("figure", "figure"), ("cue", "statement"), ("content", "content"), ("furniture", "furniture"), ("holder", "stance.holder"),
           ("on", "stance.on"), ("with", "gathering.with"), ("where", "gathering.where"), ("when", "gathering.when"), ("what", "condition.what"), ("if", "condition.if"), ("by", "statement.by"), ("said", "statement.said"),
           ("stance label", "label.stance"), ("status", "label.status"), ("kind", "label.kind"), ("stance + holder", "whole.stance"), ("+ label", "whole.stance+label"), ("condition whole", "whole.condition")]
PLAIN = dict(layers=None, epochs=6, rate=2e-4, frozen=0, cls=False, drop=.1, pieces=2048, head_rate=1e-3, role=1., label=.2, hide=0., mean=.99, limit=None, all=False, seed=1)

def main():
    runs = [json.loads(l) for l in open(sys.argv[1])]
    print("| run | day | options | reports | s | held out | dev | " + " | ".join(n for n, _ in COLUMNS) + " |")
    print("| --- " * (7 + len(COLUMNS)) + "|")
    for r in runs:
        if "dev" not in r: continue
        said = " ".join(f"--{k.replace('_', '-')} {','.join(map(str, v)) if isinstance(v, list) else '' if v is True else v}".strip() for k, v in r["options"].items() if k in PLAIN and v != PLAIN[k])
        figure = lambda k: "%.3f" % r["dev"][k].get("F1", r["dev"][k].get("right")) if k in r["dev"] else "–"
        print(f"| {r['name']} | {r['day']} | `{said}` | {r['reports']} | {r['seconds']} | {r['held_summary']:.3f} | {r['dev_summary']:.3f} | " + " | ".join(figure(k) for _, k in COLUMNS) + " |")

main()
