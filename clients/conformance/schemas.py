"""What the schemas of a document say of values."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]


class Schemas:
    """The schemas of a document, without names and wrappers."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._schemas: dict[str, Schema] = document["components"]["schemas"]
        self.kinds: dict[str, Schema] = {
            kind["kind"]: kind["data"]
            for notification in document["x-notifications"]
            for kind in notification.get("x-kinds", [])
        }
        """What the data of each kind of event are."""

    def resolved(self, schema: Schema) -> Schema:
        """Without names and wrappers; null stays."""
        while "$ref" in schema or "allOf" in schema:
            schema = self.named(schema) if "$ref" in schema else schema["allOf"][0]
        return schema

    def named(self, schema: Schema) -> Schema:
        return self._schemas[schema["$ref"].split("/")[-1]]

    def cases(self, schema: Schema) -> list[Schema]:
        """What a value that is not null may be: more than one for a union."""
        schema = self.resolved(schema)
        if "oneOf" in schema:
            options = [each for each in schema["oneOf"] if each != {"type": "null"}]
            return [case for each in options for case in self.cases(each)]
        return [schema]

    def case_of(self, schema: Schema, value: Any) -> Schema:
        """The case of a union that a value is; {} where it is null or of a kind that is new."""
        cases = self.cases(schema)
        if value is None:
            return {}
        if len(cases) == 1:
            return cases[0]
        tag, kinds = self.tag(cases)
        return cases[kinds.index(value[tag])] if value[tag] in kinds else {}

    @staticmethod
    def tag(cases: list[Schema]) -> tuple[str, list[str]]:
        """The member that tells the cases of a union apart, and its word for each."""
        for name in cases[0]["properties"]:
            words = [case["properties"].get(name, {}).get("enum", []) for case in cases]
            if all(len(each) == 1 for each in words):
                return name, [each[0] for each in words]
        raise AssertionError("a union without a tag")

    def takes_null(self, schema: Schema) -> bool:
        schema = self.resolved(schema)
        if "oneOf" in schema:
            return any(each == {"type": "null"} for each in schema["oneOf"])
        return "null" in self._types(schema)

    @staticmethod
    def _types(schema: Schema) -> list[str]:
        named = schema.get("type", [])
        return [named] if isinstance(named, str) else list(named)

    def kind(self, schema: Schema) -> str:
        """The one JSON type of a case, null aside, or `scalar`; nothing where it may be any."""
        kinds = [each for each in self._types(schema) if each != "null"]
        if kinds == ["boolean", "number", "string"]:
            return "scalar"
        return kinds[0] if len(kinds) == 1 else ""

    def takes_any_text(self, schema: Schema) -> bool:
        """Whether a text that stands here may be any, as far as the schema says."""
        cases = self.cases(schema)
        is_ruled = {"pattern", "format", "enum", "x-known-values"} & cases[0].keys()
        return len(cases) == 1 and self.kind(cases[0]) in {"string", "scalar", ""} and not is_ruled
