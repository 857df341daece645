"""Every type of the schema, there and back."""

from __future__ import annotations

import copy
import pickle
import random
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from instances import WRONG, Instances
from operation_center import ABSENT, ShapeError, span, types
from operation_center.generated.shapes import SHAPES
from operation_center.shapes import Anything, Integer, RecordShape, Time, UnionShape

ROUNDS = 20


def own_types(document: dict[str, Any]) -> list[str]:
    """Components that are a class, and that both the document and this client know."""
    known = document["components"]["schemas"]
    return [n for n, s in SHAPES.items() if isinstance(s, RecordShape | UnionShape) and n in known]


def test_every_type_comes_back_equal(document: dict[str, Any], chance: random.Random) -> None:
    instances = Instances(document, chance)
    names = own_types(document)
    for name in names:
        for _ in range(ROUNDS):
            value = instances.valid(document["components"]["schemas"][name])
            record = SHAPES[name].decode(value)
            assert SHAPES[name].encode(record) == value, name
            assert SHAPES[name].decode(value) == record
            assert copy.deepcopy(record) == record
    print(f"{len(names)} types, {len(names) * ROUNDS} instances came back equal")
    assert len(names) > 200


def test_what_is_not_known_comes_back_equal(
    document: dict[str, Any], chance: random.Random
) -> None:
    instances = Instances(document, chance)
    for name in own_types(document):
        value = instances.valid(document["components"]["schemas"][name])
        value |= {"a new member": [1, {"and": None}], "from_": 1, "unknown_members": 2}
        assert SHAPES[name].encode(SHAPES[name].decode(value)) == value, name


def test_a_wrong_type_is_found_with_its_path(
    document: dict[str, Any], chance: random.Random
) -> None:
    instances = Instances(document, chance)
    tried = 0
    for name in own_types(document):
        schema = document["components"]["schemas"][name]
        for member, described in schema.get("properties", {}).items():
            kinds = instances.kinds(described) - {"null"}
            value = instances.valid(schema)
            if len(kinds) != 1 or (name == "Event" and member == "kind"):
                continue
            value[member] = WRONG[kinds.pop()]
            with pytest.raises(ShapeError) as wrong:
                SHAPES[name].decode(value)
            assert wrong.value.path == member, name
            with pytest.raises(ShapeError) as wrong:
                SHAPES[name].encode(value)
            assert wrong.value.path == member, name
            tried += 1
    print(f"{tried} wrong values were found")
    assert tried > 1000


def test_values_of_enumerations_that_are_not_known_are_kept() -> None:
    found = types.ExecutionStatus("dreaming")
    assert not found.is_known
    assert types.ExecutionStatus.ACTIVE.is_known
    assert str(found) == "dreaming"
    assert pickle.loads(pickle.dumps(found)) == found
    assert copy.copy(found) == found
    assert types.ExecutionStatus("active") is types.ExecutionStatus.ACTIVE


def test_a_kind_of_union_that_is_not_known_is_kept() -> None:
    node = {"id": "x", "type": "teleport", "data": {"to": "moon"}, "width": 180}
    found = types.ChatflowNode.from_json(node)
    assert type(found) is types.ChatflowNode
    assert found.type == "teleport"
    assert found.to_json() == node
    known = types.ChatflowNode.from_json({"id": "x", "type": "end", "data": {"outcome": "done"}})
    assert isinstance(known, types.ChatflowNodeEnd)
    assert known == types.ChatflowNodeEnd(id="x", data=types.ChatflowNodeEndData(outcome="done"))
    with pytest.raises(ShapeError, match="type"):
        types.ChatflowNode.from_json({"id": "x"})


def test_absent_and_null_are_different() -> None:
    assert types.GuestRow(name="Sari").to_json() == {"name": "Sari"}
    assert types.GuestRow(name="Sari", category=None).to_json() == {
        "name": "Sari",
        "category": None,
    }
    assert not ABSENT
    assert repr(ABSENT) == "ABSENT"
    assert types.GuestRow().name is ABSENT
    wrong: Any = ABSENT
    with pytest.raises(ShapeError, match="is required"):
        types.QuietHours(from_=wrong, to="08:00").to_json()


def test_a_dictionary_is_as_good_as_a_record() -> None:
    shape = SHAPES["QuietHours"]
    assert shape.encode({"from": "21:00", "to": "08:00"}) == {"from": "21:00", "to": "08:00"}
    with pytest.raises(ShapeError) as wrong:
        shape.encode({"from": "21:00", "to": 8})
    assert wrong.value.path == "to"
    with pytest.raises(ShapeError, match="is required"):
        shape.encode({"from": "21:00"})


@pytest.mark.parametrize("value", [True, 1.0, "1", None, [1]])
def test_what_is_no_integer(value: Any) -> None:
    with pytest.raises(ShapeError, match="expected an integer"):
        Integer().encode(value)


def test_numbers_are_exact() -> None:
    assert Integer().decode(2**63 + 1) == 2**63 + 1
    assert Integer().decode(1.0) == 1
    with pytest.raises(ShapeError):
        Integer().decode(1.5)


def test_times_are_utc_with_milliseconds() -> None:
    time = Time()
    moment = datetime(2026, 11, 22, 9, 30, 12, 408000, UTC)
    assert time.decode("2026-11-22T09:30:12.408Z") == moment
    assert time.encode(moment) == "2026-11-22T09:30:12.408Z"
    jakarta = moment.astimezone(timezone(timedelta(hours=7)))
    assert time.encode(jakarta) == "2026-11-22T09:30:12.408Z"
    assert time.encode(moment.replace(microsecond=1)) == "2026-11-22T09:30:12.000001Z"
    with pytest.raises(ShapeError, match="time zone"):
        time.encode(datetime(2026, 11, 22))
    assert time.encode("2026-11-22T16:30:12+07:00") == "2026-11-22T16:30:12+07:00"
    for wrong in ("soon", 5, "2026-11-22T09:30:12"):
        with pytest.raises(ShapeError):
            time.encode(wrong)
    with pytest.raises(ShapeError, match="soon"):
        time.decode("soon")


def test_what_json_cannot_say_is_found() -> None:
    anything = Anything()
    assert anything.encode({"a": [1, 1.5, None, ("b", True)]}) == {"a": [1, 1.5, None, ["b", True]]}
    for wrong in (float("nan"), float("inf"), {1: 2}, {"a": {1, 2}}, b"x", ABSENT):
        with pytest.raises(ShapeError):
            anything.encode(wrong)
    with pytest.raises(ShapeError) as found:
        anything.encode({"a": [0, {"b": object()}]})
    assert found.value.path == "a[1].b"


def test_spans_are_exact() -> None:
    assert span(timedelta(hours=1, minutes=30)) == "1h30m"
    assert span(timedelta(days=2, milliseconds=5)) == "48h5ms"
    assert span(timedelta(0)) == "0s"
    assert span(-timedelta(seconds=90)) == "-1m30s"
