"""Where a follower of events stands, whatever carries them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from .call import Call
from .errors import EventsLostError, OperationCenterError, RefusedError, ShapeError
from .generated import calls
from .generated.errors import GoneError, InvalidParamsError
from .generated.types import (
    CampaignStatsView,
    Event,
    EventKindValue,
    EventSubscription,
    LaggedData,
    StatsSubscription,
)
from .values import ABSENT, JSONObject

# So long nothing may come before the service is asked whether it is there, and so long it may
# take to say so. A service that hangs is found out within their sum.
HEARTBEAT_SECONDS: Final = 15.0
HEARTBEAT_TIMEOUT: Final = 15.0

# A service that was killed reads its journal first; then it goes on.
RECONNECT_SECONDS: Final = 60.0


class EventPlace:
    """What is asked for, and the last event that was seen."""

    def __init__(
        self,
        project_id: str | None,
        campaign_id: str | None,
        kinds: Sequence[EventKindValue] | None,
        after_sequence: int | None,
    ) -> None:
        self._project_id, self._campaign_id, self._kinds = project_id, campaign_id, kinds
        self.sequence = after_sequence
        """The last event seen; whoever starts again with it misses nothing."""
        self._was_subscribed = False

    def call(self) -> Call[EventSubscription]:
        """The call that goes on from here."""
        return calls.events.subscribe(
            project_id=_given(self._project_id),
            campaign_id=_given(self._campaign_id),
            kinds=_given(self._kinds),
            after_sequence=_given(self.sequence),
        )

    def subscribed(self, subscription: EventSubscription) -> None:
        """Notes where a subscription began."""
        self._was_subscribed = True
        if self.sequence is None:
            self.sequence = subscription.sequence

    def refused(self, error: RefusedError) -> OperationCenterError:
        """What a refusal to go on from here means."""
        after = self.sequence or 0
        if isinstance(error, GoneError) and error.data:
            self.sequence = max(after, error.data.oldest_sequence - 1)
            return EventsLostError("gone", after, self.sequence, None)
        is_reset = (
            isinstance(error, InvalidParamsError)
            and error.data is not None
            and error.data.path == "params.after_sequence"
        )
        if is_reset and self._was_subscribed:
            # It never had what was seen: it has begun anew, and all of its events are new.
            self.sequence = 0
            return EventsLostError("reset", after, 0, None)
        return error

    def take(self, params: JSONObject) -> Event | None:
        """The event of a notification; None where it was seen before."""
        event = read_event(params)
        after = self.sequence or 0
        if event.sequence <= after:
            return None
        self.sequence = event.sequence
        if isinstance(event.data, LaggedData):
            self.sequence = event.data.resume_after
            raise EventsLostError("lagged", after, self.sequence, event.data.missed)
        return event


class StatisticsPlace:
    """What is asked for; of statistics only the newest count."""

    def __init__(self, campaign_id: str, every: str | None) -> None:
        self._campaign_id, self._every = campaign_id, every

    def call(self) -> Call[StatsSubscription]:
        """The call that subscribes."""
        return calls.stats.subscribe(self._campaign_id, every=_given(self._every))

    def take(self, params: JSONObject) -> CampaignStatsView:
        """The statistics of a notification."""
        return CampaignStatsView.from_json(params.get("statistics"))


def read_event(params: JSONObject) -> Event:
    """The event of a notification; one whose data are other than expected is a plain `Event`."""
    members = {name: value for name, value in params.items() if name != "subscription_id"}
    event: Event
    try:
        event = Event.from_json(members)
    except ShapeError:
        event = Event.record_shape.decode(members)
    return event


def _given(value: Any) -> Any:
    return ABSENT if value is None else value
