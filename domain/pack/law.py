"""Law in a pack: what each act and each legal basis brings to the paper, and how periods count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from domain.interception.codes import LegalAction
from domain.pack.part import PackPart
from domain.words import Labels

TAKING = (LegalAction.SEIZURE, LegalAction.DETENTION)
"""The acts after which the holder can claim the goods. The claim rule and the steps for all papers
are for these alone; another act has only its own."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class WorkCalendar(PackPart, frozen=True, kw_only=True):
    """The days on which nobody works."""

    weekend: tuple[str, ...] = ("sat", "sun")
    """Days of the week (`WEEKDAYS`)."""
    holidays: tuple[str, ...]
    """Days, ISO 8601."""
    until: str = ""
    """The last day for which the holidays are known; when empty, the last day of the year of the
    last holiday."""

    @property
    def last(self) -> date | None:
        """The last day that it knows; None when it knows none."""
        days = _days((*self.holidays, self.until))
        if not days:
            return None
        return max(_days((self.until,)), default=date(max(days).year, 12, 31))

    def knows(self, day: date) -> bool:
        """Whether the holidays of that day's year are known: none before the first year."""
        first, last = min(_days(self.holidays), default=None), self.last
        return first is not None and last is not None and date(first.year, 1, 1) <= day <= last

    def is_working(self, day: date) -> bool:
        """Whether it is a working day."""
        weekend = WEEKDAYS[day.weekday()] in self.weekend
        return not weekend and day.isoformat() not in self.holidays


class ClaimRule(PackPart, frozen=True, kw_only=True):
    """The period for a claim, counted from the day on which the paper is served."""

    days: int = 0
    months: int = 0
    """Calendar months; a day that does not exist in the month becomes its last day."""
    working_days: int = 0
    calendar: str = ""
    """The name of a calendar in `Pack.calendars`: working days are counted by it, and a period
    that would end on another day ends on the next working day."""


class ActLaw(PackPart, frozen=True, kw_only=True):
    """What the paper says of one act; what is left out is that of the paper or of the program."""

    title: Labels = {}
    meaning: Labels = {}
    """One sentence that explains the act, below the title."""
    claim_rule: ClaimRule | None = None
    next_steps: Labels = {}


def deadline(rule: ClaimRule, served: date, calendar: WorkCalendar | None = None) -> date | None:
    """The last day of the period that begins on the day after `served`.

    Calendar months first, then days, then working days. A month ends on the day of the same number;
    where the month has no such day, on its last day (31 January and one month: 28 or 29 February),
    the usual rule of Regulation (EEC, Euratom) No 1182/71, article 3(2)(c). Without a calendar,
    weekends and holidays do not move the end; with one, an end on a weekend or holiday moves to the
    next working day (article 3(4)). None when the rule names a calendar that is not there, or that
    does not know all days of the period.
    """
    if (rule.calendar or rule.working_days) and calendar is None:
        return None
    months = served.year * 12 + served.month - 1 + rule.months
    year, month = divmod(months, 12)
    last = date(year, month + 1, min(served.day, _days_in(year, month + 1)))
    last += timedelta(days=rule.days)
    if calendar is None:
        return last
    left = rule.working_days
    while left or not calendar.is_working(last):
        last += timedelta(days=1)
        if not calendar.knows(last):
            return None
        left -= left > 0 and calendar.is_working(last)
    return last if calendar.knows(served) and calendar.knows(last) else None


def _days_in(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).day


def _days(texts: Iterable[str]) -> list[date]:
    return [day for text in texts if (day := day_in(text)) is not None]


def day_in(text: str) -> date | None:
    """The day in `text` (`2026-11-26`); None when it is none."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-11-26") else None
    except ValueError:
        return None
