"""What the command does when the link is cut: it waits, tries again, and gives up in the end."""

from __future__ import annotations

import pytest

from sync.errors import HubRefused, NoLink
from sync.open import open_carrier
from sync.run import synchronise
from tests.sync.conftest import Post, counted
from tests.sync.lines import Asked, a_server, an_answer

NOBODY = "http://127.0.0.1:9"
"""An address where nothing listens."""


def test_a_cut_link_is_tried_again_after_pauses_that_grow_and_the_last_failure_is_told(
    post: Post,
) -> None:
    pauses: list[float] = []
    failures: list[str] = []
    with post.place.open() as ws, pytest.raises(NoLink):
        synchronise(
            ws,
            lambda: open_carrier(ws, url=NOBODY),
            tries=4,
            trying_again=lambda error: failures.append(error.what),
            sleep=pauses.append,
            chance=lambda: 0.0,
        )
    assert pauses == [0.5, 1.0, 2.0]
    assert failures == ["no answer from the hub"] * 3


def test_a_link_that_comes_back_brings_everything_in_the_same_command(post: Post) -> None:
    urls = iter([NOBODY, NOBODY, post.hub.url])
    with post.place.open() as ws:
        outcome = synchronise(
            ws, lambda: open_carrier(ws, url=next(urls)), tries=3, sleep=lambda _: None
        )
    assert outcome.complete
    assert counted(post.hub) == (6, 3, 6)


def test_what_the_hub_refuses_is_not_tried_again(post: Post) -> None:
    def answer(asked: Asked) -> bytes:
        return an_answer(403, b'{"error": "this workstation is not welcome"}')

    with a_server(answer) as url, post.place.open() as ws, pytest.raises(HubRefused):
        synchronise(
            ws, lambda: open_carrier(ws, url=url), tries=3, sleep=lambda _: pytest.fail("a pause")
        )
