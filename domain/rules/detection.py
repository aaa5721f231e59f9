"""Block C: how it was found, and the test at the bench."""

from __future__ import annotations

from collections.abc import Iterator

from domain.fault import Fault
from domain.numbers.tidy import tidy
from domain.rules.situation import Situation
from domain.words import mark


def faults(seen: Situation) -> Iterator[Fault]:
    """What cannot be right, or is doubtful, about the field test."""
    record = seen.interception
    test = record.detection.field_test
    if test.tester and test.witness and tidy(test.tester) == tidy(test.witness):
        yield Fault(
            "detection.field_test.witness",
            mark("is the tester"),
            mark("Another officer must have seen the test; else leave it empty."),
        )
    tested = record.occasion.detected_at or record.occasion.seized_at
    if test.expiry and tested and test.expiry < tested.local_date:
        yield Fault(
            "detection.field_test.expiry",
            mark("lies before the test: the kit had expired on {day}"),
            mark("Test again with a kit in date."),
            warns=True,
            day=test.expiry,
        )
