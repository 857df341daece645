"""Calls that are harmless to repeat cost the service no memory of keys."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import scenario
from operation_center import Client, calls, types
from operation_center.call import Call

# More than the million keys that a service remembers.
CALLS = 1_100_000
EACH_BATCH = 10_000


def remembered_keys(client: Client) -> int:
    metrics = client.system.metrics(format="json").metrics or []
    return next(
        int(each.samples[0].value) for each in metrics if each.name == "opcenter_idempotency_keys"
    )


def repeatable(
    sender_id: str, own_sender_id: str, project_id: str, guest_id: str
) -> list[Call[Any]]:
    now = datetime.now(UTC)
    return [
        calls.messages.receive(
            sender_id,
            gateway_message_id="wamid.1",
            sent_at=now,
            content=types.InboundContent.from_json({"type": "text", "text": "Hello"}),
            from_="+6281230000077",
        ),
        calls.messages.report_status(
            sender_id, gateway_message_id="wamid.2", status="read", at=now
        ),
        calls.outbox.report(
            own_sender_id, callback_data="msg_1.1", outcome="accepted", gateway_message_id="wamid.3"
        ),
        scenario.approval(project_id),
        calls.guests.get(guest_id),
        calls.system.ping(),
    ]


def test_more_repeatable_calls_than_keys_are_remembered_push_no_key_out(client: Client) -> None:
    sender = client.call(scenario.sender())
    project = client.call(scenario.project(sender.id))
    client.call(scenario.template(project.id))
    own = client.senders.create("Our own", phone="+6281100000002", gateway="client")
    guest = client.guests.create(
        project.id, name="Sari", phone="0812-3000-0077", idempotency_key="sari"
    )
    keys = remembered_keys(client)
    assert keys == 5, "changes that are not repeatable carry a key by default"

    chosen = repeatable(sender.id, own.id, project.id, guest.id)
    wanted = [chosen[place % len(chosen)] for place in range(EACH_BATCH)]
    outcomes: Counter[str] = Counter()
    for _ in range(CALLS // EACH_BATCH):
        outcomes.update(
            f"{call.method.name} {getattr(found, 'kind', 'answered')}"
            for call, found in zip(wanted, client.outcomes(wanted), strict=True)
        )
    print(outcomes)
    assert outcomes.total() == CALLS
    assert len(outcomes) == len(chosen), "each is answered as it was the first time"

    assert remembered_keys(client) == keys
    again = client.guests.create(
        project.id, name="Sari", phone="0812-3000-0077", idempotency_key="sari"
    )
    assert again.id == guest.id
    assert [each.name for each in client.guests.list_items(project.id)] == ["Sari"]
