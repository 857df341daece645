"""A campaign that is kept up to date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from .campaign_state import CampaignChange, CampaignState, Steps
from .deadline import Deadline
from .errors import EventsLostError
from .events import EventStream, StatisticsStream
from .following import HEARTBEAT_SECONDS, EventPlace, StatisticsPlace
from .generated.types import CampaignStatsView, CampaignView, ExecutionItem
from .transactor import Transactor

# Events that one change takes at most, so that a busy campaign is shown while it goes.
EVENTS_AT_ONCE = 2000


class CampaignFeed:
    """The live state of a campaign: itself, its statistics, its executions.

        with client.campaign_feed("cmp_1") as feed:
            for change in feed:
                print(feed.statistics.executions, change.executions)

    It reads everything once, then follows events and statistics, and reads anew what they touch.
    """

    def __init__(
        self,
        client: Transactor,
        campaign_id: str,
        *,
        with_executions: bool = True,
        every: str | None = None,
    ) -> None:
        self._client = client
        self._state = CampaignState(campaign_id, with_executions)
        self._events = EventStream(client, EventPlace(None, campaign_id, None, None))
        self._statistics = StatisticsStream(client, StatisticsPlace(campaign_id, every))
        self._change = CampaignChange()
        self._is_loaded = False
        self._is_stale = False

    @property
    def campaign(self) -> CampaignView:
        """The campaign."""
        self._load_once()
        assert self._state.campaign
        return self._state.campaign

    @property
    def statistics(self) -> CampaignStatsView:
        """Its numbers."""
        self._load_once()
        assert self._state.statistics
        return self._state.statistics

    @property
    def executions(self) -> dict[str, ExecutionItem]:
        """Its executions by identifier; empty where they are not followed."""
        self._load_once()
        return self._state.executions

    def __enter__(self) -> Self:
        self._load_once()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[CampaignChange]:
        return self

    def __next__(self) -> CampaignChange:
        while True:
            change = self.update(HEARTBEAT_SECONDS)
            if change:
                return change
            self._events.check()

    def update(self, timeout: float) -> CampaignChange | None:
        """Waits for a change and takes it over; None where none comes in this time."""
        self._load_once()
        deadline = Deadline(timeout)
        while True:
            self._take()
            if self._change:
                change, self._change = self._change, CampaignChange()
                return change
            if not self._wait(deadline):
                return None

    def close(self) -> None:
        """Ends the subscriptions."""
        self._events.close()
        self._statistics.close()

    def _load_once(self) -> None:
        if not self._is_loaded:
            # Events from before the reading are read twice rather than not at all.
            event = self._events.take()
            if event:
                self._change.events.append(event)
            self._run(self._state.load())
            self._is_loaded = True

    def _take(self) -> None:
        """Adds to the change what is there. Where a call fails, what was added stays for later."""
        change = self._change
        try:
            while len(change.events) < EVENTS_AT_ONCE and (event := self._events.take()):
                change.events.append(event)
                self._state.note(event)
        except EventsLostError:
            change.is_reloaded = self._is_stale = True
        if self._is_stale:
            self._run(self._state.load())
            self._is_stale = False
        self._run(self._state.refresh(change))
        statistics = self._statistics.take()
        if statistics:
            self._state.put_statistics(statistics, change)

    def _wait(self, deadline: Deadline) -> bool:
        return self._events.wait_with(self._statistics, deadline)

    def _run(self, steps: Steps) -> None:
        """Makes the calls that the state asks for."""
        try:
            wanted = next(steps)
            while True:
                wanted = steps.send(self._client.outcomes(wanted))
        except StopIteration:
            return
        finally:
            steps.close()
