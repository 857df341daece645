"""Makes right and wrong values of every type of the schema, for the tests of all clients.

    python3 make_instances.py instances.json [--seed 7] [--schema openrpc.json]

The file has one instance a line, each an object:

    place    `params`, `result`, `type`, `event`, `notification` or `error`
    of       the method, component, event kind, notification or error kind
    code     of an error
    value    params, a result, a component, params of a notification, or data of an error
    fault    what is wrong with it; absent where nothing is
    path     where it is wrong, as the service names it
    newer    true where a newer service is played: unknown members, words and kinds stand in it

Faults are `wrong_type`, `not_an_integer`, `required`, `null`, `unknown_key`, `not_one_of`,
`missing_key` (of a map), `bad_format`, `too_long`, `too_short`, `too_many` and `out_of_range`.
`null_absent` is null in the place of a member that may be left out: no client sends it, and the
service takes it as absent.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from right_values import NEW_CODE, NEW_KEY, NEW_WORD, RightValues
from schemas import Schema, Schemas
from wrong_values import WrongValues, written

SCHEMA = Path(__file__).resolve().parents[2] / "schema" / "openrpc.json"


@dataclass
class Instance:
    """One line of the file."""

    place: str
    of: str
    value: Any
    fault: str = ""
    path: str = ""
    newer: bool = False
    code: int = 0

    def line(self) -> str:
        found: dict[str, Any] = {"place": self.place, "of": self.of}
        found |= {"code": self.code} if self.code else {}
        found |= {"fault": self.fault, "path": self.path} if self.fault else {}
        found |= {"newer": True} if self.newer else {}
        return json.dumps({**found, "value": self.value}, ensure_ascii=False)


class Maker:
    """Makes the instances of a whole document."""

    def __init__(self, document: dict[str, Any], chance: random.Random) -> None:
        self._document = document
        self._chance = chance
        self._schemas = Schemas(document)
        self._right = RightValues(self._schemas, chance)
        self._wrong = WrongValues(self._schemas, chance)

    def all(self) -> Iterator[Instance]:
        for method in self._document["methods"]:
            yield from self._params(method)
            yield from self._answers("result", method["name"], method["result"]["schema"])
        for name in self._document["components"]["schemas"]:
            yield from self._answers("type", name, {"$ref": f"#/components/schemas/{name}"})
        for notification in self._document["x-notifications"]:
            yield from self._notifications(notification)
        yield from self._errors()

    def _params(self, method: dict[str, Any]) -> Iterator[Instance]:
        name = method["name"]
        schemas = {each["name"]: each["schema"] for each in method["params"]}
        required = [each["name"] for each in method["params"] if each.get("required")]
        whole = self._whole(schemas, required)
        for filling in (0.0, 0.3, 0.6, 0.9, 1.0):
            yield Instance("params", name, self._right.valid(whole, filling))
        # Members that exclude one another, or need one another, are tried alone.
        for member, schema in schemas.items():
            others = [each for each in required if each != member]
            alone = self._whole({each: schemas[each] for each in [*others, member]}, required)
            for case in self._schemas.cases(schema):
                self._right.by_example = 1
                value = self._right.valid(alone, 0)
                value |= {member: self._right.member(member, case, 1)}
                self._right.by_example = 0.5
                yield Instance("params", name, value)
                for fault, path, wrong in self._wrong.wrong(alone, value, "params", True):
                    if path.startswith(written("params", [member])):
                        yield Instance("params", name, wrong, fault, path)
        least = self._right.valid(whole, 0) | {NEW_KEY: 1}
        yield Instance("params", name, least, "unknown_key", written("params", [NEW_KEY]))

    @staticmethod
    def _whole(schemas: dict[str, Schema], required: list[str]) -> Schema:
        needed = [each for each in required if each in schemas]
        return {
            "type": "object",
            "properties": schemas,
            "required": needed,
            "additionalProperties": False,
        }

    def _answers(self, place: str, of: str, schema: Schema, code: int = 0) -> Iterator[Instance]:
        """Right ones, those of a newer service, and those that break what was promised."""
        for filling in (0.0, 0.5, 1.0):
            value = self._right.valid(schema, filling)
            yield Instance(place, of, value, code=code)
            grown = self._right.grown(schema, value)
            if grown != value:
                yield Instance(place, of, grown, newer=True, code=code)
        for case in self._schemas.cases(schema):
            value = self._right.valid(case, 1)
            yield Instance(place, of, value, code=code)
            wrong = list(self._wrong.wrong(schema, value, "", False))
            # What is deeper belongs to a type of its own, so a few of it show that paths are whole.
            near = [each for each in wrong if place == "type" and each[1].count(".") == 0]
            deep = self._chance.sample(wrong, min(len(wrong), 8))
            for fault, path, changed in near + deep:
                yield Instance(place, of, changed, fault, path, code=code)

    def _notifications(self, notification: dict[str, Any]) -> Iterator[Instance]:
        schemas = {each["name"]: each["schema"] for each in notification["params"]}
        whole = self._whole(schemas, list(schemas))
        whole["additionalProperties"] = None
        for kind in notification.get("x-kinds", []):
            fixed = schemas | {"kind": {"type": "string", "enum": [kind["kind"]]}}
            about = whole | {"properties": {**fixed, "data": kind["data"]}}
            for instance in self._answers("event", kind["kind"], about):
                if not instance.fault:
                    yield instance
                    if not instance.newer:
                        value = instance.value | {"kind": NEW_WORD}
                        yield Instance("event", kind["kind"], value, newer=True)
        if "x-kinds" not in notification:
            for instance in self._answers("notification", notification["name"], whole):
                if not instance.fault:
                    yield instance

    def _errors(self) -> Iterator[Instance]:
        errors: dict[int, Schema] = {
            each["code"]: each["x-data"]
            for method in self._document["methods"]
            for each in method["errors"]
            if "x-data" in each
        }
        for code, schema in errors.items():
            kind = self._schemas.resolved(schema)["properties"]["kind"]["enum"][0]
            for instance in self._answers("error", kind, schema, code):
                if not instance.fault:
                    yield instance
            value = {**self._right.valid(schema, 1), "kind": NEW_WORD}
            yield Instance("error", NEW_WORD, value, code=NEW_CODE, newer=True)


def distinct(instances: Iterator[Instance]) -> Iterator[str]:
    """Each line once: small types have few values."""
    seen: set[str] = set()
    for instance in instances:
        line = instance.line()
        if line not in seen:
            seen.add(line)
            yield line


def make(document: dict[str, Any], seed: int) -> str:
    """The text of the file."""
    maker = Maker(document, random.Random(seed))
    return f'{{"seed":{seed},"instances":[\n' + ",\n".join(distinct(maker.all())) + "\n]}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("file", type=Path, help="the file to write")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--schema", type=Path, default=SCHEMA)
    given = parser.parse_args()
    text = make(json.loads(given.schema.read_text()), given.seed)
    given.file.write_text(text)
    counts: Counter[str] = Counter()
    for each in json.loads(text)["instances"]:
        kind = "wrong" if "fault" in each else "newer" if "newer" in each else "right"
        counts[f"{kind} {each['place']}"] += 1
    told = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))
    print(f"seed {given.seed}: {told}")


if __name__ == "__main__":
    main()
