"""A pack has a period: what counts is the time of the seizure, not the day of recording."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from domain.faults import examine
from domain.instant import Instant
from tests.builders import a_checklist, a_document
from tests.domain.pack_files import checked, small

PERIOD = {"valid_from": "2026-11-01", "valid_to": "2026-11-30", "late_days": 10}
OF_THE_PERIOD = {"seized_before_pack", "seized_after_pack", "recorded_late"}


def remarks(seized: str, now: str, **period: Any) -> set[str]:
    """What is remarked on a record of a find at noon of the day `seized`, made on the day `now`."""
    checklist = a_checklist()
    pack = msgspec.structs.replace(checklist.pack, **period)
    document = a_document(occasion={"seized_at": f"{seized}T12:00:00.000+01:00"})
    at = Instant.parse(f"{now}T18:00:00.000+01:00")
    found = examine(document, msgspec.structs.replace(checklist, pack=pack), at).faults
    return {fault.kind.code for fault in found if fault.warns} & OF_THE_PERIOD


@pytest.mark.parametrize(
    ("seized", "now", "remarked"),
    [
        ("2026-11-01", "2026-11-01", set()),
        ("2026-11-30", "2026-11-30", set()),
        ("2026-11-30", "2026-12-10", set()),
        ("2026-11-30", "2026-12-11", {"recorded_late"}),
        ("2026-10-31", "2026-11-02", {"seized_before_pack"}),
        ("2026-12-01", "2026-12-01", {"seized_after_pack"}),
        ("2026-12-01", "2026-12-30", {"seized_after_pack"}),
    ],
)
def test_a_find_is_judged_by_the_time_of_its_seizure(
    seized: str, now: str, remarked: set[str]
) -> None:
    assert remarks(seized, now, **PERIOD) == remarked


def test_without_late_days_a_find_of_the_period_may_come_whenever() -> None:
    assert remarks("2026-11-30", "2027-11-02", valid_to="2026-11-30", late_days=0) == set()
    assert remarks("2026-10-01", "2026-11-30", valid_from="", valid_to="") == set()


@pytest.mark.parametrize("changes", [{"late_days": -1, "valid_to": "2099-01-01"}, {"late_days": 3}])
def test_late_days_are_days_after_the_end(changes: dict[str, Any]) -> None:
    found = checked(small(format="tidewaiter-pack/2", **changes)).faults
    assert [each.position for each in found if "late" in each.position] == ["$.late_days"]
