#!/usr/bin/env python3
"""How often each rule is right, on annotated reports: `cargo xtask eval reading --by-rule`.

  reading_rules.py GOLD_DIR FINDINGS.jsonl --texts DIR --scorer score_reading.py

Findings are matched with the key as the scorer named does it (its functions are used; the loop over kinds is the same), and
each is counted for the rule it names (`by`). Not every figure of a report is in the key, so a figure that counts as wrong may
only be one that nobody asked for. Sorted by how many are wrong. Below, how often speakers are right by their confidence.
"""
import argparse, collections, importlib.util, json, os, re


def load(path):
    spec = importlib.util.spec_from_file_location("scorer", path)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("gold")
    ap.add_argument("findings")
    ap.add_argument("--texts", required=True)
    ap.add_argument("--scorer", required=True)
    args = ap.parse_args()
    s = load(args.scorer)
    span, over, iou, greedy, fold = s.span, s.over, s.iou, s.greedy, s.fold
    # (kind, rule) -> right, given, with the right speaker or label
    count = collections.defaultdict(lambda: [0, 0, 0])
    # by the confidence of a speaker whom a pronoun or no words tell -> right, all
    speakers = collections.defaultdict(lambda: [0, 0])
    with open(args.findings, encoding="utf-8") as lines:
        found = {os.path.splitext(os.path.basename(f["source"]))[0]: f for f in map(json.loads, lines)}
    for name in sorted(os.listdir(args.gold)):
        i = name[:-5]
        if i not in found:
            continue
        f = found[i]
        with open(os.path.join(args.gold, name), encoding="utf-8") as file:
            g = json.load(file)
        with open(os.path.join(args.texts, i + ".txt"), encoding="utf-8", newline="") as file:
            text = file.read()
        say = lambda at: text[at[0]:at[1]].replace("\n", " ") if at else None
        forms = {x["key"]: {fold(x["name"])} | {fold(m["form"]) for m in x["forms"]} - {""} for x in g["actors"]}
        places = {x["key"]: [tuple(p) for m in x["forms"] for p in m["at"]] for x in g["actors"]}
        mine = [
            (
                {fold(x.get("name"))} | {fold(m["at"].get("exact", "")) for m in x.get("mentions", []) if m.get("kind") == "name"},
                [span(m["at"]) for m in x.get("mentions", []) if m.get("kind") != "pronoun"],
            )
            for x in f.get("actors", [])
        ]

        def is_of(actor, key):
            if actor is None or key not in forms:
                return False
            names, at = mine[actor]
            if (names & forms[key]) - {""}:
                return True
            votes = collections.Counter(k for k, ps in places.items() for p in ps for q in at if p[0] < q[1] and q[0] < p[1])
            return bool(votes) and votes.most_common(1)[0][0] == key

        def right(who, at, actor, mine_at):
            keys = who if isinstance(who, list) else [who]
            if any(k and is_of(actor, k) for k in keys):
                return True
            if who is None:
                return actor is None or over(at, mine_at)
            unnamed = all(not re.search(r"[A-Z]", x["name"]) or not x["forms"] for x in g["actors"] if x["key"] in keys)
            return bool(actor is None and over(at, mine_at) and (unnamed or say(at) and say(at).split()[0][:1].islower()))

        def add(kind, given, matched, also=lambda x, y: True):
            also_right = {y for x, y in matched if also(x, y)}
            matched = {y for _, y in matched}
            for n, p in enumerate(given):
                c = count[kind, p.get("by", "(no rule named)")]
                c[0] += n in matched
                c[1] += 1
                c[2] += n in also_right

        gold = [dict(st, content=[c]) for st in g["statements"] for c in st["content"]]
        pred = f.get("statements", [])
        m = greedy(gold, pred, lambda x, y: iou([tuple(x["content"][0])], [span(y["content"])]), 0.5)
        add("statement", pred, m, lambda x, y: right(gold[x]["who"], span(gold[x]["speaker"]), pred[y].get("speaker"), span(pred[y].get("speaker_span"))))

        for x, y in m:
            sure = pred[y].get("confidence")
            if sure is not None:
                c = speakers["from .9 on" if sure >= 0.9 else "from .75 on" if sure >= 0.75 else "below .75"]
                c[0] += right(gold[x]["who"], span(gold[x]["speaker"]), pred[y].get("speaker"), span(pred[y].get("speaker_span")))
                c[1] += 1

        gm, pm = g["gatherings"], f.get("meetings", [])
        m = greedy(gm, pm, lambda x, y: 1.0 if over(span(x["trigger"]), span(y.get("trigger"))) else 0.6 if over(span(x["trigger"]), span(y["at"])) else 0, 0.5)
        add("meeting", pm, m, lambda x, y: gm[x]["status"] == pm[y].get("status"))

        gs, ps = g["stances"], f.get("positions", [])
        m = greedy(gs, ps, lambda x, y: (1.0 + (x["stance"] == y.get("stance")) + over(span(x["on"]), span(y.get("subject")))) if over(span(x["cue"]), span(y["at"])) and right(x["who"], span(x["holder"]), y.get("party"), None) else 0, 1.0)
        add("position", ps, m, lambda x, y: gs[x]["stance"] == ps[y].get("stance"))

        gc, pc = g["conditions"], f.get("conditions", [])
        m = greedy(gc, pc, lambda x, y: iou([span(x["if"])], [span(y.get("only_if"))]) if y.get("only_if") and over(span(x["what"]), span(y.get("what"))) else 0, 0.4)
        add("condition", pc, m)

        gf, pf = g["figures"], f.get("quantities", [])
        m = greedy(gf, pf, lambda x, y: 1.0 if over(span(x["value"]), span(y.get("number") or y["at"])) else 0, 0.5)
        add("quantity", pf, m)

    print(f"{'rule':32} {'of kind':10} {'given':>6} {'right':>6} {'wrong':>6} {'share':>6}   also right: speaker, status or stance")
    for (kind, rule), (ok, given, also) in sorted(count.items(), key=lambda c: (c[1][0] - c[1][1], c[0])):
        share = "" if kind in ("condition", "quantity") or not ok else f"{also / ok:6.3f}"
        print(f"{rule:32} {kind:10} {given:6} {ok:6} {given - ok:6} {ok / given:6.3f}   {share}".rstrip())
    print("\nspeakers whom a pronoun or no words tell, by their confidence: right of all")
    for sure, (ok, given) in sorted(speakers.items(), reverse=True):
        print(f"{sure:12} {ok:5} of {given:5} = {ok / given:.3f}")


if __name__ == "__main__":
    main()
