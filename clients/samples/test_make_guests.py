"""Checks guests.csv and what makes it: python3 -m unittest discover clients/samples"""

from __future__ import annotations

import csv
import io
import unittest
from collections import Counter

import make_guests


class GuestFileTest(unittest.TestCase):
    def setUp(self) -> None:
        self.data = make_guests.FILE.read_bytes()
        text = self.data.decode("utf-8-sig")
        self.rows = list(csv.reader(io.StringIO(text, newline="")))

    def test_the_committed_file_is_what_the_generator_makes(self) -> None:
        self.assertEqual(self.data, make_guests.encoded())
        self.assertEqual(make_guests.encoded(), make_guests.encoded())

    def test_it_has_a_mark_crlf_and_five_hundred_rows(self) -> None:
        self.assertTrue(self.data.startswith(b"\xef\xbb\xbf"))
        self.assertTrue(self.data.endswith(b"\r\n"))
        self.assertEqual(tuple(self.rows[0]), make_guests.COLUMNS)
        self.assertEqual(len(self.rows) - 1, 500)

    def test_another_reader_of_csv_gets_the_cells_that_were_written(self) -> None:
        self.assertEqual(self.rows[1:], [guest.cells() for guest in make_guests.guests()])

    def test_between_four_and_six_percent_must_be_refused(self) -> None:
        refused = [guest for _, guest in make_guests.REFUSALS]
        written = Counter(tuple(guest.cells()) for guest in make_guests.guests())
        self.assertTrue(all(written[tuple(guest.cells())] == 1 for guest in refused))
        self.assertTrue(20 <= len(refused) <= 30)

    def test_only_the_rows_meant_for_it_have_another_number_of_columns(self) -> None:
        ragged = sum(len(row) != len(make_guests.COLUMNS) for row in self.rows)
        meant = sum(rule.endswith("_columns") for rule, _ in make_guests.REFUSALS)
        self.assertEqual(ragged, meant)

    def test_the_awkward_cases_are_there(self) -> None:
        guests = make_guests.guests()
        # The last digits are the same however a number is written.
        digits = ("".join(filter(str.isdigit, guest.phone)) for guest in guests)
        phones = Counter(number[-9:] for number in digits if number)
        exact = Counter(tuple(guest.cells()) for guest in guests)
        self.assertGreaterEqual(sum(count > 1 for count in phones.values()), 40)
        self.assertGreaterEqual(sum(count > 1 for count in exact.values()), 5)
        self.assertGreaterEqual(sum(guest.opted_out == "yes" for guest in guests), 8)
        self.assertGreaterEqual(sum(guest.phone.startswith("098") for guest in guests), 5)
        self.assertGreaterEqual(sum(not guest.name.strip() for guest in guests), 3)
        spoken = {"en", "hi", "id"}
        others = {guest.language for guest in guests} - spoken
        self.assertTrue({"ta", "zh", "ar", "he", "th", "ru", "en-AU"} <= others)
        self.assertEqual(
            {guest.category.strip() for guest in guests},
            {"vip", "family", "friends", "crew", ""},
        )


if __name__ == "__main__":
    unittest.main()
