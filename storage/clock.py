"""The clock of the workstation, and how far it can be believed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from domain.instant import ClockState, Instant
from storage.database import Connection

Clock = Callable[[], Instant]

DRIFT_MINUTES = 10


def system_clock() -> Instant:
    """The operating system's time, with the offset of the place."""
    return Instant.of(datetime.now(UTC).astimezone())


def judge(db: Connection, now: Instant) -> ClockState:
    """What is known of the clock that says `now`.

    `drifted` when it runs behind the newest entry or is more than ten minutes off what the hub
    last said; `trusted` when the hub confirmed it; `unknown` when nobody has.
    """
    newest = db.execute("SELECT at FROM entry ORDER BY place DESC LIMIT 1").fetchone()
    if newest is not None and now.millis < newest[0]:
        return ClockState.DRIFTED
    row = db.execute("SELECT value FROM hub WHERE name = 'clock_offset_ms'").fetchone()
    if row is None:
        return ClockState.UNKNOWN
    off = abs(int(bytes(row[0])))
    return ClockState.DRIFTED if off > DRIFT_MINUTES * 60_000 else ClockState.TRUSTED
