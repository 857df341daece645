"""What followers and feeds need of a client."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from .call import Call, Result

if TYPE_CHECKING:
    from .connection import Connection


class Transactor(Protocol):
    """A client, seen from what stands on it."""

    def call(self, call: Call[Result], *, timeout: float | None = None) -> Result:
        """Makes a call."""
        ...

    def placed(self, call: Call[Result], timeout: float) -> tuple[Connection, Result]:
        """Makes a call, and says on which connection: a subscription ends with it."""
        ...

    def outcomes(self, wanted: Sequence[Call[Any]]) -> list[Any]:
        """The results of a batch, with the refusal in the place of each that was refused."""
        ...
