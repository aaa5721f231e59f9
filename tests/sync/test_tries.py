"""What a run does when the link is cut: it waits, goes on, and gives up when nothing moves."""

from __future__ import annotations

import pytest

from sync.errors import HubRefused, NoLink
from sync.lanes import InlineLanes
from sync.open import open_carrier
from sync.pace import FOREGROUND_ASKED
from sync.run import synchronise
from tests.builders import known_at
from tests.sync.conftest import Post, counted
from tests.sync.lines import Asked, a_server, again, an_answer, passed_on

NOBODY = "http://127.0.0.1:9"
"""An address where nothing listens."""


def test_a_cut_link_is_tried_again_after_pauses_that_grow_and_the_last_failure_is_told(
    post: Post,
) -> None:
    lanes = InlineLanes()
    failures: list[tuple[float, str]] = []
    with post.place.open() as ws, pytest.raises(NoLink):
        synchronise(
            ws,
            lambda: open_carrier(known_at(ws, NOBODY)),
            tries=4,
            lanes=lanes,
            trying_again=lambda error: failures.append((lanes.now(), error.what)),
            chance=lambda: 0.0,
        )
    assert failures == [(at, "no answer from the hub") for at in (0.0, 0.25, 1.25)]
    assert lanes.now() == 2.75


def test_a_link_that_comes_back_brings_everything_in_the_same_command(post: Post) -> None:
    dead = iter([True] * 2)

    def answer(asked: Asked) -> bytes:
        return b"" if next(dead, False) else again(*passed_on(post.hub.url, asked))

    with a_server(answer) as url, post.place.open() as ws:
        known_at(ws, url)
        outcome = synchronise(ws, lambda: open_carrier(ws), tries=3, lanes=InlineLanes())
    assert outcome.complete
    assert counted(post.hub) == (3, 3, 6)


def test_what_the_hub_refuses_is_not_tried_again(post: Post) -> None:
    asked_for: list[str] = []

    def answer(asked: Asked) -> bytes:
        asked_for.append(asked.route)
        return an_answer(403, b'{"error": "this workstation is not welcome"}')

    lanes = InlineLanes()
    with a_server(answer) as url, post.place.open() as ws, pytest.raises(HubRefused):
        synchronise(ws, lambda: open_carrier(known_at(ws, url)), tries=3, lanes=lanes)
    assert lanes.now() == 0.0
    assert len(asked_for) == len(set(asked_for))


def test_the_hub_may_ask_for_a_longer_pause(post: Post) -> None:
    lanes = InlineLanes()

    def answer(asked: Asked) -> bytes:
        if lanes.now() < 4.0 + FOREGROUND_ASKED:
            seconds = "4" if lanes.now() == 0.0 else "3600"
            return an_answer(503, b'{"error": "later"}', Retry_After=seconds)
        return again(*passed_on(post.hub.url, asked))

    with a_server(answer) as url, post.place.open() as ws:
        outcome = synchronise(
            ws,
            lambda: open_carrier(known_at(ws, url)),
            lanes=lanes,
            chance=lambda: 0.0,
        )
    assert outcome.complete
    assert lanes.now() == 4.0 + FOREGROUND_ASKED


@pytest.mark.parametrize("status", [401, 403, 407, 408, 429])
def test_what_a_proxy_answers_in_place_of_the_hub_counts_as_no_answer(
    post: Post, status: int
) -> None:
    lanes = InlineLanes()
    page = b"<html>Too many requests</html>"

    def answer(asked: Asked) -> bytes:
        if lanes.now() < 3.0:
            return an_answer(status, page, "text/html", Retry_After="3")
        return again(*passed_on(post.hub.url, asked))

    failures: list[str] = []
    with a_server(answer) as url, post.place.open() as ws:
        outcome = synchronise(
            ws,
            lambda: open_carrier(known_at(ws, url)),
            lanes=lanes,
            trying_again=lambda error: failures.append(str(error)),
            chance=lambda: 0.0,
        )
    assert outcome.complete
    assert lanes.now() == 3.0
    assert len(failures) == 1
    assert f"something before it (status {status})" in failures[0]
