"""Wrong values in every place of every example: this client and the service name the same path."""

from __future__ import annotations

import copy
import json
import subprocess
from collections.abc import Iterator
from typing import Any

from conftest import program
from instances import WRONG, Instances, Schema
from operation_center import InvalidArgumentError, Method
from operation_center.call import Call
from operation_center.generated import methods

Place = list[str | int]

# These read their rows, as spreadsheets bring them, only once they know what they are rows of.
ROWS = {"guest.import", "guest.create", "campaign.test"}
NOT_FOUND = 1001


def places(instances: Instances, schema: Schema, value: Any) -> Iterator[tuple[Place, str]]:
    """Where in a value one JSON type is wanted, and which."""
    schema = instances.resolved(schema, value)
    kinds = instances.kinds(schema) - {"null"}
    if len(kinds) == 1:
        yield [], kinds.pop()
    if isinstance(value, list) and "items" in schema:
        for index, each in enumerate(value):
            for place, kind in places(instances, schema["items"], each):
                yield [index, *place], kind
    if isinstance(value, dict):
        for name, each in value.items():
            member = schema.get("properties", {}).get(name, schema.get("additionalProperties"))
            if isinstance(member, dict):
                for place, kind in places(instances, member, each):
                    yield [name, *place], kind


def replaced(params: dict[str, Any], place: Place, value: Any) -> dict[str, Any]:
    found = copy.deepcopy(params)
    inner: Any = found
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    return found


def written(place: Place) -> str:
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return "params" + "".join(steps)


def own_path(method: Method[Any], params: dict[str, Any]) -> str:
    """The path of what the client finds, before it sends anything."""
    attributes = {member.name: member.attribute for member in method.params}
    arguments = {member.attribute: member.absent for member in method.params}
    arguments |= {attributes[name]: value for name, value in params.items()}
    try:
        Call(method, arguments).prepared()
    except InvalidArgumentError as wrong:
        return wrong.path
    return ""


def refusals(requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a service answers to requests, by standard streams."""
    lines = "".join(json.dumps(request) + "\n" for request in requests)
    done = subprocess.run(
        [program(), "serve", "--stdio", "--memory"],
        input=lines,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return sorted(answers, key=lambda answer: int(answer["id"]))


def test_both_name_the_same_path(document: dict[str, Any]) -> None:
    known = {each.name: each for each in vars(methods).values() if isinstance(each, Method)}
    instances = Instances.of(document)
    requests: list[dict[str, Any]] = []
    expected: list[str] = []
    for method in document["methods"]:
        schemas = {param["name"]: param["schema"] for param in method["params"]}
        for example in method.get("examples", []):
            params = {each["name"]: each["value"] for each in example["params"]}
            whole = {"type": "object", "properties": schemas}
            for place, kind in places(instances, whole, params):
                if not place:
                    continue
                wrong = replaced(params, place, WRONG[kind])
                assert own_path(known[method["name"]], wrong) == written(place), method["name"]
                request = {"jsonrpc": "2.0", "id": len(requests), "method": method["name"]}
                requests.append({**request, "params": wrong})
                expected.append(written(place))
    differing = [
        (request["method"], path, answer.get("error"))
        for request, path, answer in zip(requests, expected, refusals(requests), strict=True)
        if answer.get("error", {}).get("data", {}).get("path") != path
        and not (request["method"] in ROWS and answer["error"]["code"] == NOT_FOUND)
    ]
    print(f"{len(requests)} wrong values, {len(differing)} with another path at the service")
    assert len(requests) > 300
    assert not differing
