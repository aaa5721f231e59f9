"""Until when a claim can be made."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from domain.instant import Instant
from domain.interception.codes import ServiceWay
from domain.interception.record import Interception
from domain.pack.model import ClaimRule


def day_served(interception: Interception, issued_at: Instant) -> date | None:
    """The day from which a period runs, on the clock of the place; None while there is none.

    A paper that is not served, or of which nobody says how, starts no period. Nor does a time that
    cannot be right, before the seizure or after the paper was issued: a typing error never makes a
    deadline.
    """
    served, seized = interception.legal.served_at, interception.occasion.seized_at
    if served is None or interception.legal.served in (None, ServiceWay.NONE):
        return None
    if (seized is not None and served.minute < seized.minute) or served.minute > issued_at.minute:
        return None
    return served.local_date


def deadline(rule: ClaimRule, served: date) -> date:
    """The last day of the period that begins on the day after `served`.

    Calendar months first, then days. A month ends on the day of the same number; where the month
    has no such day, on its last day (31 January and one month: 28 or 29 February), the usual rule
    of Regulation (EEC, Euratom) No 1182/71, article 3(2)(c). Weekends and holidays do not move it.
    """
    months = served.year * 12 + served.month - 1 + rule.months
    year, month = divmod(months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(served.day, last)) + timedelta(days=rule.days)
