"""Events in order, without a gap, and a word where there is one."""

from __future__ import annotations

import random
from typing import Any

import pytest

import scenario
from operation_center import Client, EventsLostError, calls, events, session, types
from service import LIMIT, Message, PlayedService, Service, refusal, result


def event(sequence: int, kind: str = "guest_deleted", **data: Any) -> Message:
    """A notification."""
    params = {
        "subscription_id": "sub_1",
        "sequence": sequence,
        "at": "2026-11-22T09:00:00.001Z",
        "kind": kind,
        "project_id": "prj_1",
        "campaign_id": None,
        "execution_id": None,
        "guest_id": "gst_1",
        "message_id": None,
        "by": {"kind": "operator", "name": None},
        "data": data,
    }
    return {"jsonrpc": "2.0", "method": "events.event", "params": params}


def subscribed(message: Message, sequence: int) -> Message:
    return result(message, {"subscription_id": "sub_1", "sequence": sequence})


class Script:
    """Answers each subscription with the next of some lists of messages."""

    def __init__(self, *turns: list[Message] | tuple[int, str, dict[str, Any]]) -> None:
        self._turns = list(turns)
        self.after: list[int | None] = []

    def __call__(self, message: Message) -> list[Message] | None:
        if message["method"] != "events.subscribe":
            return [result(message, {"subscription_id": "sub_1", "pong": True})]
        self.after.append(message.get("params", {}).get("after_sequence"))
        turn = self._turns.pop(0) if self._turns else []
        if isinstance(turn, tuple):
            code, kind, data = turn
            return [refusal(message, code, kind, **data)]
        return [subscribed(message, 5), *turn]


def test_events_are_typed_by_their_kind(client: Client) -> None:
    with client.follow() as stream:
        assert stream.next(0) is None
        sender = client.call(scenario.sender())
        client.call(scenario.project(sender.id))
        found = [next(stream) for _ in range(2)]
        match found:
            case [types.SenderCreatedEvent(), types.ProjectCreatedEvent(data=data)]:
                assert data.sender_id == sender.id
            case _:
                pytest.fail(str(found))


def test_nothing_is_missed_or_doubled_while_the_service_is_killed(
    durable: Service, chance: random.Random
) -> None:
    with Client.connect(
        address_file=durable.address_file, token_file=durable.token_file, timeout=LIMIT
    ) as client:
        sender = client.call(scenario.sender())
        project = client.call(scenario.project(sender.id))
        stream = client.follow(project_id=project.id, kinds=["guest_created"])
        assert stream.next(0) is None
        made: list[str] = []
        seen: list[str | None] = []
        for _ in range(6):
            for _ in range(chance.randrange(1, 40)):
                guest = client.guests.create(project.id, name="G", phone=f"0812-3{len(made):07}")
                made.append(guest.id)
            for _ in range(chance.randrange(len(made) - len(seen) + 1)):
                seen.append(next(stream).guest_id)
            durable.kill()
            durable.start()
        while len(seen) < len(made):
            seen.append(next(stream).guest_id)
        assert seen == made
        assert stream.next(0.05) is None
        later = client.follow(kinds=["guest_created"], after_sequence=0)
        assert [next(later).guest_id for _ in made] == made


def test_where_the_reader_is_too_slow_it_is_told_and_goes_on() -> None:
    script = Script([event(6), event(90, "lagged", missed=84, resume_after=90)], [event(91)])
    with (
        PlayedService(script) as service,
        Client.connect(service.address, timeout=LIMIT) as client,
    ):
        stream = client.follow()
        assert next(stream).sequence == 6
        with pytest.raises(EventsLostError) as lost:
            next(stream)
        assert (lost.value.reason, lost.value.after) == ("lagged", 6)
        assert (lost.value.missed, lost.value.resume_after) == (84, 90)
        assert next(stream).sequence == 91
        assert script.after == [None, 90]


def test_where_the_history_is_too_short_it_is_told_and_goes_on() -> None:
    script = Script((1010, "gone", {"oldest_sequence": 40}), [event(40)])
    with (
        PlayedService(script) as service,
        Client.connect(service.address, timeout=LIMIT) as client,
    ):
        stream = client.follow(after_sequence=3)
        with pytest.raises(EventsLostError) as lost:
            next(stream)
        assert (lost.value.reason, lost.value.after, lost.value.resume_after) == ("gone", 3, 39)
        assert next(stream).sequence == 40
        assert script.after == [3, 39]


def test_where_the_service_begins_anew_it_is_told_and_goes_on(service: Service) -> None:
    with Client.connect(
        address_file=service.address_file, token_file=service.token_file, timeout=LIMIT
    ) as client:
        stream = client.follow()
        assert stream.next(0) is None
        client.call(scenario.sender())
        assert isinstance(next(stream), types.SenderCreatedEvent)
        service.kill()
        service.start()
        with pytest.raises(EventsLostError) as lost:
            next(stream)
        assert lost.value.reason == "reset"
        client.call(scenario.sender())
        assert isinstance(next(stream), types.SenderCreatedEvent)


def test_what_was_seen_is_not_told_twice() -> None:
    script = Script([event(6), event(6), event(5), event(7)])
    with (
        PlayedService(script) as service,
        Client.connect(service.address, timeout=LIMIT) as client,
    ):
        stream = client.follow()
        assert [next(stream).sequence, next(stream).sequence] == [6, 7]


def test_a_kind_that_is_not_known_is_an_event_all_the_same() -> None:
    script = Script([event(6, "moon_rose", colour="red")])
    with (
        PlayedService(script) as service,
        Client.connect(service.address, timeout=LIMIT) as client,
    ):
        found = next(client.follow())
        assert type(found) is types.Event
        assert str(found.kind) == "moon_rose"
        assert not found.kind.is_known
        assert found.data == {"colour": "red"}


def test_a_service_that_hangs_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "HEARTBEAT_SECONDS", 0.02)
    monkeypatch.setattr(events, "HEARTBEAT_TIMEOUT", 0.02)
    script = Script([], [event(6)])

    def answer(message: Message) -> list[Message] | None:
        return [] if message["method"] == "system.ping" else script(message)

    with PlayedService(answer) as service, Client.connect(service.address, timeout=LIMIT) as client:
        assert next(client.follow()).sequence == 6
        assert service.connections == 2


def test_a_reader_that_is_behind_is_told_the_rest_from_the_history(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "INBOX_LIMIT", 10)
    sender = client.call(scenario.sender())
    project = client.call(scenario.project(sender.id))
    stream = client.follow(kinds=[types.EventKind.GUEST_CREATED])
    assert stream.next(0) is None
    with client.batch() as batch:
        for number in range(95):
            batch.add(calls.guests.create(project.id, name="G", phone=f"0812-3{number:07}"))
    found = [next(stream).sequence for _ in range(95)]
    assert found == sorted(set(found))
    assert stream.next(0.05) is None


def test_statistics_come_at_once_and_only_the_newest(client: Client) -> None:
    sender = client.call(scenario.sender())
    project = client.call(scenario.project(sender.id))
    client.call(scenario.template(project.id))
    flow = client.call(scenario.chatflow(project.id))
    campaign = client.call(scenario.campaign(project.id, flow.id))
    with client.follow_statistics(campaign.id, every="100ms") as stream:
        assert next(stream).status is types.CampaignStatus.DRAFT
        client.call(scenario.guests(project.id, 3))
