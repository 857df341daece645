"""Checks guests.csv and what makes it: python3 -m unittest discover clients/samples/wedding"""

from __future__ import annotations

import csv
import io
import json
import unittest
from collections import Counter, defaultdict
from pathlib import Path

import make_wedding

FUNCTIONS = {"wedding", "mehndi", "sangeet", "reception"}


class WeddingFileTest(unittest.TestCase):
    def setUp(self) -> None:
        self.data = make_wedding.FILE.read_bytes()
        self.rows = list(csv.DictReader(io.StringIO(self.data.decode("utf-8"), newline="")))

    def test_the_committed_file_is_what_the_generator_makes(self) -> None:
        self.assertEqual(self.data, make_wedding.encoded())
        self.assertEqual(make_wedding.encoded(), make_wedding.encoded())

    def test_eight_hundred_guests_with_keys_of_their_own(self) -> None:
        self.assertEqual(len({row["external_id"] for row in self.rows}), 800)
        self.assertEqual(len(self.rows), 800)

    def test_everybody_is_reached_by_a_phone_or_through_a_household(self) -> None:
        reached: defaultdict[str, set[str]] = defaultdict(set)
        for row in self.rows:
            reached[row["household"]].add(row["phone"])
        for row in self.rows:
            if not row["phone"]:
                self.assertTrue(row["household"] and len(reached[row["household"]]) > 1)

    def test_each_household_has_one_contact_who_has_a_phone(self) -> None:
        contacts = Counter(
            row["household"] for row in self.rows if row["household_role"] == "contact")
        households = {row["household"] for row in self.rows if row["household"]}
        self.assertGreater(len(households), 100)
        self.assertEqual(contacts, Counter(dict.fromkeys(households, 1)))
        self.assertTrue(
            all(row["phone"] for row in self.rows if row["household_role"] == "contact"))

    def test_the_functions_are_those_of_the_flow(self) -> None:
        flow = json.loads(
            Path(make_wedding.FILE).with_name("wedding.chatflow.json").read_text(encoding="utf-8"))
        self.assertEqual({event["key"] for event in flow["project"]["events"]}, FUNCTIONS)
        for row in self.rows:
            self.assertLessEqual(set(filter(None, row["invited_to"].split(";"))), FUNCTIONS)
        self.assertGreater(sum(bool(row["invited_to"]) for row in self.rows), 300)
        self.assertGreater(sum(bool(row["party_size.mehndi"]) for row in self.rows), 10)

    def test_children_are_never_more_than_the_party(self) -> None:
        for row in self.rows:
            self.assertLessEqual(int(row["children"] or 0), int(row["party_size"]))

    def test_three_languages_are_spoken(self) -> None:
        self.assertEqual({row["language"] for row in self.rows}, {"en", "hi", "id"})


if __name__ == "__main__":
    unittest.main()
