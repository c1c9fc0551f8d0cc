#!/usr/bin/env python3
"""Which accounts a record joins to one gathering, and with which sentence its lead opens: `cargo xtask eval stories`.

  stories_gatherings.py KEY RECORD [KEY RECORD …]

KEY is a story's key (`stories/STORY.json`; what each report says stands in `gold/` beside that folder). Accounts are compared with
the `event` of the key's gatherings by B-cubed over the accounts that records show; an account whose clause no annotator took for a
gathering is one by itself. The first sentence of the lead is right if it is the key's first, or told alike by an entry of `same`.
"""
import collections, json, os, sys


def over(a, b):
    return a[0] == b[0] and a[1] < b[2] and b[1] < a[2]


def gatherings(record, name, gold):
    """Of each account of a record its group and its event."""
    items, seen = [], set()
    for group, meeting in enumerate(record["meetings"]):
        for account in meeting["accounts"]:
            span = account["span"]
            report = name[span["report"]]
            told = gold(report)
            hits = [n for n, g in enumerate(told) if over((report, *g["trigger"]), (report, span["start"], span["end"]))]
            hits = [n for n in hits if (report, n) not in seen] or hits
            event = told[hits[0]].get("event") if hits else None
            seen.update((report, n) for n in hits[:1])
            items.append((group, event or ("none", report, span["start"])))
    return items


def main():
    precision = recall = accounts = none = opens = leads = 0
    args = sys.argv[1:]
    for key_path, record_path in zip(args[::2], args[1::2]):
        key, record = (json.load(open(path, encoding="utf-8")) for path in (key_path, record_path))
        name = {r["id"]: os.path.splitext(os.path.basename(r["source"]))[0] for r in record["reports"]}
        folder = os.path.join(os.path.dirname(os.path.dirname(key_path)), "gold")
        gold = lambda report: json.load(open(os.path.join(folder, report + ".json"), encoding="utf-8"))["gatherings"]
        items = gatherings(record, name, gold)
        groups, events, both = (collections.Counter(c) for c in ((g for g, _ in items), (e for _, e in items), items))
        precision += sum(both[i] / groups[i[0]] for i in items)
        recall += sum(both[i] / events[i[1]] for i in items)
        accounts += len(items)
        none += sum(isinstance(e, tuple) for _, e in items)
        if key["lead"] and record["lead"]:
            leads += 1
            span = record["lead"][0]["span"]
            at = (name[span["report"]], span["start"], span["end"])
            first = (key["lead"][0]["report"], *key["lead"][0]["at"])
            alike = [[(p["report"], *p["at"]) for p in e["in"] if p["at"]] for e in key["same"]]
            opens += over(first, at) or any(any(over(first, p) for p in a) and any(over(p, at) for p in a) for a in alike)
    p, r = precision / max(1, accounts), recall / max(1, accounts)
    print(f"gatherings joined   P {p:.3f}  R {r:.3f}  F1 {2 * p * r / max(1e-9, p + r):.3f}   ({accounts} accounts, {none} of them none of the key's)")
    print(f"the lead opens with the key's first   {opens / max(1, leads):.3f}   ({opens} of {leads})")


main()
