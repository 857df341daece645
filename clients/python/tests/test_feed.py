"""The live state of a campaign, compared with what the service says at the end."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import scenario
from conftest import program
from operation_center import AsyncClient, CampaignChange, CampaignFeed, Client, types
from operation_center.campaign_state import CampaignState, as_item
from service import LIMIT, Service

GUESTS = 60
FAST = ("--clock-rate", "100000")


def prepare(call: Callable[[Any], Any]) -> str:
    """A campaign that is ready to be started."""
    sender = call(scenario.sender())
    project = call(scenario.project(sender.id))
    call(scenario.template(project.id))
    call(scenario.approval(project.id))
    flow = call(scenario.chatflow(project.id))
    call(scenario.guests(project.id, GUESTS))
    campaign: types.CampaignView = call(scenario.campaign(project.id, flow.id))
    return campaign.id


def run_to_the_end(client: Client, feed: CampaignFeed) -> None:
    for change in feed:
        assert change
        if feed.campaign.status == types.CampaignStatus.COMPLETED:
            break
    assert feed.statistics.status == types.CampaignStatus.COMPLETED
    assert sum(feed.statistics.executions.values()) == GUESTS
    listed = {each.id: each for each in client.executions.list_items(feed.campaign.id)}
    assert feed.executions == listed
    for status, count in feed.statistics.executions.items():
        assert sum(each.status == status for each in listed.values()) == count


def test_a_feed_follows_a_campaign_to_its_end() -> None:
    with Client.spawn(
        program(), arguments=["--memory", *FAST], stderr=subprocess.DEVNULL, timeout=LIMIT
    ) as client:
        campaign = prepare(client.call)
        with client.campaign_feed(campaign, every="100ms") as feed:
            assert feed.campaign.status is types.CampaignStatus.DRAFT
            assert feed.executions == {}
            client.campaigns.start(campaign)
            run_to_the_end(client, feed)


def test_a_feed_goes_on_after_the_service_was_killed(tmp_path: Path) -> None:
    with (
        Service(program(), tmp_path, tmp_path / "data", FAST) as service,
        Client.connect(
            address_file=service.address_file, token_file=service.token_file, timeout=LIMIT
        ) as client,
    ):
        campaign = prepare(client.call)
        with client.campaign_feed(campaign) as feed:
            client.campaigns.start(campaign)
            for _ in range(3):
                assert feed.update(LIMIT)
                service.kill()
                service.start()
            run_to_the_end(client, feed)


def test_a_long_list_is_read_in_pages() -> None:
    state = CampaignState("cmp_1", with_executions=True)
    state._changed = {f"exe_{number}" for number in range(501)}
    steps = state.refresh(CampaignChange())
    (call,) = next(steps)
    assert call.method.name == "execution.list"
    page: Any = types.ExecutionItemPage(items=[], next_cursor="c")
    (call,) = steps.send([page])
    assert call.arguments["cursor"] == "c"


def test_a_feed_for_asyncio() -> None:
    async def run() -> None:
        async with AsyncClient.spawn(
            program(), arguments=["--memory", *FAST], stderr=subprocess.DEVNULL, timeout=LIMIT
        ) as client:
            campaign = await prepared(client)
            async with client.campaign_feed(campaign, every="100ms") as feed:
                await client.campaigns.start(campaign)
                async for change in feed:
                    assert change
                    if feed.campaign.status == types.CampaignStatus.COMPLETED:
                        break
                listed = {e.id: e async for e in client.executions.list_items(campaign)}
                assert len(listed) == GUESTS
                assert feed.executions == listed

    asyncio.run(asyncio.wait_for(run(), 3 * LIMIT))


async def prepared(client: AsyncClient) -> str:
    sender = await client.call(scenario.sender())
    project = await client.call(scenario.project(sender.id))
    await client.call(scenario.template(project.id))
    await client.call(scenario.approval(project.id))
    flow = await client.call(scenario.chatflow(project.id))
    await client.call(scenario.guests(project.id, GUESTS))
    return (await client.call(scenario.campaign(project.id, flow.id))).id


def test_an_execution_is_an_item_of_lists(client: Client) -> None:
    campaign = prepare(client.call)
    client.campaigns.start(campaign)
    with client.campaign_feed(campaign) as feed:
        while len(feed.executions) < GUESTS:
            assert feed.update(LIMIT)
        name = next(iter(feed.executions))
        view = client.executions.get(name)
        assert as_item(view).guest == feed.executions[name].guest
