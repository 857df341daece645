#!/usr/bin/env python3
"""What texts fold to, said as plainly as Python can, for the test of the fold to compare with.

    python3 expected_folds.py

The first line is the Unicode version. Then a line for each text that does not fold to itself:
the text, its fold without punctuation and its fold with punctuation, as scalars in hexadecimal.
All code points come three times: alone, between Latin letters, and behind a letter of a script
whose marks are letters. Then come texts of several scalars: whole words, canonically equivalent
spellings, and random ones from a fixed seed.

Nothing here is shared with write_fold_tables.py, so that a mistake must be made twice to be kept.
It works on whole texts where the tables go by scalars.
"""

from __future__ import annotations

import random
import re
import sys
import unicodedata
from functools import cache

TWINS = dict(
    [*zip("ıəðŋ", "iedn", strict=True), ("æ", "ae"), ("œ", "oe"), ("þ", "th")]
    + [(letter, "\u0627") for letter in "\u0671\u0672\u0673"]  # alef
    + [(letter, "\u064a") for letter in "\u0649\u06cc\u06d0"]  # yeh
    + [(letter, "\u0643") for letter in "\u06a9\u06aa"]  # kaf
    + [(letter, "\u0647") for letter in "\u0629\u06c1\u06be\u06d5\u06c3"]  # heh
    + [("\u2044", "/"), ("\u2215", "/"), ("\u2212", "-"), ("\u309b", "\u3099"), ("\u309c", "\u309a")]
)
APOSTROPHE = re.compile("[`´\u2018\u2019\u201b\u2032\u02b9\u02bb\u02bc\u02bd\u055a\u05f3\u07f4\u07f5\ua78b\ua78c\uff07]")
IGNORED = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8"
    "\U000e0000-\U000e0fff\U0001f3fb-\U0001f3ff\u0640\u0674\ufffc]"
)
OWN_MARKS = ("HEBREW", "ARABIC", "JUDEO-SPANISH")
OWNERS = ("Lu", "Ll", "Lt", "Lm", "Lo", "Nl", "No", "Cn", "Co")
BARE = ("LATIN", "GREEK", "CYRILLIC", "HEBREW", "ARABIC")


@cache
def script(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]


@cache
def category(char: str) -> str:
    return unicodedata.category(char)


def is_mark(char: str) -> bool:
    return category(char)[0] == "M"


def is_own_mark(char: str) -> bool:
    return is_mark(char) and script(char) in OWN_MARKS


def is_symbol(char: str) -> bool:
    return category(char)[0] == "S" and char > "\x7f"


def is_flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


@cache
def plain(char: str) -> str:
    """The letter under a stroke or hook, the digit of any script, the twin of a letter."""
    if char in TWINS:
        return TWINS[char]
    if category(char) == "Nd":
        return str(unicodedata.decimal(char))
    name = unicodedata.name(char, "").split(" ")
    if name[0] == "LATIN" and name[1:3] in (["SMALL", "LETTER"], ["CAPITAL", "LETTER"]):
        letter, *more = name[3:]
        if len(letter) == 1 and more[:1] == ["WITH"] and len(more) > 1:
            return letter.lower()
    return char


def spread_fraction(char: str) -> str:
    if unicodedata.name(char, "").startswith(("VULGAR FRACTION", "FRACTION NUMERATOR")):
        return " " + unicodedata.normalize("NFKD", char)
    return char


def compatible(text: str) -> str:
    text = "".join(TWINS.get(char, char) for char in text)
    text = APOSTROPHE.sub("'", text)
    text = "".join(map(spread_fraction, text))
    before = None
    while before != text:
        before = text
        # Iota subscript is a mark, though folding makes a letter of it.
        text = unicodedata.normalize("NFKD", text).replace("\u0345", "").casefold()
        text = unicodedata.normalize("NFKD", text)
    return APOSTROPHE.sub("'", text)


def without_marks(text: str) -> str:
    kept: list[str] = []
    base = " "
    for char in text:
        if is_mark(char):
            has_own = script(base) not in BARE and category(base) in OWNERS
            if script(char) == "COMBINING" and not has_own:
                continue
        else:
            base = char
        kept.append(char)
    return "".join(kept)


def without_ignored(text: str) -> str:
    """A joiner takes the gender sign behind it along."""
    kept: list[str] = []
    is_joined = False
    for char in text:
        if char == "\u200d":
            is_joined = True
        elif IGNORED.match(char) or category(char) in ("Cf", "Me") or is_own_mark(char):
            pass
        else:
            if not (is_joined and char in "\u2640\u2642"):
                kept.append(char)
            is_joined = False
    return "".join(kept)


