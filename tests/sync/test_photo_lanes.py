"""Photos of a run against a real hub: what is asked, what is sent, what delays what."""

from __future__ import annotations

import dataclasses
import threading
from typing import Any

import pytest

from hub.given import give
from hub.store.sql import photos as hub_photos
from storage import hub_memory
from storage.hub_memory import HubFact
from sync.errors import HubFailed, NoLink
from sync.lanes import ThreadLanes
from sync.open import open_carrier
from sync.run import SyncRun
from tests.builders import a_final, known_at
from tests.sync.conftest import Post, counted
from tests.sync.lines import Asked, Relay, a_server, an_answer, passed_on
from tests.sync.runs import hashes_asked, posts, run_over


def test_with_nothing_to_send_the_hub_is_asked_once_and_about_no_photo(post: Post) -> None:
    post.sync()
    post.sync()  # the spot check of the day
    relay = Relay(post.hub.url)
    with post.place.open() as ws:
        assert run_over(ws, relay).complete
    assert relay.routes() == ["GET /api/devices/*/tips", "GET /api/feed"]


def test_a_new_record_goes_without_a_question_and_its_photos_are_asked_about_once_sent(
    post: Post,
) -> None:
    post.sync()
    post.sync()
    post.record()
    relay = Relay(post.hub.url)
    with post.place.open() as ws:
        assert run_over(ws, relay).complete
    assert sorted(relay.routes()) == sorted(
        [
            "POST /api/batches",
            "POST /api/photos",
            "POST /api/photos",
            "GET /api/feed",
            "POST /api/devices/*/photos",
        ]
    )
    assert hashes_asked(relay) == [2]


def test_the_spot_check_is_made_once_a_day(post: Post) -> None:
    post.sync()
    relay = Relay(post.hub.url)
    with post.place.open() as ws:
        for _ in range(3):
            run_over(ws, relay)
        assert hashes_asked(relay) == [6]
        post.place.clock.go(24 * 60)
        run_over(ws, relay)
    assert hashes_asked(relay) == [6, 6]


def test_headquarters_gives_how_many_photos_the_spot_check_has(post: Post) -> None:
    post.sync()
    give(post.hub.hub, "photos.checked", "2", None)
    post.sync()
    post.place.clock.go(24 * 60)
    relay = Relay(post.hub.url)
    with post.place.open() as ws:
        run_over(ws, relay)
    assert hashes_asked(relay) == [2]


def test_photos_that_the_hub_lists_as_lost_wait_again_and_are_sent_again(post: Post) -> None:
    post.sync()
    post.sync()  # the spot check of the day
    hub = post.hub.hub
    with hub.database.writing(("test",)) as rows:
        lost = [photo.hash for photo in hub_photos.all_photos(rows)][:2]
        hub_photos.reopen(rows, lost, hub.now().millis)
    relay = Relay(post.hub.url)
    with post.place.open() as ws:
        assert run_over(ws, relay).complete
        assert hub_memory.number(ws.db, HubFact.LOSSES) == 2
    assert hashes_asked(relay) == [2, 2]
    assert counted(post.hub) == (3, 3, 6)


