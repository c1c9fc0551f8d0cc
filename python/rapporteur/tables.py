"""The record as flat tables, one for each kind of fact.

Every table of facts ends with the columns of a citation; a fact with several has its first there, and all of them stand in
the table `citations`. What is not told is None.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas
    import pyarrow

Row = dict[str, Any]

CITED = ("report", "outlet", "source", "start", "end", "exact")
DATE = ("date", "first_day", "last_day")
INTEGERS = {
    "start", "end", "speaker_start", "speaker_end", "cue_start", "cue_end", "what_start", "what_end", "only_if_start",
    "only_if_end", "origin", "answer", "spellings", "mentions", "reports", "accounts", "version", "points", "citations",
}  # fmt: skip
DAYS = {"first_day", "last_day", "published_first_day", "published_last_day"}
FLAGS = {"approximate", "applied"}

COLUMNS: dict[str, tuple[str, ...]] = {
    "reports": ("report", "outlet", "source", "url", "title", "byline", "published", "published_first_day",
                "published_last_day", "published_basis", "modified", "language", "credits", "encoding", "sha256", "origin"),
    "entities": ("entity", "kind", "name", "iso3166", "spellings", "mentions", "reports", *CITED),
    "names": ("entity", "name", "spelling", "report", "outlet"),
    "offices": ("entity", "name", "title", "of", "of_name", *CITED),
    "mentions": ("entity", "name", "kind", *CITED),
    "dates": ("value", "first_day", "last_day", *CITED),
    "statements": ("statement", "mode", "speaker", "speaker_name", "speaker_words", "speaker_start", "speaker_end", "cue",
                   "cue_start", "cue_end", "medium", "audience", "via", *DATE, "utterance", *CITED),
    "utterances": ("utterance", "speaker", "speaker_name", "relation", "text", "statements", "reports", *CITED),
    "meetings": ("meeting", "kind", "status", "participants", "participant_names", "place", "place_name", *DATE, "manner",
                 "condition", "accounts", *CITED),
    "participants": ("meeting", "entity", "name", *CITED),
    "accounts": ("meeting", "status", "participants", "participant_names", "place", "place_name", *DATE, *CITED),
    "proposals": ("proposal", "names", "version", "points", "approximate", "authors", "author_names", *DATE, "sum",
                  "change", "citations", *CITED),
    "issues": ("issue", "name", "terms", "status", "citations", *CITED),
    "positions": ("position", "party", "party_name", "stance", "on", "on_name", *DATE, "citations", *CITED),
    "conditions": ("condition", "party", "party_name", "what", "what_start", "what_end", "only_if", "only_if_start",
                   "only_if_end", "citations", *CITED),
    "discrepancies": ("discrepancy", "kind", "about", "answer", "value", *CITED),
    "reuse": ("passage", "credit", *CITED),
    "only_in": ("report", "outlet", "fact"),
    "corrections": ("correction", "at", "who", "why", "what", "kind", "fact", "about", "was", "now", "applied"),
    "citations": ("kind", "fact", "role", *CITED),
}  # fmt: skip
"""The columns of each table, in order."""


def rows(record: Row, texts: dict[str, str], ids: dict[str, list[str]]) -> dict[str, list[Row]]:
    """All tables. `ids` are those of positions and conditions, which follow from what they are."""
    story = _Story(record, texts)
    made = {
        "reports": story.reports(),
        **story.names(),
        **story.said(),
        **story.met(),
        **story.bargained(ids),
        **story.compared(),
    }
    made["citations"] = story.citations
    # The same columns in every row, in their order, whatever was put in.
    return {name: [{c: row.get(c) for c in columns} for row in made[name]] for name, columns in COLUMNS.items()}


def to_arrow(name: str, tables: dict[str, list[Row]]) -> pyarrow.Table:
    """One table with a type for each column."""
    import pyarrow as pa

    found = _named(name, tables)
    schema = pa.schema([(column, _arrow_type(name, column, pa)) for column in COLUMNS[name]])
    return pa.Table.from_pylist(found, schema=schema)


def to_pandas(name: str, tables: dict[str, list[Row]]) -> pandas.DataFrame:
    """One table; what is counted is Int64, so that nothing told is <NA> and no fraction."""
    import pandas as pd

    frame = pd.DataFrame(_named(name, tables), columns=list(COLUMNS[name]))
    for column in COLUMNS[name]:
        if _is_integer(name, column):
            frame[column] = frame[column].astype("Int64")
        elif column in FLAGS:
            frame[column] = frame[column].astype("boolean")
    return frame


def _named(name: str, tables: dict[str, list[Row]]) -> list[Row]:
    if name not in tables:
        raise KeyError(f"there is no table {name!r}; there are {', '.join(tables)}")
    return tables[name]


def _is_integer(table: str, column: str) -> bool:
    return column in INTEGERS or (table, column) == ("utterances", "statements")


def _arrow_type(table: str, column: str, pa: Any) -> Any:
    if _is_integer(table, column):
        return pa.int64()
    if column in DAYS:
        return pa.date32()
    return pa.bool_() if column in FLAGS else pa.string()


def days(edtf: str | None) -> tuple[date | None, date | None]:
    """The first and last day that a date in EDTF covers: a day, a month, a year, or an interval of them."""
    if not edtf:
        return None, None
    first, _, last = edtf.partition("/")
    return _day(first, last_of=False), _day(last or first, last_of=True)


def _day(written: str, last_of: bool) -> date | None:
    year, *rest = (int(part) for part in written.split("-"))
    if year < 1:  # EDTF has a year 0, Python's calendar has not
        return None
    month = rest[0] if rest else (12 if last_of else 1)
    day = rest[1] if len(rest) > 1 else (calendar.monthrange(year, month)[1] if last_of else 1)
    return date(year, month, day)


def _dated(edtf: str | None, name: str = "date", prefix: str = "") -> Row:
    first, last = days(edtf)
    return {name: edtf, f"{prefix}first_day": first, f"{prefix}last_day": last}


class _Story:
    """A record with its things at hand by their ids."""

    def __init__(self, record: Row, texts: dict[str, str]) -> None:
        self.record, self.texts = record, texts
        self.heads = {r["id"]: r for r in record["reports"]}
        self.entities = {e["id"]: e for e in record["entities"]}
        self.citations: list[Row] = []

    def outlet(self, report: str) -> str:
        head = self.heads.get(report)
        if head is None:
            return ""
        source = head["source"]
        bare = source.rstrip("/\\").replace("\\", "/")
        return head["outlet"] or bare.rsplit("/", 1)[-1] or source

    def name(self, entity: str | None) -> str | None:
        return self.entities[entity]["name"] if entity in self.entities else entity

    def who(self, ids: list[str]) -> tuple[str | None, str | None]:
        return " ".join(ids) or None, "; ".join(str(self.name(i)) for i in ids) or None

    def place(self, report: str, start: int, end: int, exact: str | None) -> Row:
        source = self.heads.get(report, {}).get("source")
        values = (report, self.outlet(report), source, start, end, exact)
        return dict(zip(CITED, values))

    def cite(self, at: Row | None) -> Row:
        return {} if at is None else self.place(at["report"], at["start"], at["end"], at["exact"])

    def note(self, kind: str, fact: str, places: Iterable[tuple[str, Row | None]]) -> None:
        """Keeps the places that a fact rests on for the table of citations."""
        self.citations += [{"kind": kind, "fact": fact, "role": role, **self.cite(at)} for role, at in places if at]

    def evidence(self, kind: str, fact: str, places: list[Row]) -> None:
        self.note(kind, fact, (("evidence", at) for at in places))

    def reports(self) -> list[Row]:
        origin = {r: n for n, of in enumerate(self.record["origins"], 1) for r in of}
        return [
            {
                **r,
                **_dated(r["published"], "published", "published_"),
                "report": r["id"],
                "modified": r.get("modified"),
                "credits": "; ".join(r["credits"]) or None,
                "origin": origin.get(r["id"]),
            }
            for r in self.record["reports"]
        ]

    def names(self) -> dict[str, list[Row]]:
        entities, names, offices, mentions, dates = [], [], [], [], []
        for e in self.record["entities"]:
            of = {"entity": e["id"], "name": e["name"]}
            for m in e["mentions"]:
                text = self.texts.get(m["report"])
                exact = None if text is None else text[m["start"] : m["end"]]
                mentions.append({**of, "kind": m["kind"], **self.place(m["report"], m["start"], m["end"], exact)})
            first = {c: mentions[-len(e["mentions"])][c] for c in CITED} if e["mentions"] else {}
            counts = {
                "spellings": len(e["names"]),
                "mentions": len(e["mentions"]),
                "reports": len({m["report"] for m in e["mentions"]}),
            }
            entities.append({**of, "kind": e["kind"], "iso3166": e["iso3166"], **counts, **first})
            for form in e["names"]:
                for r in form["reports"]:
                    names.append({**of, "spelling": form["form"], "report": r, "outlet": self.outlet(r)})
            for office in e["offices"]:
                told = {"title": office["title"], "of": office["of"], "of_name": self.name(office["of"])}
                offices += [{**of, **told, **self.cite(at)} for at in office["evidence"]]
                self.evidence("office", e["id"], office["evidence"])
        for d in self.record["dates"]:
            dates.append({**_dated(d["value"], "value"), **self.cite(d)})
            self.note("date", _place_id(d), [("expression", d)])
        return {"entities": entities, "names": names, "offices": offices, "mentions": mentions, "dates": dates}

    def said(self) -> dict[str, list[Row]]:
        statements, utterances = [], []
        by_id = {s["id"]: s for s in self.record["statements"]}
        for s in self.record["statements"]:
            speaker, cue = s["speaker_span"] or {}, s["cue"] or {}
            statements.append(
                {
                    **{name: s.get(name) for name in ("mode", "speaker", "medium", "audience", "via", "utterance")},
                    **_dated(s["date"]),
                    "statement": s["id"],
                    "speaker_name": self.name(s["speaker"]),
                    "speaker_words": speaker.get("exact"),
                    "speaker_start": speaker.get("start"),
                    "speaker_end": speaker.get("end"),
                    "cue": cue.get("exact"),
                    "cue_start": cue.get("start"),
                    "cue_end": cue.get("end"),
                    **self.cite(s["content"]),
                }
            )
            roles = [("content", s["content"]), ("speaker", s["speaker_span"]), ("cue", s["cue"])]
            self.note("statement", s["id"], roles)
        for u in self.record["utterances"]:
            given = [by_id[i] for i in u["statements"] if i in by_id]
            utterances.append(
                {
                    **{name: u[name] for name in ("speaker", "relation", "text")},
                    "utterance": u["id"],
                    "speaker_name": self.name(u["speaker"]),
                    "statements": len(u["statements"]),
                    "reports": len({s["report"] for s in given}),
                    **(self.cite(given[0]["content"]) if given else {}),
                }
            )
        return {"statements": statements, "utterances": utterances}

    def met(self) -> dict[str, list[Row]]:
        meetings, participants, accounts = [], [], []
        for m in self.record["meetings"]:
            first = m["accounts"][0] if m["accounts"] else None
            meetings.append(
                {
                    **self.meeting(m),
                    "kind": m["kind"],
                    "manner": " ".join(m["manner"]) or None,
                    "condition": (m["condition"] or {}).get("exact"),
                    "accounts": len(m["accounts"]),
                    **self.cite(first and first["span"]),
                    "meeting": m["id"],
                }
            )
            for p in m["participants"]:
                account = next((a for a in m["accounts"] if p in a["participants"]), first)
                row = {"meeting": m["id"], "entity": p, "name": self.name(p)}
                participants.append({**row, **self.cite(account and account["span"])})
            for a in m["accounts"]:
                accounts.append({**self.meeting(a), **self.cite(a["span"]), "meeting": m["id"]})
                self.note("meeting", m["id"], [("account", a["span"])])
            self.note("meeting", m["id"], [("condition", m["condition"])])
        return {"meetings": meetings, "participants": participants, "accounts": accounts}

    def meeting(self, told: Row) -> Row:
        ids, names = self.who(told["participants"])
        return {
            "status": told["status"],
            "participants": ids,
            "participant_names": names,
            "place": told["place"],
            "place_name": self.name(told["place"]),
            **_dated(told["date"]),
        }

    def bargained(self, ids: dict[str, list[str]]) -> dict[str, list[Row]]:
        proposals, issues, positions, conditions = [], [], [], []
        called = {p["id"]: p["names"][0] for p in self.record["proposals"] if p["names"]}
        called |= {i["id"]: i["name"] for i in self.record["issues"]}
        for p in self.record["proposals"]:
            for n, v in enumerate(p["versions"], 1):
                authors, author_names = self.who(v["authors"])
                told = {name: v.get(name) for name in ("points", "approximate", "sum", "change")}
                whole = {"proposal": p["id"], "names": "; ".join(p["names"]), "version": n}
                by = {"authors": authors, "author_names": author_names, "citations": len(v["evidence"])}
                proposals.append({**whole, **told, **by, **_dated(v["date"]), **self.cite(v["evidence"][0])})
                self.evidence("proposal", p["id"], v["evidence"])
        for i in self.record["issues"]:
            told = {"issue": i["id"], "name": i["name"], "terms": "; ".join(i["terms"]) or None, "status": i["status"]}
            issues.append({**told, "citations": len(i["evidence"]), **self.cite(i["evidence"][0])})
            self.evidence("issue", i["id"], i["evidence"])
        for p, fact in zip(self.record["positions"], ids["positions"]):
            told = {"position": fact, "party": p["party"], "party_name": self.name(p["party"]), "stance": p["stance"]}
            on = {"on": p["on"], "on_name": called.get(p["on"], p["on"]), "citations": len(p["evidence"])}
            positions.append({**told, **on, **_dated(p["date"]), **self.cite(p["evidence"][0])})
            self.evidence("position", fact, p["evidence"])
        for c, fact in zip(self.record["conditions"], ids["conditions"]):
            told = {"condition": fact, "party": c["party"], "party_name": self.name(c["party"])}
            for part in ("what", "only_if"):
                at = c[part]
                told |= {part: at["exact"], f"{part}_start": at["start"], f"{part}_end": at["end"]}
            conditions.append({**told, "citations": len(c["evidence"]), **self.cite(c["evidence"][0])})
            self.note("condition", fact, [("what", c["what"]), ("depends on", c["only_if"])])
            self.evidence("condition", fact, c["evidence"])
        return {"proposals": proposals, "issues": issues, "positions": positions, "conditions": conditions}

    def compared(self) -> dict[str, list[Row]]:
        discrepancies, reuse, only_in, corrections = [], [], [], []
        for d in self.record["discrepancies"]:
            for n, account in enumerate(d["accounts"], 1):
                told = {"discrepancy": d["id"], "kind": d["kind"], "about": d["about"], "answer": n}
                discrepancies += [{**told, "value": account["value"], **self.cite(at)} for at in account["evidence"]]
                self.evidence("discrepancy", d["id"], account["evidence"])
        for r in self.record["reuse"]:
            passage = _place_id(r["spans"][0]) if r["spans"] else None
            reuse += [{"passage": passage, "credit": r["credit"], **self.cite(at)} for at in r["spans"]]
            self.note("reuse", str(passage), (("passage", at) for at in r["spans"]))
        for only in self.record["only_in"]:
            told = {"report": only["report"], "outlet": self.outlet(only["report"])}
            only_in += [{**told, "fact": fact} for fact in only["facts"]]
        for c in self.record.get("corrections", []):
            corrections.append({**c, "correction": c["id"], "kind": c["fact"], "fact": c["on"]})
        return {"discrepancies": discrepancies, "reuse": reuse, "only_in": only_in, "corrections": corrections}


def _place_id(at: Row) -> str:
    """A place as an id, for facts that have none."""
    return f"{at['report']}-{at['start']}-{at['end']}"
