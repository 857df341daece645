"""The asyncio client."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from collections.abc import Coroutine
from typing import Any

import pytest

import scenario
from conftest import program
from operation_center import (
    AsyncClient,
    CallTimeoutError,
    ClientClosedError,
    ConnectionLostError,
    EventsLostError,
    InvalidArgumentError,
    NotFoundError,
    ServiceEndedError,
    UnauthenticatedError,
    async_events,
    calls,
    session,
    types,
)
from operation_center.async_streams import AsyncProcessStream
from operation_center.deadline import Deadline
from service import LIMIT, Message, PlayedService, Service, result
from test_events import Script, event


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(work, 3 * LIMIT))


def spawned() -> AsyncClient:
    return AsyncClient.spawn(
        program(), arguments=["--memory"], stderr=subprocess.DEVNULL, timeout=LIMIT
    )


def connected(service: Service) -> AsyncClient:
    return AsyncClient.connect(
        address_file=service.address_file, token_file=service.token_file, timeout=LIMIT
    )


def test_many_calls_are_awaited_side_by_side() -> None:
    async def work() -> None:
        async with spawned() as client:
            sender = await client.call(scenario.sender())
            project = await client.call(scenario.project(sender.id))
            await client.call(scenario.guests(project.id, 50))
            names = await asyncio.gather(*(find(client, project.id, n) for n in range(200)))
            assert names == [f"Guest {n % 50}" for n in range(200)]
            listed = [guest.name async for guest in client.guests.list_items(project.id, limit=7)]
            assert listed == [f"Guest {n}" for n in range(50)]

    run(work())


async def find(client: AsyncClient, project: str, number: int) -> str:
    query = types.GuestFilter(query=f'name = "Guest {number % 50}"')
    (guest,) = (await client.guests.list(project, guest_filter=query)).items
    return guest.name


def test_refusals_batches_and_wrong_types() -> None:
    async def work() -> None:
        async with spawned() as client:
            with pytest.raises(NotFoundError):
                await client.campaigns.start("cmp_9")
            wrong: Any = 9
            with pytest.raises(InvalidArgumentError, match=r"params\.campaign_id"):
                await client.campaigns.start(wrong)
            async with client.batch() as batch:
                pings = [batch.add(calls.system.ping()) for _ in range(150)]
                missing = batch.add(calls.guests.get("gst_1"))
            assert all(each.result().pong for each in pings)
            with pytest.raises(NotFoundError):
                missing.result()

    run(work())


def test_a_cancelled_task_gives_its_call_up_at_the_service() -> None:
    def answer(message: Message) -> list[Message]:
        is_slow = message["method"] == "campaign.forecast"
        return [] if is_slow else [result(message, {"pong": True})]

    async def work(service: PlayedService) -> None:
        async with AsyncClient.connect(service.address, timeout=LIMIT) as client:
            task = asyncio.create_task(client.campaigns.forecast("cmp_1"))
            await seen(service, "campaign.forecast")
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await seen(service, "$/cancelRequest")
            forecast = next(e for e in service.seen if e["method"] == "campaign.forecast")
            assert service.seen[-1]["params"] == {"id": forecast["id"]}
            with pytest.raises(CallTimeoutError):
                await client.campaigns.forecast("cmp_1", timeout=0.05)
            assert (await client.system.ping()).pong

    with PlayedService(answer) as service:
        run(work(service))


async def seen(service: PlayedService, method: str) -> None:
    def is_seen(messages: list[Message]) -> bool:
        return bool(messages[-1]["method"] == method)

    await asyncio.to_thread(service.wait_for, is_seen)


def test_a_service_that_dies_says_so_in_every_waiting_call() -> None:
    async def work() -> None:
        client = spawned()
        stream = (await client.connection(Deadline(LIMIT))).stream
        assert isinstance(stream, AsyncProcessStream)
        os.kill(stream.process_id, signal.SIGSTOP)
        tasks = [asyncio.create_task(client.system.ping()) for _ in range(20)]
        await asyncio.wait(tasks, timeout=0.01)
        os.kill(stream.process_id, signal.SIGKILL)
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        assert {type(each) for each in outcomes} == {ServiceEndedError}
        with pytest.raises(ServiceEndedError, match="signal 9"):
            await client.system.ping()
        await client.close()
        with pytest.raises(ClientClosedError):
            await client.system.ping()

    run(work())


def test_a_program_that_is_not_there_says_so() -> None:
    async def work() -> None:
        with pytest.raises(ServiceEndedError, match="cannot be started"):
            await AsyncClient.spawn("/nowhere/opcenter").system.ping()
        with pytest.raises(ConnectionLostError, match="cannot be reached"):
            await AsyncClient.connect("127.0.0.1:1").system.ping()

    run(work())


def test_a_program_that_ends_while_a_long_call_is_written_says_so() -> None:
    async def check() -> None:
        client = AsyncClient.spawn(program(), arguments=["--wrong"], stderr=subprocess.DEVNULL)
        client._check_schema = False
        row = types.GuestRow(name="A" * 4_000_000, phone="+6281100000001")
        with pytest.raises(ServiceEndedError, match="code 2") as ended:
            async with client:
                await client.guests.import_("prj_1", rows=[row])
        assert ended.value.exit_code == 2

    run(check())


def test_a_wrong_token_is_refused(service: Service) -> None:
    async def work() -> None:
        with pytest.raises(UnauthenticatedError):
            await AsyncClient.connect(
                address_file=service.address_file, token="wrong"
            ).system.ping()

    run(work())


def test_it_speaks_over_any_pair_of_streams(service: Service) -> None:
    async def work() -> None:
        host, port = service.address_file.read_text().strip().split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        async with AsyncClient.over(reader, writer, timeout=LIMIT) as client:
            await client.system.authenticate(service.token_file.read_text().strip())
            assert (await client.system.ping()).pong

    run(work())


def test_a_change_is_repeated_with_the_same_key() -> None:
    lost: list[Message] = []

    def answer(message: Message) -> list[Message] | None:
        lost.append(message)
        return None if len(lost) < 3 else [result(message, {"id": "prj_1", "deleted": True})]

    async def work(service: PlayedService) -> None:
        async with AsyncClient.connect(service.address, timeout=LIMIT) as client:
            await client.projects.delete("prj_1")
            assert len({each["params"]["idempotency_key"] for each in lost}) == 1
            assert len(lost) == 3
            lost.clear()
            with pytest.raises(ConnectionLostError):
                await client.projects.delete("prj_1", idempotency_key=None)
            assert len(lost) == 1

    with PlayedService(answer) as service:
        run(work(service))


def test_nothing_is_missed_or_doubled_while_the_service_is_killed(durable: Service) -> None:
    async def work() -> None:
        async with connected(durable) as client:
            sender = await client.call(scenario.sender())
            project = await client.call(scenario.project(sender.id))
            stream = client.follow(kinds=["guest_created"])
            assert await stream.next(0) is None
            made: list[str] = []
            found: list[str | None] = []
            for turn in range(4):
                made += await asyncio.gather(
                    *(create(client, project.id, 100 * turn + n) for n in range(20))
                )
                while len(found) < len(made) - 5:
                    found.append((await anext(stream)).guest_id)
                durable.kill()
                await asyncio.to_thread(durable.start)
            while len(found) < len(made):
                found.append((await anext(stream)).guest_id)
            assert sorted(str(each) for each in found) == sorted(made)
            assert await stream.next(0.05) is None

    run(work())


async def create(client: AsyncClient, project: str, number: int) -> str:
    return (await client.guests.create(project, name="G", phone=f"0812-3{number:07}")).id


def test_losses_are_told_and_followed_on() -> None:
    script = Script(
        [event(6), event(90, "lagged", missed=84, resume_after=90)],
        (1010, "gone", {"oldest_sequence": 140}),
        [event(140)],
    )

    async def work(service: PlayedService) -> None:
        async with AsyncClient.connect(service.address, timeout=LIMIT) as client:
            stream = client.follow()
            assert (await anext(stream)).sequence == 6
            for reason, resume_after in (("lagged", 90), ("gone", 139)):
                with pytest.raises(EventsLostError) as lost:
                    await anext(stream)
                assert (lost.value.reason, lost.value.resume_after) == (reason, resume_after)
            assert (await anext(stream)).sequence == 140
            assert script.after == [None, 90, 139]

    with PlayedService(script) as service:
        run(work(service))


def test_a_service_that_hangs_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(async_events, "HEARTBEAT_SECONDS", 0.02)
    monkeypatch.setattr(async_events, "HEARTBEAT_TIMEOUT", 0.02)
    script = Script([], [event(6)])

    def answer(message: Message) -> list[Message] | None:
        return [] if message["method"] == "system.ping" else script(message)

    async def work(service: PlayedService) -> None:
        async with AsyncClient.connect(service.address, timeout=LIMIT) as client:
            assert (await anext(client.follow())).sequence == 6
            assert service.connections == 2

    with PlayedService(answer) as service:
        run(work(service))


def test_a_reader_that_is_behind_is_told_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "INBOX_LIMIT", 10)

    async def work() -> None:
        async with spawned() as client:
            sender = await client.call(scenario.sender())
            project = await client.call(scenario.project(sender.id))
            stream = client.follow(kinds=["guest_created"])
            assert await stream.next(0) is None
            await asyncio.gather(*(create(client, project.id, n) for n in range(95)))
            found = [(await anext(stream)).sequence for _ in range(95)]
            assert found == sorted(set(found))
            assert await stream.next(0.05) is None

    run(work())