def test_an_upload_that_was_cut_goes_on_where_the_hub_stands_in_the_same_run(post: Post) -> None:
    halves: list[str] = []

    def cut(asked: Asked) -> bytes | None:
        if asked.method != "POST" or asked.route != "/api/photos" or asked.path in halves:
            return None
        halves.append(asked.headers["upload-metadata"])
        if halves.count(asked.headers["upload-metadata"]) > 1:
            return None
        half = asked.body[: len(asked.body) // 2]
        passed_on(post.hub.url, dataclasses.replace(asked, body=half, headers=_of(half, asked)))
        return b""

    relay = Relay(post.hub.url, cut)
    with post.place.open() as ws:
        assert run_over(ws, relay, tries=1_000).complete
        sizes = sum(len(asked.body) for asked in relay.asked if "/api/photos" in asked.path)
    assert counted(post.hub) == (3, 3, 6)
    patches = [asked for asked in relay.asked if asked.method == "PATCH"]
    assert len(patches) == 6
    assert all(int(asked.headers["upload-offset"]) > 0 for asked in patches)
    assert sizes < 1.6 * sum(int(asked.headers["upload-length"]) for asked in posts(relay))


def _of(body: bytes, asked: Asked) -> dict[str, str]:
    return {**asked.headers, "content-length": str(len(body))}


def test_an_upload_goes_on_where_the_hub_stands_after_the_program_ended(post: Post) -> None:
    def cut(asked: Asked) -> bytes | None:
        if asked.method != "POST" or asked.route != "/api/photos":
            return None
        half = asked.body[: len(asked.body) // 2]
        passed_on(post.hub.url, dataclasses.replace(asked, body=half, headers=_of(half, asked)))
        return b""

    with post.place.open() as ws, pytest.raises(NoLink):
        run_over(ws, Relay(post.hub.url, cut), tries=1)
    relay = Relay(post.hub.url)
    with post.place.open() as ws:
        assert run_over(ws, relay).complete
    offsets = [asked.headers["upload-offset"] for asked in relay.asked if asked.method == "PATCH"]
    assert offsets
    assert all(int(offset) > 0 for offset in offsets)


def test_a_link_that_moves_is_never_given_up(post: Post) -> None:
    """Every second answer is lost, always after the hub did what was asked."""
    lost: list[str] = []

    def cut(asked: Asked) -> bytes | None:
        if asked.method not in ("POST", "PATCH"):
            return None
        passed_on(post.hub.url, asked)
        lost.append(asked.path)
        return b"" if len(lost) % 2 else None

    with post.place.open() as ws:
        outcome = run_over(ws, Relay(post.hub.url, cut), tries=2)
    assert outcome.complete
    assert counted(post.hub) == (3, 3, 6)


def test_a_photo_that_cannot_be_sent_delays_no_other(post: Post) -> None:
    with post.place.open() as ws:
        damaged, refused, *others = hub_memory.waiting_photos(ws.db)
        file = post.place.home / "photos" / str(damaged)[:2] / str(damaged)
        file.write_bytes(b"not a photo")

        def no(asked: Asked) -> bytes | None:
            if asked.route == "/api/photos" and asked.body == ws.photos.original(refused):
                return an_answer(422, b'{"error": "not this one"}')
            return None

        outcome = run_over(ws, Relay(post.hub.url, no))
        held = [name for name in others if hub_memory.is_held(ws.db, name)]
    assert (len(held), outcome.summary.records_held, outcome.waiting) == (4, 3, 2)
    assert {problem.about.split()[1] for problem in outcome.problems} == {
        damaged.short,
        refused.short,
    }
    assert sorted(problem.what for problem in outcome.problems) == [
        "the hub refuses: {why}",
        "the {kind} is damaged on the disk",
    ]


def test_a_hub_that_fails_for_one_photo_gets_all_others_first(post: Post) -> None:
    post.record(5)
    with post.place.open() as ws:
        bad = ws.photos.original(hub_memory.waiting_photos(ws.db)[0])

        def fail(asked: Asked) -> bytes | None:
            is_bad = asked.route == "/api/photos" and asked.body == bad
            return an_answer(500, b"") if is_bad else None

        relay = Relay(post.hub.url, fail)
        with pytest.raises(HubFailed):
            run_over(ws, relay)
    assert counted(post.hub) == (8, 8, 15)
    bodies = [asked.body for asked in posts(relay)]
    while bodies[-1] == bad:
        bodies.pop()
    assert bodies.count(bad) <= 2


def test_a_record_finalised_while_photos_go_waits_for_none_of_them(post: Post) -> None:
    second_batch = threading.Event()
    batches: list[Asked] = []

    def slow(asked: Asked) -> bytes | None:
        if asked.route == "/api/batches":
            batches.append(asked)
            if len(batches) == 2:
                second_batch.set()
        elif asked.route.startswith("/api/photos"):
            assert second_batch.wait(10)
        return None

    with post.place.open() as ws, a_server(Relay(post.hub.url, slow)) as url:
        carrier = open_carrier(known_at(ws, url))
        once = iter([True])

        class Officer(ThreadLanes):
            """Finalises a record when the first ones are at the hub and photos start."""

            def start(self, work: Any, then: Any, failed: Any) -> None:
                super().start(work, then, failed)
                if len(batches) and next(once, False):
                    a_final(ws)

        outcome = SyncRun(ws, carrier, lanes=Officer()).go()
        carrier.close()
    assert second_batch.is_set()
    assert outcome.complete
    assert counted(post.hub) == (4, 4, 8)
