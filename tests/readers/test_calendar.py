"""iCalendar, read by PyPI icalendar."""

import unittest
import datetime

import icalendar

from story import each_story

TO_COME = {"planned", "ordered", "conditional"}


class Calendar(unittest.TestCase):
    @each_story
    def test_lines_are_as_long_as_they_may_be(self, story):
        lines = story.bytes("meetings.ics").split(b"\r\n")
        self.assertEqual(lines.pop(), b"")
        for line in lines:
            self.assertLessEqual(len(line), 75)
            self.assertNotIn(b"\n", line)
            line.lstrip(b" ").decode("utf-8")

    @each_story
    def test_a_reader_finds_the_meetings_that_are_to_come(self, story):
        calendar = icalendar.Calendar.from_ical(story.bytes("meetings.ics"))
        self.assertEqual(calendar.errors, [])
        events = list(calendar.walk("VEVENT"))
        planned = [m for m in story.record["meetings"] if m["status"] in TO_COME and m["date"]]
        self.assertEqual([e["UID"] for e in events], [m["id"] + "@rapporteur" for m in planned])
        for event, meeting in zip(events, planned):
            self.assertEqual(event.errors, [])
            first = meeting["date"].split("/")[0]
            start, end = event["DTSTART"].dt, event["DTEND"].dt
            self.assertIs(type(start), datetime.date, "a day, no time of day")
            self.assertTrue(start.isoformat().startswith(first))
            self.assertGreater(end, start)
            self.assertEqual(event["STATUS"], "TENTATIVE")
            self.assertEqual(event["DTSTAMP"].dt.utcoffset(), datetime.timedelta(0))
            for account in meeting["accounts"]:
                exact = account["span"]["exact"].replace("\r\n", "\n")
                self.assertIn(exact, str(event["DESCRIPTION"]))
