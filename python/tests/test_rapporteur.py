"""What the Python module promises: `cargo xtask python` builds it and runs this.

`RAPPORTEUR_PROGRAM` names the command to compare with.
"""

import concurrent.futures
import contextlib
import csv
import datetime
import io
import json
import os
import pickle
import re
import signal
import subprocess
import sys
import tempfile
import threading
import unittest
import unittest.mock
from pathlib import Path

import pandas
import pyarrow as pa
import rapporteur

ROOT = Path(__file__).resolve().parents[2]
STRAIT = ROOT / "examples" / "strait"
PROGRAM = os.environ.get("RAPPORTEUR_PROGRAM")
SAID = "“The weir stays open until the snow has melted,” Mira Orlan said on Tuesday."


def command(*args):
    """What the command prints, run in the root of the repository."""
    if not PROGRAM:
        raise unittest.SkipTest("RAPPORTEUR_PROGRAM is not set")
    return subprocess.run([PROGRAM, *args], cwd=ROOT, capture_output=True, check=True).stdout.decode()


def rows_of(folder):
    """The reports of a folder as rows of a table."""
    rows = []
    for file in sorted(folder.glob("*.txt")):
        beside = file.with_suffix(".json")
        known = json.loads(beside.read_text()) if beside.exists() else {}
        rows.append({"source": str(file.relative_to(ROOT)), "text": file.read_text(), **known})
    return rows


def places(value):
    """Every citation anywhere in a piece of JSON."""
    if isinstance(value, dict):
        if {"report", "start", "end", "exact"} <= value.keys():
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from places(one)


