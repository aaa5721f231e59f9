"""A moment in time, and whether its clock can be trusted."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Self

from domain.errors import Malformed
from domain.fault import FaultKind
from domain.value import Value
from domain.words import mark

NOT_A_MOMENT = FaultKind(
    "not_a_moment",
    mark("not a date and time with its offset from UTC"),
    mark("Write it like 2026-11-23T03:12+01:00."),
)
NO_SUCH_MOMENT = FaultKind("no_such_moment", mark("no such date or time"))
OFFSET_MISSING = FaultKind("offset_missing", mark("a time without its offset from UTC"))


DAY_MILLIS = 86_400_000
"""Milliseconds of a day of UTC."""


class ClockState(StrEnum):
    """The state of the workstation's clock at that moment.

    `drifted`: it showed an earlier time than the newest entry, or it differs by more than ten
    minutes from the hub's clock.
    """

    TRUSTED = "trusted"
    DRIFTED = "drifted"
    UNKNOWN = "unknown"


class Instant(Value):
    """Milliseconds since 1970 in UTC, and the offset of the local clock in minutes.

    Instants are ordered by their UTC time, then by their offset. As text: ISO 8601 with
    milliseconds and offset, `2026-11-23T03:12:08.123+01:00`.
    """

    __slots__ = ("millis", "offset_minutes")
    __match_args__ = ("millis", "offset_minutes")
    millis: int
    offset_minutes: int

    def __init__(self, millis: int, offset_minutes: int = 0) -> None:
        self._hold(millis, offset_minutes)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The instant in `text`; seconds are optional, the offset is required.

        Raises `Malformed` for anything else, also for a time without an offset, which means
        different times in different places.
        """
        shape = r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})"
        if not re.fullmatch(shape, text.strip()):
            raise Malformed(NOT_A_MOMENT, about=text[:80])
        try:
            value = datetime.fromisoformat(text.strip())
            offset = value.utcoffset() or timedelta()
            return cls.of(value, int(offset.total_seconds()) // 60)
        except (ValueError, OverflowError) as error:
            raise Malformed(NO_SUCH_MOMENT, about=text[:80]) from error

    @classmethod
    def of(cls, value: datetime, offset_minutes: int | None = None) -> Self:
        """The instant of an aware `datetime`."""
        offset = value.utcoffset()
        if offset is None:
            raise Malformed(OFFSET_MISSING, about=str(value))
        minutes = int(offset.total_seconds()) // 60 if offset_minutes is None else offset_minutes
        return cls((value - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1), minutes)

    @property
    def local(self) -> datetime:
        """The same moment as an aware `datetime` with the local offset."""
        zone = timezone(timedelta(minutes=self.offset_minutes))
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=self.millis)).astimezone(
            zone
        )

    @property
    def local_date(self) -> date:
        """The local date."""
        return self.local.date()

    @property
    def minute(self) -> int:
        """Whole minutes since 1970, to compare a time from a clock with a time from a form."""
        return self.millis // 60_000

    def plus(self, *, minutes: int = 0) -> Instant:
        """The instant so many minutes later."""
        return Instant(self.millis + minutes * 60_000, self.offset_minutes)

    def __str__(self) -> str:
        return self.local.isoformat(timespec="milliseconds")
