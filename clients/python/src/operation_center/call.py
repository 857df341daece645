"""A call that has not been made yet: a method and its arguments."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from .errors import (
    CallTimeoutError,
    ConnectionLostError,
    InvalidArgumentError,
    ShapeError,
    UnexpectedAnswerError,
)
from .shapes import Member, Shape, encode_members
from .values import ABSENT, JSONObject, JSONValue

Result = TypeVar("Result")
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Method(Generic[Result]):
    """What the schema says of a method."""

    name: str
    params: tuple[Member, ...] = field(repr=False)
    result: Shape = field(repr=False)
    mutating: bool = False
    repeatable: bool = True
    """Harmless to repeat by nature, so that a call needs no idempotency key for it."""
    keyed: bool = False
    """Takes an idempotency key."""
    capability: str | None = None
    """What a token must allow for it."""
    since: str | None = None
    """Version of the schema that had it first."""

    def decode(self, value: JSONValue) -> Result:
        """The result in Python."""
        try:
            result: Result = self.result.decode(value)
        except ShapeError as error:
            raise UnexpectedAnswerError(error.reason, error.within("result").path) from None
        return result


@dataclass(slots=True)
class Call(Generic[Result]):
    """A method with its arguments, for `call`, `submit` and batches."""

    method: Method[Result]
    arguments: dict[str, Any] = field(default_factory=dict)

    def params(self) -> JSONObject:
        """The arguments in JSON; raises `InvalidArgumentError` with the path of a wrong one."""
        try:
            return encode_members(self.method.params, self.arguments.__getitem__)
        except ShapeError as error:
            raise InvalidArgumentError(error.reason, error.within("params").path) from None

    def prepared(self) -> PreparedCall[Result]:
        """The call as it will be sent, each time the same."""
        params = self.params()
        method = self.method
        if method.keyed and not method.repeatable and self._has_no_key():
            params["idempotency_key"] = secrets.token_hex(16)
        may_repeat = method.repeatable or isinstance(params.get("idempotency_key"), str)
        return PreparedCall(method, params, may_repeat)

    def _has_no_key(self) -> bool:
        """None is an answer of the caller's: no key, and no repetition."""
        return self.arguments.get("idempotency_key", ABSENT) is ABSENT


@dataclass(slots=True)
class PagedCall(Call[Result], Generic[Result, Item]):
    """A call whose result is one page of many."""

    def with_cursor(self, cursor: str) -> PagedCall[Result, Item]:
        """The same call for another page."""
        return PagedCall(self.method, {**self.arguments, "cursor": cursor})


@dataclass(frozen=True, slots=True)
class PreparedCall(Generic[Result]):
    """Params in JSON, and whether the call may be made again after a lost connection."""

    method: Method[Result]
    params: JSONObject
    may_repeat: bool
    opens_inbox: bool = False
    """Whether notifications of the subscription that it makes are kept until they are read."""

    @property
    def idempotency_key(self) -> str | None:
        """The key that it goes with."""
        found = self.params.get("idempotency_key")
        return found if isinstance(found, str) else None

    def timed_out(self, seconds: float) -> CallTimeoutError:
        """The error for an answer that does not come."""
        error = CallTimeoutError(f"{self.method.name}: no answer in {seconds:g} seconds")
        error.idempotency_key = self.idempotency_key
        return error

    def lost(self, error: ConnectionLostError) -> ConnectionLostError:
        """The error for a connection that is lost."""
        found = error.fresh()
        found.idempotency_key = self.idempotency_key
        return found
