"""A clock that is off is told by the commands that hear of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.keys import Passphrase
from storage.workstation import open_workstation
from system.clock import system_clock
from tests.builders import a_final
from tests.hub.conftest import run_hub
from tests.journeys.conftest import WORDS, Pair
from tests.journeys.desk import Desk

YEAR = 365 * 24 * 60


@pytest.mark.parametrize(("minutes", "told"), [(73 * YEAR, True), (12, True), (0, False)])
def test_sync_says_that_the_clock_is_off_the_hubs(
    pair: Pair, minutes: int, told: bool, tmp_path: Path
) -> None:
    with run_hub(tmp_path / "hub", now=lambda: system_clock().plus(minutes=minutes)) as hub:
        said = pair.desk.run("sync", "--hub", hub.url)

    assert said.status == 0
    warned = [line for line in said.err.splitlines() if "clock" in line]
    assert len(warned) == told
    if told:
        assert "warning: this computer's clock says" in warned[0]
        unit = "days" if minutes > 12 else "minutes"
        assert f"{unit} off the hub's clock; set it" in warned[0]


@pytest.mark.parametrize(("count", "words"), [(1, "1 entry is"), (2, "2 entries are")])
def test_doctor_counts_the_entries_that_are_dated_after_now(
    desk: Desk, count: int, words: str
) -> None:
    later = system_clock().plus(minutes=120)
    with open_workstation(desk.home, Passphrase(WORDS), now=lambda: later) as ws:
        for _ in range(count):
            a_final(ws)

    assert f"look at clock: {words} dated after now" in desk.run("doctor").out
