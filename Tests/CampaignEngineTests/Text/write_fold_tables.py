#!/usr/bin/env python3
"""Writes FoldTables.swift: what texts that people type are folded by, for all of Unicode.

    python3 write_fold_tables.py FILE           writes the file
    python3 write_fold_tables.py FILE --check   compares its bytes, exit code 1 if they differ

The data is that of Python's `unicodedata`, so the Unicode version is Python's; it stands in the
head of the file. A Python of another version cannot compare bytes, and says so (exit code 2).

What a scalar becomes: compatibility decomposition and full case folding until nothing changes,
then the rules below, then canonical composition. Two tables follow from it. `mappings` says what a
scalar becomes where that is not the scalar itself, `classes` how a scalar that is left is treated.
Both are runs of numbers, and a number is written in signs of ASCII, so that the compiler sees one
literal: array literals of this size take it minutes.
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path

LIMIT = 0x110000
SURROGATES = range(0xD800, 0xE000)


class Class(IntEnum):
    """How a scalar is treated that nothing replaces. Swift has the same enum in the same order."""

    LETTER = 0  # of a script whose marks are letters; and whatever is not listed
    PLAIN = 1  # Latin, Greek, Cyrillic, Hebrew, Arabic, digits: marks come off
    MARK = 2  # always stays: vowel signs, viramas, tones
    ACCENT = 3  # a mark of no script: stays after LETTER alone
    DROPPED = 4
    SPACE = 5
    PUNCTUATION = 6
    APOSTROPHE = 7
    SYMBOL = 8  # a word of its own
    FLAG = 9  # regional indicator: a run of them is a word
    JAMO = 10  # a letter that may compose into a Hangul syllable
    JOINER = 11  # dropped, and so is a gender sign behind it
    GENDER = 12  # a symbol elsewhere


# Letters that Unicode neither decomposes nor folds, but that people exchange. The Arabic ones are
# those of Lucene's normalizers of Arabic and Persian.
LETTERS = {
    "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ə": "e", "ŋ": "n",
    "ٱ": "ا", "ٲ": "ا", "ٳ": "ا",
    "ى": "ي", "ی": "ي", "ې": "ي",
    "ک": "ك", "ڪ": "ك",
    "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۃ": "ه",
    "\u2044": "/", "\u2215": "/", "\u2212": "-",
    "\u309b": "\u3099", "\u309c": "\u309a",
}  # fmt: skip
# They are no marks but stand for one, or for nothing: tatweel, high hamza, object replacement.
DROPPED = {0x0640, 0x0674, 0xFFFC}
APOSTROPHES = frozenset("'`´‘’‛′ʹʻʼʽ՚׳ߴߵꞋꞌ＇")
BLANKS = {0x2800}  # Braille without a dot
GENDERS = {0x2640, 0x2642}
FLAGS = range(0x1F1E6, 0x1F200)
SKIN_TONES = range(0x1F3FB, 0x1F400)
# Default_Ignorable_Code_Point, apart from category Cf. It is not in `unicodedata`.
IGNORABLES = (
    range(0x034F, 0x0350), range(0x115F, 0x1161), range(0x17B4, 0x17B6), range(0x180B, 0x1810),
    range(0x2065, 0x2066), range(0x3164, 0x3165), range(0xFE00, 0xFE10), range(0xFFA0, 0xFFA1),
    range(0xFFF0, 0xFFF9), range(0xE0000, 0xE1000),
)  # fmt: skip
JAMO = (range(0x1100, 0x1113), range(0x1161, 0x1176), range(0x11A8, 0x11C3))
# Scripts whose letters lose their marks, as the names of scalars begin.
PLAIN_SCRIPTS = ("LATIN ", "GREEK ", "CYRILLIC ", "HEBREW ", "ARABIC ")
# Marks that are dropped wherever they stand: nothing else carries them.
DROPPED_MARKS = ("HEBREW ", "ARABIC ", "VARIATION SELECTOR", "JUDEO-SPANISH ")
LATIN_WITH = re.compile(r"LATIN (?:SMALL|CAPITAL) LETTER ([A-Z]) WITH ")


def is_ignorable(code: int) -> bool:
    return any(code in part for part in IGNORABLES)


@cache
def class_of(code: int) -> Class:
    text = chr(code)
    category = unicodedata.category(text)
    name = unicodedata.name(text, "")
    if text in APOSTROPHES:
        return Class.APOSTROPHE
    if code == 0x200D:
        return Class.JOINER
    if code in DROPPED or code in SKIN_TONES or is_ignorable(code) or category in ("Cf", "Me"):
        return Class.DROPPED
    if code in BLANKS or category in ("Zs", "Zl", "Zp", "Cc"):
        return Class.SPACE
    if code in FLAGS:
        return Class.FLAG
    if code in GENDERS:
        return Class.GENDER
    if any(code in part for part in JAMO):
        return Class.JAMO
    if category.startswith("M"):
        if name.startswith(DROPPED_MARKS):
            return Class.DROPPED
        return Class.ACCENT if name.startswith("COMBINING ") else Class.MARK
    if category.startswith("P") or code < 0x80 and category.startswith("S"):
        return Class.PUNCTUATION
    if category.startswith("S"):
        return Class.SYMBOL
    if category == "Nd" or category.startswith("L") and name.startswith(PLAIN_SCRIPTS):
        return Class.PLAIN
    return Class.LETTER


def settled(text: str) -> str:
    """Decomposed and case folded until nothing changes."""
    while True:
        # Iota subscript is a mark, though case folding makes a letter of it.
        apart = unicodedata.normalize("NFKD", text).replace("\u0345", "")
        after = unicodedata.normalize("NFKD", apart.casefold())
        if after == text:
            return text
        text = after


def replacement(scalar: str) -> str:
    """What our own rules make of a scalar that Unicode is done with."""
    if scalar in LETTERS:
        return LETTERS[scalar]
    if scalar in APOSTROPHES:
        return "'"
    if unicodedata.category(scalar) == "Nd":
        return str(unicodedata.digit(scalar))
    stroked = LATIN_WITH.match(unicodedata.name(scalar, ""))
    return stroked[1].lower() if stroked else scalar


@cache
def folded(code: int) -> str:
    """The scalar alone, with all marks that do not depend on what stands before it taken off."""
    scalar = chr(code)
    if unicodedata.category(scalar) in ("Cn", "Co") and not is_ignorable(code):
        return scalar
    if unicodedata.name(scalar, "").startswith(("VULGAR FRACTION ", "FRACTION NUMERATOR ")):
        # "2½" must not become "21/2".
        return " " + unicodedata.normalize("NFKD", scalar).replace("\u2044", "/")
    if scalar in LETTERS or scalar in APOSTROPHES:
        return replacement(scalar)
    kept: list[str] = []
    base: Class | None = None
    for part in "".join(map(replacement, settled(scalar))):
        kind = class_of(ord(part))
        if kind in (Class.DROPPED, Class.JOINER):
            continue
        if kind is Class.ACCENT and base not in (None, Class.LETTER):
            continue
        if kind not in (Class.MARK, Class.ACCENT):
            base = kind
        kept.append(part)
    return unicodedata.normalize("NFC", "".join(kept))


# MARK: Numbers as text

ALPHABET = "".join(map(chr, range(0x24, 0x7F)))
ENDING = 60
GOING_ON = len(ALPHABET) - ENDING


def number(value: int) -> str:
    text = ""
    while value >= ENDING:
        value -= ENDING
        text += ALPHABET[ENDING + value % GOING_ON]
        value //= GOING_ON
    return text + ALPHABET[value]


def signed(value: int) -> str:
    return number(value * 2 if value >= 0 else -value * 2 - 1)


def literal(text: str) -> str:
    assert '"' not in text and "#" not in text
    lines = [text[start : start + 96] for start in range(0, len(text), 96)]
    return '#"""\n' + "\n".join("    " + line for line in lines) + '\n    """#'


# MARK: Tables


@dataclass(frozen=True)
class Run:
    """`count` scalars, `source_step` apart, that become scalars `target_step` apart."""

    source: int
    target: int
    count: int
    source_step: int
    target_step: int

    @property
    def last(self) -> int:
        return self.source + (self.count - 1) * self.source_step


STEPS = [(1, 0), (1, 1), (2, 2), (2, 0), (2, 1), (1, 2)]


def longest_run(source: int, single: dict[int, int]) -> Run:
    best = Run(source, single[source], 1, 1, 0)
    for source_step, target_step in STEPS:
        count = 1
        while (
            single.get(source + count * source_step) == single[source] + count * target_step
        ) and not any(
            source + count * source_step - gap in single for gap in range(1, source_step)
        ):
            count += 1
        if count > best.count:
            best = Run(source, single[source], count, source_step, target_step)
    return best


def mappings(changed: dict[int, str]) -> str:
    """Runs of scalars that become one each, then the scalars that become several.

    A run of one costs no count: (gap, kind, [count], target). Kind 0 is a run of one."""
    single = {code: ord(text) for code, text in changed.items() if len(text) == 1}
    parts: list[str] = []
    runs: list[Run] = []
    next_source = 0
    for source in sorted(single):
        if source < next_source:
            continue
        run = longest_run(source, single)
        runs.append(run)
        next_source = run.last + 1
    place, target = 0, 0
    parts.append(number(len(runs)))
    for run in runs:
        kind = 0 if run.count == 1 else 1 + STEPS.index((run.source_step, run.target_step))
        parts.append(number((run.source - place) * 7 + kind))
        if kind:
            parts.append(number(run.count))
        parts.append(signed(run.target - target))
        place, target = run.last + 1, run.target
    several = {code: text for code, text in changed.items() if len(text) > 1}
    parts.append(number(len(several)))
    place, target = 0, 0
    for code, text in sorted(several.items()):
        parts.append(number(code - place))
        parts.append(number(len(text)))
        for scalar in text:
            parts.append(signed(ord(scalar) - target))
            target = ord(scalar)
        place = code + 1
    return "".join(parts)


def ranges(values: Iterable[tuple[int, int | None]]) -> Iterator[tuple[int, int, int]]:
    """(first, count, value) of what is not 0; None joins what stands before it."""
    first, value, end = 0, 0, 0
    for code, new in values:
        if new is None:
            continue
        if new != value or value == 0 and new == 0:
            if value:
                yield first, end - first, value
            first, value = code, new
        end = code + 1
    if value:
        yield first, end - first, value


def range_text(values: Iterable[tuple[int, int | None]], width: int) -> str:
    """(gap, count and value) each."""
    found = list(ranges(values))
    parts = [number(len(found))]
    place = 0
    for first, count, value in found:
        parts.append(number(first - place))
        parts.append(number((count - 1) * width + value))
        place = first + count
    return "".join(parts)


def compositions(kept: list[int]) -> list[tuple[int, int, int]]:
    """Pairs that compose into a scalar which stays, Hangul apart."""
    pairs: list[tuple[int, int, int]] = []
    for code in kept:
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) != 2 or parts[0].startswith("<"):
            continue
        if unicodedata.normalize("NFC", chr(code)) == chr(code):
            pairs.append((int(parts[0], 16), int(parts[1], 16), code))
    return sorted(pairs)


def pair_text(pairs: list[tuple[int, int, int]]) -> str:
    parts = [number(len(pairs))]
    place = 0
    for first, second, composed in pairs:
        parts += [number(first - place), signed(second - first), signed(composed - first)]
        place = first
    return "".join(parts)


def swift() -> str:
    codes = [code for code in range(LIMIT) if code not in SURROGATES]
    fold = {code: folded(code) for code in codes}
    changed = {code: text for code, text in fold.items() if text and text != chr(code)}
    for text in changed.values():
        assert "".join(folded(ord(scalar)) for scalar in text).strip() == text.strip(), text
    zeros = [
        code for code in codes
        if unicodedata.category(chr(code)) == "Nd" and unicodedata.digit(chr(code)) == 0
    ]  # fmt: skip
    for zero in zeros:
        for digit in range(10):
            assert unicodedata.digit(chr(zero + digit)) == digit
            changed.pop(zero + digit, None)
    digits = {zero + digit for zero in zeros for digit in range(10)} - set(map(ord, "0123456789"))
    growth = max(
        (len(text) / len(chr(code).encode()) for code, text in changed.items()), default=1
    )
    assert growth <= 6, growth
    kinds = (
        (
            code,
            None if code in changed or code in digits
            else int(class_of(code)) if fold[code] else int(Class.DROPPED)
            if class_of(code) is not Class.JOINER else int(Class.JOINER),
        )
        for code in codes
    )  # fmt: skip
    kept = [code for code in codes if fold[code] == chr(code)]
    staying = set(kept)
    orders = (
        (code, unicodedata.combining(chr(code)) if code in staying else 0) for code in codes
    )
    zero_lines = "\n".join(
        "    " + " ".join(f"0x{zero:X}," for zero in zeros[start : start + 10])
        for start in range(0, len(zeros), 10)
    )
    return f"""\
