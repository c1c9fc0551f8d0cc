"""The tables of a record, as Python holds them: rows of dicts, Arrow, pandas.

What tables there are, their columns and their rows are told by the compiled part, which writes CSV and Parquet of the same;
here they are only given Python's types. What is not told is None.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from . import _rapporteur

if TYPE_CHECKING:
    import pandas
    import pyarrow

Row = dict[str, Any]


class Column(NamedTuple):
    """A column of a table."""

    name: str
    """Its name."""
    kind: str
    """What it holds: "text", "int", "bool" or "day"."""
    doc: str
    """What it says."""


class Table(NamedTuple):
    """Facts of one kind, a row each."""

    name: str
    """Its name."""
    doc: str
    """What a row of it is."""
    columns: list[Column]
    """Its columns."""
    rows: list[Row]
    """Its rows, each with all columns."""


def of(record: _rapporteur.Record) -> dict[str, Table]:
    """All tables of a record, by name."""
    made = {}
    for name, doc, columns, rows in record.tables():
        head = [Column(*column) for column in columns]
        made[name] = Table(name, doc, head, [_row(head, row) for row in rows])
    return made


def _row(columns: list[Column], cells: list[Any]) -> Row:
    return {c.name: _day(cell) if c.kind == "day" else cell for c, cell in zip(columns, cells)}


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:  # EDTF has a year 0, Python's calendar has not
        return None


def to_arrow(table: Table) -> pyarrow.Table:
    """A table with a type for each column."""
    import pyarrow as pa

    kinds = {"text": pa.string(), "int": pa.int64(), "bool": pa.bool_(), "day": pa.date32()}
    schema = pa.schema([(c.name, kinds[c.kind]) for c in table.columns])
    return pa.Table.from_pylist(table.rows, schema=schema)


def to_pandas(table: Table) -> pandas.DataFrame:
    """A table; what is counted is Int64, so that nothing told is <NA> and no fraction."""
    import pandas as pd

    frame = pd.DataFrame(table.rows, columns=[c.name for c in table.columns])
    kinds = {"int": "Int64", "bool": "boolean"}
    for column in table.columns:
        if column.kind in kinds:
            frame[column.name] = frame[column.name].astype(kinds[column.kind])
    return frame
