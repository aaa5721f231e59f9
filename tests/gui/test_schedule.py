"""When the desk tries the hub by itself, on a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from domain.errors import TidewaiterError
from gui.outbox.schedule import Schedule
from sync.errors import NoLink
from sync.pace import BACKGROUND
from tests.builders import NIGHT, Clock


class HandTimer:
    """A timer that rings when the test says so."""

    def __init__(self) -> None:
        self.milliseconds = 0
        self._then: Callable[[], None] | None = None

    def call(self, milliseconds: int, then: Callable[[], None]) -> None:
        self.milliseconds, self._then = milliseconds, then

    def stop(self) -> None:
        self._then = None

    @property
    def is_set(self) -> bool:
        return self._then is not None

    def ring(self) -> None:
        then, self._then = self._then, None
        assert then is not None
        then()


class Night:
    """A schedule, and how often it began a run."""

    def __init__(self, chance: float = 0.0) -> None:
        self.clock, self.timer, self.runs = Clock(), HandTimer(), 0
        self.schedule = Schedule(self._run, self.clock, lambda: chance, self.timer)

    def _run(self) -> None:
        self.runs += 1
        self.schedule.began()


def no_link() -> TidewaiterError:
    return NoLink("no answer from the hub")


def test_nothing_is_tried_and_nothing_ticks_while_nothing_waits() -> None:
    night = Night()
    night.schedule.consider(waits=False)
    assert (night.runs, night.timer.is_set) == (0, False)


def test_it_tries_at_the_start_and_after_each_deed_and_not_in_between() -> None:
    night = Night()
    night.schedule.consider(waits=True)
    night.schedule.ended()
    night.schedule.consider(waits=True)
    assert night.runs == 1
    night.schedule.deed_done()
    night.schedule.consider(waits=True)
    assert night.runs == 2


def test_two_runs_never_go_on_at_a_time() -> None:
    night = Night()
    night.schedule.consider(waits=True)
    night.schedule.deed_done()
    night.schedule.consider(waits=True)
    assert night.runs == 1
    night.schedule.ended()
    night.schedule.consider(waits=True)
    assert night.runs == 2


@pytest.mark.parametrize("chance", [0.0, 1.0])
def test_after_failures_in_a_row_the_pauses_grow_and_chance_spreads_them(chance: float) -> None:
    night = Night(chance)
    night.schedule.consider(waits=True)
    seen = []
    for _ in range(len(BACKGROUND) + 1):
        night.schedule.failed(no_link())
        seen.append(night.timer.milliseconds / 1000)
        night.timer.ring()
    assert seen == [pause * (1 + 0.2 * chance) for pause in (*BACKGROUND, BACKGROUND[-1])]


def test_a_deed_does_not_shorten_the_pause_after_a_failure() -> None:
    night = Night()
    night.schedule.consider(waits=True)
    night.schedule.failed(no_link())
    night.schedule.deed_done()
    night.schedule.consider(waits=True)
    assert night.runs == 1
    night.timer.ring()
    assert night.runs == 2


def test_it_says_since_when_there_is_no_link_and_when_it_tries_again() -> None:
    night = Night()
    night.schedule.consider(waits=True)
    night.schedule.failed(no_link())
    night.clock.go(1)
    night.timer.ring()
    night.schedule.failed(no_link())
    assert night.schedule.failing_since == NIGHT
    assert night.schedule.next_try == NIGHT.plus(minutes=2)


def test_a_success_forgets_the_failures() -> None:
    night = Night()
    night.schedule.consider(waits=True)
    for _ in range(3):
        night.schedule.failed(no_link())
        night.timer.ring()
    night.schedule.ended()
    assert night.schedule.failing_since is None
    night.schedule.began()
    night.schedule.failed(no_link())
    assert night.timer.milliseconds == BACKGROUND[0] * 1000


def test_a_pause_keeps_it_still_until_the_officer_goes_on() -> None:
    night = Night()
    night.schedule.consider(waits=True)
    night.schedule.pause()
    night.schedule.failed(no_link())
    night.schedule.deed_done()
    night.schedule.consider(waits=True)
    assert (night.runs, night.timer.is_set) == (1, False)
    night.schedule.go_on()
    night.schedule.consider(waits=True)
    assert night.runs == 2
