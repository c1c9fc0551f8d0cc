"""The note, read by markdown-it-py with footnotes and front matter."""

import unittest
import yaml
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from story import each_story, one_line


def shown(token):
    """The words that a reader sees of a line."""
    out = []
    for child in token.children or []:
        out.append("\n" if child.type in ("softbreak", "hardbreak") else child.content)
    return "".join(out)


class Notes(unittest.TestCase):
    def read(self, story):
        reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
        return reader.use(footnote_plugin).use(front_matter_plugin).parse(story.text("story.md"))

    @each_story
    def test_every_footnote_is_called_for_and_has_its_words(self, story):
        tokens = self.read(story)
        opened = [t.meta["id"] for t in tokens if t.type == "footnote_open"]
        called = {c.meta["id"] for t in tokens for c in t.children or [] if c.type == "footnote_ref"}
        self.assertEqual(set(opened), called)
        notes, inside = [], False
        for token in tokens:
            if token.type == "footnote_open":
                inside = True
            elif token.type == "footnote_close":
                inside = False
            elif inside and token.type == "inline":
                notes.append(shown(token))
        self.assertEqual(len(notes), len(opened))
        # Statements, meetings, positions, answers: each cites, and what it cites is a footnote as it stands.
        cited = {s["content"]["exact"] for s in story.record["statements"]}
        cited |= {a["span"]["exact"] for m in story.record["meetings"] for a in m["accounts"]}
        cited |= {e["exact"] for p in story.record["positions"] for e in p["evidence"]}
        cited |= {e["exact"] for d in story.record["discrepancies"] for a in d["accounts"] for e in a["evidence"]}
        for words in cited:
            self.assertTrue(any(f"“{one_line(words)}”" in note for note in notes), words)

    @each_story
    def test_no_words_of_a_report_become_markup(self, story):
        addresses = {r["url"] for r in story.record["reports"]}
        for token in self.read(story):
            self.assertNotIn(token.type, ("html_block", "fence", "code_block", "table_open", "hr", "ordered_list_open"))
            for child in token.children or []:
                self.assertIn(child.type, (
                    "text", "text_special", "strong_open", "strong_close", "code_inline", "footnote_ref",
                    "footnote_anchor", "link_open", "link_close",
                ))
                if child.type == "link_open":
                    href = child.attrGet("href")
                    self.assertIn(href.replace("%28", "(").replace("%29", ")"), addresses)
                if child.type == "code_inline":
                    self.assertIn(child.content, story.reports)

    @each_story
    def test_obsidian_finds_nothing_of_its_own(self, story):
        body = story.text("story.md").split("\n---\n", 1)[1]
        plain = body.replace("\\\\", "")
        for mark in ("[[", "==", "%%", "$", "^"):
            bare = plain.replace("[^", "").split(mark)
            self.assertTrue(all(part.endswith("\\") or mark in ("^",) and part == bare[-1] for part in bare[:-1]), mark)

    @each_story
    def test_the_front_matter_is_yaml(self, story):
        (front,) = [t for t in self.read(story) if t.type == "front_matter"]
        read = yaml.safe_load(front.content)
        outlets = {r["outlet"] for r in story.record["reports"] if r["outlet"]}
        self.assertEqual(set(read["outlets"]), outlets)
