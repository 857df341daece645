"""How values stand in JSON: each shape decodes what came and encodes what goes.

Decoding is lenient, so that a newer service does not break an older client: it checks types, and
keeps members and values that it does not know. Encoding checks types before anything is sent.
Ranges, patterns and the like are left to the service, which knows its own rules best.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from .errors import ShapeError
from .values import ABSENT, JSONObject, JSONValue, OpenEnumeration, WireRecord


class Shape(Protocol):
    """One kind of JSON value. What it is in Python stands in the generated annotations."""

    def decode(self, value: Any) -> Any:
        """From JSON."""
        ...

    def encode(self, value: Any) -> Any:
        """To JSON."""
        ...

    def link(self, resolve: Callable[[str], Shape]) -> Shape:
        """This shape with names replaced by what they stand for."""
        ...


def described(value: object) -> str:
    """What was found, in the words that JSON has for it."""
    words: list[tuple[type | tuple[type, ...], str]] = [
        (type(None), "null"),
        (bool, "a boolean"),
        (int, "an integer"),
        (float, "a number"),
        (str, "a text"),
        ((list, tuple), "a list"),
        (dict, "an object"),
    ]
    for kind, word in words:
        if isinstance(value, kind):
            return word
    return "ABSENT" if value is ABSENT else type(value).__name__


def mismatch(expected: str, value: object) -> ShapeError:
    return ShapeError(f"expected {expected}; found {described(value)}")


class _Simple:
    """A shape without names in it."""

    def link(self, resolve: Callable[[str], Shape]) -> Any:  # noqa: ARG002
        return self


class Text(_Simple):
    def decode(self, value: Any) -> str:
        if isinstance(value, str):
            return value
        raise mismatch("a text", value)

    encode = decode


class Integer(_Simple):
    def decode(self, value: Any) -> int:
        if type(value) is int:
            return value
        # JSON does not tell 1.0 from 1.
        if isinstance(value, float) and value.is_integer():
            return int(value)
        raise mismatch("an integer", value)

    def encode(self, value: Any) -> int:
        # True is an int to Python, and no number to anybody else.
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        raise mismatch("an integer", value)


class Number(_Simple):
    def decode(self, value: Any) -> int | float:
        if (
            isinstance(value, int | float)
            and not isinstance(value, bool)
            and (isinstance(value, int) or math.isfinite(value))
        ):
            return value
        raise mismatch("a number", value)

    encode = decode


class Boolean(_Simple):
    def decode(self, value: Any) -> bool:
        if isinstance(value, bool):
            return value
        raise mismatch("a boolean", value)

    encode = decode


class ScalarShape(_Simple):
    """A text, a number or a truth value."""

    def decode(self, value: Any) -> str | int | float | bool:
        if isinstance(value, str | bool | int):
            return value
        if isinstance(value, float) and math.isfinite(value):
            return value
        raise mismatch("a text, a number or a boolean", value)

    encode = decode


class Time(_Simple):
    """RFC 3339 in UTC with milliseconds; in Python a datetime that knows its zone."""

    def decode(self, value: Any) -> datetime:
        if not isinstance(value, str):
            raise mismatch("a time", value)
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            raise ShapeError(f"expected a time; found {value[:40]!r}") from None

    def encode(self, value: Any) -> str:
        # In a dictionary a time may stand as JSON has it.
        moment = self.decode(value) if isinstance(value, str) else value
        if not isinstance(moment, datetime):
            raise ShapeError(f"expected a datetime; found {described(value)}")
        if moment.tzinfo is None:
            raise ShapeError("expected a datetime with a time zone; found one without")
        if isinstance(value, str):
            return value
        moment = moment.astimezone(UTC)
        precision = "microseconds" if moment.microsecond % 1000 else "milliseconds"
        return moment.replace(tzinfo=None).isoformat(timespec=precision) + "Z"


class Anything(_Simple):
    """Any JSON value, as Python's json has it."""

    def decode(self, value: Any) -> JSONValue:
        found: JSONValue = value
        return found

    def encode(self, value: Any) -> JSONValue:
        if value is None or isinstance(value, str | bool | int):
            return value
        if isinstance(value, float):
            if math.isfinite(value):
                return value
            raise ShapeError(f"expected a number; found {value}, which JSON cannot say")
        if isinstance(value, Mapping):
            return encode_mapping(value, self.encode)
        if isinstance(value, list | tuple):
            return encode_items(value, self.encode)
        if isinstance(value, WireRecord):
            return value.to_json()
        raise mismatch("a JSON value", value)


