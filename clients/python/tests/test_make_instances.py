"""Whether the values that all clients are tested with are right and wrong, by another judge."""

from __future__ import annotations

import json
import random
import re
from typing import Any

import pytest

import make_instances
from conftest import Instance
from right_values import NEW_WORD

jsonschema = pytest.importorskip("jsonschema")


def closed(schema: Any) -> Any:
    """A schema as it holds for params: what is open in answers takes nothing new there."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: closed(each) for name, each in schema.items()}
    if "x-closed-in-params" in schema:
        if "x-known-values" in schema:
            found["enum"] = schema["x-known-values"]
        elif "properties" in schema:
            found["additionalProperties"] = False
    return found


class Judge:
    """What JSON Schema says of values."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document
        self._known: dict[str, Any] = {}

    def takes(self, instance: Instance) -> bool:
        place, name = instance["place"], instance["of"]
        key = f"{place} {name}"
        if key not in self._known:
            whole = {**self._schema(place, name), "components": self._document["components"]}
            whole = closed(whole) if place == "params" else whole
            self._known[key] = jsonschema.Draft7Validator(whole)
        return bool(self._known[key].is_valid(instance["value"]))

    def _schema(self, place: str, name: str) -> dict[str, Any]:
        if place == "type":
            return {"$ref": f"#/components/schemas/{name}"}
        (method,) = (each for each in self._document["methods"] if each["name"] == name)
        if place == "result":
            found: dict[str, Any] = method["result"]["schema"]
            return {"allOf": [found]}
        return {
            "type": "object",
            "properties": {each["name"]: each["schema"] for each in method["params"]},
            "required": [each["name"] for each in method["params"] if each.get("required")],
            "additionalProperties": False,
        }


def test_another_judge_says_the_same(
    document: dict[str, Any], instances: list[Instance], chance: random.Random
) -> None:
    judge = Judge(document)
    judged = [each for each in instances if each["place"] in {"params", "result", "type"}]
    # Formats are for people: JSON Schema does not judge them.
    judged = [each for each in judged if each.get("fault") != "bad_format"]
    # Nor has it a word for kinds of nodes that a newer service may have.
    new_kind = f'"type": "{NEW_WORD}"'
    judged = [each for each in judged if new_kind not in json.dumps(each) or "fault" in each]
    judged = chance.sample(judged, 2000)
    differing = [each for each in judged if judge.takes(each) == ("fault" in each)]
    assert differing == []


def part(document: dict[str, Any], prefix: str) -> dict[str, Any]:
    """A document with some methods, and the types that they need."""
    methods = [each for each in document["methods"] if each["name"].startswith(prefix)]
    needed: dict[str, Any] = {}
    while True:
        text = json.dumps([methods, needed])
        names = set(re.findall(r"#/components/schemas/(\w+)", text)) - needed.keys()
        if not names:
            break
        needed |= {name: document["components"]["schemas"][name] for name in sorted(names)}
    return {"methods": methods, "components": {"schemas": needed}, "x-notifications": []}


def test_the_same_seed_makes_the_same_file(document: dict[str, Any]) -> None:
    senders = part(document, "sender.")
    once, again, other = (make_instances.make(senders, seed) for seed in (7, 7, 8))
    assert once == again
    assert once != other


def test_every_type_and_every_fault_is_there(
    document: dict[str, Any], instances: list[Instance]
) -> None:
    there = {(each["place"], each["of"]) for each in instances}
    names = {each["name"] for each in document["methods"]}
    kinds = {
        kind["kind"] for each in document["x-notifications"] for kind in each.get("x-kinds", [])
    }
    assert {name for place, name in there if place == "params"} == names
    assert {name for place, name in there if place == "result"} == names
    types = set(document["components"]["schemas"])
    assert {name for place, name in there if place == "type"} == types
    assert {name for place, name in there if place == "event"} == kinds
    assert {each.get("fault", "") for each in instances} == {
        "", "bad_format", "not_an_integer", "not_one_of", "null", "null_absent", "out_of_range",
        "missing_key", "required", "too_long", "too_many", "too_short", "unknown_key", "wrong_type",
    }  # fmt: skip
    assert len(json.dumps(instances)) < 40_000_000
