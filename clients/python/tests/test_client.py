"""The plain client against a service of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from conftest import program
from operation_center import (
    ABSENT,
    CallTimeoutError,
    Client,
    ClientClosedError,
    ConnectionLostError,
    InvalidArgumentError,
    InvalidParamsError,
    NotFoundError,
    RefusedError,
    ServiceEndedError,
    UnauthenticatedError,
    calls,
    types,
)
from operation_center.connection import Connection
from operation_center.deadline import Deadline
from operation_center.exchange import ask
from operation_center.session import Session
from operation_center.streams import ProcessStream
from service import LIMIT, Message, PlayedService, Service, refusal, result


def make_project(client: Client) -> types.ProjectView:
    sender = client.senders.create("Weddings", phone="+6281100000001")
    return client.projects.create(
        sender.id, name="A and B", time_zone="Asia/Jakarta", calling_code="62"
    )


def make_guests(client: Client, count: int) -> types.ProjectView:
    project = make_project(client)
    rows = [
        types.GuestRow(name=f"Guest {number}", phone=f"0812-3000-{number:04}")
        for number in range(count)
    ]
    imported = client.guests.import_(project.id, rows=rows)
    assert imported.counts.created == count
    return project


def process_of(client: Client) -> int:
    stream = client.connection(Deadline(LIMIT)).stream
    assert isinstance(stream, ProcessStream)
    return stream.process_id


def test_results_are_typed(client: Client) -> None:
    project = make_guests(client, 3)
    guest = next(iter(client.guests.list_items(project.id)))
    assert guest.phone == "+6281230000000"
    assert guest.rsvp is types.RSVP.PENDING
    assert guest.created_at.utcoffset() is not None
    changed = client.guests.update(guest.id, category="vip", language=None)
    assert client.guests.get(guest.id).category == "vip"
    assert changed


def test_absent_keeps_and_none_clears(client: Client) -> None:
    project = make_guests(client, 1)
    (guest,) = client.guests.list_items(project.id)
    client.guests.update(guest.id, category="vip")
    client.guests.update(guest.id, category=ABSENT, name="Sari")
    assert client.guests.get(guest.id).category == "vip"
    client.guests.update(guest.id, category=None)
    assert client.guests.get(guest.id).category is None


def test_refusals_are_classes_with_typed_data(client: Client) -> None:
    with pytest.raises(NotFoundError) as refused:
        client.campaigns.start("cmp_9")
    assert refused.value.code == 1001
    assert refused.value.data is not None
    assert refused.value.data.id == "cmp_9"
    assert "cmp_9" in str(refused.value)
    with pytest.raises(InvalidParamsError) as invalid:
        client.guests.list("prj_1", limit=0)
    assert invalid.value.data is not None
    assert invalid.value.data.path == "params.limit"


def test_a_wrong_type_is_found_before_it_is_sent() -> None:
    def answer(message: Message) -> list[Message]:
        return [result(message, {"pong": True})]

    rows: Any = [{"name": "Sari"}, {"name": "Bo", "tags": ["a", 5]}]
    with PlayedService(answer) as played, Client.connect(played.address, timeout=LIMIT) as client:
        with pytest.raises(InvalidArgumentError) as wrong:
            client.guests.import_("prj_1", rows=rows)
        assert wrong.value.path == "params.rows[1].tags[1]"
        assert "expected a text; found an integer" in str(wrong.value)
        assert played.methods() == []


def test_pages_come_as_they_are_needed(client: Client) -> None:
    project = make_guests(client, 25)
    names = [guest.name for guest in client.guests.list_items(project.id, limit=7)]
    assert names == [f"Guest {number}" for number in range(25)]
    pages = list(client.pages(calls.guests.list(project.id, limit=10)))
    assert [len(page.items) for page in pages] == [10, 10, 5]


def test_many_calls_are_under_way_in_one_thread(client: Client) -> None:
    project = make_guests(client, 1)
    pending = [client.submit(calls.guests.list(project.id)) for _ in range(500)]
    assert all(len(each.result().items) == 1 for each in pending)


def test_many_threads_share_a_client(client: Client) -> None:
    project = make_guests(client, 20)

    def ask(number: int) -> str:
        (guest,) = client.guests.list(
            project.id, guest_filter=types.GuestFilter(query=f'name = "Guest {number % 20}"')
        ).items
        return guest.name

    with ThreadPoolExecutor(16) as pool:
        names = list(pool.map(ask, range(400)))
    assert names == [f"Guest {number % 20}" for number in range(400)]


def test_a_batch_is_one_frame_and_each_call_has_its_own_outcome(client: Client) -> None:
    project = make_guests(client, 2)
    with client.batch() as batch:
        found = batch.add(calls.projects.get(project.id))
        missing = batch.add(calls.campaigns.get("cmp_9"))
        many = [batch.add(calls.guests.list(project.id)) for _ in range(250)]
    assert found.result().name == "A and B"
    with pytest.raises(NotFoundError):
        missing.result()
    assert all(len(each.result().items) == 2 for each in many)


def test_a_batch_that_is_refused_as_a_whole_is_so_for_each_call() -> None:
    def answer(_: Message) -> list[Message]:
        return [{"jsonrpc": "2.0", "id": None, "error": {"code": -32600, "message": "no"}}]

    with PlayedService(answer) as played, Client.connect(played.address, timeout=LIMIT) as client:
        pending = [client.submit(calls.system.ping()) for _ in range(3)]
        for each in pending:
            with pytest.raises(RefusedError):
                each.result()


def test_large_frames_pass_in_both_directions(client: Client) -> None:
    project = make_project(client)
    rows = [
        types.GuestRow(name=f"Guest {number} " + "é✓😀" * 40, phone=f"0812-3{number:07}")
        for number in range(1000)
    ]
    pending = [
        client.submit(calls.guests.import_(project.id, rows=rows, dry_run=True)) for _ in range(8)
    ]
    assert {each.result().counts.created for each in pending} == {1000}


def test_a_call_that_takes_too_long_is_given_up() -> None:
    def answer(message: Message) -> list[Message]:
        silent = message["method"] in ("campaign.forecast", "$/cancelRequest")
        return [] if silent else [result(message, {"pong": True})]

    with PlayedService(answer) as played, Client.connect(played.address, timeout=LIMIT) as client:
        with pytest.raises(CallTimeoutError, match=r"campaign\.forecast"):
            client.campaigns.forecast("cmp_1", timeout=0.05)
        played.wait_for(lambda seen: seen[-1]["method"] == "$/cancelRequest")
        forecast = next(each for each in played.seen if each["method"] == "campaign.forecast")
        assert played.seen[-1]["params"] == {"id": forecast["id"]}
        assert client.system.ping().pong


def test_a_service_that_reads_nothing_is_given_up_in_time(client: Client) -> None:
    project = make_project(client)
    process = process_of(client)
    rows = [types.GuestRow(name="x" * 200, phone="0812") for _ in range(1000)]
    os.kill(process, signal.SIGSTOP)
    try:
        with pytest.raises(CallTimeoutError):
            client.guests.import_(project.id, rows=rows, timeout=0.2)
    finally:
        os.kill(process, signal.SIGCONT)


def test_a_service_that_dies_says_so_in_every_waiting_call(client: Client) -> None:
    process = process_of(client)
    os.kill(process, signal.SIGSTOP)
    errors: list[Exception] = []
    ready = threading.Barrier(9)

    def ask() -> None:
        pending = client.submit(calls.system.ping())
        ready.wait(LIMIT)
        try:
            pending.result()
        except ConnectionLostError as error:
            errors.append(error)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    ready.wait(LIMIT)
    os.kill(process, signal.SIGKILL)
    for thread in threads:
        thread.join(LIMIT)
    assert len(errors) == 8
    assert all(isinstance(each, ServiceEndedError) for each in errors)
    assert {each.exit_code for each in errors if isinstance(each, ServiceEndedError)} == {-9}
    with pytest.raises(ServiceEndedError, match="signal 9"):
        client.system.ping()


def test_a_program_that_is_not_there_says_so() -> None:
    with pytest.raises(ServiceEndedError, match="cannot be started"):
        Client.spawn("/nowhere/opcenter").system.ping()


def test_a_program_that_ends_at_once_says_so() -> None:
    client = Client.spawn(program(), arguments=["--wrong"], stderr=subprocess.DEVNULL)
    with pytest.raises(ServiceEndedError, match="code 2") as ended, client:
        pass
    assert ended.value.exit_code == 2


def test_a_program_that_ended_before_anything_was_written_says_so_too() -> None:
    stream = ProcessStream([program(), "serve", "--wrong"], subprocess.DEVNULL)
    os.waitid(os.P_PID, stream.process_id, os.WEXITED | os.WNOWAIT)
    connection = Connection(stream, Session())
    # Once it is found while writing, then it is known before.
    for _ in range(2):
        with pytest.raises(ServiceEndedError, match="code 2") as ended:
            ask(connection, calls.system.info(), Deadline(LIMIT))
        assert ended.value.exit_code == 2
    connection.close()


def test_closing_wakes_whoever_waits() -> None:
    with PlayedService(lambda _: []) as played:
        client = Client.connect(played.address, timeout=LIMIT)
        pending = client.submit(calls.system.ping())
        errors: list[Exception] = []

        def ask() -> None:
            try:
                pending.result()
            except ConnectionLostError as error:
                errors.append(error)

        thread = threading.Thread(target=ask)
        thread.start()
        played.wait_for(lambda seen: seen[-1]["method"] == "system.ping")
        client.close()
        thread.join(LIMIT)
        assert [type(each) for each in errors] == [ClientClosedError]
        with pytest.raises(ClientClosedError):
            client.system.ping()


def test_a_spawned_service_ends_with_its_client(tmp_path: Path) -> None:
    with Client.spawn(program(), data=tmp_path, stderr=subprocess.DEVNULL) as client:
        process = process_of(client)
        make_project(client)
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    with Client.spawn(program(), data=tmp_path, stderr=subprocess.DEVNULL) as client:
        assert [each.name for each in client.projects.list_items()] == ["A and B"]


def test_a_process_that_dies_is_spawned_again_where_that_is_wanted(tmp_path: Path) -> None:
    with Client.spawn(
        program(), data=tmp_path, restart=True, stderr=subprocess.DEVNULL, timeout=LIMIT
    ) as client:
        project = make_project(client)
        stream = client.follow(after_sequence=0)
        seen = [next(stream).sequence]
        os.kill(process_of(client), signal.SIGKILL)
        assert client.projects.get(project.id) == project
        seen.append(next(stream).sequence)
        assert seen == sorted(set(seen))
    with pytest.raises(ValueError, match="restart wants data"):
        Client.spawn(program(), restart=True)


def test_it_speaks_over_any_pair_of_streams() -> None:
    with subprocess.Popen(
        [program(), "serve", "--stdio", "--memory"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdin
        assert process.stdout
        with Client.over(process.stdout, process.stdin, timeout=LIMIT) as client:
            assert client.system.ping().pong
        process.stdin.close()
        assert process.wait(LIMIT) == 0


def test_streams_without_descriptors_are_bridged(service: Service) -> None:
    host, port = service.address_file.read_text().strip().split(":")

    class Bare:
        """A stream with nothing but what it must have."""

        def __init__(self) -> None:
            self._peer = socket.create_connection((host, int(port)))

        def read(self, size: int) -> bytes:
            return self._peer.recv(size)

        def write(self, data: bytes) -> int:
            self._peer.sendall(data)
            return len(data)

        def flush(self) -> None:
            pass

        def close(self) -> None:
            self._peer.close()

    bare: Any = Bare()
    client = Client.over(bare, bare, timeout=LIMIT)
    with pytest.raises(UnauthenticatedError):
        client.guests.list("prj_1")
    client.system.authenticate(service.token_file.read_text().strip())
    assert client.system.ping().pong
    client.close()


def test_a_wrong_token_is_refused(service: Service) -> None:
    client = Client.connect(address_file=service.address_file, token="wrong", timeout=LIMIT)
    with pytest.raises(UnauthenticatedError):
        client.system.ping()


def test_notifications_are_handed_on() -> None:
    told: list[tuple[str, Any]] = []

    def answer(message: Message) -> list[Message]:
        notification = {"jsonrpc": "2.0", "method": "news.told", "params": {"new": 1}}
        return [notification, result(message, {"pong": True})]

    with PlayedService(answer) as played:
        client = Client.connect(
            played.address,
            timeout=LIMIT,
            on_notification=lambda method, params: told.append((method, params)),
        )
        client.system.ping()
        client.close()
    assert told == [("news.told", {"new": 1})]


def test_a_kind_of_refusal_that_is_not_known_keeps_all_that_was_said() -> None:
    def answer(message: Message) -> list[Message]:
        return [refusal(message, 1099, "too_early", until="tomorrow")]

    with PlayedService(answer) as played, Client.connect(played.address, timeout=LIMIT) as client:
        with pytest.raises(RefusedError) as refused:
            client.campaigns.start("cmp_1")
        assert refused.value.refusal_kind == "too_early"
        assert refused.value.raw_data == {"kind": "too_early", "until": "tomorrow"}


def test_what_cannot_be_written_is_found_before_it_is_sent(client: Client) -> None:
    nested: Any = []
    for _ in range(100_000):
        nested = [nested]
    wrong: Any
    for wrong in ("half of a pair: \ud800", nested, float("nan"), {1: 2}):
        with pytest.raises(InvalidArgumentError):
            client.guests.update("gst_1", fields={"a": wrong})
    assert client.system.ping().pong


def test_a_key_that_is_pressed_gives_the_call_up(monkeypatch: pytest.MonkeyPatch) -> None:
    with PlayedService(lambda _: []) as played, Client.connect(played.address) as client:
        pending = client.submit(calls.system.ping())
        connection = client.connection(Deadline(LIMIT))

        def interrupted(*_: Any) -> bytes:
            raise KeyboardInterrupt

        monkeypatch.setattr(connection.stream, "read", interrupted)
        with pytest.raises(KeyboardInterrupt):
            pending.result()
        played.wait_for(lambda seen: seen[-1]["method"] == "$/cancelRequest")
        monkeypatch.undo()
