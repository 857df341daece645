"""Plays the steps of `conformance/scenario.json` through a client, and compares at the end."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from door import Door
from operation_center import (
    Client,
    ConnectionLostError,
    EventStream,
    PendingCall,
    RefusedError,
    WireRecord,
    calls,
)
from operation_center.call import Call, Method
from operation_center.generated import methods
from raw_socket import RawSocket
from service import LIMIT, Service

Step = dict[str, Any]

SCENARIO = Path(__file__).parents[2] / "conformance" / "scenario.json"

METHODS = {each.name: each for each in vars(methods).values() if isinstance(each, Method)}


def call(name: str, params: dict[str, Any]) -> Call[Any]:
    """The call of a method by its name, with params as they stand in JSON."""
    noun, verb = name.split(".")
    namespace: Any = getattr(calls, noun, None) or getattr(calls, noun + "s")
    make: Callable[..., Call[Any]]
    make = getattr(namespace, verb, None) or getattr(namespace, verb + "_")
    attributes = {member.name: member.attribute for member in METHODS[name].params}
    return make(**{attributes[key]: each for key, each in params.items()})


def encoded(value: Any) -> Any:
    return value.to_json() if isinstance(value, WireRecord) else value


def at(value: Any, path: str) -> Any:
    """What stands in a value: `items.0.id`."""
    for step in path.split("."):
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


def matches(value: Any, expected: Any) -> bool:
    """Whether everything that is expected is there; more may be."""
    if isinstance(expected, dict):
        return isinstance(value, dict) and all(
            name in value and matches(value[name], each) for name, each in expected.items()
        )
    if isinstance(expected, list):
        return len(value) == len(expected) and all(map(matches, value, expected))
    return bool(value == expected)


class Followed:
    """A stream that a thread of its own reads to the end of the play."""

    def __init__(self, stream: EventStream, wanted: dict[str, Any]) -> None:
        self.wanted = wanted
        self._events: list[Any] = []
        self._news = threading.Condition()
        self._stream = stream
        self._failure: Exception | None = None
        self._is_over = threading.Event()
        # From here on, so that nothing is done before it is followed.
        self._put(stream.next(0))
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _put(self, event: WireRecord | None) -> None:
        if event is not None:
            with self._news:
                self._events.append(event.to_json())
                self._news.notify_all()

    def _read(self) -> None:
        try:
            while not self._is_over.is_set():
                self._put(self._stream.next(0.2))
        except Exception as error:
            with self._news:
                self._failure = error
                self._news.notify_all()

    def until(self, expected: Any, last: int | None = None) -> list[Any]:
        """Waits for an event, and gives all that were told up to the number of the last one."""

        looked = 0

        def is_there() -> bool:
            nonlocal looked
            if self._failure:
                raise self._failure
            new = self._events[looked:]
            looked += len(new)
            return any(matches(each, expected) for each in new)

        with self._news:
            assert self._news.wait_for(is_there, 3 * LIMIT), f"{expected} did not come"
            return [each for each in self._events if last is None or each["sequence"] <= last]

    def close(self) -> None:
        self._is_over.set()
        self._thread.join(LIMIT)
        self._stream.close()


@dataclass
class Begun:
    """A call in flight, and what is to come of it."""

    pending: PendingCall[Any]
    expected: Any
    is_lost: bool


@dataclass
class Player:
    """Plays steps; the service and the door to it are the test's own."""

    client: Client
    service: Service
    door: Door
    names: dict[str, Any] = field(default_factory=dict)
    begun: list[Begun] = field(default_factory=list)
    followed: dict[str, Followed] = field(default_factory=dict)
    in_flight: int = 0
    """How many calls were not answered when the service was killed, over all kills."""

    def play(self, steps: list[Step]) -> None:
        for step in steps:
            try:
                getattr(self, f"_{step['do']}")(step)
            except BaseException as error:
                error.add_note(f"while playing {json.dumps(step)[:300]}")
                raise

    def close(self) -> None:
        for each in self.followed.values():
            each.close()

    def _filled(self, value: Any, number: int = 0) -> Any:
        """A value with names and numbers put in."""
        if isinstance(value, dict):
            return {name: self._filled(each, number) for name, each in value.items()}
        if isinstance(value, list):
            return [self._filled(each, number) for each in value]
        if not isinstance(value, str):
            return value
        return self.names[value[1:]] if value[:1] == "$" else value.replace("{n}", f"{number:04}")

    def _check(self, step: Step, answer: Any, number: int = 0) -> None:
        expected = self._filled(step.get("expect", {}), number)
        assert matches(answer, expected), answer

    # Steps

    def _follow(self, step: Step) -> None:
        wanted = self._filled(step["filter"])
        self.followed[step["stream"]] = Followed(self.client.follow(**wanted), wanted)

    def _call(self, step: Step) -> None:
        params = self._filled(step["params"]) if "params" in step else {}
        answer = encoded(self.client.call(call(step["method"], params)))
        self._check(step, answer)
        self.names |= {name: at(answer, path) for name, path in step.get("bind", {}).items()}

    def _refused(self, step: Step) -> None:
        with pytest.raises(RefusedError) as refused:
            self._call(step)
        assert refused.value.refusal_kind == step["kind"]

    def _begin(self, step: Step) -> None:
        for number in range(step["count"]):
            params = self._filled(step["params"], number)
            pending = self.client.submit(call(step["method"], params))
            expected = self._filled(step.get("expect", {}), number)
            self.begun.append(Begun(pending, expected, step.get("lost", False)))

    def _answered(self, step: Step) -> None:
        for each in self.begun[: step["count"]]:
            each.pending.result()

    def _stop(self, _: Step) -> None:
        self.service.signal(signal.SIGSTOP)

    def _hold(self, _: Step) -> None:
        self.door.is_held = True

    def _durable(self, step: Step) -> None:
        """Waits until so many events are there, without the client."""
        count = 0
        with RawSocket(self.service) as raw:
            for event in raw.events(0):
                count += matches(event, step["event"])
                if count == step["count"]:
                    return

    def _kill(self, step: Step) -> None:
        in_flight = sum(not each.pending.is_done for each in self.begun)
        assert in_flight >= step.get("in_flight", 0)
        self.in_flight += in_flight
        self.service.kill()

    def _start(self, _: Step) -> None:
        self.door.is_held = False
        self.service.start()

    def _settle(self, _: Step) -> None:
        for each in self.begun:
            try:
                answer = encoded(each.pending.result())
            except ConnectionLostError:
                assert each.is_lost
                continue
            assert not each.is_lost, answer
            assert matches(answer, each.expected), answer
        self.begun.clear()

    def _await(self, step: Step) -> None:
        self.followed[step["stream"]].until(self._filled(step["event"]))

    def _count(self, step: Step) -> None:
        wanted: Any = call(step["method"], self._filled(step["params"]))
        items = [encoded(each) for each in self.client.items(wanted)]
        assert len(items) == step["items"]
        assert len({at(each, step["distinct"]) for each in items}) == step["items"]

    def _compare(self, step: Step) -> None:
        """What was told, one for one and in order, is what a new connection reads."""
        until = self._filled(step["until"])
        everything: list[Any] = []
        with RawSocket(self.service) as raw:
            for event in raw.events(0):
                del event["subscription_id"]
                everything.append(event)
                if matches(event, until):
                    break
        last = everything[-1]["sequence"]
        for name, each in self.followed.items():
            expected = [event for event in everything if is_wanted(event, each.wanted)]
            assert expected, name
            told = each.until(expected[-1], last)
            assert [event["sequence"] for event in told] == [
                event["sequence"] for event in expected
            ], name
            assert told == expected, name


def is_wanted(event: Any, wanted: dict[str, Any]) -> bool:
    """Whether a filter lets an event through."""
    ids = ("project_id", "campaign_id")
    is_of_kind = event["kind"] in wanted.get("kinds", [event["kind"]])
    return is_of_kind and all(event[name] == wanted[name] for name in ids if name in wanted)
