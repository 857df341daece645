"""Wrong values: right ones with one fault each, and where it is."""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from right_values import NEW_KEY, NEW_WORD
from schemas import Schema, Schemas

Step = str | int

# Values of each JSON type, to stand where another one belongs. None is a case of its own.
OTHERS: dict[str, list[Any]] = {
    "string": ["text", ""],
    "integer": [5, 0],
    "boolean": [True, False],
    "array": [[], ["text"]],
    "object": [{}, {"key": 1}],
}
# Texts that are longer than this to be too long are not worth their bytes.
LONGEST = 5_000


@dataclass
class Place:
    """A place of a value: how to get there, and what the schema says of it."""

    steps: list[Step]
    schema: Schema
    member: Schema = field(default_factory=dict)
    """The schema around names and null."""
    is_required: bool = True
    """Whether it must be there; false for members that may be left out."""
    content: str = ""
    """What must stand in it first, where it holds what a kind of a union is made of."""


def written(root: str, steps: list[Step]) -> str:
    """A path as the service writes it: keys that are no plain words stand in brackets."""
    path = root
    for step in steps:
        if isinstance(step, int):
            path += f"[{step}]"
        elif re.fullmatch(r"[A-Za-z0-9_$-]{1,64}", step):
            path += f".{step}" if path else step
        else:
            path += f"[{json.dumps(step, ensure_ascii=False)}]"
    return path


def replaced(value: Any, steps: list[Step], change: Callable[[Any, Step], None]) -> Any:
    """The value with one place changed; what is not on the way there is shared."""
    found = copy.copy(value)
    if len(steps) == 1:
        change(found, steps[0])
    else:
        found[steps[0]] = replaced(value[steps[0]], steps[1:], change)
    return found


def put(new: Any) -> Callable[[Any, Step], None]:
    def change(container: Any, step: Step) -> None:
        container[step] = new

    return change


def remove(container: Any, step: Step) -> None:
    del container[step]


class WrongValues:
    """Puts faults into values."""

    def __init__(self, schemas: Schemas, chance: random.Random) -> None:
        self._schemas = schemas
        self._chance = chance

    def places(self, schema: Schema, value: Any, steps: list[Step]) -> Iterator[Place]:
        """Every place of a value that the schema describes."""
        case = self._schemas.case_of(schema, value)
        yield Place(steps, case, self._schemas.resolved(schema))
        if isinstance(value, list) and "items" in case:
            for index, each in enumerate(value):
                yield from self.places(case["items"], each, [*steps, index])
        if not isinstance(value, dict):
            return
        for name, each in value.items():
            member = case.get("properties", {}).get(name, case.get("additionalProperties"))
            if not isinstance(member, dict):
                continue
            is_member = name in case.get("properties", {})
            for place in self.places(member, each, [*steps, name]):
                if len(place.steps) == len(steps) + 1:
                    place.is_required = not is_member or name in case.get("required", [])
                    place.content = self.content(schema, member)
                yield place

    def content(self, union: Schema, member: Schema) -> str:
        """Where what a kind is made of is missing, the service names the first part of it."""
        case = self._schemas.cases(member)[0]
        if len(self._schemas.cases(union)) == 1 or self._schemas.kind(case) != "object":
            return ""
        required = case.get("required", [])
        return next((f".{name}" for name in case.get("properties", {}) if name in required), "")

    def faults(self, place: Place, value: Any, is_closed: bool) -> Iterator[tuple[str, Any]]:
        """Faults of the value at a place, each with what stands there instead."""
        case, kind = place.schema, self._schemas.kind(place.schema)
        if not kind:
            return
        own = {"string", "integer", "boolean"} if kind == "scalar" else {kind}
        others = [values for name, values in OTHERS.items() if name not in own]
        # Only params are looked at by several, each in its own way.
        for values in others if is_closed else self._chance.sample(others, 2):
            yield "wrong_type", self._chance.choice(values)
        if kind == "integer":
            yield "wrong_type", "5"
            yield "not_an_integer", 1.5
        if not self._schemas.takes_null(place.member):
            is_absent = is_closed and not place.is_required
            yield "null_absent" if is_absent else "null", None
        if is_closed:
            yield from self._faults_of_closed(case, kind, value)

    def _faults_of_closed(self, case: Schema, kind: str, value: Any) -> Iterator[tuple[str, Any]]:
        """What only params are refused for."""
        if "enum" in case or "x-known-values" in case:
            yield "not_one_of", NEW_WORD
        elif "pattern" in case or "format" in case:
            yield "bad_format", "\u0001"
        elif kind == "string":
            if case.get("minLength"):
                yield "too_short", "x" * (case["minLength"] - 1)
            if case.get("maxLength", LONGEST) < LONGEST:
                yield "too_long", "x" * (case["maxLength"] + 1)
        if kind == "integer" and "minimum" in case:
            yield "out_of_range", case["minimum"] - 1
        if kind == "integer" and "maximum" in case:
            yield "out_of_range", case["maximum"] + 1
        if kind == "array" and case.get("minItems"):
            yield "too_short", value[: case["minItems"] - 1]
        if kind == "array" and case.get("maxItems", LONGEST) <= 100 and value:
            yield "too_many", value[:1] * (case["maxItems"] + 1)
        if kind == "object" and case.get("minProperties"):
            yield "too_short", {}
        if kind == "object" and case.get("maxProperties", LONGEST) <= 200 and value:
            each = next(iter(value.values()))
            yield "too_many", {f"key_{count}": each for count in range(case["maxProperties"] + 1)}

    def is_closed(self, schema: Schema) -> bool:
        """Whether an object in params takes no other keys: one that is open says so."""
        is_record = "properties" in schema or schema.get("additionalProperties") is False
        return is_record and not isinstance(schema.get("additionalProperties"), dict)

    def wrong(
        self, schema: Schema, value: Any, root: str, is_closed: bool
    ) -> Iterator[tuple[str, str, Any]]:
        """A fault, its path, and the value with it: every fault at every place of a value."""
        # A box, so that also the whole value is a place of something.
        box = [value]
        for place in self.places(schema, value, [0]):
            inner: Any = box
            for step in place.steps:
                inner = inner[step]
            path = written(root, place.steps[1:])
            for fault, new in self.faults(place, inner, is_closed):
                more = place.content if fault == "null" and is_closed else ""
                yield fault, path + more, replaced(box, place.steps, put(new))[0]
            if not isinstance(inner, dict):
                continue
            for name in place.schema.get("required", []):
                gone = replaced(box, [*place.steps, name], remove)[0]
                member = place.schema.get("properties", {}).get(name)
                if member is None:  # A key of a map, of which clients know nothing.
                    if is_closed:
                        yield "missing_key", written(root, [*place.steps[1:], name]), gone
                    continue
                more = self.content(place.member, member) if is_closed else ""
                yield "required", written(root, [*place.steps[1:], name]) + more, gone
            if is_closed and self.is_closed(place.schema):
                new = replaced(box, [*place.steps, NEW_KEY], put(1))[0]
                yield "unknown_key", written(root, [*place.steps[1:], NEW_KEY]), new
