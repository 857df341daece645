"""Instances of schemas, made by chance: valid ones, and ones with a value of a wrong type."""

from __future__ import annotations

import random
from typing import Any, Self

Schema = dict[str, Any]

# A value that no member takes in the place of one of these types.
WRONG: dict[str, Any] = {
    "string": 5,
    "integer": "five",
    "number": "five",
    "boolean": "yes",
    "array": "list",
    "object": "object",
}


class Instances:
    """Makes instances of the schemas of a document."""

    def __init__(self, document: dict[str, Any], chance: random.Random) -> None:
        self._schemas: dict[str, Schema] = document["components"]["schemas"]
        self._chance = chance
        self._data: dict[str, Schema] = {
            kind["kind"]: kind["data"]
            for notification in document["x-notifications"]
            for kind in notification.get("x-kinds", [])
        }

    @classmethod
    def of(cls, document: dict[str, Any]) -> Self:
        """For the questions below, which need no chance."""
        return cls(document, random.Random(0))

    def resolved(self, schema: Schema, value: Any) -> Schema:
        """The schema that describes a value, without references and alternatives."""
        if "$ref" in schema:
            return self.resolved(self._schemas[schema["$ref"].split("/")[-1]], value)
        if "allOf" in schema:
            return self.resolved(schema["allOf"][0], value)
        if "oneOf" in schema:
            options = [self.resolved(option, value) for option in schema["oneOf"]]
            fitting = [option for option in options if self._fits(option, value)]
            return fitting[0] if fitting else {}
        return schema

    @staticmethod
    def _fits(option: Schema, value: Any) -> bool:
        """Whether what has one value in an option has it here."""
        if not isinstance(value, dict):
            return (value is None) == (option.get("type") == "null")
        members = option.get("properties", {}).items()
        fixed = {name: each["enum"][0] for name, each in members if len(each.get("enum", [])) == 1}
        is_object = option.get("type") != "null"
        return is_object and all(value.get(name) == word for name, word in fixed.items())

    def valid(self, schema: Schema, depth: int = 0) -> Any:
        """An instance, not too deep."""
        if "$ref" in schema:
            return self.valid(self._schemas[schema["$ref"].split("/")[-1]], depth)
        if "allOf" in schema:
            return self.valid(schema["allOf"][0], depth)
        if "oneOf" in schema:
            return self._one_of(schema["oneOf"], depth)
        if "enum" in schema or "x-known-values" in schema:
            return self._chance.choice(schema.get("enum") or schema["x-known-values"])
        kinds = schema.get("type", ["null"])
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if len(kinds) > 2:
            return self._chance.choice([None, True, 7, -1.5, "é✓😀", [1, "a"], {"a": {"b": None}}])
        if kinds == ["null"] or ("null" in kinds and self._chance.random() < 0.4):
            return None
        return self._plain(next(kind for kind in kinds if kind != "null"), schema, depth)

    def _one_of(self, options: list[Schema], depth: int) -> Any:
        if depth > 8 and {"type": "null"} in options:
            return None
        return self.valid(self._chance.choice(options), depth)

    def _plain(self, kind: str, schema: Schema, depth: int) -> Any:
        if kind == "string":
            is_time = schema.get("format") == "date-time"
            return "2026-11-22T09:30:12.408Z" if is_time else "é text"
        if kind == "integer":
            return self._chance.randrange(schema.get("minimum", -5), 2**53 + 2)
        if kind == "boolean":
            return self._chance.random() < 0.5
        if kind == "number":
            return 1.5
        if kind == "array":
            count = 0 if depth > 8 else self._chance.randrange(3)
            return [self.valid(schema["items"], depth + 1) for _ in range(count)]
        return self._object(schema, depth)

    def _object(self, schema: Schema, depth: int) -> dict[str, Any]:
        required = schema.get("required", [])
        found: dict[str, Any] = {}
        for name, member in schema.get("properties", {}).items():
            if name in required or self._chance.random() < 0.6:
                found[name] = self.valid(member, depth + 1)
        if schema.get("title") == "Event":
            found["kind"] = self._chance.choice(sorted(self._data))
            found["data"] = self.valid(self._data[found["kind"]], depth + 1)
        others = schema.get("additionalProperties")
        if isinstance(others, dict) and not schema.get("properties"):
            found |= {f"key {n}": self.valid(others, depth + 1) for n in range(2)}
        return found

    def kinds(self, schema: Schema) -> set[str]:
        """The types that a schema takes; empty for one that takes all."""
        if "$ref" in schema:
            return self.kinds(self._schemas[schema["$ref"].split("/")[-1]])
        if "allOf" in schema:
            return self.kinds(schema["allOf"][0])
        if "oneOf" in schema:
            return set().union(*(self.kinds(option) for option in schema["oneOf"]))
        named = schema.get("type", [])
        kinds: set[str] = {named} if isinstance(named, str) else set(named)
        return kinds if len(kinds) < 3 else set()
