"""A record as Python people like it: lists of dicts, tables, text."""

from __future__ import annotations

import json
import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from . import _rapporteur, tables

if TYPE_CHECKING:
    import pandas
    import pyarrow


class Unread(NamedTuple):
    """Something that could not be read."""

    path: str
    """What was to be read, as given."""
    what: str
    """What is wrong."""
    help: str
    """What to do."""

    def __str__(self) -> str:
        return f"{self.path or 'text'}: {self.what} ({self.help})"


class NothingRead(ValueError):
    """None of the inputs is a report that can be read; the message tells each."""

    failed: list[Unread]

    def __init__(self, failed: list[Unread]) -> None:
        self.failed = failed
        shown = [str(one) for one in failed[:20]]
        if len(failed) > 20:
            shown.append(f"… and {len(failed) - 20} more, in .failed")
        super().__init__("\n".join(shown) or "none of these paths holds a report")

    def __reduce__(self) -> Any:  # so that it crosses from a worker to the driver
        return (NothingRead, (self.failed,))


class Record:
    """What many reports say together. Every fact in it holds the place of the words it rests on.

    The lists (`reports`, `entities`, `statements`, `meetings` …) are those of the record's JSON, as dicts in the same names;
    the form is `rapporteur/record/1`. A place is `{"report": id, "start": 120, "end": 187, "exact": "…"}`, in code points:
    `record.text(id)[start:end] == exact`.

    To make one, see `rapporteur.read`, `read_texts` and `assemble`.
    """

    def __init__(self, record: _rapporteur.Record) -> None:
        self._record = record

    @classmethod
    def from_json(cls, written: str | bytes | os.PathLike[str]) -> Record:
        """A record that was written before: JSON, or the path of a file. The texts of its reports are not in it."""
        if isinstance(written, os.PathLike):
            written = Path(written).read_bytes()
        if isinstance(written, bytes):
            written = written.decode()
        return cls(_rapporteur.Record.from_json(written))

    def _or_nothing_read(self) -> Record:
        if not self._record.texts():
            raise NothingRead(self.failed)
        return self

    def to_json(self) -> str:
        """The record as JSON, the same bytes as `rapporteur record` writes for the same reports."""
        return self._record.to_json()

    def to_dict(self) -> dict[str, Any]:
        """The record as a dict; each call gives one of its own."""
        return json.loads(self.to_json())

    @cached_property
    def _dict(self) -> dict[str, Any]:
        return self.to_dict()

    # One for each list of the record.

    @property
    def reports(self) -> list[dict[str, Any]]:
        """What is known about each report."""
        return self._dict["reports"]

    @property
    def entities(self) -> list[dict[str, Any]]:
        """Who and what is named: people, organizations, countries, places, groups."""
        return self._dict["entities"]

    @property
    def dates(self) -> list[dict[str, Any]]:
        """Expressions of time and what they mean (EDTF)."""
        return self._dict["dates"]

    @property
    def statements(self) -> list[dict[str, Any]]:
        """Who said what, report by report."""
        return self._dict["statements"]

    @property
    def utterances(self) -> list[dict[str, Any]]:
        """The same words as several reports give them."""
        return self._dict["utterances"]

    @property
    def meetings(self) -> list[dict[str, Any]]:
        """Who met whom, with each report's account."""
        return self._dict["meetings"]

    @property
    def proposals(self) -> list[dict[str, Any]]:
        """Plans, drafts, deals, bills and offers, with their versions."""
        return self._dict["proposals"]

    @property
    def issues(self) -> list[dict[str, Any]]:
        """What is in dispute."""
        return self._dict["issues"]

    @property
    def positions(self) -> list[dict[str, Any]]:
        """Who stands how to what."""
        return self._dict["positions"]

    @property
    def conditions(self) -> list[dict[str, Any]]:
        """What happens only if something else does."""
        return self._dict["conditions"]

    @property
    def claims(self) -> list[dict[str, Any]]:
        """What sentences of several reports assert alike, each once."""
        return self._dict["claims"]

    @property
    def lead(self) -> list[dict[str, Any]]:
        """The sentences that tell what happened: up to seven, then up to seven more for who reads on."""
        return self._dict["lead"]

    @property
    def unread(self) -> list[dict[str, Any]]:
        """What was given and could not be read."""
        return self._dict.get("unread", [])

    @property
    def discrepancies(self) -> list[dict[str, Any]]:
        """Where accounts of the same thing differ; none of them is believed."""
        return self._dict["discrepancies"]

    @property
    def reuse(self) -> list[dict[str, Any]]:
        """Passages that reports share word for word."""
        return self._dict["reuse"]

    @property
    def only_in(self) -> list[dict[str, Any]]:
        """What one report alone has."""
        return self._dict["only_in"]

    def __getitem__(self, name: str) -> Any:
        """A part of the record's JSON by its name."""
        return self._dict[name]

    def __repr__(self) -> str:
        r = self._dict
        parts = ("reports", "entities", "statements", "meetings", "proposals", "discrepancies")
        counts = ", ".join(f"{len(r[name])} {name}" for name in parts)
        return f"<rapporteur.Record: {counts}, {len(self.failed)} unread>"

    def _repr_html_(self) -> str:
        """In a notebook, the brief as text."""
        import html

        return f"<pre>{html.escape(self.brief())}</pre>"

    # Texts and places.

    @cached_property
    def texts(self) -> dict[str, str]:
        """The kept text of each report by its id; empty for a record that was made from JSON."""
        return dict(self._record.texts())

    def text(self, report: str) -> str:
        """The kept text of a report, in which places count."""
        try:
            return self.texts[report]
        except KeyError:
            hint = "" if self.texts else "; a record made from JSON has no texts: read the reports again"
            raise KeyError(f"there is no text of a report {report!r} here{hint}") from None

    def verify(self) -> None:
        """Proves that every citation reads in the texts just as the record gives it; a ValueError names one that does not."""
        self._record.verify()

    # What came of the rest.

    @property
    def failed(self) -> list[Unread]:
        """What should have been a report and could not be read."""
        return [Unread(*one) for one in self._record.failed()]

    @property
    def warnings(self) -> list[str]:
        """Things worth a word that hindered nothing."""
        return self._record.warnings()

    @property
    def skipped(self) -> list[tuple[str, str]]:
        """Files of folders that are no reports by their names, each with the reason."""
        return self._record.skipped()

    # Faces.

    def brief(
        self, format: str = "text", *, width: int = 96, citations: bool = False, all: bool = False
    ) -> str:
        """The brief: "text", "markdown" or "html".

        For text only: `width` in columns; `citations` puts the exact words under each line; `all` leaves nothing out.
        """
        return self._record.brief(format, width=width, citations=citations, all=all)

    @cached_property
    def _tables(self) -> dict[str, tables.Table]:
        return tables.of(self._record)

    def _table(self, name: str) -> tables.Table:
        try:
            return self._tables[name]
        except KeyError:
            raise KeyError(f"there is no table {name!r}; there are {', '.join(self._tables)}") from None

    def tables(self) -> dict[str, list[dict[str, Any]]]:
        """All facts as flat rows, a table for each kind, by name: "statements", "meetings", "citations" …

        They are the tables that `rapporteur export --format csv` writes. Every table of facts ends with the columns of a
        citation: report, outlet, source, start, end, exact.
        """
        return {name: [dict(row) for row in table.rows] for name, table in self._tables.items()}

    def columns(self, table: str) -> list[tables.Column]:
        """The columns of one of the tables: the name of each, what it holds and what it says."""
        return list(self._table(table).columns)

    def to_arrow(self, table: str) -> pyarrow.Table:
        """One of the tables as a pyarrow Table (needs pyarrow). Days are date32, counts and places int64."""
        return tables.to_arrow(self._table(table))

    def to_pandas(self, table: str) -> pandas.DataFrame:
        """One of the tables as a DataFrame (needs pandas). Counts and places are Int64, which can be empty."""
        return tables.to_pandas(self._table(table))
