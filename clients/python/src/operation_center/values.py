"""What generated types are made of: absent values, open enumerations, records."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field, fields
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Final, Literal, Self, TypeAlias

if TYPE_CHECKING:
    from .shapes import RecordShape, Shape

JSONValue: TypeAlias = "bool | int | float | str | list[JSONValue] | dict[str, JSONValue] | None"
"""Whatever JSON can say."""

JSONObject: TypeAlias = dict[str, JSONValue]
"""A JSON object."""


class AbsentType(enum.Enum):
    """The type of `ABSENT`, which has one value."""

    ABSENT = "absent"

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = AbsentType.ABSENT
"""Leaves a member out. `None` is sent as null, which in an update clears what is stored."""

Absent: TypeAlias = Literal[AbsentType.ABSENT]
"""The type to write in a signature: `str | None | Absent`."""


class OpenEnumeration(enum.StrEnum):
    """An enumeration that a newer service may have more values of.

    A value that this client does not know becomes a member of its own: it compares equal to its
    text, goes back to the service unchanged, and says so in `is_known`.
    """

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = value
        member._value_ = value
        return member

    @property
    def is_known(self) -> bool:
        """Whether this client was made with this value."""
        return self._name_ in type(self).__members__


@dataclass(slots=True, kw_only=True, repr=False, eq=False)
class WireRecord:
    """A JSON object with known members."""

    shape: ClassVar[Shape]
    record_shape: ClassVar[RecordShape]

    unknown_members: JSONObject = field(default_factory=dict)
    """Members that this client does not know; they are kept and sent back."""

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Reads a JSON object, such as `json.load` gives; raises `ShapeError` with a path."""
        record: Self = cls.shape.decode(value)
        return record

    def to_json(self) -> JSONObject:
        """The JSON object; raises `ShapeError` where a member has a wrong type."""
        return self.record_shape.encode(self)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        names = [each.name for each in fields(self)]
        return all(getattr(self, name) == getattr(other, name) for name in names)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        shown = ((each.name, getattr(self, each.name, None)) for each in fields(self))
        told = (f"{name}={value!r}" for name, value in shown if name != "unknown_members" or value)
        return f"{type(self).__name__}({', '.join(told)})"


def span(length: timedelta) -> str:
    """Writes a length of time as the service wants it, such as `"1h30m"`.

    Only exact lengths: where days of the calendar are meant, write `"-1d"` yourself.
    """
    milliseconds = length // timedelta(milliseconds=1)
    sign = "-" if milliseconds < 0 else ""
    seconds, milliseconds = divmod(abs(milliseconds), 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "h"), (minutes, "m"), (seconds, "s"), (milliseconds, "ms"))
    return sign + ("".join(f"{count}{unit}" for count, unit in parts if count) or "0s")
