"""A campaign that is kept up to date, for asyncio."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Self

from .async_events import AsyncEventStream, AsyncStatisticsStream
from .async_transactor import AsyncTransactor
from .campaign_state import CampaignChange, CampaignState, Steps
from .deadline import Deadline
from .errors import EventsLostError, OperationCenterError
from .following import HEARTBEAT_SECONDS, EventPlace, StatisticsPlace
from .generated.types import CampaignStatsView, CampaignView, ExecutionItem

# Events that one change takes at most, so that a busy campaign is shown while it goes.
EVENTS_AT_ONCE = 2000


class AsyncCampaignFeed:
    """The live state of a campaign: itself, its statistics, its executions.

        async with client.campaign_feed("cmp_1") as feed:
            async for change in feed:
                print(feed.statistics.executions, change.executions)

    It reads everything once, then follows events and statistics, and reads anew what they touch.
    """

    def __init__(
        self,
        client: AsyncTransactor,
        campaign_id: str,
        *,
        with_executions: bool = True,
        every: str | None = None,
    ) -> None:
        self._client = client
        self._state = CampaignState(campaign_id, with_executions)
        news = asyncio.Event()
        self._events = AsyncEventStream(client, EventPlace(None, campaign_id, None, None), news)
        self._statistics = AsyncStatisticsStream(client, StatisticsPlace(campaign_id, every), news)
        self._change = CampaignChange()
        self._is_loaded = False
        self._is_stale = False

    @property
    def campaign(self) -> CampaignView:
        """The campaign."""
        found = self._state.campaign
        if found is None:
            raise OperationCenterError("the feed is not open: use `async with`, or update")
        return found

    @property
    def statistics(self) -> CampaignStatsView:
        """Its numbers."""
        found = self._state.statistics
        if found is None:
            raise OperationCenterError("the feed is not open: use `async with`, or update")
        return found

    @property
    def executions(self) -> dict[str, ExecutionItem]:
        """Its executions by identifier; empty where they are not followed."""
        return self._state.executions

    async def __aenter__(self) -> Self:
        await self._load_once()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def __aiter__(self) -> AsyncIterator[CampaignChange]:
        return self

    async def __anext__(self) -> CampaignChange:
        while True:
            change = await self.update(HEARTBEAT_SECONDS)
            if change:
                return change
            await self._events.check()

    async def update(self, timeout: float) -> CampaignChange | None:
        """Waits for a change and takes it over; None where none comes in this time."""
        await self._load_once()
        deadline = Deadline(timeout)
        while True:
            await self._take()
            if self._change:
                change, self._change = self._change, CampaignChange()
                return change
            if not await self._wait(deadline):
                return None

    async def close(self) -> None:
        """Ends the subscriptions."""
        await self._events.close()
        await self._statistics.close()

    async def _load_once(self) -> None:
        if not self._is_loaded:
            # Events from before the reading are read twice rather than not at all.
            event = await self._events.take()
            if event:
                self._change.events.append(event)
            await self._run(self._state.load())
            self._is_loaded = True

    async def _take(self) -> None:
        """Adds to the change what is there. Where a call fails, what was added stays for later."""
        change = self._change
        try:
            while len(change.events) < EVENTS_AT_ONCE and (event := await self._events.take()):
                change.events.append(event)
                self._state.note(event)
        except EventsLostError:
            change.is_reloaded = self._is_stale = True
        if self._is_stale:
            await self._run(self._state.load())
            self._is_stale = False
        await self._run(self._state.refresh(change))
        statistics = await self._statistics.take()
        if statistics:
            self._state.put_statistics(statistics, change)

    async def _wait(self, deadline: Deadline) -> bool:
        return await self._events.wait_with(self._statistics, deadline)

    async def _run(self, steps: Steps) -> None:
        """Makes the calls that the state asks for."""
        try:
            wanted = next(steps)
            while True:
                wanted = steps.send(await self._client.outcomes(wanted))
        except StopIteration:
            return
        finally:
            steps.close()
