"""Photos of a run against a real hub: what is asked, what is sent, what delays what."""

from __future__ import annotations

import dataclasses
import io
import random
import threading
from typing import Any

import msgspec
import pytest
from PIL import Image

from acts.interception.add_photo import add_photo
from acts.interception.finalise import finalise
from acts.interception.save_draft import save_draft
from domain.encoding import to_plain
from domain.ids import PhotoHash
from domain.statement import PROTOCOL
from hub.statement import Question, signed, state
from hub.store.sql import photos as hub_photos
from storage import drafts, hub_memory, settings
from storage.hub_memory import HubFact
from storage.workstation import Workstation
from sync.errors import HubFailed, NoLink
from sync.lanes import InlineLanes, ThreadLanes
from sync.open import open_carrier
from sync.run import SyncOutcome, SyncRun, synchronise
from tests.builders import SESSION, a_draft, a_final
from tests.sync.conftest import Post, brought, counted
from tests.sync.lines import Asked, Relay, a_server, an_answer, passed_on


def a_large_photo(seed: int) -> bytes:
    """A JPEG of about a megabyte, as sharp as a photo that was taken in haste."""
    chance = random.Random(seed)
    out = io.BytesIO()
    noise = Image.frombytes("RGB", (400, 300), chance.randbytes(400 * 300 * 3))
    noise.resize((2_400, 1_800)).save(out, "JPEG", quality=96)
    return out.getvalue()


def with_large_photos(ws: Workstation, count: int = 1) -> list[PhotoHash]:
    """One more interception, whose first photos are large."""
    record = a_draft(ws)
    document: Any = drafts.draft(ws.db, record).document
    found = []
    for number in range(count):
        photo = add_photo(ws, a_large_photo(number), file_name="n.jpg", role=None, source="file")
        document["photos"].append(to_plain(photo))
        assert photo.sha256 is not None
        found.append(photo.sha256)
    save_draft(ws, record, document)
    finalise(ws, record, SESSION)
    return found


def run_over(ws: Workstation, relay: Relay, tries: int = 3) -> SyncOutcome:
    """A run over the relay, whose pauses take no time."""
    with a_server(relay) as url:
        return synchronise(ws, lambda: open_carrier(ws, url=url), tries=tries, lanes=InlineLanes())


def hashes_asked(relay: Relay) -> list[int]:
    """How many photos each question named."""
    return [
        len(asked.body) // 32
        for asked in relay.asked
        if asked.headers.get("content-type") == "application/vnd.tidewaiter.hashes"
    ]


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
    assert counted(post.hub) == (6, 3, 6)


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
    assert counted(post.hub) == (6, 3, 6)
    patches = [asked for asked in relay.asked if asked.method == "PATCH"]
    assert len(patches) == 6
    assert all(int(asked.headers["upload-offset"]) > 0 for asked in patches)
    assert sizes < 1.6 * sum(int(asked.headers["upload-length"]) for asked in _posts(relay))


def _posts(relay: Relay) -> list[Asked]:
    return [
        asked for asked in relay.asked if asked.method == "POST" and asked.route == "/api/photos"
    ]


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
    assert counted(post.hub) == (6, 3, 6)


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
    assert counted(post.hub) == (11, 8, 15)
    bodies = [asked.body for asked in _posts(relay)]
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
        carrier = open_carrier(ws, url=url)
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
    assert counted(post.hub) == (7, 4, 8)


def test_stop_answers_at_once_also_when_the_hub_never_does(post: Post) -> None:
    never = threading.Event()
    asked: list[str] = []

    def silent(question: Asked) -> bytes:
        asked.append(question.path)
        never.wait(60)
        return b""

    with a_server(silent) as url, post.place.open() as ws:
        carrier = open_carrier(ws, url=url)
        outcome = SyncRun(ws, carrier, cancelled=lambda: bool(asked)).go()
        carrier.close()
        assert not never.is_set()
        never.set()
    assert not outcome.complete


class FastLanes(ThreadLanes):
    """Lanes whose clock goes a hundred times as fast."""

    def wait(self, seconds: float) -> Any:
        return super().wait(seconds / 100)

    def now(self) -> float:
        return 100 * super().now()


def test_a_line_that_is_dead_without_a_word_is_noticed_and_the_work_begins_anew(
    post: Post,
) -> None:
    dead = threading.Event()
    silent: list[str] = []

    def swallow(asked: Asked) -> bytes | None:
        if "/api/health" in silent:
            return None
        silent.append(asked.route)
        dead.wait(60)
        return b""

    failures: list[str] = []
    with a_server(Relay(post.hub.url, swallow)) as url, post.place.open() as ws:
        outcome = synchronise(
            ws,
            lambda: open_carrier(ws, url=url),
            lanes=FastLanes(),
            trying_again=lambda error: failures.append(error.what),
        )
        assert not dead.is_set()
        dead.set()
    assert outcome.complete
    assert failures == ["the line is dead: nothing comes back from the hub"]


def test_a_slow_line_is_not_called_dead(post: Post) -> None:
    """An upload is silent for long, but the question on the side is answered."""
    knocks: list[str] = []
    answered = threading.Event()

    def slow(asked: Asked) -> bytes | None:
        if asked.route == "/api/health":
            knocks.append(asked.path)
            if len(knocks) == 3:
                answered.set()
        elif asked.route == "/api/photos":
            assert answered.wait(60)
        return None

    with a_server(Relay(post.hub.url, slow)) as url, post.place.open() as ws:
        outcome = synchronise(
            ws,
            lambda: open_carrier(ws, url=url),
            lanes=FastLanes(),
            trying_again=lambda error: pytest.fail(str(error)),
        )
    assert outcome.complete
    assert len(knocks) >= 3