def encode_items(values: Sequence[Any], encode: Callable[[Any], Any]) -> list[Any]:
    found: list[Any] = []
    try:
        for each in values:
            found.append(encode(each))
    except ShapeError as error:
        raise error.within(len(found)) from None
    return found


def encode_mapping(values: Mapping[Any, Any], encode: Callable[[Any], Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, each in values.items():
        if not isinstance(key, str):
            raise ShapeError(f"expected texts as keys; found {described(key)}")
        try:
            found[str(key)] = encode(each)
        except ShapeError as error:
            raise error.within(key) from None
    return found


@dataclass(slots=True)
class Named:
    """Stands for a type by its name, until `link` puts the type in its place."""

    name: str

    def decode(self, value: Any) -> Any:
        raise LookupError(f"{self.name} is not linked; found {described(value)}")

    encode = decode

    def link(self, resolve: Callable[[str], Shape]) -> Shape:
        return resolve(self.name)


@dataclass(slots=True)
class Nullable:
    """The value, or null."""

    value: Shape

    def decode(self, value: Any) -> Any:
        return None if value is None else self.value.decode(value)

    def encode(self, value: Any) -> Any:
        return None if value is None else self.value.encode(value)

    def link(self, resolve: Callable[[str], Shape]) -> Shape:
        self.value = self.value.link(resolve)
        return self


@dataclass(slots=True)
class Items:
    """A list."""

    item: Shape

    def decode(self, value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise mismatch("a list", value)
        return encode_items(value, self.item.decode)

    def encode(self, value: Any) -> list[Any]:
        # A text is a sequence of texts to Python, and never what was meant.
        if isinstance(value, str | bytes | Mapping) or not isinstance(value, Sequence):
            raise mismatch("a list", value)
        return encode_items(value, self.item.encode)

    def link(self, resolve: Callable[[str], Shape]) -> Shape:
        self.item = self.item.link(resolve)
        return self


@dataclass(slots=True)
class Entries:
    """An object with any keys."""

    value: Shape

    def decode(self, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise mismatch("an object", value)
        return encode_mapping(value, self.value.decode)

    def encode(self, value: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise mismatch("an object", value)
        return encode_mapping(value, self.value.encode)

    def link(self, resolve: Callable[[str], Shape]) -> Shape:
        self.value = self.value.link(resolve)
        return self


@dataclass(slots=True)
class Choice(_Simple):
    """One of some texts; a text that is not known is kept, and left to the service to judge."""

    enumeration: type[OpenEnumeration]

    def decode(self, value: Any) -> OpenEnumeration:
        if isinstance(value, str):
            return self.enumeration(value)
        raise mismatch("a text", value)

    def encode(self, value: Any) -> str:
        if isinstance(value, str):
            return str(value)
        raise mismatch(self.enumeration.__name__, value)


@dataclass(slots=True)
class Member:
    """A member of an object: its name in JSON, its attribute in Python."""

    name: str
    shape: Shape
    required: bool = False
    attribute: str = ""
    absent: Any = ABSENT
    """What the attribute is where the member is left out."""

    def __post_init__(self) -> None:
        self.attribute = self.attribute or self.name


def encode_members(members: Sequence[Member], read: Callable[[str], Any]) -> JSONObject:
    """The members that are there; `read` gives them by attribute."""
    found: JSONObject = {}
    for member in members:
        value = read(member.attribute)
        if value is ABSENT or (value is member.absent and not member.required):
            if member.required:
                raise ShapeError("is required; found ABSENT").within(member.name)
            continue
        try:
            found[member.name] = member.shape.encode(value)
        except ShapeError as error:
            raise error.within(member.name) from None
        except RecursionError:
            raise ShapeError("is nested too deeply").within(member.name) from None
    return found


@dataclass(slots=True)
class RecordShape:
    """An object with known members, and room for others."""

    record: type[WireRecord]
    members: tuple[Member, ...]
    names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.names = frozenset(member.name for member in self.members)

    def decode(self, value: Any) -> Any:
        if not isinstance(value, dict):
            raise mismatch("an object", value)
        attributes: dict[str, Any] = {}
        nulls = 0
        for member in self.members:
            found = value.get(member.name, ABSENT)
            if found is ABSENT:
                if member.required:
                    raise ShapeError("is missing").within(member.name)
                continue
            if found is None and member.absent is None and not member.required:
                nulls += 1
            try:
                attributes[member.attribute] = member.shape.decode(found)
            except ShapeError as error:
                raise error.within(member.name) from None
        if nulls or not value.keys() <= self.names:
            attributes["unknown_members"] = self._rest(value)
        return self.record(**attributes)

    def _rest(self, value: JSONObject) -> JSONObject:
        """What the attributes cannot say: other members, and null where None means absent."""
        absent = {member.name for member in self.members if member.absent is None}
        return {
            name: each
            for name, each in value.items()
            if name not in self.names or (each is None and name in absent)
        }

    def encode(self, value: Any) -> JSONObject:
        if isinstance(value, self.record):
            found = encode_members(self.members, lambda name: getattr(value, name))
            return {**value.unknown_members, **found} if value.unknown_members else found
        if isinstance(value, Mapping):
            return self._encode_mapping(value)
        raise mismatch(self.record.__name__, value)

    def _encode_mapping(self, value: Mapping[str, Any]) -> JSONObject:
        """A plain dictionary is as good as the record, with JSON's names for the members."""
        names = {member.attribute: member.name for member in self.members}
        found = encode_members(self.members, lambda name: value.get(names[name], ABSENT))
        # Also null where None would mean absent: here it is what was given.
        others = {
            name: each
            for name, each in value.items()
            if name not in self.names or (each is None and name not in found)
        }
        return {**Anything().encode(others), **found} if others else found  # type: ignore[dict-item]

    def link(self, resolve: Callable[[str], Shape]) -> Shape:
        for member in self.members:
            member.shape = member.shape.link(resolve)
        return self


@dataclass(slots=True)
class UnionShape:
    """An object whose kind stands in the member `tag`; a kind that is not known is `other`."""

    tag: str
    cases: dict[str, Shape]
    other: Shape
    base: type

    def decode(self, value: Any) -> Any:
        if not isinstance(value, dict):
            raise mismatch("an object", value)
        kind = value.get(self.tag)
        if not isinstance(kind, str):
            raise mismatch("a text", kind).within(self.tag)
        return self.cases.get(kind, self.other).decode(value)

    def encode(self, value: Any) -> JSONObject:
        if isinstance(value, Mapping):
            kind = value.get(self.tag)
            if not isinstance(kind, str):
                raise mismatch("a text", kind).within(self.tag)
            found: JSONObject = self.cases.get(kind, self.other).encode(value)
            return found
        if not isinstance(value, self.base) or not isinstance(value, WireRecord):
            raise mismatch(self.base.__name__, value)
        return type(value).record_shape.encode(value)

    def link(self, resolve: Callable[[str], Shape]) -> Shape:
        self.cases = {kind: case.link(resolve) for kind, case in self.cases.items()}
        self.other = self.other.link(resolve)
        return self


def link_shapes(shapes: Mapping[str, Shape]) -> None:
    """Puts types in the place of their names, and tells each class its shape."""
    for shape in shapes.values():
        shape.link(shapes.__getitem__)
        if isinstance(shape, RecordShape):
            shape.record.shape = shape.record.record_shape = shape
    for shape in shapes.values():
        if isinstance(shape, UnionShape):
            shape.base.shape = shape  # type: ignore[attr-defined]
