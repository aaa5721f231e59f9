"""Whether the clock of the workstation can be trusted.

A user can set the wall clock, but not the time since the computer was started (`system.clock`). A
comparison with the hub's clock stays valid as long as both have advanced equally since then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import msgspec

from domain.encoding import from_json, to_json
from domain.entry import Entry
from domain.instant import ClockState, Instant
from domain.words import filled, mark
from storage.hub_memory import HubFact, remember, remembered
from system.clock import Uptime
from system.database import Connection
from system.errors import ClockNotSet

DRIFT_MINUTES = 10
MINUTES_A_DAY = 24 * 60
DAYS_MINUTES = 2 * MINUTES_A_DAY
"""From so many minutes on a clock is told to be off by days."""
"""A clock that differs by more from the hub's clock has `drifted`."""
STEP_SECONDS = 30
"""When the wall clock and the uptime differ by more, somebody has set the wall clock."""
LONGEST_DAYS = 30
"""A comparison with the hub's clock is valid for so long: a quartz drifts one or two seconds a
day."""
OLDEST_DAY = date(2026, 1, 1)
"""A clock that shows an earlier day is not set: this program did not exist then."""


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """The times of all clocks at the last answer of the hub, in milliseconds."""

    boot: str
    uptime: int
    wall: int
    """Since 1970, by this workstation."""
    hub: int
    """Since 1970, by the hub."""

    def holds(self, now: Instant, uptime: Uptime) -> bool:
        """Whether the wall clock was not set and the computer not started since then."""
        by_wall, by_uptime = now.millis - self.wall, uptime.millis - self.uptime
        return (
            uptime.boot == self.boot
            and 0 <= by_uptime <= LONGEST_DAYS * 86_400_000
            and abs(by_wall - by_uptime) <= STEP_SECONDS * 1000
        )

    @property
    def off_minutes(self) -> int:
        """The difference between the wall clock and the hub's clock, without sign."""
        return abs(self.hub - self.wall) // 60_000


@dataclass(frozen=True, slots=True)
class Opinion:
    """The state of the clock at a moment, and why; `why` is a template filled from `values`."""

    state: ClockState
    why: str
    values: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return filled(self.why, dict(self.values))


def heard(db: Connection, now: Instant, uptime: Uptime, hub: Instant) -> None:
    """Store the times of all clocks at an answer of the hub; part of the caller's transaction."""
    contact = Contact(boot=uptime.boot, uptime=uptime.millis, wall=now.millis, hub=hub.millis)
    remember(db, HubFact.CLOCKS, to_json(contact))


def contact(db: Connection) -> Contact | None:
    """The times of all clocks at the last answer of the hub; None before the first."""
    row = remembered(db, HubFact.CLOCKS)
    return None if row is None else from_json(row, Contact)


def judge(db: Connection, now: Instant, uptime: Uptime) -> Opinion:
    """The state of the clock that shows `now`.

    `trusted` while the hub's confirmation is valid (`Contact.holds`); `drifted` when the clock is
    behind the newest entry, or was more than ten minutes off the hub and has not been set since;
    else `unknown`. A newest entry with an unconfirmed time does not count against a clock that the
    hub has confirmed.
    """
    last = contact(db)
    holds = last is not None and last.holds(now, uptime)
    newest = _newest(db) if now.millis < _newest_at(db, now.millis) else None
    if newest is not None and not (holds and newest.head.clock is not ClockState.TRUSTED):
        values = (("number", newest.head.seq), ("when", newest.head.at))
        why = mark("it shows an earlier time than the newest entry, number {number}, of {when}")
        return Opinion(ClockState.DRIFTED, why, values)
    if last is None:
        return Opinion(ClockState.UNKNOWN, mark("no hub has confirmed it yet"))
    if not holds:
        return Opinion(ClockState.UNKNOWN, _why_not(last, uptime))
    if last.off_minutes >= DAYS_MINUTES:
        why = mark("it was {days} days off the hub's clock; set it")
        return Opinion(ClockState.DRIFTED, why, (("days", last.off_minutes // MINUTES_A_DAY),))
    if last.off_minutes > DRIFT_MINUTES:
        why = mark(
            "it was {minutes} minute off the hub's clock; set it",
            "it was {minutes} minutes off the hub's clock; set it",
            "minutes",
        )
        return Opinion(ClockState.DRIFTED, why, (("minutes", last.off_minutes),))
    return Opinion(ClockState.TRUSTED, mark("the hub confirmed it"))


def refuse_unset(now: Instant) -> None:
    """Raise `ClockNotSet` when the clock shows a day before this program existed."""
    if now.local_date < OLDEST_DAY:
        raise ClockNotSet(
            mark("this computer's clock says {day}"),
            hint=mark("Set it to the right day and time, then do this again."),
            day=day_in_words(now),
        )


def day_in_words(now: Instant) -> str:
    """The day as in `1 January 1970`, for messages about a clock that is not set."""
    return f"{now.local_date.day} {now.local_date:%B %Y}"


def days_ahead(db: Connection, now: Instant) -> int:
    """Whole days from the last answer of the hub (else from the newest entry) to `now`.

    Zero when there is neither, and when `now` is before it.
    """
    last = contact(db)
    since = _newest_at(db, now.millis) if last is None else last.hub
    return max(0, (now.millis - since) // 86_400_000)


def entries_ahead(db: Connection, now: Instant) -> tuple[int, Entry | None]:
    """How many entries are dated more than ten minutes after `now`, and the last such one."""
    where = "FROM entry WHERE at > ?"
    limit = now.plus(minutes=DRIFT_MINUTES).millis
    count = db.execute(f"SELECT count(*) {where}", (limit,)).fetchone()[0]
    row = db.execute(
        f"SELECT bytes, signature {where} ORDER BY at DESC, place DESC LIMIT 1", (limit,)
    ).fetchone()
    return int(count), None if row is None else Entry(bytes(row[0]), bytes(row[1]))


def _why_not(last: Contact, uptime: Uptime) -> str:
    if uptime.boot != last.boot:
        return mark("the computer was restarted after the hub confirmed it")
    if uptime.millis - last.uptime > LONGEST_DAYS * 86_400_000:
        return mark("the hub confirmed it too long ago")
    return mark("it was set, or the computer was restarted, after the hub confirmed it")


def _newest(db: Connection) -> Entry | None:
    row = db.execute("SELECT bytes, signature FROM entry ORDER BY place DESC LIMIT 1").fetchone()
    return None if row is None else Entry(bytes(row[0]), bytes(row[1]))


def _newest_at(db: Connection, without: int) -> int:
    """The time of the newest entry, in milliseconds as in `Instant`; `without` one."""
    row = db.execute("SELECT at FROM entry ORDER BY place DESC LIMIT 1").fetchone()
    return without if row is None else int(row[0])