// Unicode {unicodedata.unidata_version}. Written by write_fold_tables.py, which says how it is read.
// swift-format-ignore-file

/// What the fold knows of Unicode: runs of numbers, which `FoldData` reads once.
enum FoldTables {{
  static let unicodeVersion = "{unicodedata.unidata_version}"

  /// What a scalar becomes where that is not itself; decimal digits aside.
  static let mappings: StaticString = {literal(mappings(changed))}

  /// How a scalar is treated that nothing replaces.
  static let classes: StaticString = {literal(range_text(kinds, len(Class)))}

  /// Canonical combining classes of the marks that can stay.
  static let orders: StaticString = {literal(range_text(orders, 256))}

  /// Pairs that compose, Hangul aside.
  static let pairs: StaticString = {literal(pair_text(compositions(kept)))}

  /// The zero of each script; the nine others follow it.
  static let zeros: [UInt32] = [
{zero_lines}
  ]
}}
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    options = parser.parse_args()
    file: Path = options.file
    if not options.check:
        file.write_text(swift(), encoding="utf-8")
        return 0
    there = file.read_text(encoding="utf-8")
    version = re.match(r"// Unicode ([\d.]+)\.", there)
    if version is None or version[1] != unicodedata.unidata_version:
        print(
            f"{file} is of Unicode {version[1] if version else '?'}, "
            f"this Python of {unicodedata.unidata_version}: bytes cannot be compared.",
            file=sys.stderr,
        )
        return 2
    if there != swift():
        print(f"{file} is not what write_fold_tables.py writes.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
