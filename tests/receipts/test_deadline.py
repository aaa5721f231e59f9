"""Until when a claim can be made."""

from __future__ import annotations

from datetime import date

import pytest

from domain.pack.model import ClaimRule
from receipts.deadline import deadline


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