def fold(text: str, *, keeps_punctuation: bool) -> str:
    text = compatible(text)
    text = without_ignored(text)
    text = without_marks("".join(map(plain, text)))
    parts: list[str] = []
    for char in text:
        kind = category(char)
        if kind in ("Zs", "Zl", "Zp", "Cc") or char == "\u2800":
            parts.append(" ")
        elif keeps_punctuation:
            parts.append(char)
        elif char == "'":
            pass
        elif kind[0] == "P" or (kind[0] == "S" and char <= "\x7f"):
            parts.append(" ")
        elif is_symbol(char):
            parts.append(char if is_flag(char) else f" {char} ")
        else:
            parts.append(char)
    text = "".join(parts)
    if not keeps_punctuation:
        text = re.sub("([\U0001f1e6-\U0001f1ff]+)", r" \1 ", text)
    text = re.sub(" +", " ", text).strip(" ")
    return unicodedata.normalize("NFC", text)


WORDS = """
HAYIR hayır ΟΧΙ όχι WEISS|NICHT weiß|nicht придем придём إلغاء|الاشتراك الغاء|الاشتراك 👍🏽 👍 1️⃣ ١ १ ２
İSTANBUL ISPARTA STRAẞE Ἀθῆναι ΟΔΟΣ οδός हाँ नहीं। क़लम தமிழ் ภาษาไทย กำ 한국어 ㅋㅋ ｶﾞｷﾞ がぎ は゛ O’Brien O`Brien
🤷🏽‍♀️ 🤷 👨‍👩‍👧 🇮🇩🇸🇬|yes yes👍 👍yes ok✅! 2½ ½ ⅟ 3⁄4 ≠ ≠ ﷺ مُحَمَّد|ى ۀ كتـــاب کتاب شَلוֹם שָׁלוֹם ①② ⑵ ⒉ № ™ m² Ægir Łódź
Đặng|Thị ｙｅｓ 𝐘𝐞𝐬 ﬁn ŉ ǰ ΐ ᾳ ᾼ K Å µ ſ ẛ̣ Ǆ ĳ ⠀ ㅤ ­ \u200b\u2060\ufeff \ufffc é\u20dd a\u093c\u0301 a\u0301\u093c
क\u094d\u093c क\u093c\u094d क\u094d\u200c\u093c か\u200b\u3099 か\u0301\u3099 か\u3099\u0301 \u1100\u1161\u11a8 \u1100\u200b\u1161 \uac00\u11a8 \uac01\u11a8
\u0b47\u0b3e \u0b47\u0b56 \u09c7\u09be ক\u09c7\u09be \u0dd9\u0dcf\u0dca \u1b05\u1b35 \u1025\u102e \U00011131\U00011127 \u0f71\u0f72 \u0f40\u0f72\u0f71 \u0344 a\u0344
""".split()  # noqa: SIM905  (a table of words)


def texts() -> list[str]:
    found = [word.replace("|", " ") for word in WORDS]
    drawn = random.Random(20270501)
    pools = [
        range(0x20, 0x7F), range(0xA0, 0x250), range(0x300, 0x370), range(0x370, 0x530),
        range(0x591, 0x700), range(0x900, 0xE00), range(0xE00, 0x1000), range(0x1100, 0x1200),
        range(0x1AB0, 0x1B45), range(0x1E00, 0x2000), range(0x2000, 0x2100), range(0x2100, 0x2400),
        range(0x2600, 0x2700), range(0x3040, 0x3100), range(0x3130, 0x3190), range(0xAC00, 0xAD00),
        range(0xFB00, 0xFE00), range(0xFE00, 0xFF00), range(0xFF00, 0xFFF0),
        range(0x1F1E6, 0x1F200), range(0x1F3F0, 0x1F450), range(0x11100, 0x11400),
        [0x20, 0x200D, 0xFE0F, 0x2640, 0x1F937, 0x20E3, 0x1F3FD, 0x61, 0x301, 0x93C, 0x304B, 0x3099],
    ]  # fmt: skip
    for _ in range(40000):
        some = [drawn.choice(pools) for _ in range(drawn.randint(1, 3))]
        found.append("".join(chr(drawn.choice(drawn.choice(some))) for _ in range(drawn.randint(1, 8))))
    for code in range(0x110000):
        text = "" if 0xD800 <= code < 0xE000 else chr(code)
        for form in ("NFC", "NFD"):
            other = unicodedata.normalize(form, text) if text else ""
            if other != text and not 0xAC00 + 300 < code < 0xD7A4:
                found.append(other)
                found.append("か" + other + "\u0323")
    return found


def scalars(text: str) -> str:
    return " ".join(f"{ord(char):x}" for char in text)


def main() -> None:
    lines = [unicodedata.unidata_version]
    several = texts()
    for code in range(0x110000):
        if 0xD800 <= code < 0xE000:
            continue
        char = chr(code)
        if category(char) in ("Cn", "Co") and not IGNORED.match(char):
            continue
        several += (char, f"x{char}y", f"か{char}")
    for text in several:
        bare = fold(text, keeps_punctuation=False)
        kept = fold(text, keeps_punctuation=True)
        if bare != text or kept != text or len(text) > 3:
            lines.append(f"{scalars(text)};{scalars(bare)};{scalars(kept)}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
