"""From nothing to a finished campaign: 500 guests are invited, and answer.

    pip install ./clients/python
    python3 clients/tutorials/wedding.py

The program `opcenter` must be on the path.
"""

import csv
import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from operation_center import Client, types

SAMPLES = Path(__file__).parents[1] / "samples"
PUNCTUAL = Path(__file__).with_name("punctual.json")

# A service of our own, that ends with the block. Its clock is ours: it begins in November, and a
# day passes in a second. The gateway of a sender is a simulator unless you say otherwise, so nobody
# gets a message; the seed decides what its guests do.
with tempfile.TemporaryDirectory() as folder, Client.spawn(
    data=f"{folder}/wedding",
    arguments=[
        "--clock-start", "2026-11-01T03:00:00Z", "--clock-rate", "86400",
        "--simulator", str(PUNCTUAL), "--seed", "7",
    ],
) as client:  # fmt: skip
    print("1. The service")
    print(f"{client.system.info().name} answers.")

    print("2. The sender and the project")
    # A sender is a business number. A project is one wedding; all else hangs on it. The time zone
    # says when it is night, and the calling code completes numbers that are written without one.
    sender = client.senders.create("Weddings Jakarta", phone="+6281100000001")
    project = client.projects.create(
        sender.id,
        name="Wedding of Anjali and Bima",
        time_zone="Asia/Jakarta",
        calling_code="62",
        languages=["en", "hi", "id"],
        quiet_hours=types.QuietHours(from_="21:00", to="08:00"),
        events=[
            types.ProjectEvent(
                key="wedding", name="Wedding", starts_at=datetime(2026, 12, 12, 3, tzinfo=UTC)
            )
        ],
        fields={"card_url": "https://cards.example/anjali-and-bima.jpg"},
    )
    print(f"{project.name} is {project.id}, and {sender.name} writes for it.")

    print("3. The templates")
    # Whoever has not written within a day gets only texts that WhatsApp has approved. Here they
    # are recorded with their approval; `template.sync` takes over those of a real account.
    sample = json.loads((SAMPLES / "rsvp.chatflow.json").read_text(encoding="utf-8"))
    for template in sample["templates"]:
        variants = [types.TemplateVariant.from_json(each) for each in template["variants"]]
        saved = client.templates.create(
            project.id, name=template["name"], category=template["category"], variants=variants
        )
        print(f"{saved.name}: {', '.join(f'{each.language} {each.status}' for each in variants)}")

    print("4. The guests")
    # A list as people keep it. The service reads the numbers and says of each row what became of
    # it: one that cannot be used is refused alone.
    with (SAMPLES / "guests.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [
            types.GuestRow(
                external_id=row["external_id"] or None,
                name=row["name"] or None,
                phone=row["phone"],
                category=row["category"] or None,
                language=row["language"] or None,
                time_zone=row["time_zone"] or None,
                party_size=row["party_size"] or None,
                subscription="opted_out" if row["opted_out"] == "yes" else None,
            )
            for row in csv.DictReader(file)
        ]
    imported = client.guests.import_(project.id, rows=rows)
    refused = [each.error for each in imported.items if each.error]
    print(f"{imported.counts.created} guests, {imported.counts.refused} rows refused:")
    for fault in refused[:3]:
        print(f"  {fault.path}: {fault.message}")

    print("5. The chatflow")
    # The way of every guest: an invitation with three buttons, a form for those who come, a
    # reminder for those who cannot say yet. One guest's walk through it is an execution. An error
    # in the graph would refuse it, a warning is advice.
    nodes = [types.ChatflowNode.from_json(each) for each in sample["nodes"]]
    edges = [types.ChatflowEdge.from_json(each) for each in sample["edges"]]
    for issue in client.chatflows.validate(project.id, nodes=nodes, edges=edges).issues:
        print(f"{issue.severity} at {issue.node}: {issue.message}")
    chatflow = client.chatflows.create(project.id, name="RSVP", nodes=nodes, edges=edges)

    print("6. The campaign, before it starts")
    # A campaign is one chatflow for the guests that a filter matches, here for all. The check
    # finds what would stop the start, the preview who would be left out.
    campaign = client.campaigns.create(project.id, name="Invitations", chatflow_id=chatflow.id)
    readiness = client.campaigns.check(campaign.id)
    preview = client.guests.preview(project.id, chatflow_id=chatflow.id)
    print(f"ready: {readiness.ready}")
    for issue in readiness.issues:
        if issue.node is None:  # The others are those of the chatflow.
            print(f"{issue.severity}: {issue.message}")
    print(f"{preview.eligible} of {preview.matched} can be invited, left out: {preview.left_out}")

    print("7. The campaign, while it goes")
    # Nothing starts if the number of guests has changed since it was shown. The events are followed
    # from the preview on, so that none is missed, however fast it goes.
    events = client.follow(
        campaign_id=campaign.id,
        kinds=["campaign_status_changed", "execution_ended"],
        after_sequence=preview.as_of.sequence,
    )
    client.campaigns.start(campaign.id, expected_eligible=preview.eligible)
    through = 0
    for event in events:
        match event:
            case types.ExecutionEndedEvent(data=ended) if ended.status == "completed":
                through += 1
                if through % 100 == 0:
                    print(f"{through} guests have answered, or will not any more")
            case types.CampaignStatusChangedEvent(data=change):
                print(f"{change.from_} → {change.to}")
                if change.to == "completed":
                    break

    print("8. What came of it")
    # How many guests entered each step, and how many went on from it.
    statistics = client.stats.campaign(campaign.id)
    for step in statistics.funnel:
        print(f"{step.node_id:14}{step.entered:4} entered {step.passed:4} passed")
    print(f"answers: {statistics.rsvp.guests}")
    print(f"{statistics.rsvp.heads.attending} of {statistics.rsvp.heads.invited} people come.")

    print("9. Who comes")
    # Any list can be narrowed by a condition. The form has saved the menu as a field of the guest.
    coming = types.GuestFilter(query="category = vip AND rsvp = attending AND fields.menu = veg")
    for guest in client.guests.list_items(project.id, guest_filter=coming):
        print(f"{guest.name}: {guest.attending_count}")
