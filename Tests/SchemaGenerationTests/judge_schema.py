"""Lets a trusted library (PyPI's jsonschema) judge the files in the folder `schema`.

Every schema must be one, every example's params and result must be whole and valid, the sample chatflows
and the events of the examples must fit their files, and what is slightly wrong must not. Prints what it
has looked at; exit code 1 names each fault.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

Schema = dict[str, Any]
ADDRESS = "urn:operation-center"


class Judge:
    """The document, and the faults found so far."""

    def __init__(self, document: Schema) -> None:
        self.document = document
        resource = Resource.from_contents(document, default_specification=DRAFT7)
        self.registry: Registry[Any] = Registry().with_resource(ADDRESS, resource)
        self.faults: list[str] = []
        self.values = 0

    def validator(self, schema: Schema) -> Draft7Validator:
        """For a schema whose references lead into the document."""
        located = json.loads(
            json.dumps(schema).replace('"#/components', f'"{ADDRESS}#/components')
        )
        return Draft7Validator(located, registry=self.registry)

    def judge(self, value: object, schema: Schema, place: str) -> None:
        """Notes what is wrong with one value."""
        self.values += 1
        for error in self.validator(schema).iter_errors(value):
            self.faults.append(f"{place}{error.json_path[1:]}: {error.message[:200]}")

    def judge_schemas(self) -> None:
        """Each component is a schema, and has words for people."""
        for name, schema in self.document["components"]["schemas"].items():
            Draft7Validator.check_schema(schema)
            for word in ("title", "description"):
                if not schema.get(word):
                    self.faults.append(f"{name} has no {word}")

    def judge_examples(self) -> None:
        """Params are there where they must be, and all values fit."""
        for method in self.document["methods"]:
            for example in method.get("examples", []):
                place = f"{method['name']}: {example['name']}"
                given = {param["name"]: param["value"] for param in example["params"]}
                for param in method["params"]:
                    if param["name"] in given:
                        self.judge(
                            given[param["name"]], param["schema"], f"{place}: {param['name']}"
                        )
                    elif param["required"]:
                        self.faults.append(f"{place}: {param['name']} is missing")
                self.judge(example["result"]["value"], method["result"]["schema"], f"{place}: result")

    def judge_references(self) -> int:
        """Every reference leads somewhere; returns how many there are."""
        count = 0
        for reference in references(self.document):
            count += 1
            target: Any = self.document
            for part in reference.removeprefix("#/").split("/"):
                target = target.get(part) if isinstance(target, dict) else None
            if target is None:
                self.faults.append(f"{reference} leads nowhere")
        return count


class FileJudge:
    """The schemas of files that stand alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[str] = []
        self.values = 0

    def validator(self, name: str) -> Draft7Validator:
        """Of one file, which must itself be a schema."""
        schema = json.loads((self.folder / f"{name}.schema.json").read_text(encoding="utf-8"))
        Draft7Validator.check_schema(schema)
        return Draft7Validator(schema)

    def judge(self, name: str, value: object, place: str, *, fits: bool = True) -> None:
        """Whether a value fits, or must not."""
        self.values += 1
        errors = list(self.validator(name).iter_errors(value))
        if fits and errors:
            self.faults.append(f"{place}{errors[0].json_path[1:]}: {errors[0].message[:200]}")
        if not fits and not errors:
            self.faults.append(f"{place} fits {name}.schema.json and should not")

    def judge_samples(self, samples: Path) -> None:
        """The chatflows, and each with one thing wrong."""
        for path in sorted(samples.glob("*.chatflow.json")):
            flow = json.loads(path.read_text(encoding="utf-8"))
            self.judge("chatflow", flow, path.name)
            for key, wrong in [
                ("nodes", [{"id": "start", "type": "jump", "data": {}}]),
                ("edges", [{"source": "start"}]),
                ("project", {**flow["project"], "timezone": "UTC"}),
                ("project", {"name": "P"}),
                ("surprise", 1),
            ]:
                self.judge("chatflow", {**flow, key: wrong}, f"{path.name} with {key}", fits=False)
        self.judge("simulator", {}, "no settings")
        self.judge("simulator", {"guests": {"read_receipts": 1000}}, "settings")
        self.judge("simulator", {"guests": {"read_receipts": "all"}}, "settings", fits=False)

    def judge_events(self, document: Schema) -> None:
        """Those of the examples, and one that a newer service may tell."""
        method = next(m for m in document["methods"] if m["name"] == "events.list")
        for event in method["examples"][0]["result"]["value"]["items"]:
            whole = {"subscription_id": "sub_1", **event}
            self.judge("events", whole, event["kind"])
            self.judge("events", {**whole, "kind": "weather_changed", "data": {}}, "a newer kind")
            self.judge("events", {**whole, "data": {"from": 1}}, "wrong data", fits=False)


def references(value: object) -> Iterator[str]:
    """All `$ref` of a value."""
    if isinstance(value, dict):
        if isinstance(reference := value.get("$ref"), str):
            yield reference
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def main() -> int:
    """Judges the folder `schema` and the samples, both named on the command line."""
    folder, samples = Path(sys.argv[1]), Path(sys.argv[2])
    judge = Judge(json.loads((folder / "openrpc.json").read_text(encoding="utf-8")))
    judge.judge_schemas()
    judge.judge_examples()
    count = judge.judge_references()
    files = FileJudge(folder)
    files.judge_samples(samples)
    files.judge_events(judge.document)
    faults = judge.faults + files.faults
    for fault in faults:
        print(fault)
    components = len(judge.document["components"]["schemas"])
    print(
        f"{components} schemas, {count} references, {judge.values} values of examples,"
        f" {files.values} values of files, {len(faults)} faults"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
