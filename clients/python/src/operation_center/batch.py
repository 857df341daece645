"""Many calls in one frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, Generic

from .call import Call, PreparedCall, Result
from .errors import OperationCenterError, RefusedError
from .session import Reply

# So many requests a service takes in a batch. It is no transaction, so that more can be cut.
BATCH_REQUESTS: Final = 100


class BatchedCall(Generic[Result]):
    """A call of a batch, and its result once the batch was sent."""

    def __init__(self, prepared: PreparedCall[Result]) -> None:
        self.prepared = prepared
        self._reply: Reply | None = None

    def settle(self, reply: Reply) -> None:
        """Takes the answer."""
        self._reply = reply

    def result(self) -> Result:
        """The result; a refusal of this call is raised."""
        if self._reply is None:
            raise OperationCenterError("the batch was not sent yet")
        if self._reply.error:
            raise self._reply.error
        return self.prepared.method.decode(self._reply.result)


class BatchedCalls:
    """What batches of both clients share: the calls, in pieces that a service takes."""

    def __init__(self) -> None:
        self._calls: list[BatchedCall[Any]] = []

    def add(self, call: Call[Result]) -> BatchedCall[Result]:
        """Adds a call; raises where an argument has a wrong type."""
        found = BatchedCall(call.prepared())
        self._calls.append(found)
        return found

    def pieces(self) -> Iterator[Sequence[BatchedCall[Any]]]:
        """The calls that were not sent yet."""
        calls, self._calls = self._calls, []
        for start in range(0, len(calls), BATCH_REQUESTS):
            yield calls[start : start + BATCH_REQUESTS]


def outcome(call: BatchedCall[Any]) -> Any:
    """The result, or the refusal in its place."""
    try:
        return call.result()
    except RefusedError as error:
        return error
