"""Calls under way in the plain client: alone, many at once, in batches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, Protocol, Self

from .batch import BatchedCalls
from .call import Call, PreparedCall, Result
from .connection import Connection, UnsentError
from .deadline import Deadline
from .errors import ClientClosedError, ConnectionLostError
from .session import Reply
from .values import JSONValue


class Connected(Protocol):
    """A client, seen from its calls."""

    timeout: float

    def connection(self, deadline: Deadline) -> Connection:
        """The open connection, or a new one."""
        ...


def ask(connection: Connection, call: Call[Any], deadline: Deadline) -> JSONValue:
    """One call on this very connection, and its answer as it came."""
    prepared = call.prepared()
    try:
        (reply,) = connection.request([prepared], False, deadline)
    except UnsentError as unsent:
        raise unsent.lost.fresh() from None
    if not connection.wait(lambda: reply.is_done, deadline):
        connection.cancel([reply])
        raise prepared.timed_out(deadline.seconds)
    if reply.error:
        raise reply.error
    return reply.result


class Exchange:
    """Calls in one frame, sent again over a new connection where that is safe."""

    def __init__(
        self,
        client: Connected,
        prepared: Sequence[PreparedCall[Any]],
        is_batch: bool,
        deadline: Deadline,
    ) -> None:
        self._client, self._calls, self._is_batch = client, prepared, is_batch
        self._deadline = deadline
        self._may_repeat = all(call.may_repeat for call in prepared)
        self._connection: Connection | None = None
        self._replies: list[Reply] = []
        self._send()

    @property
    def is_done(self) -> bool:
        """Whether `replies` will not wait."""
        return all(reply.is_done for reply in self._replies)

    def replies(self) -> list[Reply]:
        """Waits for all answers."""
        while True:
            try:
                self._wait()
                return self._replies
            except ConnectionLostError:
                self._again()

    @property
    def connection(self) -> Connection:
        """Where it was sent."""
        assert self._connection
        return self._connection

    def cancel(self) -> None:
        """Gives up what is not answered yet."""
        self.connection.cancel(self._replies)

    def _send(self) -> None:
        while True:
            self._connection = self._client.connection(self._deadline)
            try:
                self._replies = self._connection.request(
                    self._calls, self._is_batch, self._deadline
                )
                return
            except UnsentError as unsent:
                if self._deadline.has_passed:
                    raise self._calls[0].lost(unsent.lost) from None
            except ConnectionLostError:
                self._check_repeat()

    def _wait(self) -> None:
        try:
            is_done = self.connection.wait(lambda: self.is_done, self._deadline)
        except KeyboardInterrupt:
            self.cancel()
            raise
        if not is_done:
            self.cancel()
            raise self._calls[0].timed_out(self._deadline.seconds)
        for reply in self._replies:
            if isinstance(reply.error, ConnectionLostError):
                raise reply.error

    def _again(self) -> None:
        self._check_repeat()
        self._send()

    def _check_repeat(self) -> None:
        """Raises what is being handled, where the calls must not be made again."""
        lost = self.connection.session.lost
        can_repeat = self._may_repeat and not isinstance(lost, ClientClosedError)
        if lost and (not can_repeat or self._deadline.has_passed):
            raise self._calls[0].lost(lost) from None


class PendingCall(Generic[Result]):
    """A call under way."""

    def __init__(self, prepared: PreparedCall[Result], exchange: Exchange) -> None:
        self._prepared, self._exchange = prepared, exchange

    @property
    def is_done(self) -> bool:
        """Whether `result` will not wait. It reads nothing: only waiting calls do."""
        return self._exchange.is_done

    def result(self) -> Result:
        """Waits for the answer, as long as the call's time-out says; refusals are raised."""
        (reply,) = self._exchange.replies()
        return decoded(self._prepared, reply)

    def cancel(self) -> None:
        """Gives the call up; a change may be made all the same."""
        self._exchange.cancel()


def decoded(prepared: PreparedCall[Result], reply: Reply) -> Result:
    """The result in Python, or the refusal."""
    if reply.error:
        raise reply.error
    return prepared.method.decode(reply.result)


class Batch(BatchedCalls):
    """Calls that go together. It is no transaction: each may be refused by itself."""

    def __init__(self, client: Connected) -> None:
        super().__init__()
        self._client = client

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.send()

    def send(self, *, timeout: float | None = None) -> None:
        """Sends what was added, and waits for all answers."""
        deadline = Deadline(self._client.timeout if timeout is None else timeout)
        for piece in self.pieces():
            exchange = Exchange(self._client, [each.prepared for each in piece], True, deadline)
            for each, reply in zip(piece, exchange.replies(), strict=True):
                each.settle(reply)
