"""Random histories, a few dozen of them; `python -m tests.chaos` runs as many as you like."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.chaos.run import Chaos, Report
from tests.chaos.steps import CHOSEN, WEIGHTS, Step, a_history, shorter

QUICK = 20
BY_STICK, BY_NETWORK = 0, 1
"""Seeds of a history that settles in this way."""
SELDOM = 4
"""Kinds of steps that may not happen in so few histories."""


@pytest.fixture(scope="module")
def chaos() -> Iterator[Chaos]:
    """A template, made once."""
    with closing(Chaos()) as made:
        yield made


def test_whatever_happens_everything_is_at_the_hub_exactly_once(chaos: Chaos) -> None:
    report = chaos.run(range(1, 1 + QUICK))
    assert not report.failures, str(report.failures[0])
    assert report.histories == QUICK
    assert len(set(WEIGHTS) - set(report.happened)) <= SELDOM


@pytest.mark.parametrize("name", CHOSEN)
def test_histories_that_chance_finds_seldom(chaos: Chaos, name: str) -> None:
    report = Report()
    for seed in BY_STICK, BY_NETWORK:
        chaos.try_one(seed, CHOSEN[name], report)
    assert not report.failures, str(report.failures[0])


def test_a_history_goes_the_same_way_each_time(chaos: Chaos) -> None:
    first, second = (chaos.run(range(3, 5)) for _ in range(2))
    assert (first.requests, first.happened) == (second.requests, second.happened)


def test_a_failing_history_is_made_shorter() -> None:
    steps = a_history(7, (20, 20))
    guilty = steps[4], steps[15]

    def fails(few: list[Step]) -> bool:
        return all(step in few for step in guilty)

    assert shorter(steps, fails) == list(guilty)
