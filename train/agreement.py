#!/usr/bin/env python3
"""How far two careful readers agree: a second, blind reading scored as if it were a program's, by score_reading.py's own definitions.

  agreement.py [SECOND] [--annotated DIR] [--misses FILE]

SECOND: folder of <name>/<id>.json as `tool.py check` resolves them (default: annotations/second beside this file). The first reading is
benchmark/<name>/gold/<id>.json or, for real reports, DIR/train/<name>/gold/<id>.json; texts beside them. DIR holds the annotations and the
scorer (scripts/score_reading.py). Prints one table: all reports, invented ones, real ones. The last rows are not the scorer's: figures F1
(same overlap) and furniture F1 (characters). Misses of held-out stories are never written. Python 3.9+, standard library.
"""
import argparse, contextlib, glob, importlib.util, io, json, os, re, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
BENCH = os.path.join(os.path.dirname(HERE), "benchmark")
ORDER = ["statements", "statements with speaker", "speaker by name right", "speaker by pronoun right", "speaker by description right", "speaker by no words right", "mode right",
         "recall, direct", "recall, mixed", "recall, indirect", "gatherings", "participants recall", "participants precision", "day right", "status right", "place right",
         "stances", "stances with label", "conditions", "figures", "figures found", "furniture, characters"]
HELD_OUT = set(open(os.path.join(BENCH, "held_out.txt"), encoding="utf-8").read().split())

def load(path):
    with open(path, encoding="utf-8") as f:
        return json.load(f)

def place(span, text=None):
    if not span:
        return None
    p = {"start": span[0], "end": span[1]}
    if text is not None:
        p["exact"] = text[span[0]:span[1]]
    return p

def as_findings(g, text, source):
    """A gold-form reading as `rapporteur findings` would have written it."""
    number = {x["key"]: n for n, x in enumerate(g["actors"])}
    actors = []
    for x in g["actors"]:
        ms = []
        for f in x["forms"]:
            # Of real reports the words are not in the repository: they follow from the text.
            form = f.get("form") or (text[f["at"][0][0]:f["at"][0][1]] if f["at"] else "")
            words = re.sub(r"^(the|a|an|one|two|some|his|her|its|their)\s+", "", form, flags=re.I)
            kind = "name" if re.search(r"\b[A-Z]", words) else "description"
            ms += [{"at": place(at, text), "kind": kind} for at in f["at"]]
        actors.append({"name": x["name"], "mentions": ms})
    def keys(who):
        return [number[k] for k in (who if isinstance(who, list) else [who]) if k in number]
    def one(who):
        return next(iter(keys(who)), None)
    statements = [{"content": place(c), "cue": place(s["cue"]), "speaker": one(s["who"]), "speaker_span": place(s["speaker"]), "mode": s["mode"]}
                  for s in g["statements"] for c in s["content"]]
    meetings = []
    for q in g["gatherings"]:
        where = None
        if q["where"]:
            where = len(actors)
            actors.append({"name": text[q["where"][0]:q["where"][1]], "mentions": [{"at": place(q["where"], text), "kind": "name"}]})
        meetings.append({"at": place(q["trigger"]), "trigger": place(q["trigger"]), "date": q["day"], "place": where, "status": q["status"],
                         "participants": sorted({n for w in q["with"] for n in keys(w["who"])})})
    return {"source": source, "actors": actors, "statements": statements, "meetings": meetings,
            "positions": [{"at": place(s["cue"]), "party": one(s["who"]), "stance": s["stance"], "subject": place(s["on"])} for s in g["stances"]],
            "conditions": [{"at": place(c["what"]), "what": place(c["what"]), "only_if": place(c["if"])} for c in g["conditions"]],
            "quantities": [{"at": place(f["value"]), "number": place(f["value"])} for f in g["figures"]]}

def scorer(path):
    spec = importlib.util.spec_from_file_location("score_reading", path)
    m = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(m)
    return m

