"""Thousands of workstations come back at once: few wait, the others come later, one by one."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.serving.crowd import BATCHES, DEVICES, LEAST, LONGEST, Crowd
from tests.hub.conftest import run_hub
from tests.hub.station import Station

TIPS = DEVICES + "D/tips"


def test_a_crowded_hub_names_a_time_and_takes_the_batches_of_those_it_let_in(
    tmp_path: Path,
) -> None:
    with run_hub(tmp_path, crowd=Crowd(most=2)) as running, ThreadPoolExecutor(3) as pool:
        stations = [running.station(seed) for seed in (1, 2, 3, 4)]
        asking = stations[3]
        with running.hub.database.writing():
            sent = [pool.submit(station.send) for station in stations[:2]]
            end = time.monotonic() + 10
            while (answer := _entries(asking)) == (200, ""):
                assert time.monotonic() < end, "nobody is turned away"
            assert answer == (503, "3")
            # a question whether it is alive is answered, and a batch has more room
            assert asking.http.get("/api/health").status_code == 200
            sent.append(pool.submit(stations[2].send))
        assert all(each.result().tips for each in sent)
        assert _entries(asking) == (200, "")


def _entries(station: Station) -> tuple[int, str]:
    """A question that only reads, which the lock of the writer does not stop."""
    answer = station.http.get(f"/api/devices/{station.device}/entries")
    return answer.status_code, answer.headers.get("Retry-After", "")


@given(gap=st.floats(0.001, 5), turned_away=st.integers(1, 200))
def test_those_who_are_turned_away_come_as_fast_as_the_hub_answers(
    gap: float, turned_away: int
) -> None:
    clock = [1_000.0]
    crowd = Crowd(most=4, now=lambda: clock[0])
    for _ in range(204):
        crowd.came()
    for _ in range(200):
        clock[0] += gap
        crowd.answered()
    later = [crowd.comes_later(TIPS) for _ in range(turned_away)]
    expected = [min(LEAST + 2 * gap * number, LONGEST) for number in range(1, turned_away + 1)]
    assert later == pytest.approx(expected, rel=0.1, abs=1)


def test_a_batch_has_room_where_a_question_has_none() -> None:
    crowd = Crowd(most=1)
    assert crowd.comes_later(TIPS) is None
    crowd.came()
    assert crowd.comes_later(TIPS) is not None
    assert crowd.comes_later(BATCHES) is None
    crowd.answered()
    assert crowd.comes_later(TIPS) is None
