"""The settings that headquarters may give to its workstations: a closed list, and their values.

docs/protocol.md lists them for other programs. What headquarters gave last for a post counts there,
whether it was given to that post or to all; while it counts, the value of the workstation's own
rests, and it counts again when headquarters takes its value back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

from domain.encoding import from_json, to_json

Value = int | bool | str
T_co = TypeVar("T_co", bound=Value, covariant=True)
SETTING = "setting"
"""The kind of item of the feed that gives one."""
ALWAYS = "always"
LEAST_KILOBITS, MOST_KILOBITS = 8, 10_000_000
MOST_CHECKED = 5_000
_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d"
_HOURS = re.compile(rf"({_TIME})-({_TIME})")


@dataclass(frozen=True)
class GivenSetting(Generic[T_co]):
    """One of them. The names and the forms of values are a public format."""

    name: str
    default: T_co
    form: str
    """What may be typed, for a person."""
    typed: Callable[[str], object]
    """The value in a typed text; anything that is not `good` when there is none."""
    good: Callable[[object], bool]

    def parse(self, text: str) -> T_co | None:
        """The value in a text that a person typed; None when it is none."""
        return self.read(self.typed(text.strip()))

    def read(self, value: object) -> T_co | None:
        """A value that came from elsewhere; None when it is none of this setting."""
        return value if self.good(value) else None  # type: ignore[return-value]


class GivenValue(msgspec.Struct, frozen=True, tag_field="v", tag=1, omit_defaults=True):
    """What headquarters gives for one setting: the value of an item of the feed."""

    value: Value | None = None
    """None: it takes back what it gave; the workstation's own value counts again."""
    post: str | None = None
    """The code of the post for which it is; None: for all."""


def in_words(value: Value) -> str:
    """The value as it is typed."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def hours_of(text: str) -> tuple[str, str]:
    """`22:00-06:00` as start and end; two empty texts for `always`."""
    found = _HOURS.fullmatch(text)
    return (found[1], found[2]) if found else ("", "")


def as_time(text: str) -> str | None:
    """A typed time of day as HH:MM; None when it is none."""
    padded = text.zfill(5)
    return padded if re.fullmatch(_TIME, padded) else None


def write_given(given: GivenValue) -> bytes:
    """The bytes of an item's value."""
    return to_json(given)


def read_given(name: str, body: bytes | None) -> GivenValue | None:
    """What an item of the feed gives; None when this program does not know or cannot read it."""
    setting = GIVEN.get(name)
    try:
        given = from_json(body or b"", GivenValue)
    except msgspec.DecodeError:
        return None
    if setting is None or (given.value is not None and setting.read(given.value) is None):
        return None
    return given


def _number(least: int, most: int, *, none: bool) -> Callable[[object], bool]:
    def good(value: object) -> bool:
        is_number = type(value) is int
        return is_number and (least <= value <= most or (none and value == 0))  # type: ignore[operator]

    return good


def _typed_number(text: str) -> object:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _typed_hours(text: str) -> object:
    if text == ALWAYS:
        return text
    times = [as_time(part.strip()) for part in text.split("-")]
    return "-".join(time or "" for time in times)


def _are_hours(value: object) -> bool:
    if value == ALWAYS:
        return True
    found = _HOURS.fullmatch(value) if isinstance(value, str) else None
    return found is not None and found[1] != found[2]


KILOBITS = GivenSetting(
    "sync.kilobits",
    0,
    "a whole number from 8 to 10000000, or 0 for no limit",
    _typed_number,
    _number(LEAST_KILOBITS, MOST_KILOBITS, none=True),
)
HOURS = GivenSetting(
    "photos.hours",
    ALWAYS,
    "two times like 22:00-06:00, or always",
    _typed_hours,
    _are_hours,
)
METERED = GivenSetting(
    "photos.metered",
    False,
    "yes or no",
    {"yes": True, "no": False}.get,
    lambda value: isinstance(value, bool),
)
CHECKED = GivenSetting(
    "photos.checked",
    300,
    "a whole number from 1 to 5000",
    _typed_number,
    _number(1, MOST_CHECKED, none=False),
)
GIVEN: Mapping[str, GivenSetting[Value]] = {
    setting.name: setting for setting in (KILOBITS, HOURS, METERED, CHECKED)
}
"""By name, in the order in which they are listed."""
