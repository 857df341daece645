"""A service that is newer than this client: with more members, words, kinds of events and refusals.

Each type alone is looked at in `test_instances.py`; here is all that stands on the types.
"""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Iterator
from typing import Any

import pytest

from conftest import Instance
from operation_center import AsyncClient, Call, Method, RefusedError, calls, types
from operation_center.shapes import Anything
from right_values import NEW_KEY, NEW_WORD
from service import LIMIT, Message, PlayedPair, PlayedService, refusal, result


class NewerService:
    """Answers every call as a newer service might, and tells of newer events."""

    def __init__(self, instances: list[Instance]) -> None:
        newer = [each for each in instances if each.get("newer")]
        self.results: dict[str, Any] = {
            each["of"]: copy.deepcopy(each["value"]) for each in newer if each["place"] == "result"
        }
        for answer in self.results.values():
            if isinstance(answer, dict) and "next_cursor" in answer:
                answer["next_cursor"] = None
        self.results["events.subscribe"] |= {"subscription_id": "sub_1", "sequence": 0}
        self.results["stats.subscribe"] |= {"subscription_id": "sub_2"}
        # A stream makes an error of this one.
        events = [e["value"] for e in newer if e["place"] == "event" and e["of"] != "lagged"]
        self.events = [
            {**event, "subscription_id": "sub_1", "sequence": sequence}
            for sequence, event in enumerate(events, 1)
        ]
        told = [each["value"] for each in newer if each["place"] == "notification"]
        self.statistics = [{**each, "subscription_id": "sub_2"} for each in told]

    def __call__(self, message: Message) -> list[Message]:
        if isinstance(message, list):
            return [[self._answer(each) for each in message]]
        return [self._answer(message), *self._told(message["method"])]

    def _answer(self, message: Message) -> Message:
        method = message["method"]
        if method == "campaign.start":
            return refusal(message, 1999, NEW_WORD, why={"more": [1, None]})
        return result(message, self.results.get(method, {"pong": True}))

    def _told(self, method: str) -> Iterator[Message]:
        if method == "events.subscribe":
            for event in self.events:
                yield {"jsonrpc": "2.0", "method": "events.event", "params": event}
            yield {"jsonrpc": "2.0", "method": "events.a_new_one", "params": {NEW_KEY: 1}}
        if method == "stats.subscribe":
            for statistics in self.statistics:
                yield {"jsonrpc": "2.0", "method": "stats.changed", "params": statistics}


def test_a_feed_keeps_what_is_new(instances: list[Instance]) -> None:
    newer = NewerService(instances)
    with PlayedPair(newer) as played, played.client.campaign_feed("cmp_1") as feed:
        events: list[types.Event] = []
        while len(events) < len(newer.events) and (change := feed.update(1)):
            events += change.events
        assert [each.sequence for each in events] == [each["sequence"] for each in newer.events]
        assert any(not each.kind.is_known for each in events)
        assert feed.campaign.to_json() == newer.results["campaign.get"]
        assert NEW_KEY in feed.campaign.unknown_members
        assert NEW_KEY in feed.statistics.unknown_members
        assert feed.executions
        for each in feed.executions.values():
            assert NEW_KEY in each.unknown_members, each


def test_a_feed_for_asyncio_keeps_what_is_new(instances: list[Instance]) -> None:
    newer = NewerService(instances)

    def answer(message: Message) -> list[Message]:
        return newer(message)[0] if isinstance(message, list) else newer(message)

    async def run(address: str) -> None:
        events: list[types.Event] = []
        async with (
            AsyncClient.connect(address, timeout=LIMIT) as client,
            client.campaign_feed("cmp_1") as feed,
        ):
            while len(events) < len(newer.events) and (change := await feed.update(1)):
                events += change.events
            assert feed.campaign.to_json() == newer.results["campaign.get"]
        assert [each.sequence for each in events] == [each["sequence"] for each in newer.events]

    with PlayedService(answer) as service:
        asyncio.run(asyncio.wait_for(run(service.address), 3 * LIMIT))


def test_lists_and_batches_keep_what_is_new(instances: list[Instance]) -> None:
    newer = NewerService(instances)
    with PlayedPair(newer) as played:
        guests = [each.to_json() for each in played.client.guests.list_items("prj_1")]
        assert guests == newer.results["guest.list"]["items"]
        assert guests
        with played.client.batch() as batch:
            campaign = batch.add(calls.campaigns.get("cmp_1"))
            refused = batch.add(calls.campaigns.start("cmp_1"))
        assert campaign.result().to_json() == newer.results["campaign.get"]
        with pytest.raises(RefusedError) as error:
            refused.result()
        assert type(error.value) is RefusedError
        assert error.value.refusal_kind == NEW_WORD
        assert error.value.raw_data == {"kind": NEW_WORD, "why": {"more": [1, None]}}


def test_a_method_that_is_new_can_be_called() -> None:
    def answer(message: Message) -> list[Message]:
        return [result(message, {"called": message["method"]})]

    dance: Method[Any] = Method("guest.dance", (), Anything(), repeatable=False)
    with PlayedPair(answer) as played:
        assert played.client.call(Call(dance)) == {"called": "guest.dance"}


def test_what_came_goes_back_as_it_came(instances: list[Instance]) -> None:
    newer = NewerService(instances)
    with PlayedPair(newer) as played:
        chatflow = played.client.chatflows.get("flw_1")
        assert chatflow.nodes
        played.client.chatflows.validate("prj_1", nodes=chatflow.nodes, edges=chatflow.edges)
        sent, answered = played.seen[-1]["params"], newer.results["chatflow.get"]
        assert (sent["nodes"], sent["edges"]) == (answered["nodes"], answered["edges"])
