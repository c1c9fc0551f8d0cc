"""Arrow record batches in, findings out: what Spark, Ray and their like run on many machines.

Each report is read by itself, so it does not matter which machine reads which, in what order, and how many at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from . import _rapporteur

if TYPE_CHECKING:
    import pyarrow

COLUMNS = ("text", "source", "outlet", "url", "published", "modified", "title", "byline")
"""The columns that are read. Only `text` must be there."""

FINDINGS_DDL = "id string, report string, findings string, error string, warning string"
"""The schema of what `findings_batches` and `findings_map` give, for `DataFrame.mapInArrow`."""

_OUT = ("id", "report", "findings", "error", "warning")
_SLICE = 64  # rows read between two batches of findings_map
_BYTES = 64 << 20  # of findings in one batch of findings_map, about


def findings_batches(batch: pyarrow.RecordBatch | pyarrow.Table, *, threads: int = 1) -> Any:
    """Reads a batch of reports: a row in, a row out, in the same order; a Table gives a Table.

    In: `text`, and any of `source`, `outlet`, `url`, `published`, `modified`, `title`, `byline`, and `id`, which is only
    handed through. Dates may be strings, dates or timestamps. Out, all strings:

    - `id`: as given;
    - `report`: the id of the report, made of its words, the last part of its source, its outlet and its url;
    - `findings`: what it says as JSON, the same bytes as the line that `rapporteur findings --format jsonl` writes;
    - `error`: why there are no findings, and what to do; a bad row hinders no other;
    - `warning`: what was said of the report and could not be used, such as a date that cannot be read.

    A report is read alone: one without a date is not lent that of others here. `assemble` does that afterwards.

    `threads` is 1 because Spark and Ray run a process a core. The lock of the interpreter is not held while reading, so
    threads of Python's own (`ThreadPoolExecutor`) work side by side as well.
    """
    import pyarrow as pa

    found = _rapporteur.findings(columns_of(batch), threads=threads)
    report, json, error, warning = (list(column) for column in zip(*found)) if found else ([], [], [], [])
    names = batch.schema.names
    ids = [None if i is None else str(i) for i in batch.column("id").to_pylist()] if "id" in names else [None] * len(json)
    size = sum(len(one.encode()) for one in json if one is not None)
    if size >= 2**31:
        raise OverflowError(
            f"the findings of this batch have {size} bytes, more than a column of strings holds (2 GB): "
            "give smaller batches, or use findings_map, which cuts them"
        )
    arrays = [pa.array(column, pa.string()) for column in (ids, report, json, error, warning)]
    kind = pa.Table if isinstance(batch, pa.Table) else pa.RecordBatch
    return kind.from_arrays(arrays, names=list(_OUT))


def findings_map(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    """Reads batch after batch: the function for Spark.

        reports.mapInArrow(rapporteur.findings_map, rapporteur.FINDINGS_DDL)

    As `findings_batches`, and however large the batches are, only some rows are held at a time.
    """
    import pyarrow as pa

    held: list[pa.RecordBatch] = []
    size = 0
    for batch in batches:
        at, rows = 0, _SLICE
        while at < batch.num_rows:
            try:
                done = findings_batches(batch.slice(at, rows))
            except OverflowError:
                if rows == 1:
                    raise
                rows = max(1, rows // 8)
                continue
            held.append(done)
            size += done.nbytes
            at += rows
            if size >= _BYTES:
                yield from _joined(held)
                held, size = [], 0
    yield from _joined(held)


def _joined(batches: list[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    """Small batches as few large ones: one crossing to Spark costs the same for few rows as for many."""
    import pyarrow as pa

    if batches:
        yield from pa.Table.from_batches(batches).combine_chunks().to_batches()


def columns_of(rows: Any) -> dict[str, list[Any]]:
    """The columns that are read, as lists: of dicts, of a pandas DataFrame, of an Arrow table or batch."""
    if hasattr(rows, "schema") and hasattr(rows, "column"):  # pyarrow
        columns = {name: rows.column(name).to_pylist() for name in COLUMNS if name in rows.schema.names}
    elif hasattr(rows, "columns") and hasattr(rows, "to_dict"):  # pandas
        columns = {name: [None if _missing(v) else v for v in rows[name]] for name in COLUMNS if name in rows.columns}
    elif isinstance(rows, Mapping):
        raise TypeError("give a list of rows, each a dict with a 'text'; this is a single dict")
    else:
        rows = list(rows)
        for n, row in enumerate(rows):
            if not isinstance(row, Mapping):
                raise TypeError(f"row {n} is a {type(row).__name__}; give dicts with a 'text', or a table")
        columns = {name: [row.get(name) for row in rows] for name in COLUMNS}
    if "text" not in columns:
        raise KeyError("there is no column 'text': it holds the text of a report, a row a report")
    if "source" not in columns or all(source is None for source in columns["source"]):
        columns.pop("source", None)
    for name in ("published", "modified"):
        if name in columns:
            columns[name] = [value.isoformat() if hasattr(value, "isoformat") else value for value in columns[name]]
    return columns


def _missing(value: Any) -> bool:
    """Whether pandas means that there is nothing: None, NaN, NaT, NA."""
    return value is None or (isinstance(value, float) and value != value) or type(value).__name__ in ("NAType", "NaTType")