class Reading(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.record = rapporteur.read(STRAIT)

    def test_every_citation_is_a_slice_of_the_text(self):
        cited = list(places(self.record.to_dict()))
        self.assertGreater(len(cited), 100)
        for at in cited:
            self.assertEqual(self.record.text(at["report"])[at["start"] : at["end"]], at["exact"])
        self.record.verify()

    def test_the_record_and_the_brief_are_those_of_the_command(self):
        record = rapporteur.read(["examples/strait"]) if Path.cwd() == ROOT else None
        if record is None:
            self.skipTest("not in the root of the repository")
        self.assertEqual(record.to_json(), command("record", "examples/strait"))
        self.assertEqual(record.brief(), command("brief", "examples/strait", "-w", "96"))
        for name in ("markdown", "html"):
            self.assertEqual(record.brief(name), command("brief", "examples/strait", "-f", name))
        self.assertEqual(record.brief(citations=True, all=True, width=80),
                         command("brief", "examples/strait", "-c", "-a", "-w", "80"))  # fmt: skip

    def test_lists_are_those_of_the_json(self):
        written = json.loads(self.record.to_json())
        for name in written.keys() - {"schema", "made_with", "origins", "corrections"}:
            self.assertEqual(getattr(self.record, name), written[name], name)
        self.assertEqual(self.record["origins"], written["origins"])
        self.assertIn(f"{len(written['statements'])} statements", repr(self.record))
        self.assertIn("<pre>", self.record._repr_html_())

    def test_threads_do_not_show(self):
        self.assertEqual(rapporteur.read(STRAIT, threads=1).to_json(), self.record.to_json())
        self.assertEqual(rapporteur.read([STRAIT], threads=7).to_json(), self.record.to_json())

    def test_a_record_comes_back_from_its_json(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "record.json"
            path.write_text(self.record.to_json(), encoding="utf-8")
            for written in (self.record.to_json(), path, path.read_bytes()):
                again = rapporteur.Record.from_json(written)
                self.assertEqual(again.to_json(), self.record.to_json())
            self.assertEqual(again.brief(), self.record.brief())
            with self.assertRaisesRegex(KeyError, "has no texts"):
                again.text(again.reports[0]["id"])
            with self.assertRaises(ValueError):
                again.verify()
        with self.assertRaisesRegex(ValueError, "no record"):
            rapporteur.Record.from_json("{}")

    def test_what_could_not_be_read_is_told(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            (folder / "a.txt").write_text(SAID)
            (folder / "b.txt").write_bytes(b"%PDF-1.7")
            (folder / "c.md").write_text("not read")
            record = rapporteur.read([folder, folder / "nowhere.txt", "https://lock.example/"])
            self.assertEqual([Path(r["source"]).name for r in record.reports], ["a.txt"])
            what = {Path(one.path).name: one for one in record.failed}
            self.assertIn("the PDF cannot be read", what["b.txt"].what)
            self.assertIn("no such file", what["nowhere.txt"].what)
            self.assertIn("fetching was not asked for", what["lock.example"].what)
            self.assertTrue(all(one.help for one in record.failed))
            self.assertEqual([Path(path).name for path, _ in record.skipped], ["c.md"])
            with self.assertRaises(rapporteur.NothingRead) as caught:
                rapporteur.read(folder / "nowhere.txt")
            self.assertIn("check the spelling", str(caught.exception))
            again = pickle.loads(pickle.dumps(caught.exception))
            self.assertEqual(again.failed, caught.exception.failed)

    def test_a_pdf_is_read_by_the_command(self):
        paper = ROOT / "crates" / "rapporteur-cli" / "tests" / "six" / "ministry.pdf"
        if not PROGRAM:
            self.skipTest("RAPPORTEUR_PROGRAM is not set")
        record = rapporteur.read(paper)
        self.assertEqual((len(record.reports), record.failed), (1, []))
        for place in places(json.loads(record.to_json())):
            self.assertEqual(record.text(place["report"])[place["start"] : place["end"]], place["exact"])
        with unittest.mock.patch.object(rapporteur, "_pdf_reader", return_value=None):
            with self.assertRaises(rapporteur.NothingRead) as told:
                rapporteur.read(paper)
        self.assertIn("ministry.pdf", str(told.exception))

    def test_outlet_and_date_are_for_one_file(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "a.txt"
            file.write_text(SAID)
            for day in ("2031-03-06", datetime.date(2031, 3, 6), datetime.datetime(2031, 3, 6, 9)):
                record = rapporteur.read(file, outlet="Tesk Herald", published=day)
                self.assertEqual(record.reports[0]["outlet"], "Tesk Herald")
                self.assertEqual(record.statements[0]["date"], "2031-03-04", "Tuesday")
            for paths in (folder, [file, file]):
                with self.assertRaisesRegex(ValueError, "for a single file"):
                    rapporteur.read(paths, outlet="Tesk Herald")
            with self.assertRaisesRegex(ValueError, "published"):
                rapporteur.read(file, published="6/3/2031")
        with self.assertRaisesRegex(ValueError, "there are 'text', 'markdown' and 'html'"):
            self.record.brief("pdf")

    def test_ctrl_c_is_heard(self):
        # A shell that starts this in the background has it ignored.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        self.addCleanup(signal.signal, signal.SIGINT, before)
        rows = [{"text": f"{SAID}\n" * 400, "source": f"{n}"} for n in range(400)]
        threading.Timer(1, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
        with self.assertRaises(KeyboardInterrupt):
            rapporteur.read_texts(rows)


class Tables(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.record = rapporteur.read(STRAIT)
        cls.tables = cls.record.tables()

    def test_every_row_that_cites_cites_exactly(self):
        cited = 0
        for name, rows in self.tables.items():
            for row in rows:
                if row.get("start") is not None:
                    self.assertEqual(self.record.text(row["report"])[row["start"] : row["end"]], row["exact"], name)
                    cited += 1
        self.assertGreater(cited, 500)

    def test_facts_are_all_there(self):
        for table, part in (("reports", "reports"), ("statements", "statements"), ("meetings", "meetings"),
                            ("entities", "entities"), ("dates", "dates"), ("positions", "positions")):  # fmt: skip
            self.assertEqual(len(self.tables[table]), len(self.record[part]), table)
        mentions = sum(len(e["mentions"]) for e in self.record.entities)
        self.assertEqual(len(self.tables["mentions"]), mentions)
        statement = self.tables["statements"][0]
        said = self.record.statements[0]
        self.assertEqual((statement["statement"], statement["exact"]), (said["id"], said["content"]["exact"]))
        # Mentions have a table of their own; every other place is in that of citations.
        without = {k: v for k, v in self.record.to_dict().items() if k not in ("entities", "dates")}
        offices = [e["offices"] for e in self.record.entities]
        count = sum(1 for _ in places(without)) + sum(1 for _ in places(offices)) + len(self.record.dates)
        self.assertEqual(len(self.tables["citations"]), count)

    def test_arrow_and_pandas_hold_the_same(self):
        for name, rows in self.tables.items():
            table, frame = self.record.to_arrow(name), self.record.to_pandas(name)
            self.assertEqual(table.to_pylist(), rows, name)
            self.assertEqual(table.column_names, [c.name for c in self.record.columns(name)])
            self.assertEqual((len(frame), list(frame.columns)), (len(rows), table.column_names))
        statements = self.record.to_arrow("statements")
        self.assertEqual(statements.schema.field("start").type, pa.int64())
        self.assertEqual(statements.schema.field("first_day").type, pa.date32())
        self.assertEqual(str(self.record.to_pandas("statements")["cue_start"].dtype), "Int64")
        with self.assertRaisesRegex(KeyError, "there are reports, entities"):
            self.record.to_arrow("minutes")

    def test_the_tables_are_those_of_the_command(self):
        with tempfile.TemporaryDirectory() as folder:
            command("export", "examples/strait", "--format", "csv", "--out", folder)
            written = {path.stem: path for path in Path(folder).iterdir()}
            self.assertEqual(set(written), set(self.tables))
            for name, path in written.items():
                with path.open(encoding="utf-8", newline="") as file:
                    head, *body = csv.reader(file, strict=True)
                self.assertEqual(head, [c.name for c in self.record.columns(name)], name)
                self.assertEqual(len(body), len(self.tables[name]), name)
                for line, row in zip(body, self.tables[name]):
                    self.assertEqual(line, [as_csv(c, v) for c, v in row.items()], name)

    def test_every_column_says_what_it_holds(self):
        for name in self.tables:
            for column in self.record.columns(name):
                self.assertIn(column.kind, ("text", "int", "bool", "day"))
                self.assertTrue(column.doc.endswith("."), f"{name}.{column.name}")


def as_csv(column, value):
    """A value as the command writes it, which was asked for a relative path."""
    if value is None:
        return ""
    if column == "source":
        return value.removeprefix(f"{ROOT}/")
    return str(value).lower() if isinstance(value, bool) else str(value)


class Batches(unittest.TestCase):
    def test_findings_are_those_of_the_command(self):
        rows = rows_of(STRAIT)
        out = rapporteur.findings_batches(pa.RecordBatch.from_pylist(rows)).to_pylist()
        for row, found in zip(rows, out):
            self.assertEqual((found["error"], found["warning"]), (None, None))
            self.assertEqual(found["findings"] + "\n", command("findings", row["source"], "-f", "jsonl"))

    def test_order_and_ids_are_kept_at_any_size_of_batch(self):
        rows = [{"id": n, "text": f"{SAID} It was day {n}.", "published": "2031-03-06"} for n in range(150)]
        table = pa.Table.from_pylist(rows)
        whole = rapporteur.findings_batches(table)
        self.assertEqual(whole.column("id").to_pylist(), [str(n) for n in range(150)])
        for size in (1, 7, 1000):
            mapped = pa.Table.from_batches(rapporteur.findings_map(table.to_batches(max_chunksize=size)))
            self.assertEqual(mapped, whole)
        self.assertEqual(list(rapporteur.findings_map(iter(()))), [])
        self.assertEqual(rapporteur.findings_batches(table.to_batches()[0].slice(0, 0)).num_rows, 0)
        self.assertEqual(rapporteur.findings_batches(table, threads=2), whole)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            parts = list(pool.map(rapporteur.findings_batches, table.to_batches(max_chunksize=40)))
        self.assertEqual(pa.Table.from_batches(parts), whole)
        self.assertEqual([f"{n} string" for n in whole.column_names], rapporteur.FINDINGS_DDL.split(", "))

    def test_a_bad_row_stands_in_its_row(self):
        million = "The board of the lock met on Monday. " * 28_000
        texts = [SAID, None, "", " \n", "a\0b", "🌊" * 50 + " " + SAID, "\u202e" + SAID, million, "{\"a\": 1}", "%PDF-1",
                 "\ufeff" + SAID, "<rss/>", "“" * 2000, "(" * 5000, SAID]  # fmt: skip
        batch = pa.RecordBatch.from_pylist([{"id": f"row {n}", "text": t} for n, t in enumerate(texts)])
        out = rapporteur.findings_batches(batch).to_pylist()
        self.assertEqual([row["id"] for row in out], [f"row {n}" for n in range(len(texts))])
        failed = {n: row["error"] for n, row in enumerate(out) if row["error"]}
        self.assertEqual(sorted(failed), [1, 2, 3, 4, 8, 9, 11], failed)
        self.assertTrue(all("(" in why for why in failed.values()), "each says what to do")
        for n, row in enumerate(out):
            self.assertEqual(row["findings"] is None, n in failed)
            for at in places(json.loads(row["findings"] or "{}")):
                kept = texts[n].removeprefix("\ufeff")
                self.assertEqual(kept[at["start"] : at["end"]], at["exact"])
        self.assertEqual(out[0]["findings"], out[14]["findings"])
        self.assertEqual(out[0]["report"], out[14]["report"])

    def test_what_is_told_of_a_row_and_cannot_be_used_is_a_warning(self):
        days = ["2031-03-06", "6/3/2031", "2031-03-06T09:00:00+02:00", None, "Thu, 06 Mar 2031 09:00:00 GMT"]
        batch = pa.RecordBatch.from_pylist([{"text": SAID, "published": day} for day in days])
        out = rapporteur.findings_batches(batch).to_pylist()
        self.assertEqual([row["warning"] is not None for row in out], [False, True, False, False, False])
        self.assertEqual([json.loads(row["findings"])["published"] for row in out],
                         ["2031-03-06", None, "2031-03-06", None, "2031-03-06"])  # fmt: skip
        for kind in (pa.date32(), pa.timestamp("ms"), pa.timestamp("us", tz="UTC")):
            day = pa.array([datetime.datetime(2031, 3, 6)], pa.timestamp("ms")).cast(kind)
            batch = pa.RecordBatch.from_arrays([pa.array([SAID]), day], names=["text", "published"])
            [row] = rapporteur.findings_batches(batch).to_pylist()
            self.assertEqual((row["warning"], json.loads(row["findings"])["published"]), (None, "2031-03-06"), kind)

    def test_columns_of_the_wrong_kind_are_told(self):
        with self.assertRaisesRegex(KeyError, "no column 'text'"):
            rapporteur.findings_batches(pa.RecordBatch.from_pylist([{"body": SAID}]))
        batch = pa.RecordBatch.from_pylist([{"text": SAID, "outlet": 7}])
        [row] = rapporteur.findings_batches(batch).to_pylist()
        self.assertIn("its 'outlet' is no text", row["error"])
        batch = pa.RecordBatch.from_pylist([{"text": SAID.encode()}])
        [row] = rapporteur.findings_batches(batch).to_pylist()
        self.assertIn("its 'text' is no text", row["error"])


class Assembling(unittest.TestCase):
    def test_reading_apart_is_as_reading_together(self):
        # One of these reports tells no date and is lent that of the others.
        rows = rows_of(STRAIT)
        read = rapporteur.read([ROOT / row["source"] for row in rows])
        self.assertIn("inferred", [r["published_basis"] for r in read.reports])
        table = pa.Table.from_pylist(rows)
        found = rapporteur.findings_batches(table).column("findings").to_pylist()
        together = rapporteur.read_texts(rows)
        for given in (found, found[::-1], [None, *found, float("nan")]):
            record = rapporteur.assemble(rows, given)
            self.assertEqual(record.to_json(), together.to_json())
        self.assertEqual(rapporteur.assemble(table, found).to_json(), together.to_json())
        self.assertEqual(rapporteur.assemble(pandas.DataFrame(rows), found).to_json(), together.to_json())
        relative = [{**r, "source": r["source"].removeprefix(f"{ROOT}/")} for r in read.reports]
        self.assertEqual(relative, together.reports, "the sources apart, it is the record of the files")
        self.assertEqual(read.statements, together.statements)
        self.assertEqual(read.discrepancies, together.discrepancies)

    def test_nothing_is_lost_on_the_way(self):
        rows = rows_of(STRAIT)
        found = rapporteur.findings_batches(pa.Table.from_pylist(rows)).column("findings").to_pylist()
        record = rapporteur.assemble([*rows, {"text": "", "source": "empty"}, rows[0]], found[1:])
        self.assertEqual([one.path for one in record.failed], ["empty", rows[0]["source"]])
        self.assertIn("given twice", record.warnings[0])
        record = rapporteur.assemble(rows[1:], found)
        self.assertIn("of 1 reports that are not among these texts", record.warnings[0])
        for bad in ("no json", "{}"):
            with self.assertRaisesRegex(ValueError, "findings, line 1"):
                rapporteur.assemble(rows, [bad])
        moved = found[0].replace('"start":', '"start":1')
        with self.assertRaises(ValueError):
            rapporteur.assemble(rows, [moved, *found[1:]])
        with self.assertRaises(rapporteur.NothingRead):
            rapporteur.read_texts([{"text": None}])

    def test_one_text(self):
        found = rapporteur.findings(SAID, published=datetime.date(2031, 3, 6), outlet="Tesk Herald")
        at = found["statements"][0]["content"]
        self.assertEqual(SAID[at["start"] : at["end"]], at["exact"])
        self.assertEqual(found["statements"][0]["date"], "2031-03-04")
        for text in ("", "\0", "\ud800"):
            with self.assertRaises(ValueError):
                rapporteur.findings(text)
        with self.assertRaisesRegex(TypeError, "auteur"):
            rapporteur.findings(SAID, auteur="J. R.")
        with self.assertRaisesRegex(TypeError, "a single dict"):
            rapporteur.read_texts({"text": SAID})
        with self.assertRaisesRegex(TypeError, "row 0 is a str"):
            rapporteur.read_texts([SAID])


class Documentation(unittest.TestCase):
    def test_what_the_readme_shows_runs(self):
        blocks = re.findall(r"```python\n(.*?)```", (ROOT / "python" / "README.md").read_text(), re.DOTALL)
        self.assertEqual(len(blocks), 2)
        before, names = Path.cwd(), {}
        os.chdir(ROOT)
        try:
            with contextlib.redirect_stdout(io.StringIO()) as out:
                for block in blocks:
                    exec(block, names)
        finally:
            os.chdir(before)
        self.assertIn("WHO SAID WHAT", out.getvalue())
        self.assertTrue(names["found"]["statements"])


if __name__ == "__main__":
    sys.exit(unittest.main())
