"""The day from which the period for a claim is counted."""

from __future__ import annotations

from datetime import date

from domain.instant import Instant
from domain.interception.codes import ServiceWay
from domain.interception.record import Interception


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
