"""CSV and Parquet, read by Python's csv and by Apache Arrow."""

import csv
import datetime
import io
import unittest

import pyarrow.parquet

from story import each_story


def rows(story, path):
    text = story.bytes(path).decode("utf-8")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


class Tables(unittest.TestCase):
    @each_story
    def test_every_row_has_every_column(self, story):
        files = sorted(p.name for p in (story.folder / "csv").iterdir())
        self.assertEqual(len(files), 20)
        for name in files:
            head, *body = rows(story, f"csv/{name}")
            self.assertEqual(len(set(head)), len(head))
            for row in body:
                self.assertEqual(len(row), len(head), name)

    @each_story
    def test_places_lead_to_their_words(self, story):
        seen = set()
        for path in (story.folder / "csv").iterdir():
            head, *body = rows(story, f"csv/{path.name}")
            if "exact" not in head:
                continue
            for row in body:
                row = dict(zip(head, row))
                if not row["report"]:
                    continue
                start, end = int(row["start"]), int(row["end"])
                self.assertEqual(story.words(row["report"], start, end), row["exact"], path.name)
                self.assertEqual(row["source"], story.reports[row["report"]]["source"])
                seen.add((row["report"], start, end, row["exact"]))
        self.assertLessEqual(story.citations(), seen)

    @each_story
    def test_the_facts_are_those_of_the_record(self, story):
        for name, of in [("statements", "statement"), ("utterances", "utterance"), ("meetings", "meeting"),
                         ("issues", "issue"), ("entities", "entity"), ("reports", "report")]:
            head, *body = rows(story, f"csv/{name}.csv")
            ids = [dict(zip(head, row))[of] for row in body]
            self.assertEqual(ids, [fact["id"] for fact in story.record[name]])
        for name, count in [("positions", "positions"), ("conditions", "conditions"), ("dates", "dates")]:
            self.assertEqual(len(rows(story, f"csv/{name}.csv")) - 1, len(story.record[count]))

    @each_story
    def test_parquet_has_the_rows_of_csv_with_types(self, story):
        if not (story.folder / "parquet").is_dir():
            raise unittest.SkipTest("the program was built without Parquet")
        for path in (story.folder / "csv").iterdir():
            head, *body = rows(story, f"csv/{path.name}")
            table = pyarrow.parquet.read_table(story.folder / "parquet" / f"{path.stem}.parquet")
            self.assertEqual(table.column_names, head)
            self.assertEqual(table.num_rows, len(body))
            columns = [table.column(n).to_pylist() for n in range(table.num_columns)]
            for n, row in enumerate(body):
                self.assertEqual([written(column[n]) for column in columns], row, path.name)
            for field in table.schema:
                if field.name in ("start", "end", "citations"):
                    self.assertEqual(str(field.type), "int64")
                if field.name in ("first_day", "last_day"):
                    self.assertEqual(str(field.type), "date32[day]")


def written(value):
    """A value as CSV has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)
