"""The deadline for claims."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from domain.instant import Instant
from domain.interception.codes import ServiceWay
from domain.interception.record import Interception
from domain.pack.model import ClaimRule


def day_served(interception: Interception, issued_at: Instant) -> date | None:
    """The local date on which the paper was served; None when no period starts.

    No period starts when the paper was not served, or the way of service is not recorded. A time
    before the seizure or after the issue of the paper is a typing error and starts no period
    either.
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
