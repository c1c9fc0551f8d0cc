"""Web Annotation, read as JSON-LD by PyLD and resolved by the words of the W3C recommendation."""

import unittest
import json

from pyld import jsonld

from story import HERE, each_story

OA = "http://www.w3.org/ns/oa#"
AS = "http://www.w3.org/ns/activitystreams#"
CONTEXT = json.loads((HERE / "contexts" / "anno.json").read_text())


def load(url, options):
    # The terms that are used here, with the meaning that W3C's own context gives them; nothing is fetched.
    assert url == "http://www.w3.org/ns/anno.jsonld", url
    return {"contextUrl": None, "documentUrl": url, "document": CONTEXT}


def keys(value):
    if isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from keys(one)
    elif isinstance(value, list):
        for one in value:
            yield from keys(one)


class Annotations(unittest.TestCase):
    @each_story
    def test_every_term_is_one_of_the_vocabulary(self, story):
        used = set(keys(story.json("annotations.jsonld"))) - {"@context"}
        self.assertLessEqual(used, CONTEXT["@context"].keys(), "JSON-LD leaves out what it does not know")

    @each_story
    def test_it_is_a_collection_of_annotations(self, story):
        document = story.json("annotations.jsonld")
        (collection,) = jsonld.expand(document, {"documentLoader": load})
        self.assertEqual(collection["@type"], [AS + "OrderedCollection"])
        (page,) = collection[AS + "first"]
        items = page[AS + "items"][0]["@list"]
        self.assertEqual(collection[AS + "totalItems"][0]["@value"], len(items))
        self.assertEqual(len({i["@id"] for i in items}), len(items))
        for item in items:
            self.assertEqual(item["@type"], [OA + "Annotation"])
            self.assertTrue(item[OA + "motivatedBy"][0]["@id"].startswith(OA))
            for body in item[OA + "hasBody"]:
                self.assertTrue(body[OA + "hasPurpose"][0]["@id"].startswith(OA))
            (target,) = item[OA + "hasTarget"]
            self.assertEqual(target["@type"], [OA + "SpecificResource"])
            self.assertEqual(len(target[OA + "hasSource"]), 1, "a specific resource has one source")
            kinds = [s["@type"][0] for s in target[OA + "hasSelector"]]
            self.assertEqual(kinds, [OA + "TextPositionSelector", OA + "TextQuoteSelector"])

    @each_story
    def test_both_selectors_lead_to_the_same_words(self, story):
        for item in story.json("annotations.jsonld")["first"]["items"]:
            target = item["target"]
            report = target["scope"].rsplit(":", 1)[1]
            text = story.report(report)
            position, quote = target["selector"]
            self.assertEqual(text[position["start"] : position["end"]], quote["exact"])
            prefix, suffix = quote.get("prefix", ""), quote.get("suffix", "")
            found = text.find(prefix + quote["exact"] + suffix, max(0, position["start"] - len(prefix)))
            self.assertEqual(found + len(prefix), position["start"])

    @each_story
    def test_every_citation_of_the_record_is_there(self, story):
        there = set()
        for item in story.json("annotations.jsonld")["first"]["items"]:
            position, quote = item["target"]["selector"]
            report = item["target"]["scope"].rsplit(":", 1)[1]
            there.add((report, position["start"], position["end"], quote["exact"]))
        self.assertLessEqual(story.citations(), there)
