"""Work beside the loop: its end is a call in the loop's thread, whatever the lanes are."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from domain.instant import Instant
from sync.errors import NoLink
from sync.lanes import InlineLanes, Lanes, ThreadLanes
from sync.link import LinkState
from sync.pace import FOREGROUND

LANES: list[Callable[[], Lanes]] = [InlineLanes, ThreadLanes]
NOW = Instant(0, 0)


@pytest.fixture(params=LANES)
def lanes(request: pytest.FixtureRequest) -> Lanes:
    made: Lanes = request.param()
    return made


def heard(lanes: Lanes, count: int) -> None:
    """Make the next calls, in this thread."""
    made = 0
    while made < count:
        for call in lanes.wait(60.0):
            call()
            made += 1


def test_the_end_of_work_is_heard_in_the_thread_of_the_loop(lanes: Lanes) -> None:
    results: list[tuple[str, int]] = []

    def then(result: str) -> None:
        results.append((result, threading.get_ident()))

    lanes.start(lambda: "sent", then, lambda error: pytest.fail(str(error)))
    heard(lanes, 1)

    assert results == [("sent", threading.get_ident())]


def test_an_error_of_ours_is_told_and_a_fault_of_the_program_is_raised(lanes: Lanes) -> None:
    errors: list[Exception] = []

    def cut() -> None:
        raise NoLink("cut")

    lanes.start(cut, lambda _: pytest.fail("no end"), errors.append)
    heard(lanes, 1)
    assert [type(error) for error in errors] == [NoLink]

    lanes.start(lambda: 1 // 0, lambda _: pytest.fail("no end"), errors.append)
    with pytest.raises(ZeroDivisionError):
        heard(lanes, 1)


def test_a_call_from_anywhere_wakes_the_loop(lanes: Lanes) -> None:
    calls: list[str] = []
    lanes.post(lambda: calls.append("news"))
    heard(lanes, 1)
    assert calls == ["news"]


def test_inline_lanes_have_a_clock_that_moves_only_when_nothing_is_due() -> None:
    lanes = InlineLanes()
    lanes.post(lambda: None)
    assert len(lanes.wait(5.0)) == 1
    assert lanes.now() == 0.0
    assert lanes.wait(5.0) == []
    assert lanes.now() == 5.0


def a_link(tries: int = 3) -> LinkState:
    return LinkState(tries, chance=lambda: 0.0)


def test_lanes_that_fail_together_are_one_failure() -> None:
    link = a_link()
    for _ in range(5):
        link.failed(NoLink("cut"), 0, 0.0, NOW)
    assert link.pause(0.0) == FOREGROUND[0]
    assert not link.exhausted


def test_a_link_that_is_cut_again_and_again_but_moves_is_tried_without_end() -> None:
    link = a_link(tries=2)
    for attempt in range(50):
        link.failed(NoLink("cut"), attempt, 0.0, NOW)
        assert link.pause(0.0) == FOREGROUND[0]
        link.progressed(0.0)
        assert not link.exhausted
    assert link.moved


def test_tries_without_progress_come_to_an_end() -> None:
    link = a_link(tries=3)
    for attempt in range(3):
        assert not link.exhausted
        link.failed(NoLink("cut"), attempt, 0.0, NOW)
    assert link.exhausted


def test_progress_and_news_end_a_long_pause() -> None:
    link = a_link(tries=99)
    for attempt in range(5):
        link.failed(NoLink("cut"), attempt, 100.0, NOW)
    assert link.pause(100.0) == FOREGROUND[-1]
    link.progressed(100.0)
    assert link.pause(100.0) == FOREGROUND[0]
    link.hurry()
    assert link.pause(100.0) == 0.0
