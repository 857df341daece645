"""What followers and feeds need of a client for asyncio."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from .call import Call, Result

if TYPE_CHECKING:
    from .async_connection import AsyncConnection


class AsyncTransactor(Protocol):
    """A client, seen from what stands on it."""

    async def call(self, call: Call[Result], *, timeout: float | None = None) -> Result:
        """Makes a call."""
        ...

    async def placed(self, call: Call[Result], timeout: float) -> tuple[AsyncConnection, Result]:
        """Makes a call, and says on which connection: a subscription ends with it."""
        ...

    async def outcomes(self, wanted: Sequence[Call[Any]]) -> list[Any]:
        """The results of a batch, with the refusal in the place of each that was refused."""
        ...
