"""What was generated, against the schema of the service; and services that are newer."""

from __future__ import annotations

from typing import Any

import pytest

import operation_center
from operation_center import ABSENT, Client, Method, SchemaMismatchWarning, types
from operation_center.generated import methods
from operation_center.session import schema_warning
from operation_center.shapes import encode_members
from service import LIMIT, Message, PlayedService, refusal, result


def known_methods() -> dict[str, Any]:
    found = (value for value in vars(methods).values() if isinstance(value, Method))
    return {method.name: method for method in found}


def test_every_method_is_there(document: dict[str, Any]) -> None:
    known = known_methods()
    assert {each["name"] for each in document["methods"]} <= set(known)
    client = Client.connect("127.0.0.1:1")
    for name in known:
        noun, verb = name.split(".")
        namespace = getattr(client, noun, None) or getattr(client, noun + "s")
        assert callable(getattr(namespace, verb, None) or getattr(namespace, verb + "_"))


def test_params_of_every_example_are_taken(document: dict[str, Any]) -> None:
    known = known_methods()
    count = 0
    for method in document["methods"]:
        params = {param.name: param for param in known[method["name"]].params}
        for example in method.get("examples", []):
            given = {each["name"]: each["value"] for each in example["params"]}
            taken = {n: params[n].shape.decode(value) for n, value in given.items()}
            sent = encode_members(
                known[method["name"]].params,
                lambda name, taken=taken: taken.get(name.rstrip("_"), ABSENT),  # type: ignore[misc]
            )
            assert sent == given
            count += 1
    print(f"params of {count} examples")
    assert count > 90


def test_keys_are_for_what_is_not_repeatable() -> None:
    known = known_methods()
    assert known["campaign.start"].keyed
    assert not known["campaign.start"].repeatable
    for name in ("webhook.receive", "outbox.report", "message.receive", "guest.list"):
        assert known[name].repeatable


def newer(document: dict[str, Any], message: Message) -> list[Message]:
    """Answers as a newer service might: with more members, and values of its own."""
    if message["method"] == "campaign.start":
        return [refusal(message, 1042, "too_tired", rest="8h")]
    pages = {"items": [guest(document)], "next_cursor": None, "colour": "green"}
    return [result(message, pages)]


def guest(document: dict[str, Any]) -> dict[str, Any]:
    examples = [each for each in document["methods"] if each["name"] == "guest.get"]
    assert examples
    return {
        "id": "gst_1", "project_id": "prj_1", "external_id": None, "name": "Sari",
        "phone": "+6281230000077", "category": None, "language": None, "time_zone": None,
        "party_size": 2, "rsvp": "dreaming", "attending_count": 0, "events": [], "tags": [],
        "fields": {}, "subscription": "by_pigeon", "reachable": True,
        "session_window": {"open": False, "closes_at": None, "mood": "good"},
        "created_at": "2026-11-22T09:00:00.001Z", "updated_at": "2026-11-22T09:00:00.001Z",
        "shoe_size": 42,
    }  # fmt: skip


def test_a_newer_service_does_not_break_this_client(document: dict[str, Any]) -> None:
    with (
        PlayedService(lambda message: newer(document, message)) as service,
        Client.connect(service.address, timeout=LIMIT) as client,
    ):
        page = client.guests.list("prj_1")
        assert page.to_json() == {
            "items": [guest(document)], "next_cursor": None, "colour": "green",
        }  # fmt: skip
        assert str(page.items[0].rsvp) == "dreaming"
        assert page.items[0].unknown_members == {"shoe_size": 42}
        with pytest.raises(operation_center.RefusedError) as refused:
            client.campaigns.start("cmp_1")
        assert refused.value.refusal_kind == "too_tired"


@pytest.mark.parametrize(
    ("own", "theirs", "is_told"),
    [
        ("0.1.0", "0.1.0", False),
        ("0.1.0", "0.1.7", False),
        ("0.1.0", "0.2.0", True),
        ("1.4.0", "1.5.0", False),
        ("1.4.0", "1.3.0", True),
        ("1.4.0", "2.0.0", True),
    ],
)
def test_another_schema_is_told(own: str, theirs: str, is_told: bool) -> None:
    assert bool(schema_warning({"schema": {"version": theirs}}, own)) == is_told
    assert schema_warning({"name": "Operation Center"}, own) is None


def test_another_schema_is_told_at_connecting() -> None:
    class Newer(PlayedService):
        def _answers(self, message: Message) -> list[Message] | None:
            return [result(message, {"schema": {"version": "9.0.0"}, "pong": True})]

    with Newer(lambda _: []) as service:
        client = Client.connect(service.address, timeout=LIMIT)
        with pytest.warns(SchemaMismatchWarning, match=r"9\.0\.0"):
            client.system.ping()
        assert client.system.ping().pong
        client.close()
    assert types.Pong(pong=True).to_json() == {"pong": True}
