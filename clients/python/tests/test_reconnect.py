"""What happens to calls when the connection is lost under them."""

from __future__ import annotations

from pathlib import Path

import pytest

import scenario
from operation_center import (
    CallTimeoutError,
    Client,
    ConflictError,
    ConnectionLostError,
    UnauthenticatedError,
    calls,
)
from service import LIMIT, Message, PlayedService, Service, result


def losing(count: int) -> tuple[list[Message], PlayedService]:
    """Ends the connection at the first `count` calls, without a word."""
    lost: list[Message] = []

    def answer(message: Message) -> list[Message] | None:
        if len(lost) < count:
            lost.append(message)
            return None
        return [result(message, {"pong": True, "id": "prj_1", "deleted": True})]

    return lost, PlayedService(answer)


def test_a_query_is_repeated() -> None:
    lost, service = losing(3)
    with service, Client.connect(service.address, timeout=LIMIT) as client:
        assert client.system.ping().pong
        assert len(lost) == 3
        assert service.connections == 4


def test_a_change_is_repeated_with_the_same_key() -> None:
    lost, service = losing(2)
    with service, Client.connect(service.address, timeout=LIMIT) as client:
        client.projects.delete("prj_1")
        keys = [each["params"]["idempotency_key"] for each in service.seen if "params" in each]
        assert len(keys) == 3
        assert len(set(keys)) == 1
        assert len(keys[0]) == 32
        client.projects.delete("prj_1")
        assert service.seen[-1]["params"]["idempotency_key"] != keys[0]
        assert len(lost) == 2


def test_a_change_without_a_key_is_not_repeated() -> None:
    _, service = losing(1)
    with service, Client.connect(service.address, timeout=LIMIT) as client:
        with pytest.raises(ConnectionLostError):
            client.projects.delete("prj_1", idempotency_key=None)
        assert service.methods() == ["project.delete"]
        client.projects.delete("prj_1", idempotency_key=None)
        assert service.methods() == ["project.delete"] * 2


@pytest.mark.parametrize("is_lost", [True, False])
def test_errors_carry_the_key_for_a_later_call(is_lost: bool) -> None:
    with (
        PlayedService(lambda _: None if is_lost else []) as service,
        Client.connect(service.address, timeout=LIMIT) as client,
    ):
        with pytest.raises((ConnectionLostError, CallTimeoutError)) as error:
            client.projects.delete("prj_1", timeout=0.1)
        service.wait_for(lambda seen: any(each["method"] == "project.delete" for each in seen))
        sent = next(each for each in service.seen if each["method"] == "project.delete")
        assert isinstance(error.value, ConnectionLostError | CallTimeoutError)
        assert error.value.idempotency_key == sent["params"]["idempotency_key"]


def test_what_is_repeatable_by_nature_gets_no_key() -> None:
    _, service = losing(0)
    with service, Client.connect(service.address, timeout=LIMIT) as client:
        client.submit(
            calls.webhooks.receive("1", signature="sha256=" + "0" * 64, body="e30=")
        ).cancel()
        service.wait_for(lambda seen: any(each["method"] == "webhook.receive" for each in seen))
        (posted,) = (each for each in service.seen if each["method"] == "webhook.receive")
        assert "idempotency_key" not in posted["params"]


def test_a_batch_is_repeated_where_all_of_it_may_be() -> None:
    frames: list[Message] = []

    def answer(message: Message) -> list[Message] | None:
        frames.append(message)
        return None if len(frames) < 2 else [result(each, {"pong": True}) for each in message]

    with (
        PlayedService(answer) as service,
        Client.connect(service.address, timeout=LIMIT) as client,
    ):
        with client.batch() as batch:
            pings = [batch.add(calls.system.ping()) for _ in range(3)]
        assert all(each.result().pong for each in pings)
        assert len(frames) == 2
        frames.clear()
        batch = client.batch()
        batch.add(calls.system.ping())
        batch.add(calls.projects.delete("prj_1", idempotency_key=None))
        with pytest.raises(ConnectionLostError):
            batch.send()
        assert len(frames) == 1


def test_calls_under_way_survive_a_service_that_is_killed(durable: Service) -> None:
    with Client.connect(
        address_file=durable.address_file, token_file=durable.token_file, timeout=LIMIT
    ) as client:
        sender = client.call(scenario.sender())
        project = client.call(scenario.project(sender.id))
        pending = [
            client.submit(calls.guests.create(project.id, name=f"Guest {n}", phone=f"0812-3{n:07}"))
            for n in range(200)
        ]
        pending[20].result()
        durable.kill()
        durable.start()
        for each in pending:
            each.result()
        names = [guest.name for guest in client.guests.list_items(project.id)]
        assert sorted(names) == sorted(f"Guest {n}" for n in range(200))


def test_a_key_of_ones_own_is_kept(durable: Service) -> None:
    with Client.connect(
        address_file=durable.address_file, token_file=durable.token_file, timeout=LIMIT
    ) as client:
        sender = client.call(scenario.sender())
        made = [
            client.projects.create(
                sender.id, name="A", time_zone="Asia/Jakarta", idempotency_key="the-wedding"
            )
            for _ in range(2)
        ]
        assert made[0] == made[1]
        with pytest.raises(ConflictError) as refused:
            client.projects.create(
                sender.id, name="B", time_zone="Asia/Jakarta", idempotency_key="the-wedding"
            )
        assert refused.value.data is not None
        assert refused.value.data.reason == "idempotency_key_reused"


def test_nobody_there_is_said_at_once_at_first_and_in_time_later(durable: Service) -> None:
    with pytest.raises(ConnectionLostError, match="cannot be reached"):
        Client.connect("127.0.0.1:1").system.ping()
    client = Client.connect(
        address_file=durable.address_file, token_file=durable.token_file, timeout=LIMIT
    )
    assert client.system.ping().pong
    durable.kill()
    with pytest.raises(ConnectionLostError):
        client.system.ping(timeout=0.3)
    durable.start()
    assert client.system.ping().pong
    client.close()


def test_a_file_that_is_not_there_is_said(tmp_path: Path, service: Service) -> None:
    with pytest.raises(ConnectionLostError, match="cannot be read"):
        Client.connect(address_file=tmp_path / "none").system.ping()
    (tmp_path / "stale").write_text("not the token\n")
    with pytest.raises(UnauthenticatedError):
        Client.connect(
            address_file=service.address_file, token_file=tmp_path / "stale"
        ).system.ping()
