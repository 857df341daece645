"""Texts for the patterns of the schema."""

from __future__ import annotations

import random
import re


class Texts:
    """Texts that match the regular expressions of the schema, of which they use a small part."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._rest = ""

    def matching(self, expression: str) -> str:
        self._rest = expression.removeprefix("^").removesuffix("$")
        found = self._options()
        assert re.fullmatch(expression, found), (expression, found)
        return found

    def _options(self) -> str:
        options = [self._sequence()]
        while self._rest.startswith("|"):
            self._rest = self._rest[1:]
            options.append(self._sequence())
        return self._chance.choice(options)

    def _sequence(self) -> str:
        found = ""
        while self._rest and self._rest[0] not in "|)":
            begin = self._rest
            one = self._atom()
            atom = begin[: len(begin) - len(self._rest)]
            for number in range(self._count()):
                rest, self._rest = self._rest, atom
                found += one if number == 0 else self._atom()
                self._rest = rest
        return found

    def _atom(self) -> str:
        first, self._rest = self._rest[0], self._rest[1:]
        if first == "(":
            found = self._options()
            self._rest = self._rest[1:]
            return found
        if first == "[":
            return self._chance.choice(self._members())
        if first == "\\":
            return self._escaped()
        return first

    def _escaped(self) -> str:
        first, self._rest = self._rest[0], self._rest[1:]
        return {"t": "\t", "n": "\n"}.get(first, first)

    def _members(self) -> str:
        is_negated = self._rest.startswith("^")
        self._rest = self._rest[is_negated:]
        found = ""
        while not self._rest.startswith("]"):
            first = self._character()
            if self._rest.startswith("-") and self._rest[1] != "]":
                self._rest = self._rest[1:]
                last = self._character()
                found += "".join(map(chr, range(ord(first), ord(last) + 1)))
            else:
                found += first
        self._rest = self._rest[1:]
        others = "".join(each for each in map(chr, range(33, 127)) if each not in found)
        return others if is_negated else found

    def _character(self) -> str:
        first, self._rest = self._rest[0], self._rest[1:]
        return self._escaped() if first == "\\" else first

    def _count(self) -> int:
        found = re.match(r"\{(\d+)(?:,(\d+))?\}|[+*?]", self._rest)
        if not found:
            return 1
        self._rest = self._rest[found.end() :]
        least, most = {"+": (1, 3), "*": (0, 3), "?": (0, 1)}.get(found[0], (0, 0))
        if found[1]:
            least = int(found[1])
            most = int(found[2] or least)
        return self._chance.randint(least, min(most, least + 4))
