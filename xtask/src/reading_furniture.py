#!/usr/bin/env python3
"""Furniture in single reports, against reading annotations: characters that are no part of the article.

  reading_furniture.py GOLD_DIR FINDINGS.jsonl --texts DIR

Prints one JSON object: precision, recall and F1 of characters that are no white space. Python 3.9+, standard library.
"""
import argparse, json, os


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("gold")
    ap.add_argument("findings")
    ap.add_argument("--texts", required=True)
    a = ap.parse_args()
    found = {}
    with open(a.findings, encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            found[os.path.splitext(os.path.basename(one["source"]))[0]] = one
    right = given = asked = 0
    for name in sorted(os.listdir(a.gold)):
        report = name[:-5]
        if report not in found:
            continue
        with open(os.path.join(a.gold, name), encoding="utf-8") as file:
            key = json.load(file)
        with open(os.path.join(a.texts, report + ".txt"), encoding="utf-8", newline="") as file:
            text = file.read()
        shown = lambda start, end: {i for i in range(start, min(end, len(text))) if not text[i].isspace()}
        want = set().union(*(shown(s, e) for s, e in key["furniture"])) if key["furniture"] else set()
        got = set().union(*(shown(f["start"], f["end"]) for f in found[report].get("furniture", [])), set())
        right, given, asked = right + len(want & got), given + len(got), asked + len(want)
    precision, recall = right / given if given else 0.0, right / asked if asked else 0.0
    f1 = 2 * right / (given + asked) if given + asked else 0.0
    name = "furniture, characters"
    print(json.dumps({name: round(f1, 4), name + ": precision": round(precision, 4), name + ": recall": round(recall, 4)}))


if __name__ == "__main__":
    main()
