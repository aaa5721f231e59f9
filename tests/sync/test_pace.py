"""The one back-off: pauses that grow, spread by chance, forgotten after a success."""

from __future__ import annotations

import pytest

from sync.pace import BACKGROUND, FOREGROUND, SPREAD, Pace
from tests.builders import NIGHT


@pytest.mark.parametrize("pauses", [BACKGROUND, FOREGROUND])
def test_the_pauses_grow_and_the_last_one_repeats(pauses: tuple[float, ...]) -> None:
    pace, seen = Pace(pauses, 0), []
    for _ in range(len(pauses) + 2):
        pace = pace.failed(NIGHT)
        seen.append(pace.pause(0.0))
    assert seen == [*pauses, pauses[-1], pauses[-1]]
    assert sorted(pauses) == list(pauses)


def test_chance_makes_a_pause_longer_by_a_fifth_at_most() -> None:
    pace = Pace((50.0,), 0).failed(NIGHT)
    assert SPREAD == 0.2
    pauses = [pace.pause(chance) for chance in (0.0, 0.5, 1.0)]
    assert pauses == pytest.approx([50.0, 55.0, 60.0])


def test_before_a_failure_and_after_a_success_there_is_no_pause() -> None:
    pace = Pace(BACKGROUND, 0)
    assert pace.pause(1.0) == 0
    pace = pace.failed(NIGHT).failed(NIGHT.plus(minutes=5))
    assert (pace.failures, pace.failing_since) == (2, NIGHT)
    assert pace.succeeded() == Pace(BACKGROUND, 0)


def test_the_hub_may_ask_for_a_longer_pause_within_a_bound_and_never_for_a_shorter_one() -> None:
    pace = Pace((2.0,), longest_asked=300.0).failed(NIGHT)
    assert [pace.pause(0.0, asked) for asked in (0.0, 1.0, 60.0, 9e7)] == [2.0, 2.0, 60.0, 300.0]
