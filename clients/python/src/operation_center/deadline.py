"""Every wait has a limit: a deadline is set once, and all steps of a call share it."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

# The first pause before a new connection, and the longest. A service takes some milliseconds to
# start, and a second or two where its journal is long.
FIRST_PAUSE = 0.02
LONGEST_PAUSE = 1.0

# A connection that lasted so long was a good one.
STEADY_SECONDS = 5.0


class Deadline:
    """A moment after which nothing is waited for any more."""

    __slots__ = ("_end", "seconds")

    def __init__(self, seconds: float) -> None:
        if not seconds >= 0:
            raise ValueError(f"expected a time-out of 0 or more seconds; found {seconds}")
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def remaining(self) -> float:
        """Seconds that are left, never below 0."""
        return max(0.0, self._end - time.monotonic())

    @property
    def has_passed(self) -> bool:
        """Whether no time is left."""
        return time.monotonic() >= self._end


def pauses() -> Iterator[float]:
    """Pauses between attempts, longer and longer, and not all clients at the same moment."""
    pause = FIRST_PAUSE
    while True:
        yield pause * random.uniform(0.5, 1.0)
        pause = min(LONGEST_PAUSE, pause * 2)


class Patience:
    """How long to wait before a new connection: longer, the sooner the last ones were lost.

    A service that dies of a call would otherwise be asked again as fast as it can start.
    """

    def __init__(self) -> None:
        self._opened = -STEADY_SECONDS
        self._pauses = pauses()

    def opened(self) -> None:
        """Notes that there is a connection."""
        self._opened = time.monotonic()

    def pause(self) -> float:
        """Seconds to wait after a connection was lost."""
        if time.monotonic() - self._opened < STEADY_SECONDS:
            return next(self._pauses)
        self._pauses = pauses()
        return 0.0
