"""Makes guests.csv: 500 invented guests of an invented wedding in Jakarta.

The file holds on purpose what real guest lists hold: families that share a phone, rows pasted
twice, numbers written in every way, names in many scripts, commas, quotes and line breaks inside
fields, guests who opted out, languages that no template speaks, and 24 rows that must be refused
(`REFUSALS` says which and why). The default calling code of the project is +62.

    python3 make_guests.py           writes guests.csv beside this file
    python3 make_guests.py --check   compares it, exit code 1 if it differs

The same bytes come out on every machine and every version of Python: the numbers are drawn by
SplitMix64 and not by `random`. Numbers outside Indonesia and India come from the ranges that are
set aside for fiction.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path

SEED = 20261212
ROW_COUNT = 500
FILE = Path(__file__).with_name("guests.csv")

# Not the order of the documentation, since the importer goes by the names.
COLUMNS = (
    "phone", "name", "tags", "fields.table", "category", "language", "party_size", "external_id",
    "rsvp", "attending_count", "opted_out", "fields.card_url", "time_zone",
)


class Numbers:
    """SplitMix64."""

    def __init__(self, seed: int) -> None:
        self._state = seed

    def below(self, bound: int) -> int:
        mask = (1 << 64) - 1
        self._state = (self._state + 0x9E3779B97F4A7C15) & mask
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & mask
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & mask
        return (mixed ^ (mixed >> 31)) % bound

    def one_of(self, items: tuple[str, ...]) -> str:
        return items[self.below(len(items))]

    def chance(self, percent: int) -> bool:
        return self.below(100) < percent


@dataclass(frozen=True)
class Guest:
    """One row. `missing` columns are cut off at its end, `extra` ones added."""

    phone: str
    name: str
    tags: str = ""
    table: str = ""
    category: str = ""
    language: str = ""
    party_size: str = ""
    external_id: str = ""
    rsvp: str = ""
    attending_count: str = ""
    opted_out: str = ""
    card_url: str = ""
    time_zone: str = ""
    missing: int = 0
    extra: tuple[str, ...] = ()

    def cells(self) -> list[str]:
        cells = [
            self.phone, self.name, self.tags, self.table, self.category, self.language,
            self.party_size, self.external_id, self.rsvp, self.attending_count, self.opted_out,
            self.card_url, self.time_zone,
        ]
        return cells[: len(cells) - self.missing] + list(self.extra)


@dataclass(frozen=True)
class People:
    """Names of one language; `country` says how their numbers are written."""

    language: str
    country: str
    given: tuple[str, ...]
    family: tuple[str, ...]
    weight: int
    family_first: bool = False


PEOPLE = (
    People("id", "id", ("Budi", "Sari", "Dewi", "Agus", "Putri", "Wayan", "Rina", "Eko", "Ayu",
                        "Fajar", "Lestari", "Ketut"),
           ("Santoso", "Wijaya", "Hartono", "Lestari", "Pratama", "Siregar", "Nasution",
            "Kusuma"), 34),
    People("hi", "in", ("मीरा", "राजेश", "अनीता", "विक्रम", "प्रिया", "संजय", "कविता", "अर्जुन"),
           ("राव", "शर्मा", "वर्मा", "अय्यर", "गुप्ता", "मेहता"), 14),
    People("en", "in", ("Meera", "Ravi", "Ananya", "Vikram", "Priya", "Sanjay", "Kavita", "Arjun",
                        "Leela", "Nikhil"),
           ("Rao", "Iyer", "Sharma", "Mehta", "D'Souza", "Venkataraman"), 14),
    People("ta", "in", ("கவிதா", "முருகன்", "லட்சுமி", "செந்தில்", "மீனாட்சி", "அருண்"),
           ("சுப்ரமணியன்", "ராமசாமி", "நடராஜன்"), 6),
    People("zh", "id", ("小明", "美玲", "志强", "丽华", "建国", "雅婷"), ("王", "陈", "林", "黄"), 6,
           family_first=True),
    People("ar", "id", ("محمد", "فاطمة", "أحمد", "ليلى", "يوسف"), ("العطاس", "الحبشي", "شهاب"), 4),
    People("he", "us", ("נועה", "דוד", "מיכל", "יונתן"), ("כהן", "לוי", "מזרחי"), 2),
    People("th", "id", ("สมชาย", "มาลี", "กิตติ", "อรุณี"), ("ใจดี", "แสงทอง", "ศรีสุข"), 3),
    People("ru", "gb", ("Анна", "Сергей", "Ольга", "Дмитрий"),
           ("Коваленко", "Черных", "Шевчук"), 3),
    People("en", "gb", ("Zoë", "Siân", "Seán", "Chloé", "Noël"),
           ("O’Brien", "Brontë", "Smith-Jones"), 6),
    People("en", "us", ("José", "Renée", "Grace", "Theo"), ("Muñoz", "Núñez", "Okafor"), 5),
    People("en-AU", "gb", ("Matilda", "Jack", "Søren", "Isla"), ("Müller", "Ngô", "Åkesson"), 3),
)

CATEGORIES = ("vip",) * 3 + ("family",) * 8 + ("friends",) * 8 + ("crew",)
TAGS = ("bride", "groom", "sangeet", "office", "school", "neighbours", "vegetarian")
ZONES = {"id": "Asia/Jakarta", "in": "Asia/Kolkata", "gb": "Europe/London",
         "us": "America/New_York"}

# Every row here must be refused: the first word is the rule that it breaks. The first two rules
# are those of the file itself (RFC 4180 section 2), the others those of a guest's values.
REFUSALS: tuple[tuple[str, Guest], ...] = (
    ("too_few_columns", Guest("0812-3000-2001", "Short Row", "office", missing=10)),
    ("too_few_columns", Guest("0812-3000-2002", "Dina Hartono", missing=1)),
    ("too_few_columns", Guest("0812-3000-2003", "Yusuf", "groom", "5", "family", missing=8)),
    ("too_few_columns", Guest("0812-3000-2004", "", missing=12)),
    ("too_many_columns", Guest("0812-3000-2005", "Rao", extra=("brings a cake",))),
    ("too_many_columns", Guest("0812-3000-2006", "Lina Kusuma", extra=("", ""))),
    ("too_many_columns", Guest("0812-3000-2007", "Hadi Pratama", extra=("call first", "vip"))),
    ("phone_too_short", Guest("98123", "Uncle Raj", "bride", "2", "family", "hi", "2")),
    ("phone_too_short", Guest("+62 812", "Tante Mei", "groom", "2", "family", "id", "1")),
    ("phone_too_short", Guest("12345", "Pak Lurah", "", "1", "vip", "id", "2")),
    ("phone_too_long", Guest("+62 812 3000 2008 1234 5678", "Ibu Ratna", "", "7", "friends")),
    ("phone_too_long", Guest("08123000200908123000200", "Two Numbers", "", "", "friends")),
    ("phone_not_a_number", Guest("0812-3000-CALL", "Toko Bunga", "", "", "crew", "id")),
    ("phone_not_a_number", Guest("ask Priya", "Priya’s cousin", "bride", "", "family", "hi")),
    ("phone_not_a_number", Guest("0812 3000 2O10", "Letter O", "", "", "friends", "en")),
    ("phone_missing", Guest("", "Nenek Sari", "groom", "1", "family", "id", "1")),
    ("phone_missing", Guest("   ", "அத்தை கவிதா", "bride", "1", "family", "ta", "1")),
    ("party_size_out_of_range", Guest("0812-3000-2011", "Zero Guests", party_size="0")),
    ("party_size_out_of_range", Guest("0812-3000-2012", "Minus One", party_size="-1")),
    ("party_size_out_of_range", Guest("0812-3000-2013", "The Whole Village", party_size="99999")),
    ("party_size_not_a_number", Guest("0812-3000-2014", "Plus Some", party_size="abc")),
    ("party_size_not_a_number", Guest("0812-3000-2015", "Two and a Half", party_size="2.5")),
    ("rsvp_unknown", Guest("0812-3000-2016", "Perhaps Later", rsvp="perhaps")),
    ("time_zone_unknown", Guest("0812-3000-2017", "Laika the Dog", time_zone="Mars/Olympus_Mons")),
)

# Odd, and all of them fine.
ODDITIES: tuple[Guest, ...] = (
    Guest("0812-3000-3001", 'Bambang "Bob" Santoso', "groom", "3", "family", "id", "2", "B-001"),
    Guest("0812-3000-3002", "Rao, Meera (Dr.)", "bride;sangeet", "1", "vip", "en", "2", "B-002"),
    Guest("0812-3000-3003", "Keluarga\nBesar Hartono", "groom", "4", "family", "id", "9", "B-003"),
    Guest("0812-3000-3004", "Wayan", "", "8, near\r\nthe stage", "friends", "id", "1", "B-004"),
    Guest("0812-3000-3005", '"Ayu"', '"quoted";tag', '12" round', "friends", "id", "1", "B-005"),
    Guest("0812-3000-3006", "", "office", "", "friends", "id", "1", "B-006"),
    Guest("0812-3000-3007", "   ", "", "", "crew", "en", "1", "B-007"),
    Guest("0812-3000-3008", "", "", "", "", "", "", ""),
    Guest("0812-3000-3009", "🎉 Party Crew 🎉", "", "", "crew", "en", "6", "B-009"),
    Guest("0812-3000-3010", "Sara 👩‍👩‍👧‍👦", "school", "5", "friends", "en", "4", "B-010"),
    Guest("0812-3000-3011", "❤️", "", "5", "friends", "en", "1", "B-011"),
    Guest("0812-3000-3012", "Ravi\tIyer", "bride", "6", "friends", "en", "1", "B-012"),
    Guest("0812-3000-3013", "  Padded Name  ", " office ; ; school ", " 6 ", " friends ", " en ",
          " 2 ", " B-013 "),
    Guest("0812-3000-3014", "H. M. Nasution, S.H., M.Kn.", "", "1", "vip", "id", "2", "B-014"),
    Guest("0812-3000-3015", "李 Lee-Wijaya नीता", "", "7", "friends", "zh", "2", "B-015"),
    Guest("0812-3000-3016", "=SUM(A1:A9)", "", "", "friends", "en", "1", "B-016"),
    Guest("0812-3000-3017", "Jose\u0301 Nu\u0301n\u0303ez", "", "9", "friends", "en", "1", "B-017"),
    Guest("0812-3000-3018", "null", "", "", "friends", "en", "", "B-018"),
    Guest("0812-3000-3019", "{{guest.phone}}", "", "", "friends", "en", "1", "B-019"),
    Guest("0812-3000-3020", "Krisna", "bride;BRIDE;bride", "9", "friends", "xx", "1", "B-020"),
)


class GuestList:
    """Draws the ordinary guests and counts what was given out."""

    def __init__(self, seed: int) -> None:
        self.numbers = Numbers(seed)
        self._lines = 0
        self._identifiers = 0

    def guest(self) -> Guest:
        people = self._people()
        family = self.numbers.one_of(people.family)
        return self._guest(people, self._name(people, family), self._phone(people, self._line()))

    def household(self) -> list[Guest]:
        """People of one family name and one phone, which not all of them write alike."""
        people = self._people()
        family = self.numbers.one_of(people.family)
        line = self._line()
        names: list[str] = []
        size = 2 + self.numbers.below(3)
        while len(names) < size:
            name = self._name(people, family)
            if name not in names:
                names.append(name)
        return [
            replace(self._guest(people, name, self._phone(people, line)), category="family")
            for name in names
        ]

    def traveller(self) -> Guest:
        """An Indian number without its country code, which so becomes an Indonesian one."""
        guest = self.guest()
        return replace(guest, phone=f"098123 {self._line():05d}")

    def _guest(self, people: People, name: str, phone: str) -> Guest:
        numbers = self.numbers
        invited = 1 + numbers.below(4)
        rsvp, attending = self._answer(invited)
        self._identifiers += 1
        return Guest(
            phone=phone,
            name=name,
            tags=self._tags(),
            table=str(1 + numbers.below(40)) if numbers.chance(60) else "",
            category=numbers.one_of(CATEGORIES),
            language=people.language if numbers.chance(92) else "",
            party_size=str(invited) if numbers.chance(85) else "",
            # Some rows have no identifier: they are matched by phone and name.
            external_id=f"A-{self._identifiers:03d}" if numbers.chance(88) else "",
            rsvp=rsvp,
            attending_count=attending,
            opted_out="yes" if numbers.chance(3) else ("no" if numbers.chance(5) else ""),
            card_url=f"https://cards.example/{self._identifiers:03d}.jpg"
            if numbers.chance(8) else "",
            time_zone=ZONES[people.country] if numbers.chance(30) else "",
        )

    def _people(self) -> People:
        drawn = self.numbers.below(sum(people.weight for people in PEOPLE))
        for people in PEOPLE:
            drawn -= people.weight
            if drawn < 0:
                return people
        raise AssertionError("the weights add up to the bound")

    def _name(self, people: People, family: str) -> str:
        given = self.numbers.one_of(people.given)
        return family + given if people.family_first else f"{given} {family}"

    def _tags(self) -> str:
        tags: list[str] = []
        while self.numbers.chance(45) and len(tags) < 3:
            tag = self.numbers.one_of(TAGS)
            if tag not in tags:
                tags.append(tag)
        return ";".join(tags)

    def _answer(self, invited: int) -> tuple[str, str]:
        drawn = self.numbers.below(100)
        if drawn < 4:
            return "attending", str(1 + self.numbers.below(invited))
        if drawn < 6:
            return "declined", "0"
        return ("pending", "") if drawn < 40 else ("", "")

    def _line(self) -> int:
        """The part of a phone number that nobody else has."""
        self._lines += 1
        return self._lines

    def _phone(self, people: People, line: int) -> str:
        """The number in one of the ways in which people write it."""
        if people.country == "id":
            last = f"{1000 + line:04d}"
            ways: tuple[str, ...] = (
                f"+62 812 3000 {last}", f"0812-3000-{last}", f"0812 3000 {last}",
                f"+628123000{last}", f"(0812) 3000-{last}", f"0062 812 3000 {last}",
                f"628123000{last}", f"+62 (812) 3000.{last}", f"08123000{last}")
        elif people.country == "in":
            last = f"{line:05d}"
            ways = (f"+91 98123 {last}", f"+9198123{last}", f"+91-98123-{last}",
                    f"0091 98123 {last}", f"+91 (98123) {last}")
        elif people.country == "gb":
            last = f"{line % 1000:03d}"
            ways = (f"+44 7700 900{last}", f"0044 7700 900{last}", f"+447700900{last}")
        else:
            area = ("202", "303", "404", "505", "606")[line // 100 % 5]
            last = f"{line % 100:02d}"
            ways = (f"+1 ({area}) 555-01{last}", f"+1 {area} 555 01{last}",
                    f"001-{area}-555-01{last}")
        return self.numbers.one_of(ways)


def guests() -> list[Guest]:
    """All rows, in the order of the file."""
    guest_list = GuestList(SEED)
    groups: list[list[Guest]] = [[guest] for guest in ODDITIES]
    groups += [[guest] for _, guest in REFUSALS]
    groups += [guest_list.household() for _ in range(32)]
    groups += [[guest_list.traveller()] for _ in range(7)]
    # The same number for people who have nothing to do with each other: a shared office phone.
    for _ in range(6):
        first = guest_list.guest()
        groups += [[first], [replace(guest_list.guest(), phone=first.phone)]]
    # Pasted twice, and pasted twice with a later table.
    for index in range(10):
        first = guest_list.guest()
        again = first if index < 7 else replace(first, table="41")
        groups.append([first, again] if index % 2 else [first])
        if index % 2 == 0:
            groups.append([again])
    rest = ROW_COUNT - sum(len(group) for group in groups)
    groups += [[guest_list.guest()] for _ in range(rest)]
    for last in range(len(groups) - 1, 0, -1):
        other = guest_list.numbers.below(last + 1)
        groups[last], groups[other] = groups[other], groups[last]
    return [guest for group in groups for guest in group]


def encoded_cell(text: str) -> str:
    if any(mark in text for mark in ',"\r\n') or text != text.strip():
        return '"' + text.replace('"', '""') + '"'
    return text


def encoded() -> bytes:
    """The file: UTF-8 with a byte order mark and CRLF, as a spreadsheet saves it."""
    lines = [list(COLUMNS)] + [guest.cells() for guest in guests()]
    text = "".join(",".join(map(encoded_cell, line)) + "\r\n" for line in lines)
    return b"\xef\xbb\xbf" + text.encode("utf-8")


def write_or_check(words: list[str], file: Path, made: bytes, maker: str) -> int:
    """What a generator of a committed file does; the exit code."""
    if words == ["--check"]:
        if file.exists() and file.read_bytes() == made:
            return 0
        print(f"{file.name} differs from what {maker} makes; run it", file=sys.stderr)
        return 1
    if words:
        print(f"usage: {maker} [--check]", file=sys.stderr)
        return 2
    file.write_bytes(made)
    return 0


if __name__ == "__main__":
    sys.exit(write_or_check(sys.argv[1:], FILE, encoded(), "make_guests.py"))
