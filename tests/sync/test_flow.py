"""What leaves: in chunks, not faster than allowed, in pieces that a proxy lets through."""

from __future__ import annotations

import pytest

from sync.http.flow import CHUNK, LARGEST_PIECE, SMALLEST_PIECE, Flow, Stopped


class Hours:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


def test_without_a_limit_nothing_waits() -> None:
    clock = Hours()
    chunks = list(Flow(now=clock.now, sleep=clock.sleep).chunks(bytes(3 * CHUNK + 1)))
    assert [len(chunk) for chunk in chunks] == [CHUNK, CHUNK, CHUNK, 1]
    assert clock.seconds == 0.0


def test_all_lanes_together_send_no_faster_than_the_limit() -> None:
    clock = Hours()
    flow = Flow(64, now=clock.now, sleep=clock.sleep)  # 8,000 bytes a second
    lanes = [flow.chunks(bytes(40_000)), flow.chunks(bytes(40_000))]
    for _ in range(20):
        for lane in lanes:
            next(lane)
    assert clock.seconds == pytest.approx((80_000 - 2_000) / 8_000, abs=0.01)


def test_a_stop_works_inside_a_piece_and_while_it_waits_for_its_turn() -> None:
    clock = Hours()
    flow = Flow(8, now=clock.now, sleep=clock.sleep)  # 1,000 bytes a second
    lane = flow.chunks(bytes(100_000), stops=lambda: clock.seconds > 1.0)
    with pytest.raises(Stopped):
        list(lane)
    assert clock.seconds < 1.3


def test_pieces_halve_down_to_the_smallest_and_then_no_more() -> None:
    flow = Flow()
    sizes = []
    while flow.shrink(flow.piece):
        sizes.append(flow.piece)
    assert sizes == [LARGEST_PIECE >> step for step in range(1, 7)]
    assert flow.piece == SMALLEST_PIECE


def test_a_small_piece_that_is_refused_does_not_make_others_larger() -> None:
    flow = Flow(piece=SMALLEST_PIECE)
    assert flow.shrink(3 * SMALLEST_PIECE)
    assert flow.piece == SMALLEST_PIECE
