"""Until when a claim can be made."""

from __future__ import annotations

from datetime import date

import pytest

from domain.instant import Instant
from domain.interception.legal import Legal
from domain.interception.occasion import Occasion
from domain.pack.law import ClaimRule, deadline
from papers.receipt.service import day_served
from tests.papers.builders import an_interception


@pytest.mark.parametrize(
    ("rule", "served", "last"),
    [
        (ClaimRule(days=30), date(2026, 11, 23), date(2026, 12, 23)),
        (ClaimRule(months=1), date(2026, 11, 23), date(2026, 12, 23)),
        (ClaimRule(months=1), date(2026, 1, 31), date(2026, 2, 28)),
        (ClaimRule(months=1), date(2028, 1, 31), date(2028, 2, 29)),
        (ClaimRule(months=3), date(2026, 11, 30), date(2027, 2, 28)),
        (ClaimRule(months=12), date(2028, 2, 29), date(2029, 2, 28)),
        (ClaimRule(months=1, days=5), date(2026, 1, 31), date(2026, 3, 5)),
        (ClaimRule(days=1), date(2026, 12, 31), date(2027, 1, 1)),
        (ClaimRule(), date(2026, 5, 1), date(2026, 5, 1)),
    ],
)
def test_a_period_ends_on_the_day_the_rule_names(rule: ClaimRule, served: date, last: date) -> None:
    assert deadline(rule, served) == last


ISSUED = Instant.parse("2026-11-23T05:00+01:00")


@pytest.mark.parametrize(
    ("way", "at", "day"),
    [
        ("post", "2026-11-23T04:00+01:00", date(2026, 11, 23)),
        ("person", "2026-11-23T05:00+01:00", date(2026, 11, 23)),
        ("person", "2026-11-23T05:00:59+01:00", date(2026, 11, 23)),
        (None, "2026-11-23T04:00+01:00", None),
        ("post", None, None),
        (None, None, None),
        ("none", "2026-11-23T04:00+01:00", None),
        ("post", "2020-01-01T04:00+01:00", None),
        ("post", "2026-11-23T03:04+01:00", None),
        ("post", "2026-11-28T04:00+01:00", None),
    ],
)
def test_a_period_runs_only_from_a_service_that_can_have_been(
    way: str | None, at: str | None, day: date | None
) -> None:
    """Served between the seizure (03:05) and the issue of the paper (05:00), in some way."""
    legal = Legal(action="seizure", served=way, served_at=Instant.parse(at) if at else None)
    assert day_served(an_interception(legal=legal), ISSUED) == day


def test_a_paper_served_in_the_minute_of_the_seizure_starts_its_period() -> None:
    """The clock adds seconds to the time of the seizure; a person types minutes."""
    legal = Legal(
        action="seizure", served="person", served_at=Instant.parse("2026-11-23T03:05+01:00")
    )
    occasion = Occasion(seized_at=Instant.parse("2026-11-23T03:05:47+01:00"))
    assert day_served(an_interception(legal=legal, occasion=occasion), ISSUED) == date(2026, 11, 23)
