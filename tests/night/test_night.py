"""A short night at the bench; `python -m tests.night` is a long one."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.night.night import NEEDS_A_DISK, Night, a_night_of, may_mount

KINDS = (
    "used bag",
    "photo cut short",
    "hub gone",
    NEEDS_A_DISK,
    "power cut",
)


@pytest.mark.timeout(600)
def test_a_night_of_mistakes_loses_nothing_and_leaves_no_message_over(tmp_path: Path) -> None:
    kinds = [kind for kind in KINDS if kind != NEEDS_A_DISK or may_mount()]
    random = Random(1)
    parcels = a_night_of(len(kinds) + 1, random, "en", kinds)
    for parcel in parcels:
        parcel.grounds = "Hidden in hand cream."
    night = Night(tmp_path, random, parcels)
    with night.open():
        night.work()
        night.end()
    assert night.happened.keys() >= set(kinds)