def test_previews_of_large_photos_go_before_any_original_and_the_smallest_first(
    post: Post,
) -> None:
    with post.place.open() as ws:
        large = with_large_photos(ws, 5)
        relay = Relay(post.hub.url)
        assert run_over(ws, relay).complete
    routes = [asked.path for asked in relay.asked if asked.path.startswith("/api/photos")]
    assert {path.split("/")[3] for path in routes[:5]} == {str(name) for name in large}
    assert all(path.endswith("/preview") for path in routes[:5])
    assert [path for path in routes[5:] if path.endswith("/preview")] == []
    sizes = [int(asked.headers["upload-length"]) for asked in _posts(relay)]
    assert sizes == sorted(sizes)
    pictures = [asked.body for asked in relay.asked if asked.path.endswith("/preview")]
    assert all(picture[:2] == b"\xff\xd8" and len(picture) <= 200 * 1024 for picture in pictures)


def behind_nginx(largest: int, post: Post) -> Relay:
    """A relay that refuses larger requests as nginx does: a page of HTML."""

    def limit(asked: Asked) -> bytes | None:
        if len(asked.body) > largest:
            page = b"<html><head><title>413 Request Entity Too Large</title></head></html>"
            return an_answer(413, page, "text/html")
        return None

    return Relay(post.hub.url, limit)


def test_behind_a_proxy_with_a_limit_pieces_shrink_by_themselves_and_it_is_remembered(
    post: Post,
) -> None:
    post.sync()
    with post.place.open() as ws:
        with_large_photos(ws)
        relay = behind_nginx(300_000, post)
        outcome = run_over(ws, relay)
        assert outcome.complete
        assert outcome.problems == ()
        assert outcome.piece_limit is not None
        assert outcome.piece_limit <= 300_000

        with_large_photos(ws, 2)
        relay = behind_nginx(300_000, post)
        assert run_over(ws, relay).complete
        assert max(len(asked.body) for asked in relay.asked) <= 300_000
        post.place.clock.go(24 * 60)
        assert hub_memory.piece_of(ws.db, ws.now().local_date.isoformat()) == 0


def test_a_proxy_that_refuses_the_smallest_piece_is_named_and_the_photo_waits(post: Post) -> None:
    with post.place.open() as ws:
        with_large_photos(ws)
        outcome = run_over(ws, behind_nginx(200_000, post))
    assert [problem.what for problem in outcome.problems] == [
        "a proxy before the hub refuses requests of this size"
    ]
    assert outcome.waiting == 1


def test_outside_their_time_photos_wait_and_records_go(post: Post) -> None:
    with post.place.open() as ws:
        window = (settings.PHOTOS_FROM.to("22:00"), settings.PHOTOS_UNTIL.to("03:00"))
        settings.write(ws.db, window)
        outcome = brought(ws, post.hub.url)
        assert (outcome.summary.records_held, outcome.summary.photos_held) == (3, 0)
        assert not outcome.photos_may_go
        post.place.clock.go(20 * 60)
        assert brought(ws, post.hub.url).complete


def before_protocol_2(post: Post) -> Relay:
    """The hub as it was: it knows no bytes, no losses and no computed address."""
    hub = post.hub.hub
    with post.place.open() as ws:
        device = ws.device

    def old(asked: Asked) -> bytes | None:
        if asked.headers.get("content-type") == "application/vnd.tidewaiter.hashes":
            return an_answer(400, b'{"error": "not a question about photos"}')
        if asked.method in ("HEAD", "PUT") or asked.route == "/api/feed":
            return an_answer(404, b'{"error": "not here"}')
        if asked.route.startswith("/api/devices") or asked.route == "/api/batches":
            names = [PhotoHash.parse(text) for text in _named(asked)]
            if asked.route == "/api/batches":
                passed_on(post.hub.url, asked)
            with hub.database.reading() as rows:
                found = state(hub, rows, device, asked=names, question=Question(nonce=asked.nonce))
            left_out = {"protocol": 1, "losses": 0, "lost": (), "levels": "", "recipient": ""}
            return an_answer(200, signed(hub, msgspec.structs.replace(found, **left_out)))
        return None

    return Relay(post.hub.url, old)


def _named(asked: Asked) -> list[str]:
    if not asked.route.endswith("/photos"):
        return []
    return msgspec.json.decode(asked.body, type=dict[str, list[str]])["hashes"]


def test_a_hub_of_protocol_1_is_asked_in_its_own_forms(post: Post) -> None:
    assert PROTOCOL == 2
    relay = before_protocol_2(post)
    with post.place.open() as ws:
        with_large_photos(ws)
        assert run_over(ws, relay).complete
        assert hub_memory.number(ws.db, HubFact.PROTOCOL) == 1
        relay.asked.clear()
        with_large_photos(ws, 2)
        outcome = run_over(ws, relay)
    assert outcome.complete
    assert hashes_asked(relay) == []
    assert [asked for asked in relay.asked if asked.method in ("PUT", "HEAD")] == []


def test_a_workstation_goes_from_protocol_1_to_2_and_back(post: Post) -> None:
    old = before_protocol_2(post)
    with post.place.open() as ws:
        for relay in (old, Relay(post.hub.url), old):
            a_final(ws)
            assert run_over(ws, relay).complete