def measure(m, pairs, misses=None):
    """The printed lines of the scorer's own main on these pairs, by name, and the two rows of ours."""
    figures, furniture = [0, 0, 0], [0, 0, 0]
    with tempfile.TemporaryDirectory() as d:
        for sub in ("gold", "texts"):
            os.mkdir(os.path.join(d, sub))
        found = os.path.join(d, "findings.jsonl")
        with open(found, "w", encoding="utf-8") as out:
            for name, i, text, first, second in pairs:
                base = f"{name}-{i}"
                with open(os.path.join(d, "gold", base + ".json"), "w", encoding="utf-8") as f:
                    json.dump(first, f)
                with open(os.path.join(d, "texts", base + ".txt"), "w", encoding="utf-8", newline="") as f:
                    f.write(text)
                out.write(json.dumps(as_findings(second, text, base + ".txt")) + "\n")
                hit = m.greedy(first["figures"], second["figures"], lambda x, y: float(m.over(x["value"], y["value"])), 0.5)
                a, b = (set(c for s in g["furniture"] for c in range(*s)) for g in (first, second))
                for t, v in ((figures, (len(hit), len(second["figures"]), len(first["figures"]))), (furniture, (len(a & b), len(b), len(a)))):
                    for k in range(3):
                        t[k] += v[k]
        argv, text = sys.argv, io.StringIO()
        sys.argv = ["score_reading.py", os.path.join(d, "gold"), found, "--texts", os.path.join(d, "texts")] + (["--misses", misses] if misses else [])
        try:
            with contextlib.redirect_stdout(text):
                m.main()
        finally:
            sys.argv = argv
    rows = {}
    for line in text.getvalue().splitlines():
        x = re.match(r"(.{34}) P ([\d.]+)  R ([\d.]+)  F1 ([\d.]+)   \((\d+) right of (\d+) given, (\d+) asked\)", line)
        if x:
            rows[x.group(1).strip()] = ("prf", *map(float, x.group(2, 3, 4)), *map(int, x.group(5, 6, 7)))
            continue
        x = re.match(r"(.{34}) ([\d.]+)   \((\d+) of (\d+)\)", line)
        if x:
            rows[x.group(1).strip()] = ("rate", float(x.group(2)), int(x.group(3)), int(x.group(4)))
    for name, (r, g, a) in (("figures", figures), ("furniture, characters", furniture)):
        p, q = r / g if g else 0.0, r / a if a else 0.0
        rows[name] = ("prf", p, q, 2 * p * q / (p + q) if p + q else 0.0, r, g, a)
    return rows

def cell(row):
    if row is None or not any(row[4 if row[0] == "prf" else 2:]):
        return "–"
    two = lambda v: f"{v:.2f}".replace("0.", ".", 1) if v < 1 else "1.0"
    if row[0] == "prf":
        return f"{two(row[3])} (P {two(row[1])}, R {two(row[2])}; {row[4]} of {row[5]} and {row[6]})"
    return f"{two(row[1])} ({row[2]} of {row[3]})"

def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("second", nargs="?", default=os.path.join(HERE, "annotations", "second"))
    ap.add_argument("--annotated", default="/work/shared/data/annotated")
    ap.add_argument("--misses")
    a = ap.parse_args()
    pairs = []
    for path in sorted(glob.glob(os.path.join(a.second, "*", "*.json"))):
        name, i = os.path.basename(os.path.dirname(path)), os.path.basename(path)[:-5]
        home = os.path.join(BENCH, name)
        real = not os.path.isdir(home)
        home = os.path.join(a.annotated, "train", name) if real else home
        texts = glob.glob(os.path.join(home, "reports", "*" if real else "", i + ".txt"))
        gold = os.path.join(home, "gold", i + ".json")
        if len(texts) != 1 or not os.path.exists(gold):
            sys.exit(f"{path}: no first reading or no text in {home}")
        with open(texts[0], encoding="utf-8", newline="") as f:
            text = f.read()
        pairs.append((real, (name, i, text, load(gold), load(path))))
    if not pairs:
        sys.exit(f"no readings in {a.second}")
    m = scorer(os.path.join(a.annotated, "scripts", "score_reading.py"))
    groups = [("all", [p for _, p in pairs]), ("invented", [p for r, p in pairs if not r]), ("real", [p for r, p in pairs if r])]
    tables = [(f"{n}, {len(ps)} reports", measure(m, ps) if ps else {}) for n, ps in groups]
    names = sorted(tables[0][1], key=lambda k: (ORDER.index(k) if k in ORDER else len(ORDER), k))
    print("| | " + " | ".join(n for n, _ in tables) + " |")
    print("| --- |" + " --- |" * len(tables))
    for k in names:
        print(f"| {k} | " + " | ".join(cell(t.get(k)) for _, t in tables) + " |")
    if a.misses:
        measure(m, [p for _, p in pairs if p[0] not in HELD_OUT], a.misses)

if __name__ == "__main__":
    main()
