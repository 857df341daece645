"""The live state of a campaign: what has to be read anew after which event."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final, TypeAlias

from .call import Call
from .errors import RefusedError
from .generated import calls
from .generated.errors import NotFoundError
from .generated.types import (
    CampaignStatsView,
    CampaignView,
    Event,
    ExecutionItem,
    ExecutionItemPage,
    ExecutionView,
)

# From so many changed executions on the list is read, which brings 500 of them a page.
LIST_INSTEAD: Final = 500
PAGE: Final = 500

Outcome: TypeAlias = Any
"""A result, or the `RefusedError` in its place."""

Steps: TypeAlias = Generator[Sequence[Call[Any]], Sequence[Outcome], None]
"""Calls to be made in a batch, which want their outcomes before the next ones."""


@dataclass(slots=True)
class CampaignChange:
    """What is different since the change before."""

    events: list[Event] = field(default_factory=list)
    """What happened; not all of it where `is_reloaded`."""
    executions: set[str] = field(default_factory=set)
    """The executions that are other ones now; those that are gone are not in `executions`."""
    has_campaign: bool = False
    """Whether the campaign itself is another one now."""
    has_statistics: bool = False
    """Whether the numbers are other ones now."""
    is_reloaded: bool = False
    """Whether events were lost, and everything was read anew."""

    def __bool__(self) -> bool:
        return bool(
            self.events or self.executions or self.has_campaign or self.has_statistics
            or self.is_reloaded
        )  # fmt: skip


class CampaignState:
    """A campaign, its statistics and its executions, as far as they were read."""

    def __init__(self, campaign_id: str, with_executions: bool) -> None:
        self.campaign_id = campaign_id
        self.campaign: CampaignView | None = None
        self.statistics: CampaignStatsView | None = None
        self.executions: dict[str, ExecutionItem] = {}
        self._with_executions = with_executions
        self._changed: set[str] = set()
        self._has_campaign = False

    def note(self, event: Event) -> None:
        """Notes what an event has made old."""
        if event.kind.startswith("campaign_"):
            self._has_campaign = True
        if event.execution_id is not None and self._with_executions:
            self._changed.add(event.execution_id)

    def load(self) -> Steps:
        """Reads everything."""
        self._changed.clear()
        self._has_campaign = False
        campaign, statistics = yield [
            calls.campaigns.get(self.campaign_id),
            calls.stats.campaign(self.campaign_id),
        ]
        self.campaign, self.statistics = _result(campaign), _result(statistics)
        if self._with_executions:
            yield from self._list()

    def refresh(self, change: CampaignChange) -> Steps:
        """Reads what events have made old, and the numbers with it, so that they agree."""
        if self._has_campaign:
            (campaign,) = yield [calls.campaigns.get(self.campaign_id)]
            self.campaign = _result(campaign)
            self._has_campaign, change.has_campaign = False, True
        if len(self._changed) > LIST_INSTEAD:
            yield from self._list()
        elif self._changed:
            names = sorted(self._changed)
            outcomes = yield [calls.executions.get(name) for name in names]
            for name, outcome in zip(names, outcomes, strict=True):
                self._put(name, outcome)
        change.executions |= self._changed
        self._changed.clear()
        if change.events:
            (statistics,) = yield [calls.stats.campaign(self.campaign_id)]
            self.put_statistics(_result(statistics), change)

    def put_statistics(self, found: CampaignStatsView, change: CampaignChange) -> None:
        """Takes numbers over that are newer, and other ones."""
        known = self.statistics
        if known and found.as_of.sequence < known.as_of.sequence:
            return
        if known is None or replace(known, as_of=found.as_of) != found:
            change.has_statistics = True
        self.statistics = found

    def _list(self) -> Steps:
        found: dict[str, ExecutionItem] = {}
        call = calls.executions.list(self.campaign_id, limit=PAGE)
        while True:
            (outcome,) = yield [call]
            page: ExecutionItemPage = _result(outcome)
            found.update((item.id, item) for item in page.items)
            if not page.next_cursor:
                break
            call = call.with_cursor(page.next_cursor)
        self.executions = found

    def _put(self, name: str, outcome: Outcome) -> None:
        if isinstance(outcome, NotFoundError):
            self.executions.pop(name, None)
            return
        view: ExecutionView = _result(outcome)
        self.executions[name] = as_item(view)


def as_item(view: ExecutionView) -> ExecutionItem:
    """An execution as lists have it."""
    names = (each.name for each in fields(ExecutionItem) if each.name != "unknown_members")
    item = ExecutionItem(**{name: getattr(view, name) for name in names})
    # What only a view has is known; all else may be an item's, too.
    only = ExecutionView.record_shape.names - ExecutionItem.record_shape.names
    item.unknown_members = {
        name: each for name, each in view.unknown_members.items() if name not in only
    }
    return item


def _result(outcome: Outcome) -> Any:
    if isinstance(outcome, RefusedError):
        raise outcome
    return outcome
