"""Events and statistics as iterators, which go on over a new connection by themselves."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any, Generic, Self, TypeVar

from .call import Call
from .connection import Connection
from .deadline import Deadline
from .errors import CallTimeoutError, ConnectionLostError, OperationCenterError, RefusedError
from .following import (
    HEARTBEAT_SECONDS,
    HEARTBEAT_TIMEOUT,
    RECONNECT_SECONDS,
    EventPlace,
    StatisticsPlace,
)
from .generated import calls
from .generated.types import CampaignStatsView, Event
from .session import Inbox
from .transactor import Transactor
from .values import JSONObject

Value = TypeVar("Value")


class Follower(Generic[Value]):
    """A subscription that is renewed where it ends."""

    def __init__(self, client: Transactor) -> None:
        self._client = client
        self._connection: Connection | None = None
        self._inbox: Inbox | None = None
        self._id = ""

    def __iter__(self) -> Iterator[Value]:
        return self

    def __next__(self) -> Value:
        while True:
            found = self.next(HEARTBEAT_SECONDS)
            if found is not None:
                return found
            self.check()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def next(self, timeout: float) -> Value | None:
        """The next one; None where none comes in this time."""
        deadline = Deadline(timeout)
        while True:
            found = self.take()
            if found is not None:
                return found
            if not self.wait(deadline):
                return None

    def take(self) -> Value | None:
        """One that is there already; subscribes where there is no subscription."""
        while True:
            if self._inbox is None or not (self._inbox.items or self._inbox.is_open):
                self._subscribe()
            assert self._inbox
            if not self._inbox.items:
                if self._inbox.is_open:
                    return None
                continue
            found = self._taken(self._inbox.items.popleft())
            if found is not None:
                return found

    @property
    def has_news(self) -> bool:
        """Whether there is something to take, or to subscribe anew for."""
        return self._inbox is None or bool(self._inbox.items) or not self._inbox.is_open

    def wait(self, deadline: Deadline) -> bool:
        """Waits for news; False where none come in time."""
        return self.wait_with(self, deadline)

    def wait_with(self, other: Follower[Any], deadline: Deadline) -> bool:
        """Waits for news of either."""
        if self._connection is None:
            return True
        try:
            return self._connection.wait(lambda: self.has_news or other.has_news, deadline)
        except ConnectionLostError:
            return True

    def check(self) -> None:
        """Finds out whether the service is still there; a connection that is dead is given up."""
        try:
            self._client.call(calls.system.ping(), timeout=HEARTBEAT_TIMEOUT)
        except CallTimeoutError:
            if self._connection:
                self._connection.give_up()
        except ConnectionLostError:
            return  # Whoever takes the next one subscribes anew, and is more patient.

    def close(self) -> None:
        """Ends the subscription."""
        connection, self._connection = self._connection, None
        inbox, self._inbox = self._inbox, None
        if connection and inbox and not connection.is_lost:
            connection.session.forget_inbox(self._id)
            with contextlib.suppress(OperationCenterError):
                self._client.call(self._ending(self._id))

    def _subscribe(self) -> None:
        self.close()
        try:
            connection, subscription = self._client.placed(self._beginning(), RECONNECT_SECONDS)
        except RefusedError as error:
            raise self._refused(error) from error
        self._connection = connection
        self._id = subscription.subscription_id
        self._inbox = connection.session.inbox(self._id)
        self._subscribed(subscription)

    def _lost(self) -> None:
        """The service has ended this subscription by itself."""
        if self._connection:
            self._connection.session.forget_inbox(self._id)
        self._connection = self._inbox = None

    # What kinds of followers do differently

    def _beginning(self) -> Call[Any]:
        raise NotImplementedError

    def _ending(self, subscription: str) -> Call[Any]:
        raise NotImplementedError

    def _taken(self, params: JSONObject) -> Value | None:
        raise NotImplementedError

    def _subscribed(self, subscription: Any) -> None:
        """Notes where the subscription began."""

    def _refused(self, error: RefusedError) -> OperationCenterError:
        return error


class EventStream(Follower[Event]):
    """Events in order, without a gap: after a lost connection from the last one seen.

    Where events are lost it raises `EventsLostError`, and can be asked on: it goes on after them.
    """

    def __init__(self, client: Transactor, place: EventPlace) -> None:
        super().__init__(client)
        self._place = place

    @property
    def sequence(self) -> int | None:
        """The last event seen: a later stream goes on from it as `after_sequence`."""
        return self._place.sequence

    def _beginning(self) -> Call[Any]:
        return self._place.call()

    def _ending(self, subscription: str) -> Call[Any]:
        return calls.events.unsubscribe(subscription)

    def _taken(self, params: JSONObject) -> Event | None:
        try:
            return self._place.take(params)
        except OperationCenterError:
            self._lost()
            raise

    def _subscribed(self, subscription: Any) -> None:
        self._place.subscribed(subscription)

    def _refused(self, error: RefusedError) -> OperationCenterError:
        return self._place.refused(error)


class StatisticsStream(Follower[CampaignStatsView]):
    """The statistics of a campaign as they change; the newest only."""

    def __init__(self, client: Transactor, place: StatisticsPlace) -> None:
        super().__init__(client)
        self._place = place

    def _beginning(self) -> Call[Any]:
        return self._place.call()

    def _ending(self, subscription: str) -> Call[Any]:
        return calls.stats.unsubscribe(subscription)

    def _taken(self, params: JSONObject) -> CampaignStatsView | None:
        if self._inbox and self._inbox.items:
            return None  # There is a newer one.
        return self._place.take(params)
