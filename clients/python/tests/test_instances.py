"""Right and wrong values of every type of the schema, through the client.

The raw socket gets the same values in `test_raw_socket.py`, and the TypeScript client in its own.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from conftest import Instance
from operation_center import (
    Client,
    InvalidArgumentError,
    InvalidParamsError,
    Method,
    RefusedError,
    ShapeError,
    UnexpectedAnswerError,
    WireRecord,
    refusals,
    types,
)
from operation_center.call import Call
from operation_center.generated import methods
from operation_center.generated.shapes import SHAPES
from service import LIMIT, Message, PlayedPair, Service, refusal, result

METHODS: dict[str, Method[Any]] = {
    each.name: each for each in vars(methods).values() if isinstance(each, Method)
}
# What the client finds by itself: values of a wrong type, and values that are missing.
OF_TYPE = {"wrong_type", "not_an_integer", "required", "null", "null_absent"}


def at(instances: list[Instance], place: str, *, wrong: bool = False) -> list[Instance]:
    return [each for each in instances if each["place"] == place and ("fault" in each) == wrong]


def called(client: Client, name: str) -> Callable[..., Any]:
    """The function of the client that calls a method."""
    noun, verb = name.split(".")
    namespace = getattr(client, noun, None) or getattr(client, noun + "s")
    found: Callable[..., Any] = getattr(namespace, verb, None) or getattr(namespace, verb + "_")
    return found


def call(client: Client, name: str, params: dict[str, Any]) -> Any:
    """Calls a method with params as they stand in JSON."""
    attributes = {member.name: member.attribute for member in METHODS[name].params}
    return called(client, name)(**{attributes.get(key, key): each for key, each in params.items()})


def encoded(value: Any) -> Any:
    return value.to_json() if isinstance(value, WireRecord) else value


def echo(message: Message) -> list[Message]:
    """A refusal that says what came."""
    return [refusal(message, 1003, "conflict", came=message.get("params", {}))]


def test_right_params_arrive_as_they_were_given(instances: list[Instance]) -> None:
    right = at(instances, "params")
    with PlayedPair(echo) as played:
        for each in right:
            with pytest.raises(RefusedError) as told:
                call(played.client, each["of"], each["value"])
            raw: Any = told.value.raw_data
            came: Any = raw["came"]
            if "idempotency_key" not in each["value"]:
                came.pop("idempotency_key", None)
            assert came == each["value"], each["of"]
        assert {message["method"] for message in played.seen} == set(METHODS)
    print(f"{len(right)} right params arrived as they were given")


def own_path(played: PlayedPair, instance: Instance) -> str | None:
    """The path of what the client finds; None where it sends the params all the same."""
    try:
        call(played.client, instance["of"], instance["value"])
    except InvalidArgumentError as wrong:
        return wrong.path
    except TypeError as wrong:
        # Python itself has found that an argument is missing, or that none has this name.
        return ShapeError("").within(str(wrong).split("'")[1]).within("params").path
    except RefusedError:
        return None
    raise AssertionError("it was taken")


def is_same(found: str, expected: str, fault: str) -> bool:
    """The service names the first part of what is missing as a whole."""
    is_missing = fault in {"required", "null"}
    return found == expected or (is_missing and expected.startswith(f"{found}."))


def test_wrong_params_are_found_before_they_are_sent(instances: list[Instance]) -> None:
    wrong = at(instances, "params", wrong=True)
    counts: Counter[str] = Counter()
    with PlayedPair(echo) as played:
        for each in wrong:
            path, fault = own_path(played, each), each["fault"]
            counts["found here" if path else "left to the service"] += 1
            assert path is None or is_same(path, each["path"], fault), (each, path)
            assert path is not None or fault not in OF_TYPE, each
        sent = len(played.seen)
    assert sent == counts["left to the service"]
    print(f"{len(wrong)} wrong params: {dict(counts)}")
    assert counts["found here"] > 4000


def test_what_is_left_to_the_service_comes_back_with_its_path(
    instances: list[Instance], service: Service
) -> None:
    left = [each for each in at(instances, "params", wrong=True) if each["fault"] not in OF_TYPE]
    with (
        PlayedPair(echo) as played,
        Client.connect(
            address_file=service.address_file, token_file=service.token_file, timeout=LIMIT
        ) as client,
    ):
        left = [each for each in left if own_path(played, each) is None]
        for each in left:
            with pytest.raises(InvalidParamsError) as refused:
                call(client, each["of"], each["value"])
            assert refused.value.data is not None
            assert refused.value.data.path == each["path"], each
    print(f"{len(left)} wrong params were refused by the service")
    assert len(left) > 500


@contextlib.contextmanager
def answering(values: list[Instance]) -> Iterator[PlayedPair]:
    """A service that answers each call with the next of some values."""
    rest = iter(values)
    with PlayedPair(lambda message: [result(message, next(rest)["value"])]) as played:
        yield played


def bare(name: str) -> Call[Any]:
    """A call without arguments, since only its answer is looked at."""
    return Call(Method(name, (), METHODS[name].result))


def test_answers_come_back_equal(instances: list[Instance]) -> None:
    right = at(instances, "result")
    with answering(right) as played:
        for each in right:
            assert encoded(played.client.call(bare(each["of"]))) == each["value"], each["of"]
    newer = sum("newer" in each for each in right)
    print(f"{len(right)} answers came back equal, {newer} of them of a newer service")
    assert {each["of"] for each in right} == set(METHODS)
    assert newer > 100


def test_answers_that_break_what_was_promised_are_told_with_their_path(
    instances: list[Instance],
) -> None:
    wrong = at(instances, "result", wrong=True)
    with answering(wrong) as played:
        for each in wrong:
            with pytest.raises(UnexpectedAnswerError) as error:
                played.client.call(bare(each["of"]))
            joint = "" if each["path"].startswith("[") or not each["path"] else "."
            assert error.value.path == f"result{joint}{each['path']}", each
    print(f"{len(wrong)} wrong answers were told")
    assert len(wrong) > 500


def test_types_come_back_equal_and_wrong_ones_are_found(instances: list[Instance]) -> None:
    right, wrong = (
        [each for each in at(instances, "type", wrong=is_wrong) if each["of"] in SHAPES]
        for is_wrong in (False, True)
    )
    for each in right:
        record = SHAPES[each["of"]].decode(each["value"])
        assert SHAPES[each["of"]].encode(record) == each["value"], each["of"]
        assert SHAPES[each["of"]].encode(each["value"]) == each["value"], each["of"]
        assert SHAPES[each["of"]].decode(each["value"]) == record
    for each in wrong:
        for do in (SHAPES[each["of"]].decode, SHAPES[each["of"]].encode):
            with pytest.raises(ShapeError) as error:
                do(each["value"])
            assert error.value.path == each["path"], each
    print(f"{len(right)} values of types came back equal, {len(wrong)} wrong ones were found")
    assert len(right) > 1500
    assert len(wrong) > 5000


def test_events_come_back_equal(instances: list[Instance]) -> None:
    events = at(instances, "event")
    # A stream makes an error of this one.
    followed = [each for each in events if each["value"]["kind"] != "lagged"]
    told = [
        {**each["value"], "subscription_id": "sub_1", "sequence": sequence}
        for sequence, each in enumerate(followed, 1)
    ]

    def answer(message: Message) -> list[Message]:
        subscribed = result(message, {"subscription_id": "sub_1", "sequence": 0})
        events = [{"jsonrpc": "2.0", "method": "events.event", "params": each} for each in told]
        return [subscribed, *events]

    with PlayedPair(answer) as played:
        stream = played.client.follow(after_sequence=0)
        for each, params in zip(followed, told, strict=True):
            event = next(stream)
            assert {**event.to_json(), "subscription_id": "sub_1"} == params, each["of"]
            is_known = each["value"]["kind"] == each["of"]
            assert (type(event) is types.Event) == (not is_known)
            assert event.kind.is_known == is_known
    for each in events:
        params = {**each["value"]}
        del params["subscription_id"]
        assert types.Event.from_json(params).to_json() == params, each["of"]
    print(f"{len(events)} events came back equal")
    assert len({each["of"] for each in events}) > 50


def test_statistics_come_back_equal(instances: list[Instance]) -> None:
    told = at(instances, "notification")

    def answer(message: Message) -> list[Message]:
        return [result(message, {"subscription_id": "sub_1"})]

    with PlayedPair(answer) as played, played.client.follow_statistics("cmp_1") as stream:
        assert stream.next(0) is None
        for each in told:
            params = {**each["value"], "subscription_id": "sub_1"}
            played.say({"jsonrpc": "2.0", "method": "stats.changed", "params": params})
            found = stream.next(LIMIT)
            assert found is not None
            assert found.to_json() == each["value"]["statistics"]
    assert len(told) > 3


def test_refusals_come_back_equal(instances: list[Instance]) -> None:
    errors = at(instances, "error")
    rest = iter(errors)

    def answer(message: Message) -> list[Message]:
        each = next(rest)
        error = {"code": each["code"], "message": "No.", "data": each["value"]}
        return [{"jsonrpc": "2.0", "id": message["id"], "error": error}]

    classes = {each.kind: each for each in RefusedError.__subclasses__()}
    with PlayedPair(answer) as played:
        for each in errors:
            with pytest.raises(RefusedError) as refused:
                played.client.system.ping()
            error = refused.value
            kind = each["value"]["kind"]
            assert type(error) is classes.get(kind, RefusedError)
            assert (error.code, error.refusal_kind) == (each["code"], kind)
            assert error.raw_data == each["value"]
            if kind in classes:
                assert error.data.to_json() == each["value"]
    kinds = {each["value"]["kind"] for each in errors}
    assert kinds - set(classes), "an unknown kind is among them"
    assert len(kinds) > 10
    assert refusals.ConflictError in classes.values()
