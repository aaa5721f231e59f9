"""A short night at the bench; `python -m tests.night` is a long one."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.night.night import Night
from tests.night.plan import a_parcel

KINDS = ("typo in a number", "label of another parcel")


@pytest.mark.timeout(600)
def test_a_night_of_mistakes_loses_nothing_and_leaves_no_message_over(tmp_path: Path) -> None:
    random = Random(1)
    parcels = [a_parcel(number, random, "en") for number in range(len(KINDS))]
    for parcel, kind in zip(parcels, KINDS, strict=True):
        # What costs the fewest keys: no lot and no expiry, a short narrative, no dialog.
        parcel.category, parcel.word = "HAIRNET", "charlotte"
        parcel.grounds, parcel.photo_way = "Hidden in hand cream.", "paste"
        parcel.wrong = kind
    night = Night(tmp_path, random, parcels)
    with night.open():
        night.work()
        night.end()
    assert night.happened.keys() == set(KINDS)
