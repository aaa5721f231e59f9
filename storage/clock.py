"""How far the clock of the workstation can be believed.

Anybody can set the wall clock; nobody can set the time since the computer was started
(`system.clock`). What the hub said of the wall clock holds as long as both have gone on side by
side since then.
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
"""More than this off the hub's clock is `drifted`."""
STEP_SECONDS = 30
"""A wall clock that moved further than this against the time since the start was set."""
LONGEST_DAYS = 30
"""So long the hub's word on the clock holds: a quartz loses up to a second or two a day."""
OLDEST_DAY = date(2026, 1, 1)
"""No clock that is set says an earlier day: this program did not exist then."""


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """What both clocks and the hub's said when the hub was last heard; in milliseconds."""

    boot: str
    uptime: int
    wall: int
    """Since 1970, by this workstation."""
    hub: int
    """Since 1970, by the hub."""

    def holds(self, now: Instant, uptime: Uptime) -> bool:
        """Whether nobody has set the wall clock or started the computer since."""
        by_wall, by_uptime = now.millis - self.wall, uptime.millis - self.uptime
        return (
            uptime.boot == self.boot
            and 0 <= by_uptime <= LONGEST_DAYS * 86_400_000
            and abs(by_wall - by_uptime) <= STEP_SECONDS * 1000
        )

    @property
    def off_minutes(self) -> int:
        """How far the wall clock was off the hub's, without a sign."""
        return abs(self.hub - self.wall) // 60_000


@dataclass(frozen=True, slots=True)
class Opinion:
    """What is known of a moment's clock, and why; `why` is a template filled from `values`."""

    state: ClockState
    why: str
    values: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return filled(self.why, dict(self.values))


def heard(db: Connection, now: Instant, uptime: Uptime, hub: Instant) -> None:
    """Note what all clocks say while the hub is heard; part of the caller's transaction."""
    contact = Contact(boot=uptime.boot, uptime=uptime.millis, wall=now.millis, hub=hub.millis)
    remember(db, HubFact.CLOCKS, to_json(contact))


def contact(db: Connection) -> Contact | None:
    """What the clocks said when the hub was last heard; None before the first time."""
    row = remembered(db, HubFact.CLOCKS)
    return None if row is None else from_json(row, Contact)


def judge(db: Connection, now: Instant, uptime: Uptime) -> Opinion:
    """What is known of the clock that says `now`.

    `trusted` while what the hub confirmed holds (`Contact.holds`); `drifted` when the clock runs
    behind the newest entry, or was more than ten minutes off the hub and has not been set since;
    `unknown` else. An entry that was itself signed by a clock nobody confirmed is no evidence
    against one that the hub has confirmed.
    """
    newest = _newest(db)
    last = contact(db)
    holds = last is not None and last.holds(now, uptime)
    behind = newest is not None and now.millis < newest.head.at.millis
    if newest and behind and not (holds and newest.head.clock is not ClockState.TRUSTED):
        values = (("number", newest.head.seq), ("when", newest.head.at))
        why = mark("it runs behind the newest entry, number {number}, which is of {when}")
        return Opinion(ClockState.DRIFTED, why, values)
    if last is None:
        return Opinion(ClockState.UNKNOWN, mark("no hub has confirmed it yet"))
    if not holds:
        return Opinion(ClockState.UNKNOWN, _why_not(last, uptime))
    if last.off_minutes > DRIFT_MINUTES:
        why = mark(
            "it was {minutes} minute off the hub's clock; set it",
            "it was {minutes} minutes off the hub's clock; set it",
            "minutes",
        )
        return Opinion(ClockState.DRIFTED, why, (("minutes", last.off_minutes),))
    return Opinion(ClockState.TRUSTED, mark("the hub confirmed it"))


def refuse_unset(now: Instant) -> None:
    """Raise `ClockNotSet` when the clock says a day on which this program did not exist."""
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
    """Whole days from when the hub was last heard (else: from the newest entry) to `now`.

    Zero without either, and when `now` lies before it.
    """
    last, newest = contact(db), _newest(db)
    if last is not None:
        since = last.hub
    elif newest is not None:
        since = newest.head.at.millis
    else:
        return 0
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
        return mark("the computer was started anew since the hub confirmed it")
    if uptime.millis - last.uptime > LONGEST_DAYS * 86_400_000:
        return mark("the hub confirmed it too long ago")
    return mark("it was set, or the computer was started anew, since the hub confirmed it")


def _newest(db: Connection) -> Entry | None:
    row = db.execute("SELECT bytes, signature FROM entry ORDER BY place DESC LIMIT 1").fetchone()
    return None if row is None else Entry(bytes(row[0]), bytes(row[1]))
