"""What many outlets report about one story, in one record in which every line is cited.

    import rapporteur

    record = rapporteur.read("reports/")             # one article a file; see docs/formats.md for all that is read
    print(record.brief())                            # what the command `rapporteur brief` prints
    for statement in record.statements:
        place = statement["content"]                 # {"report": "r…", "start": 120, "end": 187, "exact": "…"}
        text = record.text(place["report"])
        assert text[place["start"]:place["end"]] == place["exact"]
    record.to_pandas("statements")                   # or to_arrow: one table for each kind of fact

Places count Unicode code points, and so do the indices of a Python string: a slice of the text is the words cited.

Nothing here asks the network unless `fetch=True` says so, and no language model writes any of it. For more reports than one
machine reads, `findings_map` is a function for Spark's `mapInArrow`, `findings_batches` one for Ray Data and for anything
else that hands over Arrow record batches; `assemble` puts what they found together. See docs/scale.md.
"""

from __future__ import annotations

import os
import shutil
import sysconfig
from collections.abc import Iterable
from datetime import date
from typing import Any

from . import _rapporteur
from .batches import FINDINGS_DDL, columns_of, findings_batches, findings_map
from .record import NothingRead, Record, Unread

__all__ = [
    "FINDINGS_DDL",
    "NothingRead",
    "Record",
    "Unread",
    "assemble",
    "findings",
    "findings_batches",
    "findings_map",
    "made_with",
    "read",
    "read_quickly",
    "read_texts",
]


def made_with() -> str:
    """The version, the form of the findings and the language model: what the same findings depend on beside the texts."""
    return _rapporteur.made_with()


def read_quickly() -> None:
    """From now on this process reads without the tagger: quicker, and far fewer stances, gatherings, conditions and figures
    are found. What is made with it says so (`made_with`). Workers of Spark are told by `RAPPORTEUR_QUICK=1` in their
    environment (`spark.executorEnv.RAPPORTEUR_QUICK`), which is read when the module is loaded."""
    _rapporteur.read_quickly()


def read(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    outlet: str | None = None,
    published: str | date | None = None,
    fetch: bool = False,
    threads: int | None = None,
) -> Record:
    """Reads reports of one story and puts them together: files, folders (the reports in them), or "-" for standard input.

    What is known about NAME.txt may stand beside it in NAME.json. For a single file, `outlet` and `published`
    ("2025-11-25", "2025-11", "2025" or a date) go before that. Web addresses are read with `fetch=True` only. `threads` is
    the number of cores where it is not given. The result is the same bytes as `rapporteur record` writes for these paths.

    A PDF is read by the command `rapporteur`, in a process of its own, which the same wheel installs; where it is not found, a PDF
    stands in `record.failed`.

    What could not be read stands in `record.failed`. Where nothing could be read at all, `NothingRead` is raised.
    """
    many = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
    many = [os.fspath(path) for path in many]
    for name, value in (("outlet", outlet), ("published", published)):
        if value is not None and (len(many) != 1 or os.path.isdir(many[0])):
            what = f"{many[0]} is a folder" if len(many) == 1 else f"there are {len(many)}"
            raise ValueError(
                f"'{name}' is for a single file, and {what}; put the date and the outlet of each report in a NAME.json "
                'beside its NAME.txt: {"outlet": "Harbour Post", "published": "2025-11-25"}'
            )
    day = published.isoformat()[:10] if isinstance(published, date) else published
    reader = _pdf_reader()
    record = Record(_rapporteur.read(many, outlet=outlet, published=day, fetch=fetch, threads=threads, pdf_reader=reader))
    return record._or_nothing_read()


def _pdf_reader() -> str | None:
    """The command `rapporteur`: RAPPORTEUR_PROGRAM, the one that was installed with this module, else the one in the path."""
    beside = shutil.which("rapporteur", path=sysconfig.get_path("scripts"))
    return os.environ.get("RAPPORTEUR_PROGRAM") or beside or shutil.which("rapporteur")


def read_texts(rows: Any, *, threads: int | None = None) -> Record:
    """Reads reports that are at hand as text, and puts them together.

    `rows` are dicts, a pandas DataFrame, or a pyarrow Table or RecordBatch, with `text` and any of `source` (what a citation
    names as the file), `outlet`, `url`, `published`, `modified`, `title`, `byline`; other columns are passed over.

        rapporteur.read_texts([{"text": "…", "outlet": "Harbour Post", "published": "2026-03-12"}, …])

    Rows that could not be read stand in `record.failed`; where that is all of them, `NothingRead` is raised.
    """
    return Record(_rapporteur.assemble(columns_of(rows), None, threads=threads))._or_nothing_read()


def assemble(rows: Any, findings: Iterable[str | None]) -> Record:
    """Puts reports together that were read elsewhere, by `findings_batches` or `findings_map`.

    `rows` are the same as were read there (see `read_texts`), `findings` the column of that name, in any order; empty ones
    are passed over. The record is the same as if all had been read at once here: a report without a date is lent that of
    the reports beside it. Reading is what takes long; this takes a few thousand reports of one story in a second or two.

    Rows for which no findings are given stand in `record.failed`. Findings that are not of these texts are a ValueError.
    """
    given = [str(line) for line in findings if line is not None and not (isinstance(line, float) and line != line)]
    return Record(_rapporteur.assemble(columns_of(rows), given, threads=None))._or_nothing_read()


def findings(text: str, **about: Any) -> dict[str, Any]:
    """What one report says by itself: names, dates, statements, meetings and more, each with its place.

    `about` is any of `source`, `outlet`, `url`, `published`, `modified`, `title`, `byline`. A ValueError says why a text
    cannot be read.

        found = rapporteur.findings("“We agree,” Jane Roe said on Monday.", published="2026-03-12")
        found["statements"][0]["content"]["exact"]
    """
    import json

    unknown = sorted(set(about) - {"source", "outlet", "url", "published", "modified", "title", "byline"})
    if unknown:
        raise TypeError(f"findings() does not know {', '.join(unknown)}")
    [(_, found, error, _)] = _rapporteur.findings(columns_of([{"text": text, **about}]), threads=1)
    if found is None:
        raise ValueError(error)
    return json.loads(found)
