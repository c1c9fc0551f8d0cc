"""PLOVER events, read as the POLECAT files are: tabs, a head, None for what is not known."""

import unittest
import csv
import datetime
import io

from story import each_story

# Public facts of the PLOVER manual (Open Event Data Alliance) and of the files of POLECAT.
QUADS = {"CONSULT": "VERBAL COOPERATION", "AGREE": "VERBAL COOPERATION", "SUPPORT": "VERBAL COOPERATION",
         "DEMAND": "VERBAL CONFLICT", "REJECT": "VERBAL CONFLICT"}
SCALE = {"CONSULT": 2.1, "AGREE": 4.2, "SUPPORT": 4.6, "DEMAND": -5.0, "REJECT": -4.2}
MODES = {"visit", "third-party", "multilateral", "phone", "None"}
SECTORS = set("GOV JUD LEG MIL COP OPP PTY REB PRM SPY UAF CVL BUS EDU MED LAB AGR JRN REF REL SOC CRM None".split())
CONTEXTS = {"future", "hypothetical", "negation", "historical", "None"}
NO_EVENT = {"doubts", "declines to comment"}


class Plover(unittest.TestCase):
    def rows(self, story):
        lines = csv.DictReader(io.StringIO(story.text("events.txt"), newline=""), delimiter="\t", strict=True)
        rows = list(lines)
        self.assertEqual(len(lines.fieldnames), 49)
        self.assertEqual(lines.fieldnames[0], "Event ID")
        self.assertEqual(lines.fieldnames[39], "Version")
        return rows

    @each_story
    def test_the_codes_are_those_of_the_manual(self, story):
        ids = [row["Event ID"] for row in self.rows(story)]
        self.assertEqual(len(set(ids)), len(ids))
        for row in self.rows(story):
            self.assertEqual(row["Quad Code"], QUADS[row["Event Type"]])
            self.assertEqual(float(row["Intensity"]), SCALE[row["Event Type"]])
            self.assertIn(row["Event Mode"], MODES)
            self.assertLessEqual(set(row["Contexts"].split(";")), CONTEXTS)
            for side in ("Actor", "Recipient"):
                self.assertIn(row[f"Primary {side} Sector"], SECTORS)
                self.assertRegex(row[f"{side} Country"], "^(None|[A-Z]{3})$")
            for day in ("Event Date", "Publication Date", "Event End"):
                if row[day] != "None":
                    datetime.date.fromisoformat(row[day])
            start, end = int(row["Text Start"]), int(row["Text End"])
            self.assertEqual(story.words(row["Report"], start, end), row["Text"])

    @each_story
    def test_each_pair_that_meets_is_a_row(self, story):
        rows = self.rows(story)
        for meeting in story.record["meetings"]:
            n = len(meeting["participants"])
            pairs = [r for r in rows if r["Event Group"] == meeting["id"]]
            self.assertEqual(len(pairs), max(1, n * (n - 1) // 2))
        stances = [p for p in story.record["positions"] if p["stance"] not in NO_EVENT]
        self.assertEqual(sum(r["Event Type"] != "CONSULT" for r in rows), len(stances))
