"""Block C: how it was found, and the test at the bench."""

from __future__ import annotations

from collections.abc import Iterator

from domain.fault import Fault, FaultKind, Shape
from domain.numbers.tidy import tidy
from domain.rules.situation import Situation
from domain.words import mark

WITNESS_IS_TESTER = FaultKind(
    "witness_is_tester",
    mark("is the tester"),
    mark("Another officer must have seen the test; else leave it empty."),
    shape=Shape.PREDICATE,
)
TEST_KIT_EXPIRED = FaultKind(
    "test_kit_expired",
    mark("is before the test: the kit had expired on {day}"),
    mark("Test again with a kit in date."),
    shape=Shape.PREDICATE,
    warns=True,
)


def faults(situation: Situation) -> Iterator[Fault]:
    """What cannot be right, or is doubtful, about the field test."""
    record = situation.interception
    test = record.detection.field_test
    if test.tester and test.witness and tidy(test.tester) == tidy(test.witness):
        yield Fault("detection.field_test.witness", WITNESS_IS_TESTER)
    tested = record.occasion.detected_at or record.occasion.seized_at
    if test.expiry and tested and test.expiry < tested.local_date:
        yield Fault("detection.field_test.expiry", TEST_KIT_EXPIRED, day=test.expiry)
