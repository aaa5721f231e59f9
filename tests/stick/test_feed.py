"""Packs and bulletins come down by the hub's feed, over the wire and on a stick alike."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

import main
from acts.hub.join_hub import enrolled_hub
from domain.ids import PackHash
from domain.statement import Acknowledgement
from hub.codes import fresh_code
from hub.feed import page, publish_bulletin
from hub.hub import Hub
from hub.publishing import publish_pack, withdraw_pack
from hub.store.sql import feed
from storage import feed_items
from storage.feed_items import FeedState
from storage.workstation import Workstation
from sync.feed import FeedOutcome, cursor, take_feed
from sync.http.carrier import HttpCarrier
from sync.http.enrol import enrol
from sync.open import open_carrier
from sync.run import synchronise
from sync.stick.bring import import_stick
from sync.wire.errors import FeedRefused
from sync.wire.feed import FeedPage
from sync.wire.stick import feed_folder, pack_file
from system.shipped import shipped_packs
from tests.builders import Place
from tests.domain.pack_files import as_file
from tests.domain.pack_files import post as a_pack_for
from tests.hub.conftest import Running, run_hub
from tests.stick.conftest import Post


def a_pack(version: str) -> bytes:
    """A newer version of a pack that ships."""
    pack = json.loads(shipped_packs()["SAMPLE-MED"])
    return json.dumps(pack | {"version": version}).encode()


def over_the_wire(ws: Workstation, running: Running) -> FeedOutcome:
    """What a synchronisation does with the feed."""
    carrier = HttpCarrier(enrolled_hub(ws), ws.device)
    try:
        return take_feed(ws, carrier)
    finally:
        carrier.close()


def versions(ws: Workstation) -> set[str]:
    """The versions of the pack that this workstation has."""
    rows = ws.db.execute("SELECT version FROM pack WHERE id = 'SAMPLE-MED'").fetchall()
    return {version for (version,) in rows}


@pytest.fixture
def linked(tmp_path: Path) -> Place:
    """A workstation that enrols in the test."""
    return Place(tmp_path / "linked", number=4)


def digest(data: bytes) -> bytes:
    """The SHA-256."""
    return hashlib.sha256(data).digest()


def publish_newer(hub: Hub, kind: str) -> None:
    """Something of a kind that this program does not know."""
    with hub.database.writing(("feed",)) as rows:
        feed.add(rows, kind=kind, name="N", version="1", sha256=bytes(32), at=1, body=b"later")


def test_a_published_pack_is_adopted_without_a_restart_of_the_hub(
    post: Post, linked: Place, tmp_path: Path
) -> None:
    with run_hub(post.hub.folder) as running, linked.open() as ws:
        enrol(ws, running.url, fresh_code(running.hub))
        over_the_wire(ws, running)
        file = tmp_path / "pack.json"
        file.write_bytes(a_pack("2.5.0"))
        words = ["hub", "pack", "publish", "--unsigned", str(file), *post.hub.words[:2]]
        assert main.main(words) == 0
        assert main.main(words) == 0
        done = over_the_wire(ws, running)
        assert [(item.name, item.version) for item in done.items] == [("SAMPLE-MED", "2.5.0")]
        assert "2.5.0" in versions(ws)
        assert over_the_wire(ws, running).items == []


def test_the_same_version_with_other_bytes_is_refused(
    post: Post, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "pack.json"
    for data, status in ((a_pack("2.5.0"), 0), (a_pack("2.5.0") + b"\n", 2), (b"{}", 2)):
        file.write_bytes(data)
        words = ["hub", "pack", "publish", "--unsigned", str(file), *post.hub.words[:2]]
        assert main.main(words) == status
    assert "Give the pack a new version" in capsys.readouterr().err


def test_the_feed_comes_on_the_stick(post: Post) -> None:
    with post.hub.open() as hub:
        publish_pack(hub, a_pack("2.5.0"), "pack", unsigned=True)
        publish_bulletin(hub, b"Watch for blister packs.", "blisters", "1")
    post.export()
    post.hub.take(post.stick)
    with post.place.open() as ws:
        outcome = import_stick(ws, post.stick)
        assert outcome.complete
        assert {(item.kind, item.name) for item in outcome.feed.items} == {
            ("pack", "SAMPLE-MED"),
            ("bulletin", "blisters"),
        }
        assert "2.5.0" in versions(ws)
        kept = feed_items.in_state(ws.db, (FeedState.KEPT,))
        assert [item.body for item in kept] == [b"Watch for blister packs."]
        assert import_stick(ws, post.stick).feed.items == []


def test_a_withdrawn_pack_is_not_adopted_any_more(post: Post) -> None:
    with post.hub.open() as hub:
        publish_pack(hub, a_pack("2.5.0"), "pack", unsigned=True)
        withdraw_pack(hub, "SAMPLE-MED", "2.5.0")
    post.export()
    post.hub.take(post.stick)
    with post.place.open() as ws:
        import_stick(ws, post.stick)
        assert "2.5.0" not in versions(ws)
        found = feed_items.in_state(ws.db, (FeedState.WITHDRAWN,))
        assert [(item.name, item.version) for item in found] == [("SAMPLE-MED", "2.5.0")]


def test_what_is_newer_than_this_program_is_kept_and_said(
    post: Post,
) -> None:
    """An unknown kind; a pack in a format that only a newer program reads; a pack with a mode of
    transport that this program does not know, from a hub that does not check it.
    """
    newer = json.dumps({"format": 99}).encode()
    moon = as_file(a_pack_for(default_mode="moon"))
    with post.hub.open() as hub:
        publish_newer(hub, "tariff")
        with hub.database.writing(("feed",)) as rows:
            for name, data in (("NEWER", newer), ("MOON", moon)):
                rows.execute(
                    "INSERT INTO pack (id, version, sha256, bytes) VALUES (?, '1', ?, ?)",
                    (name, digest(data), data),
                )
                feed.add(rows, kind="pack", name=name, version="1", sha256=digest(data), at=2)
        publish_bulletin(hub, b"After it.", "after", "1")
    post.export()
    post.hub.take(post.stick)
    for data in (newer, moon):
        pack_file(post.stick, PackHash.of(data)).write_bytes(data)
    with post.place.open() as ws:
        outcome = import_stick(ws, post.stick)
        states = {item.name: item.state for item in feed_items.everything(ws.db)}
        assert states["N"] is FeedState.UNKNOWN
        assert states["NEWER"] is states["MOON"] is FeedState.UNREADABLE
        assert any("$.posts[0].default_mode" in str(each) for each in outcome.feed.problems)
        assert states["after"] is FeedState.KEPT
        assert any("NEWER" in str(problem) for problem in outcome.feed.problems)
        kept = feed_items.in_state(ws.db, (FeedState.UNREADABLE,))
        assert {item.body for item in kept} == {newer, moon}


def test_a_pack_that_is_not_the_one_that_the_hub_signed_for_is_not_adopted(post: Post) -> None:
    with post.hub.open() as hub:
        publish_pack(hub, a_pack("2.5.0"), "pack", unsigned=True)
    post.export()
    post.hub.take(post.stick)
    pack_file(post.stick, PackHash.of(a_pack("2.5.0"))).write_bytes(a_pack("2.5.0") + b" ")
    with post.place.open() as ws:
        outcome = import_stick(ws, post.stick)
        assert outcome.feed.problems
        assert "2.5.0" not in versions(ws)


def test_a_pack_for_other_posts_is_passed_over(post: Post) -> None:
    """A stick has the packs of all posts; nothing is said of those that are for others."""
    elsewhere = json.loads(a_pack("2.5.0")) | {"posts": as_posts("SPT")}
    with post.hub.open() as hub:
        publish_pack(hub, json.dumps(elsewhere).encode(), "pack", unsigned=True)
    post.export()
    post.hub.take(post.stick)
    with post.place.open() as ws:
        outcome = import_stick(ws, post.stick)
        assert (outcome.feed.items, outcome.feed.problems) == ([], [])
        assert "2.5.0" not in versions(ws)


def test_a_courier_brings_the_packs_of_other_posts_on_its_stick(
    post: Post, linked: Place, tmp_path: Path
) -> None:
    """Over the network it gets only those that name its own post."""
    stick = tmp_path / "empty stick"
    stick.mkdir()
    data = json.dumps(json.loads(a_pack("2.5.0")) | {"posts": as_posts("SPT")}).encode()
    with run_hub(post.hub.folder) as running, linked.open() as ws:
        enrol(ws, running.url, fresh_code(running.hub))
        publish_pack(running.hub, data, "pack", unsigned=True)
        outcome = import_stick(ws, stick)
        assert outcome.feed_is_there
        assert "2.5.0" not in versions(ws)
    assert pack_file(stick, PackHash.of(data)).read_bytes() == data
    assert b"2.5.0" in (feed_folder(stick) / "0.json").read_bytes()


def as_posts(code: str) -> list[dict[str, Any]]:
    """One post with this code."""
    posts = a_pack_for(code=code)["posts"]
    assert isinstance(posts, list)
    return posts


def test_a_forged_or_cut_page_changes_nothing(post: Post) -> None:
    post.export()
    post.hub.take(post.stick)
    first = feed_folder(post.stick) / "0.json"
    whole = first.read_bytes()
    with post.place.open() as ws:
        for altered in (whole.replace(b"pack", b"kcap"), whole[:-5], b"", b"<html></html>"):
            first.write_bytes(altered)
            outcome = import_stick(ws, post.stick)
            assert [type(problem) for problem in outcome.feed.problems] == [FeedRefused]
            assert feed_items.everything(ws.db) == ()


def test_many_items_come_page_by_page(post: Post, linked: Place) -> None:
    with run_hub(post.hub.folder) as running, linked.open() as ws:
        for number in range(450):
            publish_bulletin(running.hub, b"text %d" % number, f"bulletin {number}", "1")
        enrol(ws, running.url, fresh_code(running.hub))
        over_the_wire(ws, running)
        kept = feed_items.in_state(ws.db, (FeedState.KEPT,))
        assert len(kept) == 450
        post.export()
        post.hub.take(post.stick)
        assert len(list(feed_folder(post.stick).iterdir())) == 3
    with post.place.open() as ws:
        import_stick(ws, post.stick)
        assert len(feed_items.in_state(ws.db, (FeedState.KEPT,))) == 450


def test_a_run_of_synchronisation_takes_the_feed_and_sends_what_follows_from_it(
    post: Post, linked: Place
) -> None:
    """The entry of the adoption goes to the hub in the same run."""
    with run_hub(post.hub.folder) as running, linked.open() as ws:
        enrol(ws, running.url, fresh_code(running.hub))
        publish_pack(running.hub, a_pack("2.5.0"), "pack", unsigned=True)
        publish_bulletin(running.hub, b"Watch for blister packs.", "blisters", "1")
        outcome = synchronise(ws, lambda: open_carrier(ws), tries=1)
        assert outcome.complete
        assert outcome.problems == ()
        assert "2.5.0" in versions(ws)
        assert len(feed_items.in_state(ws.db, (FeedState.KEPT,))) == 1
        assert cursor(ws).after == page(running.hub, 0).last


class OfProtocol1(HttpCarrier):
    """The hub as an older program would answer: it says no protocol, and has no feed."""

    def feed(self, after: int) -> FeedPage:
        raise AssertionError

    def _statement(self, *words: Any, **named: Any) -> Acknowledgement:
        return msgspec.structs.replace(super()._statement(*words, **named), protocol=1)


def test_what_a_hub_without_a_feed_offers_counts_as_unsigned(post: Post, linked: Place) -> None:
    with run_hub(post.hub.folder) as running, linked.open() as ws:
        enrol(ws, running.url, fresh_code(running.hub))
        publish_pack(running.hub, a_pack("2.5.0"), "pack", unsigned=True)
        carrier = OfProtocol1(enrolled_hub(ws), ws.device)
        outcome = synchronise(ws, lambda: carrier, tries=1)
        assert outcome.complete
        assert versions(ws) == {"2.0.0"}
        assert "SAMPLE-MED 2.5.0: nobody has signed this pack" in str(outcome.problems[0])


def test_a_pack_whose_file_the_hub_lost_delays_nothing_and_comes_later(
    post: Post, linked: Place
) -> None:
    with run_hub(post.hub.folder) as running, linked.open() as ws:
        enrol(ws, running.url, fresh_code(running.hub))
        publish_pack(running.hub, a_pack("2.5.0"), "pack", unsigned=True)
        with running.hub.database.writing(("feed",)) as rows:
            rows.execute("UPDATE pack SET bytes = ?", (b"{}",))
        publish_bulletin(running.hub, b"After it.", "after", "1")
        first = synchronise(ws, lambda: open_carrier(ws), tries=1)
        assert [problem for problem in first.problems if "SAMPLE-MED" in str(problem)]
        assert len(feed_items.in_state(ws.db, (FeedState.KEPT,))) == 1
        with running.hub.database.writing(("feed",)) as rows:
            rows.execute("UPDATE pack SET bytes = ?", (a_pack("2.5.0"),))
        publish_bulletin(running.hub, b"Later.", "later", "1")
        assert synchronise(ws, lambda: open_carrier(ws), tries=1).problems == ()
        assert "2.5.0" in versions(ws)
