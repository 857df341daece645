"""Makes guests.csv: 800 invented guests of an invented wedding in Delhi with four functions.

Families share phones, some members have none, not everybody is invited to everything, parties differ
from function to function, and three languages are spoken. Nothing in it must be refused.

    python3 make_wedding.py           writes guests.csv beside this file
    python3 make_wedding.py --check   compares it, exit code 1 if it differs

The same bytes come out on every machine, for the reason that `make_guests.py` gives.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from make_guests import Numbers, encoded_cell, write_or_check

SEED = 20270213
GUEST_COUNT = 800
FILE = Path(__file__).with_name("guests.csv")

COLUMNS = (
    "external_id", "name", "phone", "household", "household_role", "category", "language",
    "party_size", "children", "invited_to", "party_size.mehndi", "tags", "consent_source",
    "consent_at",
)

GIVEN = (
    "Aarav", "Aditi", "Amit", "Ananya", "Arjun", "Deepak", "Divya", "Gaurav", "Isha", "Kabir",
    "Kavita", "Kiran", "Leela", "Manish", "Meera", "Naina", "Neha", "Nikhil", "Pooja", "Pradeep",
    "Priya", "Rahul", "Raj", "Ravi", "Ritu", "Rohan", "Sanjay", "Shreya", "Simran", "Sunil", "Tara",
    "Varun", "Vikram", "Zoya",
)
HINDI_GIVEN = (
    "अनीता", "अर्जुन", "कविता", "गीता", "दीपक", "नेहा", "पूजा", "प्रिया", "मीरा", "मोहन", "राजेश", "रीना",
    "विक्रम", "संजय", "सुनीता", "हरीश",
)
INDONESIAN_GIVEN = (
    "Agus", "Ayu", "Budi", "Dewi", "Eko", "Fajar", "Indah", "Ketut", "Lestari", "Made", "Putri",
    "Rina", "Sari", "Wayan",
)
FAMILIES = (
    "Agarwal", "Bhatia", "Chopra", "D'Souza", "Gupta", "Iyer", "Kapoor", "Khanna", "Malhotra",
    "Mehta", "Nair", "Patel", "Rao", "Reddy", "Saxena", "Sethi", "Sharma", "Singh", "Verma",
)
HINDI_FAMILIES = ("अग्रवाल", "कपूर", "गुप्ता", "चोपड़ा", "मेहता", "वर्मा", "शर्मा", "सिंह")
INDONESIAN_FAMILIES = ("Hartono", "Kusuma", "Pratama", "Santoso", "Siregar", "Wijaya")

# What a circle of guests is invited to; all of it where nothing stands.
CIRCLES = (
    ("family", "", 30), ("friends", "wedding;sangeet;reception", 30),
    ("colleagues", "reception", 22), ("neighbours", "wedding;reception", 12), ("elders", "wedding", 6),
)


@dataclass(frozen=True)
class Speech:
    """Names of one language, and how its numbers begin."""

    language: str
    given: tuple[str, ...]
    families: tuple[str, ...]
    prefix: str


SPEECHES = (
    Speech("en", GIVEN, FAMILIES, "+91 98123"),
    Speech("hi", HINDI_GIVEN, HINDI_FAMILIES, "+91 98123"),
    Speech("id", INDONESIAN_GIVEN, INDONESIAN_FAMILIES, "+62 812 300"),
)


@dataclass(frozen=True)
class Guest:
    external_id: str
    name: str
    phone: str
    category: str
    language: str
    household: str = ""
    role: str = ""
    party_size: int = 1
    children: int = 0
    invited_to: str = ""
    mehndi: str = ""
    tags: str = ""

    def cells(self) -> list[str]:
        return [
            self.external_id, self.name, self.phone, self.household, self.role, self.category,
            self.language, str(self.party_size), str(self.children) if self.children else "",
            self.invited_to, self.mehndi, self.tags, "RSVP card", "2026-11-01",
        ]


class Wedding:
    """Draws guests and counts what was given out."""

    def __init__(self, seed: int) -> None:
        self.numbers = Numbers(seed)
        self._lines = 0
        self._identifiers = 0
        self._households = 0

    def group(self) -> list[Guest]:
        """One guest with a party, or a household whose members are asked through one of them."""
        speech = self._speech()
        category, invited_to = self._circle()
        family = self.numbers.one_of(speech.families)
        tags = "outstation" if self.numbers.chance(35) else ""
        if category in ("colleagues", "elders") or self.numbers.chance(45):
            guest = self._guest(speech, family, category, invited_to)
            return [self._party(replace(guest, tags=tags))]
        return [replace(guest, tags=tags) for guest in self._family(speech, family, category, invited_to)]

    def _family(self, speech: Speech, family: str, category: str, invited_to: str) -> list[Guest]:
        self._households += 1
        key = f"{family}-{self._households:03d}"
        members: list[Guest] = []
        for place in range(2 + self.numbers.below(4)):
            guest = self._guest(speech, family, category, invited_to)
            # Some have a phone of their own, some none, and some that of the first.
            drawn = self.numbers.below(100)
            if place > 0 and drawn < 60:
                guest = replace(guest, phone=members[0].phone if drawn < 30 else "")
            is_child = place > 1 and self.numbers.chance(55)
            members.append(
                replace(
                    guest, household=key, role="contact" if place == 0 else "",
                    children=1 if is_child else 0,
                    # Children stay at home when it gets late.
                    invited_to="wedding;mehndi" if is_child and category == "family" else invited_to,
                ))
        return members

    def _party(self, guest: Guest) -> Guest:
        size = 1 + self.numbers.below(4)
        children = self.numbers.below(size) if size > 2 else 0
        is_close = guest.invited_to == "" and size > 2
        return replace(
            guest, party_size=size, children=children, mehndi="2" if is_close else "")

    def _guest(self, speech: Speech, family: str, category: str, invited_to: str) -> Guest:
        self._identifiers += 1
        name = f"{self.numbers.one_of(speech.given)} {family}"
        return Guest(
            f"W-{self._identifiers:03d}", name, self._phone(speech), category, speech.language,
            invited_to=invited_to)

    def _speech(self) -> Speech:
        drawn = self.numbers.below(100)
        return SPEECHES[0] if drawn < 60 else SPEECHES[1] if drawn < 85 else SPEECHES[2]

    def _circle(self) -> tuple[str, str]:
        drawn = self.numbers.below(sum(weight for _, _, weight in CIRCLES))
        for category, invited_to, weight in CIRCLES:
            drawn -= weight
            if drawn < 0:
                return category, invited_to
        raise AssertionError("the weights add up to the bound")

    def _phone(self, speech: Speech) -> str:
        self._lines += 1
        return f"{speech.prefix} {10_000 + self._lines:05d}"


def guests() -> list[Guest]:
    """All rows, in the order of the file."""
    wedding = Wedding(SEED)
    rows: list[Guest] = []
    while len(rows) < GUEST_COUNT:
        rows += wedding.group()
    return rows[:GUEST_COUNT]


def encoded() -> bytes:
    lines = [list(COLUMNS)] + [guest.cells() for guest in guests()]
    return "".join(",".join(map(encoded_cell, line)) + "\n" for line in lines).encode("utf-8")


if __name__ == "__main__":
    sys.exit(write_or_check(sys.argv[1:], FILE, encoded(), "make_wedding.py"))
