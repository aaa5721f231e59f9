"""When the desk tries the hub by itself, on a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from domain.errors import TidewaiterError
from domain.instant import Instant
from gui.outbox.schedule import FAST_KNOCKS, SLOW_KNOCK_SECONDS, Schedule
from sync.errors import HubFailed, NoLink
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
    """A schedule, how often it began a run, and how often it knocked."""

    def __init__(self, chance: float = 0.0) -> None:
        self.clock, self.timer, self.runs, self.knocks = Clock(), HandTimer(), 0, 0
        self.for_photos = True
        self.schedule = Schedule(
            self._run,
            self._knock,
            self.clock,
            lambda: chance,
            self.timer,
            photos_may_go=lambda: self.for_photos,
        )

    def _knock(self) -> None:
        self.knocks += 1

    def seconds(self) -> float:
        """How long the timer runs."""
        return self.timer.milliseconds / 1000

    def _run(self) -> None:
        self.runs += 1
        self.schedule.began()


def hub_failed() -> TidewaiterError:
    return HubFailed("the disk is full")


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
    pauses = []
    for _ in range(len(BACKGROUND) + 1):
        night.schedule.failed(hub_failed())
        pauses.append(night.seconds())
        night.timer.ring()
    assert pauses == [pause * (1 + 0.2 * chance) for pause in (*BACKGROUND, BACKGROUND[-1])]


def test_a_run_that_moved_something_is_followed_by_the_shortest_pause() -> None:
    night = Night()
    night.schedule.consider(waits=True)
    for _ in range(20):
        night.schedule.failed(hub_failed(), progressed=True)
        assert night.seconds() == BACKGROUND[0]
        night.timer.ring()


@pytest.mark.parametrize("error", [HubFailed("the disk is full"), NoLink("no answer")])
def test_a_deed_breaks_the_pause_after_a_failure(error: TidewaiterError) -> None:
    night = Night()
    night.schedule.consider(waits=True)
    for _ in range(5):
        night.schedule.failed(error)
        night.schedule.deed_done()
        night.schedule.consider(waits=True)
    assert night.runs == 6


def test_a_change_of_the_network_breaks_the_pause_and_starts_nothing_else() -> None:
    night = Night()
    night.schedule.network_changed()
    assert night.runs == 0
    night.schedule.consider(waits=True)
    night.schedule.network_changed()
    assert night.runs == 1
    night.schedule.failed(no_link())
    night.schedule.network_changed()
    assert night.runs == 2


def test_a_link_that_returns_is_used_within_two_seconds() -> None:
    night = Night()
    night.schedule.consider(waits=True)
    for _ in range(5):
        night.schedule.failed(hub_failed())  # the pauses have grown to a minute
        night.timer.ring()
    night.schedule.failed(no_link())
    waited = 0.0
    for _ in range(30):
        waited = night.seconds()
        night.timer.ring()
        night.schedule.knocked(False)
        assert waited <= 2.0
    assert (night.runs, night.knocks) == (6, 30)
    assert night.schedule.knocking
    night.timer.ring()
    night.schedule.knocked(True)
    assert night.runs == 7


def test_a_hub_that_answers_knocks_and_no_run_is_not_tried_at_every_knock() -> None:
    night = Night()
    night.schedule.consider(waits=True)
    for _ in range(5):
        night.schedule.failed(no_link())
        waited = 0.0
        runs = night.runs
        while night.runs == runs:
            waited += night.seconds()
            night.timer.ring()
            night.schedule.knocked(True)
        assert not night.schedule.knocking
    assert waited == BACKGROUND[-1]


def test_behind_a_proxy_only_the_pauses_count() -> None:
    night = Night()
    night.schedule.consider(waits=True)
    for _ in range(5):
        night.schedule.failed(no_link())
        waited = night.seconds()
        night.timer.ring()
        night.schedule.knocked(None)
        waited += night.seconds()
        night.timer.ring()
    assert (night.runs, night.knocks) == (6, 5)
    assert waited == BACKGROUND[-1]


def test_a_link_that_is_away_for_long_costs_a_knock_every_ten_seconds() -> None:
    night = Night()
    night.schedule.consider(waits=True)
    night.schedule.failed(no_link())
    for _ in range(FAST_KNOCKS + 1):
        night.timer.ring()
        night.schedule.knocked(False)
    assert night.seconds() == SLOW_KNOCK_SECONDS


def test_a_late_answer_to_a_knock_starts_no_second_run() -> None:
    night = Night()
    night.schedule.consider(waits=True)
    night.schedule.failed(no_link())
    night.timer.ring()
    night.schedule.knocked(False)
    night.timer.ring()
    night.schedule.deed_done()
    night.schedule.consider(waits=True)
    night.schedule.knocked(True)
    assert night.runs == 2


def test_it_says_since_when_there_is_no_link_and_when_it_tries_again() -> None:
    night = Night()
    night.schedule.consider(waits=True)
    night.schedule.failed(hub_failed())
    night.clock.go(1)
    night.timer.ring()
    night.schedule.failed(hub_failed())
    assert night.schedule.failing_since == NIGHT
    assert night.schedule.next_try == Instant(
        NIGHT.plus(minutes=1).millis + 5_000, NIGHT.offset_minutes
    )


def test_a_success_forgets_the_failures() -> None:
    night = Night()
    night.schedule.consider(waits=True)
    for _ in range(3):
        night.schedule.failed(hub_failed())
        night.timer.ring()
    night.schedule.ended()
    assert night.schedule.failing_since is None
    night.schedule.began()
    night.schedule.failed(hub_failed())
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


def test_photos_that_are_held_back_go_when_their_time_has_come() -> None:
    night = Night()
    night.for_photos = False
    night.schedule.consider(waits=True)
    night.schedule.ended(photos_held_back=True)
    for _ in range(3):
        night.timer.ring()
    assert (night.runs, night.timer.is_set) == (1, True)
    night.for_photos = True
    night.timer.ring()
    assert night.runs == 2


def test_photos_that_are_held_back_go_at_once_over_another_line() -> None:
    night = Night()
    night.for_photos = False
    night.schedule.consider(waits=True)
    night.schedule.ended(photos_held_back=True)
    night.schedule.network_changed()
    assert night.runs == 1
    night.for_photos = True
    night.schedule.network_changed()
    assert night.runs == 2
