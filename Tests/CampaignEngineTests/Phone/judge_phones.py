"""Judges the reading of phone numbers by the library phonenumbers.

draw FILE   writes seeded valid numbers of every region in every spelling, a line each:
            spelling, region, mobile or line, calling code of the project, text, number
check FILE  looks at what the reader left in FILE.left and fails where it read another person's
            number in silence, though the library knows one valid reading only
"""

from __future__ import annotations

import random

# The parser of the standard library's own patterns, which has no types.
import re._parser as patterns  # type: ignore[import-not-found]
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumber, PhoneNumberFormat, PhoneNumberType

PER_REGION = 200
SEED = 1

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
WIDE = str.maketrans("0123456789+-() ", "０１２３４５６７８９＋－（）　")
MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
LINE = (PhoneNumberType.FIXED_LINE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


def drawn(pattern: Any, chance: random.Random) -> str:
    """A text that a pattern of digits takes."""
    text = ""
    for operation, argument in pattern:
        match str(operation):
            case "LITERAL":
                text += chr(argument)
            case "IN":
                text += chance.choice(choices(argument))
            case "SUBPATTERN":
                text += drawn(argument[3], chance)
            case "BRANCH":
                text += drawn(chance.choice(argument[1]), chance)
            case "MAX_REPEAT":
                for _ in range(chance.randint(argument[0], int(argument[1]))):
                    text += drawn(argument[2], chance)
            case other:
                raise ValueError(f"a pattern of digits has {other}")
    return text


def choices(members: Any) -> list[str]:
    found: list[str] = []
    for operation, argument in members:
        match str(operation):
            case "LITERAL":
                found.append(chr(argument))
            case "RANGE":
                found += [chr(code) for code in range(argument[0], argument[1] + 1)]
            case _:
                found += list("0123456789")
    return found


def numbers(region: str) -> Iterator[tuple[str, str, PhoneNumber]]:
    """Kind, national number and the whole of it."""
    chance = random.Random(f"{SEED}{region}")
    metadata = PhoneMetadata.metadata_for_region(region)
    if metadata is None:
        return
    code = phonenumbers.country_code_for_region(region)
    kinds = [("mobile", metadata.mobile, MOBILE), ("line", metadata.fixed_line, LINE)]
    seen: set[str] = set()
    for kind, description, types in kinds:
        pattern = description.national_number_pattern if description else None
        if not pattern or pattern in seen:
            continue
        seen.add(pattern)
        tree = patterns.parse(pattern)
        found: set[str] = set()
        for _ in range(PER_REGION * 20):
            if len(found) == PER_REGION:
                break
            national = drawn(tree, chance)
            if national in found or len(national) + len(str(code)) > 15:
                continue
            try:
                number = phonenumbers.parse(f"+{code}{national}", None)
            except phonenumbers.NumberParseException:
                continue
            if (
                phonenumbers.national_significant_number(number) == national
                and phonenumbers.is_valid_number_for_region(number, region)
                and phonenumbers.number_type(number) in types
            ):
                found.add(national)
                yield kind, national, number


def digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def spellings(region: str, national: str, number: PhoneNumber) -> Iterator[tuple[str, str, bool]]:
    """Name, text, and whether it needs the project's calling code."""
    code = number.country_code
    whole = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    home = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    metadata = PhoneMetadata.metadata_for_region(region)
    trunk = metadata.national_prefix if metadata else None
    yield "E.164", f"+{code}{national}", False
    yield "international", whole, False
    yield "no-break spaces", whole.replace(" ", "\u00a0"), False
    yield "code in brackets", f"+({code}) {national}", False
    yield "tel:", phonenumbers.format_number(number, PhoneNumberFormat.RFC3966), False
    yield "00", f"00{code}{national}", False
    yield "00 with spaces", "00" + whole[1:], False
    yield "marks", f"\u202a{whole}\u202c\u200b", False
    yield "fullwidth", whole.translate(WIDE), False
    yield "arabic", f"00{code}{national}".translate(ARABIC), False
    yield "no plus", f"{code}{national}", False
    yield "no plus with spaces", whole[1:], False
    yield "no plus, decimal", f"{code}{national}.0", False
    yield "national", home, True
    yield "national digits", digits(home), True
    yield "national hyphens", home.replace(" ", "-").replace("(", "").replace(")", ""), True
    yield "national marks", f"\u2066{home}\u2069", True
    yield "bare", national, True
    if not national.startswith("0"):
        yield "bare, decimal", f"{national}.0", True
    if trunk:
        yield "trunk prefix", trunk + national, True
    if trunk == "0" or not trunk and not national.startswith("0"):
        yield "zero in brackets", f"+{code} (0){national}", False
        # Where this would be the E.164 of another number, it is one.
        if code not in (39, 241):
            yield "zero behind the code", f"+{code} 0{national}", False
    preferred = metadata.preferred_international_prefix if metadata else None
    prefix = (preferred or (metadata.international_prefix if metadata else None) or "").replace("~", "")
    if prefix.isdigit() and prefix != "00":
        yield "exit prefix", f"{prefix} {code} {national}", True


def draw(path: str) -> None:
    with open(path, "w", encoding="utf-8") as file:
        for region in sorted(phonenumbers.SUPPORTED_REGIONS):
            for kind, national, number in numbers(region):
                code = str(number.country_code)
                for name, text, is_national in spellings(region, national, number):
                    for home in [code] if is_national else [code, ""]:
                        columns = [name, region, kind, home, text, code + national]
                        file.write("\t".join(columns) + "\n")


def readings(text: str, regions: list[str]) -> set[str]:
    """All valid ones that the library knows."""
    plain = text.removesuffix(".0")
    attempts: list[tuple[str, str | None]] = [(plain, region) for region in regions]
    if "+" in text or "＋" in text:
        attempts.append((plain, None))
    else:
        written = digits(plain)
        if not written.startswith("0"):
            attempts.append(("+" + written, None))
        if written.startswith("00"):
            attempts.append(("+" + written[2:], None))
    found: set[str] = set()
    for attempt, region in attempts:
        try:
            number = phonenumbers.parse(attempt, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            national = phonenumbers.national_significant_number(number)
            found.add(f"{number.country_code}{national}")
    return found


def check(path: str) -> int:
    regions: defaultdict[str, list[str]] = defaultdict(list)
    for region in phonenumbers.SUPPORTED_REGIONS:
        regions[str(phonenumbers.country_code_for_region(region))].append(region)
    verdicts: Counter[str] = Counter()
    with open(path + ".left", encoding="utf-8") as file:
        for line in file:
            answer, read, name, region, _, home, text, truth = line.rstrip("\n").split("\t")
            if answer == "no":
                verdicts["refused"] += 1
                continue
            if truth in read.split():
                verdicts["two readings told"] += 1
                continue
            valid = readings(text, regions[home])
            if len(valid) > 1 or truth not in valid:
                verdicts["two readings in the library, the other one taken"] += 1
                continue
            verdicts["WRONG"] += 1
            print(f"{name} of {region}, code {home or 'none'}: {text} is {truth}, read as {read}")
    for verdict, count in sorted(verdicts.items()):
        print(f"{count:8} {verdict}")
    return 1 if verdicts["WRONG"] else 0


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["draw", target]:
            draw(target)
        case ["check", target]:
            sys.exit(check(target))
        case _:
            sys.exit(__doc__)
