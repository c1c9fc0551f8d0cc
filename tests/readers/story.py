"""What every reader needs: the exported stories, and the words at a place of a report."""

import functools
import json
import os
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent


class Story:
    """One story: its record, the texts of its reports, and the exports of it."""

    def __init__(self, folder):
        self.folder = folder
        self.name = folder.name
        self.record = json.loads((folder / "record.json").read_text(encoding="utf-8"))
        self.reports = {r["id"]: r for r in self.record["reports"]}
        self.entities = {e["id"]: e for e in self.record["entities"]}
        self._texts = {}

    def bytes(self, name):
        return (self.folder / name).read_bytes()

    def text(self, name):
        return self.bytes(name).decode("utf-8")

    def json(self, name):
        return json.loads(self.text(name))

    def report(self, report):
        """The text of a report, read here from its file and not by the program."""
        if report not in self._texts:
            path = pathlib.Path(self.reports[report]["source"])
            path = path if path.is_absolute() else ROOT / path
            text = path.read_bytes().decode("utf-8").removeprefix("\ufeff")
            # A sign that steers a terminal is kept as U+FFFD, one for one, so that places stay (docs/security.md).
            self._texts[report] = re.sub(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]", "\ufffd", text)
        return self._texts[report]

    def words(self, report, start, end):
        # Python counts code points, as the record does.
        return self.report(report)[start:end]

    def citations(self):
        """Every citation of the record: (report, start, end, exact)."""
        found = set()

        def look(value):
            if isinstance(value, dict):
                if {"report", "start", "end", "exact"} <= value.keys():
                    found.add((value["report"], value["start"], value["end"], value["exact"]))
                for one in value.values():
                    look(one)
            elif isinstance(value, list):
                for one in value:
                    look(one)

        look(self.record)
        return found


def one_line(words):
    """Words as a line can hold them: white space with a line break or a control in it is one space; no turns of direction."""
    words = re.sub("[\u202a-\u202e\u2066-\u2069]", "", words)

    def space(match):
        here = match.group()
        breaks = any(ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u2028\u2029" for c in here)
        return " " if breaks else here

    return re.sub(r"[\s\x00-\x1f\x7f-\x9f]+", space, words).strip()


def stories():
    out = pathlib.Path(os.environ["READERS_OUT"])
    found = [Story(folder) for folder in sorted(out.iterdir()) if (folder / "record.json").is_file()]
    assert found, "no story was exported"
    return found


STORIES = stories()


def each_story(test):
    """Runs a test for every story that was exported, and tells which of them fails."""

    @functools.wraps(test)
    def run(self):
        for story in STORIES:
            with self.subTest(story=story.name):
                test(self, story)

    return run
