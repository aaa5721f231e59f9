"""An answer that the hub signed earlier is not its answer of now."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from acts.errors import OldAnswer
from acts.hub.acknowledge import acknowledge
from domain.instant import ClockState, Instant
from domain.statement import Level
from hub.backup import back_up, prepare
from hub.codes import fresh_code
from storage import clock, hub_memory
from storage.hub_memory import HubSummary
from sync.http.enrol import enrol
from sync.wire.errors import AcknowledgementRefused
from tests.builders import Place, a_final, a_statement
from tests.hub.conftest import run_hub
from tests.sync.conftest import Post, brought, counted
from tests.sync.lines import Asked, Relay, a_server, again, an_answer, passed_on
from tests.sync.runs import run_over


def remembered(post: Post) -> HubSummary:
    """What the workstation holds of the hub, as it last signed."""
    with post.place.open() as ws:
        return hub_memory.summary(ws.db)


def shown_again(post: Post, *, knows_nonces: bool = True) -> Callable[[Asked], bytes]:
    """A line that keeps the first answer to each question about entries, and repeats it.

    The hub never sees a question that the line answers by itself, so that no fresh answer beside it
    can tell of the entries.
    """
    kept: dict[str, bytes] = {}

    def answer(asked: Asked) -> bytes:
        if asked.route in kept:
            return kept[asked.route]
        if not knows_nonces:
            asked = dataclasses.replace(asked, path=asked.route)
        fresh = again(*passed_on(post.hub.url, asked))
        if asked.route.endswith(("/tips", "/batches")):
            kept[asked.route] = fresh
        return fresh

    return answer


def test_an_answer_to_another_question_is_not_believed(post: Post) -> None:
    with a_server(shown_again(post)) as url:
        assert post.sync(url).complete
        post.record()
        with pytest.raises(OldAnswer, match="answer to another question"):
            post.sync(url)
    assert (remembered(post).records_held, remembered(post).records) == (3, 4)
    assert post.sync().complete


def test_an_answer_without_its_nonce_is_not_believed_once_the_hub_repeats_them(post: Post) -> None:
    assert post.sync().complete
    with (
        a_server(shown_again(post, knows_nonces=False)) as url,
        pytest.raises(OldAnswer, match="sent again"),
    ):
        post.sync(url)


def test_a_hub_that_knows_no_nonces_is_believed_in_the_order_in_which_it_signed(post: Post) -> None:
    with a_server(shown_again(post, knows_nonces=False)) as url:
        assert post.sync(url).complete
        post.record()
        with pytest.raises(OldAnswer, match="sent again"):
            post.sync(url)
    assert post.sync().complete
    assert counted(post.hub) == (4, 4, 8)


def test_the_hub_before_a_restore_is_not_believed_when_it_speaks_again(
    post: Post, tmp_path: Path
) -> None:
    assert post.sync().complete
    prepare(post.hub.hub, tmp_path / "backup")
    made = back_up(post.hub.hub, tmp_path / "backup")
    home = tmp_path / "restored"
    home.mkdir()
    shutil.copy(made.database, home / "hub.sqlite")
    shutil.copytree(tmp_path / "backup" / "photos", home / "objects" / "photos")
    with run_hub(home) as hub:
        assert post.sync(hub.url).complete
        post.record()
        with pytest.raises(OldAnswer, match="replaced by a newer one"):
            post.sync()
        assert remembered(post).records_held == 3
        assert post.sync(hub.url).complete
        assert counted(hub) == (4, 4, 8)


def test_a_hub_whose_clock_was_set_back_goes_on_in_its_epoch(place: Place, tmp_path: Path) -> None:
    """It was a year ahead: its statements have an order without the clock, also after a restart."""
    home, right = tmp_path / "hub", place.clock.now
    home.mkdir()
    times = [right.plus(minutes=525_600)]
    with run_hub(home, now=lambda: times[-1]) as hub, place.open() as ws:
        enrol(ws, hub.url, fresh_code(hub.hub))
        a_final(ws)
        assert brought(ws).complete
        times.append(right)
        a_final(ws)
        assert brought(ws).complete
        assert clock.judge(ws.db, ws.now(), ws.uptime()).state is ClockState.TRUSTED
    times.append(right.plus(minutes=-60))
    with run_hub(home, now=lambda: times[-1]) as hub, place.open() as ws:
        a_final(ws)
        assert brought(ws, hub.url).complete
        assert counted(hub) == (3, 3, 6)


def test_a_folder_of_the_hub_from_before_its_clock_was_set_back_is_not_believed(
    place: Place,
) -> None:
    with place.open() as ws:
        before = a_statement(ws, nonce="n")
        acknowledge(ws, msgspec.structs.replace(before, setbacks=1))
        later = msgspec.structs.replace(before, at=before.at.plus(minutes=1))
        with pytest.raises(OldAnswer, match="an old copy of its folder was put back"):
            acknowledge(ws, later)


def test_enrolling_anew_is_new_trust(post: Post) -> None:
    assert post.sync().complete
    with post.place.open() as ws:
        enrol(ws, post.hub.url, fresh_code(post.hub.hub))
    with a_server(shown_again(post, knows_nonces=False)) as url:
        assert post.sync(url).complete


def test_what_an_older_epoch_signed_for_counts_no_more(place: Place) -> None:
    with place.open() as ws:
        a_final(ws)
        photos = hub_memory.waiting_photos(ws.db)
        first = a_statement(ws, "1-a", level=Level.SAFE, photos=photos, nonce="n")
        acknowledge(ws, first, photos)
        assert hub_memory.summary(ws.db).photos_held == 2
        acknowledge(ws, a_statement(ws, "2-b", nonce="n"))
        held = hub_memory.summary(ws.db)
        assert (held.records_held, held.photos_held, held.photos) == (0, 0, 2)
        with pytest.raises(OldAnswer):
            acknowledge(ws, first)
        assert hub_memory.summary(ws.db).records_held == 0


def test_a_lower_epoch_is_refused_though_it_was_never_left(place: Place) -> None:
    """A workstation that enrolled at the restored hub never heard the one before."""
    with place.open() as ws:
        acknowledge(ws, a_statement(ws, "29000000-b", nonce="n"))
        for older in ("1-a", "28999999-c", "a"):
            with pytest.raises(OldAnswer, match="replaced by a newer one"):
                acknowledge(ws, a_statement(ws, older, nonce="n"))
        acknowledge(ws, a_statement(ws, "29000001-d", nonce="n"))


@pytest.mark.parametrize(
    ("seconds", "nonce", "believed"), [(-299, "n", True), (-301, "n", False), (-1, "", False)]
)
def test_the_hubs_clock_may_be_corrected_by_five_minutes(
    place: Place, seconds: int, nonce: str, believed: bool
) -> None:
    with place.open() as ws:
        first = a_statement(ws, "1-a", nonce=nonce)
        acknowledge(ws, first)
        at = Instant(first.at.millis + seconds * 1_000)
        later = msgspec.structs.replace(first, at=at)
        if believed:
            acknowledge(ws, later)
            further = msgspec.structs.replace(first, at=Instant(at.millis - 240_000))
            with pytest.raises(OldAnswer, match="the hub's clock says"):
                acknowledge(ws, further)  # not by five minutes again and again
        else:
            with pytest.raises(OldAnswer):
                acknowledge(ws, later)
        acknowledge(ws, a_statement(ws, "2-b", nonce=nonce, at=at))  # a new epoch begins anew


@pytest.mark.parametrize("lie", [b"<html>a page</html>", b'{"statement": "{}", "signature": "00"}'])
def test_the_feed_is_not_asked_for_where_no_believable_statement_came(
    post: Post, lie: bytes
) -> None:
    assert post.sync().complete
    for waits in (0, 1):
        post.record(waits)
        relay = Relay(post.hub.url, lambda _: an_answer(200, lie))
        with post.place.open() as ws, pytest.raises(AcknowledgementRefused):
            run_over(ws, relay)
        assert "GET /api/feed" not in relay.routes()
