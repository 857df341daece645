"""Right values of schemas, as this service and a newer one give them."""

from __future__ import annotations

import copy
import random
from typing import Any

from schemas import Schema, Schemas
from texts import Texts

ANYTHING: list[Any] = [None, True, 7, -1.5, "é✓😀", [], [1, "a", None], {}, {"a": {"b 1": [None]}}]
TEXTS = ["Sari", "Bu Ratna & Co.", "อรุณี แสงทอง", '"quoted"\n\\', "é✓😀", "0812-3000-0077"]
# What stands for a name that this version of the schema does not have.
NEW_KEY, NEW_WORD, NEW_CODE = "a new member", "a_new_word", 1999
# The schema says less of some values than the service asks. Right values are such as both take.
SCALAR_VALUES: list[Any] = [True, 7, -1.5, "é✓😀", "2"]
# Of these types it takes more texts than are any.
BY_EXAMPLE = {"CronExpression", "SenderReference"}
KEYS = ("a key", "key")
# Names of fields, whose values are scalars, are plain words.
FIELD_KEYS = ("key", "key_2")
# Of these members it takes any text.
WORDS: dict[str, Any] = {
    "attending_count": 1,
    "callback_data": "msg_1.1",
    "event": "wedding",
    "language": "id",
    "party_size": "2",
    "phone": "0812-3000-0077",
    "query": "category = family",
    "rsvp": "attending",
    "subscription": "subscribed",
    "time_zone": "Asia/Jakarta",
}
# How deep members that may be left out are filled in: types may hold themselves.
DEEPEST = 8
# Texts that are as long as may be are made up to this.
LONGEST = 257


class RightValues:
    """Makes values that a schema takes."""

    def __init__(self, schemas: Schemas, chance: random.Random) -> None:
        self._schemas = schemas
        self._chance = chance
        self._texts = Texts(chance)
        self.by_example = 0.5
        """How often a text is the example of its type: a name of something that may be there."""

    def valid(self, schema: Schema, filling: float, depth: int = 0) -> Any:
        """A value. `filling` says how likely it has what may be left out: 0 never, 1 always."""
        if "$ref" in schema:
            return self.valid(self._schemas.named(schema), filling, depth)
        if "allOf" in schema:
            return self.valid(schema["allOf"][0], filling, depth)
        kind = self._schemas.kind(schema)
        is_nullable = (kind or "oneOf" in schema) and self._schemas.takes_null(schema)
        if is_nullable and self._chance.random() >= filling:
            return None
        if "oneOf" in schema:
            options = [each for each in schema["oneOf"] if each != {"type": "null"}]
            return self.valid(self._chance.choice(options), filling, depth)
        if "enum" in schema or "x-known-values" in schema:
            return self._chance.choice(schema.get("enum") or schema["x-known-values"])
        return self._plain(kind, schema, filling, depth) if kind else self._anything()

    def _anything(self) -> Any:
        return copy.deepcopy(self._chance.choice(ANYTHING))

    def _plain(self, kind: str, schema: Schema, filling: float, depth: int) -> Any:
        match kind:
            case "string":
                return self._text(schema)
            case "integer":
                least = schema.get("minimum", -(2**53) + 1)
                most = schema.get("maximum", 2**53 - 1)
                return self._chance.choice([least, most, self._chance.randint(least, most)])
            case "scalar":
                return self._chance.choice(SCALAR_VALUES)
            case "boolean":
                return self._chance.random() < 0.5
            case "array":
                least = schema.get("minItems", 0)
                most = min(schema.get("maxItems", 2), least + 1)
                count = least if depth > DEEPEST else self._chance.randint(least, most)
                count = max(count, 1) if filling == 1 and depth <= DEEPEST else count
                return [self.valid(schema["items"], filling, depth + 1) for _ in range(count)]
            case "object":
                return self._object(schema, filling, depth)
        raise AssertionError(kind)

    def _text(self, schema: Schema) -> str:
        if schema.get("format") == "date-time":
            day, hour, minute, moment = (self._chance.randrange(n) for n in (28, 24, 60, 60_000))
            second = f"{moment // 1000:02}.{moment % 1000:03}"
            return f"2026-{1 + day % 12:02}-{1 + day:02}T{hour:02}:{minute:02}:{second}Z"
        is_example = schema.get("title") in BY_EXAMPLE or self._chance.random() < self.by_example
        if "examples" in schema and is_example:
            return str(schema["examples"][0])
        if "pattern" in schema:
            return self._texts.matching(schema["pattern"])
        least, most = schema.get("minLength", 0), schema.get("maxLength", LONGEST)
        is_longest = most < LONGEST and self._chance.random() < 0.2
        return "x" * most if is_longest else self._chance.choice(TEXTS)[:most].ljust(least, "-")

    def _object(self, schema: Schema, filling: float, depth: int) -> dict[str, Any]:
        filling = filling if depth <= DEEPEST else 0
        required = schema.get("required", [])
        found: dict[str, Any] = {}
        for name, member in schema.get("properties", {}).items():
            if name in required or self._chance.random() < filling:
                found[name] = self.member(name, member, filling, depth + 1)
        if schema.get("title") == "Event":
            found["kind"] = self._chance.choice(sorted(self._schemas.kinds))
            found["data"] = self.valid(self._schemas.kinds[found["kind"]], filling, depth + 1)
        others = schema.get("additionalProperties")
        if isinstance(others, dict):
            is_scalar = self._schemas.kind(self._schemas.cases(others)[0]) == "scalar"
            keys = [name for name in required if name not in found]
            if schema.get("minProperties") or self._chance.random() < filling:
                keys += FIELD_KEYS if is_scalar else KEYS
            found |= {key: self.valid(others, filling, depth + 1) for key in keys}
        return found

    def member(self, name: str, schema: Schema, filling: float, depth: int = 0) -> Any:
        """The value of a member, whose name may say more than its schema."""
        is_word = name in WORDS and self._schemas.takes_any_text(schema)
        if is_word and self._chance.random() < self.by_example:
            return WORDS[name]
        return self.valid(schema, filling, depth)

    def grown(self, schema: Schema, value: Any, depth: int = 0) -> Any:
        """A value with an unknown member in each object, and unknown words and kinds."""
        cases = self._schemas.cases(schema)
        if len(cases) > 1 and isinstance(value, dict) and self._chance.random() < 0.5:
            return {self._schemas.tag(cases)[0]: NEW_WORD, NEW_KEY: [depth, {"more": None}]}
        case = self._schemas.case_of(schema, value)
        if isinstance(value, str) and "x-known-values" in case:
            return NEW_WORD
        if isinstance(value, list) and "items" in case:
            return [self.grown(case["items"], each, depth + 1) for each in value]
        if not isinstance(value, dict) or not case:
            return value
        members, others = case.get("properties", {}), case.get("additionalProperties")
        found: dict[str, Any] = {}
        for name, each in value.items():
            member = members.get(name, others)
            is_known = isinstance(member, dict)
            found[name] = self.grown(member, each, depth + 1) if is_known else each
        if case.get("title") == "Event":
            found["kind"] = NEW_WORD if self._chance.random() < 0.5 else value["kind"]
            found["data"] = self.grown(self._schemas.kinds[value["kind"]], value["data"], depth + 1)
        # What is only sent, and never answered, does not grow.
        is_growing = members and others is not False
        return {**found, NEW_KEY: [depth, {"more": None}]} if is_growing else found
