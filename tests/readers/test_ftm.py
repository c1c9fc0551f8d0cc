"""FollowTheMoney, held against its own model."""

import unittest

try:
    from followthemoney import model
except ImportError:
    model = None

from story import each_story


@unittest.skipIf(model is None, "followthemoney is not here (its pyicu needs the system's ICU)")
class FollowTheMoney(unittest.TestCase):
    def entities(self, story):
        import json

        return [json.loads(line) for line in story.text("entities.ftm.json").splitlines()]

    @each_story
    def test_every_entity_is_one_of_the_model_and_no_value_is_lost(self, story):
        for entity in self.entities(story):
            schema = model.get(entity["schema"])
            self.assertIsNotNone(schema, entity["schema"])
            self.assertFalse(schema.abstract)
            schema.validate(entity)
            proxy = model.get_proxy(entity, cleaned=False)
            for name, values in entity["properties"].items():
                self.assertIn(name, schema.properties)
                self.assertFalse(schema.get(name).stub)
                kept = proxy.get(name)
                self.assertEqual(len(kept), len(values), f"{entity['schema']}.{name}: {values} became {kept}")
            for name in schema.required:
                self.assertTrue(proxy.get(name), f"{entity['schema']} needs {name}")

    @each_story
    def test_what_is_referred_to_is_there_and_fits(self, story):
        entities = self.entities(story)
        by_id = {e["id"]: model.get(e["schema"]) for e in entities}
        self.assertEqual(len(by_id), len(entities), "an id names one entity")
        for entity in entities:
            for name, values in entity["properties"].items():
                of = model.get(entity["schema"]).get(name)
                if of.type.name != "entity":
                    continue
                for value in values:
                    self.assertIn(value, by_id)
                    self.assertTrue(by_id[value].is_a(of.range), f"{entity['schema']}.{name} is a {by_id[value].name}")

    @each_story
    def test_statements_are_notes_with_their_words(self, story):
        entities = {e["id"]: e for e in self.entities(story)}
        for s in story.record["statements"]:
            note = entities[s["id"]]["properties"]
            self.assertIn(s["content"]["exact"], note["description"][0])
            self.assertEqual(note["proof"], [s["report"]])
