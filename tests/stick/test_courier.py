"""A connected workstation brings the bundles of others to the hub, and answers back."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from acts.hub.join_hub import enrolled_hub
from domain.ids import DeviceId
from hub.codes import fresh_code
from hub.feed import publish_bulletin
from hub.stick import take_stick
from storage import hub_memory
from sync.errors import NoLink
from sync.http.enrol import enrol
from sync.stick.bring import import_stick
from sync.stick.courier import to_carry
from sync.stick.export import export
from sync.wire.courier import MEDIA_TYPE
from sync.wire.errors import OtherHub
from sync.wire.stick import answer_file, bundles_on, feed_folder
from system.errors import StickFailed
from tests.builders import Place, known_at
from tests.hub.conftest import Running, run_hub
from tests.stick.conftest import HubPlace, Post
from tests.sync.lines import Asked, Relay, a_server, an_answer
from tests.sync.runs import with_large_photos


@pytest.fixture
def online(post: Post) -> Iterator[Running]:
    """The hub of the post, serving."""
    with run_hub(post.hub.folder) as running:
        yield running


@pytest.fixture
def courier(tmp_path: Path, online: Running) -> Place:
    """Another workstation, with a link to the hub."""
    place = Place(tmp_path / "courier", number=2)
    with place.open() as ws:
        enrol(ws, online.url, fresh_code(online.hub))
    return place


def post_device(post: Post) -> DeviceId:
    """The id of the workstation."""
    with post.place.open() as ws:
        return ws.device


def held(online: Running) -> set[str]:
    """All that the hub holds."""
    with online.hub.database.reading() as rows:
        names = rows.execute("SELECT hash FROM entry UNION SELECT hash FROM photo").fetchall()
    return {bytes(name).hex() for (name,) in names}


def test_a_courier_brings_a_stick_and_takes_the_answer_back(
    post: Post, online: Running, courier: Place
) -> None:
    post.export(size=20_000)
    with courier.open() as ws:
        outcome = import_stick(ws, post.stick)
        assert [bundle.complete for bundle in outcome.carried] == [True] * len(
            bundles_on(post.stick)
        )
        assert outcome.complete
        assert to_carry(ws, post.stick) == ()
    assert held(online) >= post.journal() | post.photos()
    with post.place.open() as ws:
        assert import_stick(ws, post.stick).answer is not None
        assert hub_memory.count_waiting(ws.db) == 0
    assert not list((post.hub.folder / "objects" / "arriving").iterdir())


def test_a_cut_delivery_goes_on_where_the_hub_is(
    post: Post, online: Running, courier: Place
) -> None:
    path = post.export().written[0].path
    data = path.read_bytes()
    address = f"/api/bundles/{hashlib.sha256(data).hexdigest()}-{len(data)}"
    with courier.open() as ws:
        headers = {"Authorization": f"Bearer {enrolled_hub(ws).token}", "Upload-Offset": "0"}
        sent = httpx2.patch(
            online.url + address,
            content=data[:5_000],
            headers={**headers, "Content-Type": MEDIA_TYPE},
        )
        assert (sent.status_code, sent.headers["Upload-Offset"]) == (204, "5000")
        reached: list[int] = []
        import_stick(ws, post.stick, shown=lambda _, done, size: reached.append(done))
        assert reached == [5_000, len(data)]
    assert held(online) >= post.journal() | post.photos()


def test_a_bundle_that_was_brought_before_is_not_sent_again(
    post: Post, online: Running, courier: Place
) -> None:
    post.export()
    with courier.open() as ws:
        import_stick(ws, post.stick)
        answer_file(post.stick, post_device(post)).unlink()
        reached: list[int] = []
        again = import_stick(ws, post.stick, shown=lambda _, done, size: reached.append(done))
    assert again.complete
    assert reached == []
    assert answer_file(post.stick, post_device(post)).exists()


def test_a_photo_that_the_hub_lost_since_is_brought_again(
    post: Post, online: Running, courier: Place
) -> None:
    """The hub's own memory of a bundle proves nothing: it looks at the photos."""
    post.export()
    with courier.open() as ws:
        import_stick(ws, post.stick)
        lost = next(iter(post.photos()))
        (post.hub.folder / "objects" / "photos" / lost[:2] / lost).unlink()
        answer_file(post.stick, post_device(post)).unlink()
        assert import_stick(ws, post.stick).complete
    assert (post.hub.folder / "objects" / "photos" / lost[:2] / lost).exists()


def test_a_courier_that_changes_bytes_is_noticed_and_delays_no_other(
    post: Post, online: Running, courier: Place
) -> None:
    post.export(size=20_000)
    first, *others = bundles_on(post.stick)
    data = bytearray(first.read_bytes())
    data[3_000] ^= 1
    first.write_bytes(data)
    with courier.open() as ws:
        outcome = import_stick(ws, post.stick)
    assert [bundle.complete for bundle in outcome.carried] == [False, *([True] * len(others))]
    assert not outcome.complete


