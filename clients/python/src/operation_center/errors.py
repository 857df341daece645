"""Everything that can go wrong, from a wrong argument to a service that dies."""

from __future__ import annotations

import json
import re
from typing import Any, ClassVar, Self

from .values import JSONValue


class OperationCenterError(Exception):
    """Whatever this package raises by itself."""


class ShapeError(OperationCenterError, ValueError):
    """A value of a wrong type. `path` says where, as the service does: `rows[3].phone`."""

    def __init__(self, reason: str, path: str = "") -> None:
        super().__init__(reason, path)
        self.reason = reason
        self.path = path

    def within(self, place: str | int) -> Self:
        """The same error, seen from one level above."""
        step = f"[{place}]" if isinstance(place, int) else _written(place)
        joint = "." if self.path and not self.path.startswith("[") else ""
        return type(self)(self.reason, f"{step}{joint}{self.path}")

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}" if self.path else self.reason


def _written(key: str) -> str:
    """A plain key as it is, any other in brackets and quotes."""
    is_plain = re.fullmatch(r"[A-Za-z0-9_$-]+", key)
    return key if is_plain else f"[{json.dumps(key, ensure_ascii=False)}]"


class InvalidArgumentError(ShapeError, TypeError):
    """An argument of a wrong type. Nothing was sent."""


class UnexpectedAnswerError(ShapeError):
    """An answer that does not fit its method; the service may have done what was asked."""


class ConnectionLostError(OperationCenterError, ConnectionError):
    """The connection ended before the answer came.

    A call that is harmless to repeat, or carries an idempotency key, is repeated by the client;
    this is raised for others, and where no new connection could be made in time.
    """

    idempotency_key: str | None = None
    """The key that the call went with: given again, it makes a later call the same one."""

    def fresh(self) -> Self:
        """A copy, since all who wait for one connection raise their own."""
        return type(self)(str(self))


class ServiceEndedError(ConnectionLostError):
    """The process that was spawned has ended; `exit_code` is negative for a signal."""

    def __init__(self, message: str, exit_code: int | None) -> None:
        super().__init__(message)
        self.exit_code = exit_code

    def fresh(self) -> Self:
        return type(self)(str(self), self.exit_code)


class ClientClosedError(ConnectionLostError):
    """The client was closed, here, while something was still expected of it."""


class CallTimeoutError(OperationCenterError, TimeoutError):
    """No answer came in time. The call was given up with `$/cancelRequest`.

    A change may have been made all the same; with the same key it can be called again.
    """

    idempotency_key: str | None = None
    """The key that the call went with: given again, it makes a later call the same one."""


class EventsLostError(OperationCenterError):
    """Events are lost between `after` and `resume_after`; the iterator goes on after them.

    `reason` is `lagged` where the service gave up a reader that was too slow, `gone` where the
    history no longer reaches back so far, and `reset` where the service has begun anew and never
    had what this client has seen. Whoever keeps a picture of the state reads it anew.
    """

    def __init__(self, reason: str, after: int, resume_after: int, missed: int | None) -> None:
        count = "an unknown number of" if missed is None else str(missed)
        super().__init__(f"{count} events after {after} are lost ({reason})")
        self.reason = reason
        self.after = after
        self.resume_after = resume_after
        self.missed = missed


class SchemaMismatchWarning(UserWarning):
    """The service speaks another version of the schema than this client was made for."""


class RefusedError(OperationCenterError):
    """The service refused a call; nothing of it was done.

    Each kind of refusal is a subclass, and `data` is typed there. A kind that this client does
    not know is a plain `RefusedError` with all that was said.
    """

    kind: ClassVar[str] = ""
    """Word for programs; of a refusal that was caught read `refusal_kind`."""

    data: Any

    def __init__(
        self, code: int, message: str, *, kind: str = "", data: Any = None, raw: JSONValue = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.refusal_kind = kind or type(self).kind
        self.data = data
        self.raw_data = raw
        """The data as it came."""
