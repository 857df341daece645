"""What the service itself says to right and wrong params of every method, without a client."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from conftest import Instance
from raw_socket import RawSocket
from service import Service

INVALID_PARAMS = -32602

# Reasons that are about the shape of a value; all others are about what there is.
SHAPE_REASONS = {
    "bad_format", "duplicate_key", "not_an_integer", "not_one_of", "out_of_range", "required",
    "syntax", "too_deep", "too_long", "too_many", "too_short", "unknown_key", "wrong_type",
}  # fmt: skip

# What no schema of one value can say: the service refuses with a reason of shape what depends on
# other values, or on what there is. Method, path and reason.
SAID_IN_WORDS = [
    # One of several must be there.
    r"(message|reminder|session)\.list params\.project_id required",
    r"message\.report_status params\.gateway_message_id required",
    r"outbox\.report params\.(gateway_message_id|error) required",
    r"session\.flush params\.project_id required",
    r"reminder\.create params\.project_id required",
    r"session\.get params\.guest_id required",
    r"stats\.(answers|cost|messages|rsvp|timeline) params\.campaign_id required",
    r"template\.report_status params\.status required",
    r"campaign\.(create|update|schedule) params\.(session_policy\.duration|schedule) required",
    r"campaign\.(create|update|schedule) params\.schedule\.(at|cron|ends_at) required",
    r"(guest\.create|campaign\.test) params\.(testers\[\d\]\.)?(name|phone) required",
    # Names of attempts, and of fields.
    r"(message\.report_status|outbox\.report) params\.callback_data bad_format",
    # A moment, or a day.
    r"(guest\.(create|update)|campaign\.test) params\.(testers\[\d\]\.)?consent_at bad_format",
    # Fields are of the kinds that the project has for them.
    r"(guest\.(create|update)|campaign\.test) params\.(testers\[\d\]\.)?fields\.key(_2)? "
    r"(not_an_integer|bad_format)",
    # Ranges that depend on what has happened, or are of spans of time.
    r"events\.(list|subscribe) params\.after_sequence out_of_range",
    r"stats\.subscribe params\.every out_of_range",
    r"stats\.timeline params\.to out_of_range",
    r"campaign\.(create|update) params\.retry\.unknown\.after too_short",
    r"chatflow\.\w+ params\.nodes\[\d\]\.data\.\w+ out_of_range",
    # Cells of guest lists are texts, as spreadsheets have them.
    r"(guest\.\w+|campaign\.test) params\.(testers\[\d\]\.)?(answers\[\d\]\.)?"
    r"(party_size|attending_count|children) out_of_range",
    r"(guest\.\w+|campaign\.test) params\.(testers\[\d\]\.)?(answers\[\d\]\.)?"
    r"(rsvp|subscription) not_one_of",
    r"(guest\.\w+|campaign\.test) params\.(testers\[\d\]\.)?language bad_format",
]


@pytest.fixture
def raw(service: Service) -> Iterator[RawSocket]:
    """A connection to a service that has one of what the values name."""
    with RawSocket(service) as found:
        for method, params in WORLD:
            answer = found.ask(method, params)
            assert "result" in answer, answer
        yield found


WORLD: list[tuple[str, dict[str, Any]]] = [
    ("sender.create", {"name": "Weddings", "phone": "+6281100000001"}),
    (
        "project.create",
        {
            "sender_id": "snd_1", "name": "A and B", "time_zone": "Asia/Jakarta",
            "calling_code": "62", "languages": ["en"],
            "events": [
                {"key": "wedding", "name": "Wedding", "starts_at": "2030-01-01T00:00:00.000Z"}
            ],
        },
    ),
    (
        "chatflow.create",
        {
            "project_id": "prj_1", "name": "Nothing",
            "nodes": [
                {"id": "start", "type": "trigger", "data": {}},
                {"id": "end", "type": "end", "data": {"outcome": "done"}},
            ],
            "edges": [{"source": "start", "target": "end"}],
        },
    ),
    ("campaign.create", {"project_id": "prj_1", "name": "Draft", "chatflow_id": "flw_1"}),
    ("guest.create", {"project_id": "prj_1", "name": "Sari", "phone": "0812-3000-0001"}),
]  # fmt: skip


def refusal(answer: dict[str, Any]) -> tuple[int, str, str]:
    """Code, path and reason of a refusal."""
    error = answer.get("error", {"code": 0})
    data = error.get("data", {})
    return error["code"], data.get("path", ""), data.get("reason", "")


def is_said_in_words(told: str) -> bool:
    """Whether a refusal, as method, path and reason, is one that no schema can say."""
    return any(re.fullmatch(each, told) for each in SAID_IN_WORDS)


def refused_rows(answer: dict[str, Any]) -> list[str]:
    """The paths of rows of a list that were refused alone."""
    result = answer.get("result")
    items = result.get("items", []) if isinstance(result, dict) else []
    rows = [each for each in items if isinstance(each, dict) and each.get("result") == "refused"]
    return [each["error"]["path"] for each in rows]


def calls_of(instances: list[Instance]) -> list[tuple[str, Any]]:
    return [(each["of"], each["value"]) for each in instances]


def test_every_wrong_value_is_refused_with_its_path(
    raw: RawSocket, instances: list[Instance]
) -> None:
    wrong = [
        each for each in instances
        if each["place"] == "params" and each.get("fault", "null_absent") != "null_absent"
    ]  # fmt: skip
    kinds: Counter[str] = Counter()
    differing: list[str] = []
    hidden = 0
    for instance, answer in zip(wrong, raw.ask_all(calls_of(wrong)), strict=True):
        code, path, reason = refusal(answer)
        kinds[instance["fault"]] += 1
        is_told = (code, path) == (INVALID_PARAMS, instance["path"])
        # Another value of the call, right by the schema, may be refused before it.
        if not is_told and is_said_in_words(f"{instance['of']} {path} {reason}"):
            hidden += 1
            continue
        if not is_told and instance["path"] not in refused_rows(answer):
            differing.append(f"{instance['of']} {instance['path']} {instance['fault']}: {answer}")
    print(f"refused: {dict(kinds)}, {hidden} behind others")
    assert differing == []
    assert hidden < len(wrong) / 50
    assert len(wrong) > 4000
    assert len(kinds) == 12


def test_no_right_value_is_refused_for_its_shape(raw: RawSocket, instances: list[Instance]) -> None:
    right = [each for each in instances if each["place"] == "params" and "fault" not in each]
    # What ends something others need comes last.
    ending = re.compile(r"system\.shutdown|.*\.(delete|erase)")
    right.sort(key=lambda each: bool(ending.match(each["of"])))
    right.sort(key=lambda each: each["of"] == "system.shutdown")
    counts: Counter[str] = Counter()
    refused: list[str] = []
    for instance, answer in zip(right, raw.ask_all(calls_of(right)), strict=True):
        code, path, reason = refusal(answer)
        is_shape = code == INVALID_PARAMS and reason in SHAPE_REASONS
        told = f"{instance['of']} {path} {reason}"
        is_known = is_said_in_words(told)
        counts["taken" if not code else "refused for what there is"] += 1
        if is_shape and not is_known:
            refused.append(f"{told}: {answer['error']['message']}")
    print(f"{len(right)} right values: {dict(counts)}")
    assert refused == []
    assert counts["taken"] > 100
    assert {each["of"] for each in right} >= {"campaign.start", "guest.import", "rpc.discover"}


def test_null_where_a_member_may_be_left_out_is_taken_as_absent(
    raw: RawSocket, instances: list[Instance]
) -> None:
    nulls = [each for each in instances if each.get("fault") == "null_absent"]
    refused = [
        (instance, answer)
        for instance, answer in zip(nulls, raw.ask_all(calls_of(nulls)), strict=True)
        if refusal(answer)[:2] == (INVALID_PARAMS, instance["path"])
        and refusal(answer)[2] in SHAPE_REASONS - {"required"}
    ]
    assert not refused
    assert len(nulls) > 50


# Where the schema says less than the service asks: right by the schema, and refused all the same.
SAID_LESS: list[tuple[str, dict[str, Any], str, str]] = [
    # Seven digits count to 2^35, and counters to 2^32.
    ("project.get", {"project_id": "prj_zzzzzzz"}, "project_id", "bad_format"),
    ("guest.get", {"guest_id": "gst_zzzzzzz"}, "guest_id", "bad_format"),
    ("outbox.claim", {"sender": "snd_0"}, "sender", "bad_format"),
    # Any five words, and any texts.
    (
        "campaign.create",
        {
            "project_id": "prj_1", "name": "A", "chatflow_id": "flw_1",
            "trigger_type": "recurring", "schedule": {"cron": "a b c d e"},
        },
        "schedule.cron",
        "bad_format",
    ),
    # Cells of guest lists, of which a wrong one refuses its row alone.
    ("guest.create", {"project_id": "prj_1", "tags": ["x" * 65]}, "tags[0]", "too_long"),
    # Spans that must not be negative.
    (
        "campaign.create",
        {
            "project_id": "prj_1", "name": "A", "chatflow_id": "flw_1",
            "retry": {"unknown": {"policy": "fail", "after": "-1h"}},
        },
        "retry.unknown.after",
        "too_short",
    ),
]  # fmt: skip


def test_where_the_schema_says_less_than_the_service_asks(raw: RawSocket) -> None:
    for method, params, path, reason in SAID_LESS:
        expected = (INVALID_PARAMS, f"params.{path}", reason)
        assert refusal(raw.ask(method, params)) == expected, (method, params)
