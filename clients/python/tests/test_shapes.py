"""Every type of the schema, there and back."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from conftest import Instance
from operation_center import ABSENT, ShapeError, span, types
from operation_center.generated.shapes import SHAPES
from operation_center.shapes import Anything, Integer, RecordShape, Time, UnionShape


def test_members_with_names_of_pythons_own_come_back_equal(instances: list[Instance]) -> None:
    types_of = [each for each in instances if each["place"] == "type" and "fault" not in each]
    records = [e for e in types_of if isinstance(SHAPES.get(e["of"]), RecordShape | UnionShape)]
    for each in records:
        value = {**each["value"], "from_": 1, "unknown_members": 2}
        record = SHAPES[each["of"]].decode(value)
        assert SHAPES[each["of"]].encode(record) == value, each["of"]
        assert copy.deepcopy(record) == record
    assert len({each["of"] for each in records}) > 200


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
