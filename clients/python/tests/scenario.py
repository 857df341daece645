"""A small campaign: an invitation with two buttons, an answer, two ends."""

from __future__ import annotations

from typing import Any

from operation_center import calls, types
from operation_center.call import Call

NODES: list[dict[str, Any]] = [
    {"id": "start", "type": "trigger", "data": {}},
    {
        "id": "invite",
        "type": "send_template",
        "data": {
            "template": "invitation",
            "parameters": {"guest_name": "{{guest.name}}"},
            "buttons": [{"handle": "yes"}, {"handle": "no"}],
        },
    },
    {
        "id": "answer",
        "type": "wait_reply",
        "data": {
            "timeout": "24h",
            "replies": [
                {"handle": "yes", "title": {"*": "Yes"}, "keywords": ["yes"]},
                {"handle": "no", "title": {"*": "No"}, "keywords": ["no"]},
            ],
        },
    },
    {"id": "coming", "type": "end", "data": {"outcome": "coming"}},
    {"id": "not_coming", "type": "end", "data": {"outcome": "not_coming"}},
]
EDGES = [
    ("start", None, "invite"),
    ("invite", None, "answer"),
    ("answer", "yes", "coming"),
    ("answer", "no", "not_coming"),
    ("answer", "timeout", "not_coming"),
    ("answer", None, "not_coming"),
]


def sender() -> Call[types.SenderView]:
    return calls.senders.create("Weddings", phone="+6281100000001", stop_words=["stop"])


def project(sender_id: str) -> Call[types.ProjectView]:
    return calls.projects.create(
        sender_id, name="A and B", time_zone="Asia/Jakarta", calling_code="62", languages=["en"]
    )


def template(project_id: str) -> Call[types.TemplateView]:
    return calls.templates.create(
        project_id,
        name="invitation",
        category=types.TemplateCategory.MARKETING,
        variants=[
            types.TemplateVariant.from_json(
                {
                    "language": "en",
                    "body": "Dear {{guest_name}}, will you come?",
                    "buttons": [
                        {"handle": "yes", "title": "Yes"},
                        {"handle": "no", "title": "No"},
                    ],
                }
            )
        ],
    )


def approval(project_id: str) -> Call[types.TemplateView]:
    return calls.templates.report_status(
        project_id, name="invitation", language="en", status="approved"
    )


def chatflow(project_id: str) -> Call[types.ChatflowSummary]:
    return calls.chatflows.create(
        project_id,
        name="RSVP",
        nodes=[types.ChatflowNode.from_json(node) for node in NODES],
        edges=[
            types.ChatflowEdge.from_json(
                {"id": f"e{number}", "source": source, "target": target}
                | ({"sourceHandle": handle} if handle else {})
            )
            for number, (source, handle, target) in enumerate(EDGES)
        ],
    )


def guests(project_id: str, count: int) -> Call[types.GuestImportResult]:
    return calls.guests.import_(
        project_id,
        rows=[
            types.GuestRow(name=f"Guest {number}", phone=f"0812-3{number:07}")
            for number in range(count)
        ],
    )


def campaign(project_id: str, chatflow_id: str) -> Call[types.CampaignView]:
    return calls.campaigns.create(project_id, name="Invitations", chatflow_id=chatflow_id)
