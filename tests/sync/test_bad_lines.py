"""Lines that are dead, slow, narrow or lead through a proxy, and a hub of the version before."""

from __future__ import annotations

import random
import socket
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from typing import Any

import msgspec
import pytest

from domain.ids import PhotoHash
from domain.statement import PROTOCOL
from hub.statement import Question, signed, state
from storage import hub_memory, settings
from storage.hub_memory import HubFact
from storage.projections import records
from sync.errors import TooLarge
from sync.lanes import ThreadLanes
from sync.open import open_carrier
from sync.run import SyncRun, synchronise
from tests.builders import a_document, a_final, a_line, known_at
from tests.sync.conftest import Post, brought
from tests.sync.lines import Asked, Relay, a_server, an_answer, passed_on
from tests.sync.runs import hashes_asked, posts, run_over, with_large_photos


def test_stop_answers_at_once_also_when_the_hub_never_does(post: Post) -> None:
    never = threading.Event()
    asked: list[str] = []

    def silent(question: Asked) -> bytes:
        asked.append(question.path)
        never.wait(60)
        return b""

    with a_server(silent) as url, post.place.open() as ws:
        carrier = open_carrier(known_at(ws, url))
        outcome = SyncRun(ws, carrier, cancelled=lambda: bool(asked)).go()
        carrier.close()
        assert not never.is_set()
        never.set()
    assert not outcome.complete


def test_a_stop_ends_the_connections_at_once(post: Post) -> None:
    asked, ended = threading.Event(), threading.Event()

    def hub(listening: socket.socket) -> None:
        line, _ = listening.accept()
        with line:
            line.settimeout(20)
            while line.recv(65_536):
                asked.set()
            ended.set()

    with socket.create_server(("127.0.0.1", 0)) as listening, post.place.open() as ws:
        silent = threading.Thread(target=hub, args=(listening,))
        silent.start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with closing(open_carrier(known_at(ws, url))) as carrier:
            SyncRun(ws, carrier, cancelled=asked.is_set).go()
        silent.join(30)
    assert ended.is_set()


class JumpingLanes(ThreadLanes):
    """Lanes whose clock jumps ahead by five seconds, where `jumps` says so and nothing is due."""

    def __init__(self, jumps: Callable[[], bool]) -> None:
        super().__init__()
        self._jumps, self._ahead = jumps, 0.0
        self.knocking = False

    def start(self, work: Any, then: Any, failed: Any) -> None:
        def answered(result: Any) -> None:
            self.knocking = False
            then(result)

        is_knock = getattr(work, "__name__", "") == "knock"
        self.knocking = self.knocking or is_knock
        super().start(work, answered if is_knock else then, failed)

    def wait(self, seconds: float) -> Any:
        if not self._jumps():
            return super().wait(seconds)
        calls = super().wait(0.02)
        self._ahead += 0.0 if calls else 5.0
        return calls

    def now(self) -> float:
        return super().now() + self._ahead


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
            lambda: open_carrier(known_at(ws, url)),
            lanes=JumpingLanes(lambda: not failures),
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

    lanes = JumpingLanes(lambda: not answered.is_set() and not lanes.knocking)
    with a_server(Relay(post.hub.url, slow)) as url, post.place.open() as ws:
        outcome = synchronise(
            ws,
            lambda: open_carrier(known_at(ws, url)),
            lanes=lanes,
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
    sizes = [int(asked.headers["upload-length"]) for asked in posts(relay)]
    assert sizes == sorted(sizes)
    pictures = [asked.body for asked in relay.asked if asked.path.endswith("/preview")]
    assert all(picture[:2] == b"\xff\xd8" and len(picture) <= 200 * 1024 for picture in pictures)


def test_previews_that_are_cut_again_and_again_do_not_hold_up_the_originals(post: Post) -> None:
    def cut(asked: Asked) -> bytes | None:
        return b"" if asked.path.endswith("/preview") else None

    with post.place.open() as ws:
        with_large_photos(ws, 5)
        relay = Relay(post.hub.url, cut)
        assert run_over(ws, relay).complete
    previews = Counter(asked.path for asked in relay.asked if asked.path.endswith("/preview"))
    assert max(previews.values()) == 2


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
        outcome = run_over(ws, behind_nginx(60_000, post))
    assert [problem.what for problem in outcome.problems] == [
        "a proxy before the hub refuses requests of this size"
    ]
    assert outcome.waiting == 1


@pytest.mark.parametrize(
    "body",
    [b"<html>too large</html>", b'{"error": "too large"}', b'{"code": "Limit", "error": "no"}'],
)
@pytest.mark.parametrize(("route", "times"), [("/api/photos", 2), ("/api/batches", 4)])
def test_one_answer_of_413_that_is_not_the_hubs_own_is_tried_again(
    post: Post, route: str, times: int, body: bytes
) -> None:
    garbled = iter([True] * times)

    def once(asked: Asked) -> bytes | None:
        is_it = asked.method == "POST" and asked.route == route and next(garbled, False)
        return an_answer(413, body) if is_it else None

    with post.place.open() as ws:
        outcome = run_over(ws, Relay(post.hub.url, once))
    assert outcome.problems == ()
    assert outcome.complete


def test_a_batch_that_a_proxy_refuses_goes_in_smaller_ones(post: Post) -> None:
    post.record(40)
    with post.place.open() as ws:
        relay = behind_nginx(6_000, post)
        outcome = run_over(ws, relay)
    assert outcome.summary.records_held == 43
    batches = [len(asked.body) for asked in relay.asked if asked.route == "/api/batches"]
    assert max(batches) > 6_000
    assert sum(size > 6_000 for size in batches) <= 4


def test_an_entry_that_a_proxy_refuses_alone_is_named_and_what_does_not_need_it_goes(
    post: Post,
) -> None:
    goods = [a_line(description=random.Random(n).randbytes(60).hex()) for n in range(120)]
    with post.place.open() as ws:
        large = a_final(ws, a_document(goods=goods))
        a_final(ws)
        outcome = run_over(ws, behind_nginx(6_000, post))
        number = records.row(ws.db, large).number
        [problem] = outcome.problems
        assert isinstance(problem, TooLarge)
        assert problem.about.startswith(number)
        assert outcome.summary.records_held == 3
        assert outcome.summary.photos_held == outcome.summary.photos == 10
        assert outcome.summary.refused == 1
        assert [item.refused for item in hub_memory.waiting(ws.db) if item.refused] == [
            problem.what
        ]
        after = run_over(ws, Relay(post.hub.url))
        assert after.complete
        assert after.summary.refused == 0


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