def test_without_a_link_the_bundles_wait_and_the_answer_is_taken(
    post: Post, tmp_path: Path
) -> None:
    with run_hub(post.hub.folder) as running:
        place = Place(tmp_path / "courier", number=2)
        with place.open() as ws:
            enrol(ws, running.url, fresh_code(running.hub))
    post.export()
    with place.open() as ws:
        outcome = import_stick(ws, post.stick)
        assert isinstance(outcome.no_link, NoLink)
        assert list(outcome.waiting) == list(bundles_on(post.stick))
        assert not outcome.complete


def test_the_hub_refuses_a_bundle_for_another_hub(
    post: Post, online: Running, courier: Place, tmp_path: Path
) -> None:
    other = HubPlace(tmp_path / "other")
    stranger = Place(tmp_path / "stranger", number=3)
    with stranger.open() as ws:
        other.enrol(ws)
        export(ws, post.stick)
    with courier.open() as ws:
        outcome = import_stick(ws, post.stick)
    assert ["not encrypted to this hub" in str(each.problem) for each in outcome.carried] == [True]


def test_a_courier_gives_its_token_to_no_other_hub(
    post: Post, online: Running, courier: Place, tmp_path: Path
) -> None:
    post.export()
    (tmp_path / "other").mkdir()
    with run_hub(tmp_path / "other") as hub, courier.open() as ws:
        relay = Relay(hub.url)
        with a_server(relay) as url, pytest.raises(OtherHub, match="another hub answers there"):
            import_stick(ws, post.stick, url=url)
        assert [asked for asked in relay.asked if "authorization" in asked.headers] == []
        with a_server(Relay(online.url)) as url:
            assert import_stick(ws, post.stick, url=url).complete


def test_behind_a_proxy_with_a_limit_the_pieces_of_a_bundle_shrink(
    post: Post, online: Running, courier: Place
) -> None:
    def limit(asked: Asked) -> bytes | None:
        return an_answer(413, b"<html>", "text/html") if len(asked.body) > 100_000 else None

    with post.place.open() as ws:
        with_large_photos(ws)
    post.export()
    relay = Relay(online.url, limit)
    with a_server(relay) as url, courier.open() as ws:
        known_at(ws, url)
        outcome = import_stick(ws, post.stick)
    assert [carried.problem for carried in outcome.carried] == [None]
    assert sum(len(asked.body) > 100_000 for asked in relay.asked) == 4
    assert post.journal() <= held(online)


@pytest.mark.parametrize("content", [b"", b"root:x:0:0:root:/root:/bin/bash\n"])
def test_a_file_that_is_no_bundle_never_leaves_the_computer(
    online: Running, courier: Place, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "passwd"
    file.write_bytes(content)
    relay = Relay(online.url)
    with courier.open() as ws, a_server(relay) as url:
        outcome = import_stick(known_at(ws, url), file)
    assert ["not a bundle of Tidewaiter" in str(each.problem) for each in outcome.carried] == [True]
    assert [asked.method for asked in relay.asked if asked.body] == []
    assert [asked.route for asked in relay.asked if "bundles" in asked.route] == []


def test_what_is_no_file_is_refused_and_a_link_is_no_bundle(
    post: Post, online: Running, courier: Place, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    bundle = post.export().written[0].path
    (post.stick / bundle.name.replace("-1.age", "-2.age")).symlink_to(bundle)
    assert bundles_on(post.stick) == (bundle,)
    with courier.open() as ws, pytest.raises(StickFailed, match="no file and no folder"):
        import_stick(ws, pipe)
    with pytest.raises(StickFailed, match="no file and no folder"):
        take_stick(online.hub, pipe)


def test_an_empty_stick_takes_the_feed_to_a_post_without_a_link(
    post: Post, online: Running, courier: Place, tmp_path: Path
) -> None:
    publish_bulletin(online.hub, b"Watch for blister packs.", "blisters", "1")
    empty = tmp_path / "empty"
    empty.mkdir()
    with courier.open() as ws:
        outcome = import_stick(ws, empty)
        assert (outcome.complete, outcome.feed_is_there) == (True, True)
    assert list(feed_folder(empty).iterdir())
    with post.place.open() as ws:
        taken = import_stick(ws, empty)
    assert ("bulletin", "blisters") in [(item.kind, item.name) for item in taken.feed.items]


def test_without_a_link_an_empty_stick_stays_empty_and_nothing_is_wrong(
    post: Post, tmp_path: Path
) -> None:
    with post.place.open() as ws:
        outcome = import_stick(ws, post.stick)
    assert (outcome.complete, outcome.nothing, outcome.feed_is_there) == (True, True, False)
    assert list(post.stick.iterdir()) == []
