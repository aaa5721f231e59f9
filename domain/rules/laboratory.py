"""Checks the results of the laboratory and of the field test."""

from __future__ import annotations

from collections.abc import Iterator

from domain.fault import IS_MISSING, Fault, FaultKind, Shape
from domain.instant import Instant
from domain.interception.goods import Drug
from domain.rules.situation import Situation
from domain.words import mark

TEST_KIT_MISSING = FaultKind(
    "test_kit_missing",
    IS_MISSING,
    mark("Name the test that gave the result."),
    shape=Shape.MISSING,
    warns=True,
)
REPORT_IN_FUTURE = FaultKind(
    "report_in_future", mark("is in the future"), mark("Check the date."), shape=Shape.PREDICATE
)
REPORT_BEFORE_FIND = FaultKind(
    "report_before_find",
    mark("is before the goods were found"),
    mark("Check the date of the report."),
    shape=Shape.PREDICATE,
    warns=True,
)
REPORT_MISSING = FaultKind(
    "report_missing",
    IS_MISSING,
    mark("A laboratory confirms: name its report and the date of it."),
    shape=Shape.MISSING,
    warns=True,
)
SAMPLE_TWICE = FaultKind("sample_twice", mark("{sample} is entered twice"), warns=True)
SAMPLES_NOT_COUNT = FaultKind(
    "samples_not_count",
    mark("is not the number of samples listed, {listed}"),
    mark("Count them again, or list them all."),
    shape=Shape.PREDICATE,
    warns=True,
)


def faults(situation: Situation) -> Iterator[Fault]:
    """Faults and remarks about laboratory reports, samples and the field test."""
    occasion = situation.interception.occasion
    found = occasion.detected_at or occasion.seized_at
    for number, line in enumerate(situation.interception.goods):
        prefix = f"goods.{number}.drug."
        yield from _report(line.drug, prefix, found, situation.now)
        yield from _samples(line.drug, prefix)
    test = situation.interception.detection.field_test
    if test.result is not None and not test.kit:
        yield Fault("detection.field_test.kit", TEST_KIT_MISSING)


def _report(drug: Drug, prefix: str, found: Instant | None, now: Instant) -> Iterator[Fault]:
    day = drug.laboratory_date
    if day and day > now.local_date:
        yield Fault(f"{prefix}laboratory_date", REPORT_IN_FUTURE)
    elif day and found and day < found.local_date:
        yield Fault(f"{prefix}laboratory_date", REPORT_BEFORE_FIND)
    if not drug.substance_confirmed and drug.purity_pct is None:
        return
    for name, filled in (("laboratory_ref", drug.laboratory_ref), ("laboratory_date", day)):
        if not filled:
            yield Fault(prefix + name, REPORT_MISSING)


def _samples(drug: Drug, prefix: str) -> Iterator[Fault]:
    listed = drug.sample_ids
    for sample in dict.fromkeys(listed):
        if listed.count(sample) > 1:
            yield Fault(f"{prefix}sample_ids", SAMPLE_TWICE, sample=sample)
    if listed and drug.sample_count is not None and drug.sample_count != len(listed):
        yield Fault(f"{prefix}sample_count", SAMPLES_NOT_COUNT, listed=len(listed))
