"""A run against a real hub over bad lines: nothing lost, nothing twice, nothing believed."""

from __future__ import annotations

import argparse
import random
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from acts.errors import OldAnswer
from cli.hub import device
from domain.ids import PhotoHash
from hub.backup import back_up, prepare
from hub.build import begin_epoch
from hub.codes import fresh_code
from storage import hub_memory, journal
from storage.check import check
from storage.hub_memory import HubFact
from storage.projections import records
from storage.workstation import Workstation
from sync.errors import HubFailed, NoLink
from sync.http.enrol import enrol
from sync.open import open_carrier
from sync.run import SyncRun
from system.shipped import shipped_packs
from tests.builders import BEGUN, Place, a_final
from tests.hub.conftest import Running, run_hub
from tests.sync.conftest import Post, brought, counted
from tests.sync.lines import (
    Asked,
    Budget,
    a_line_that_is_cut,
    a_server,
    again,
    passed_on,
)

EVERYTHING = (3, 3, 6)


def test_a_line_that_is_cut_after_any_number_of_bytes_brings_everything_in_the_end(
    post: Post,
) -> None:
    cuts, allowed = 0, 100
    with post.place.open() as ws:
        while True:
            budget = Budget(allowed)
            with a_line_that_is_cut(post.hub.url, budget) as url:
                try:
                    outcome = brought(ws, url)
                    break
                except NoLink:
                    cuts += 1
            allowed += 700
        assert check(ws).sound
    assert cuts > 10
    assert outcome.complete
    assert counted(post.hub) == EVERYTHING


def test_a_hub_whose_answers_are_often_lost_has_everything_once(post: Post) -> None:
    chance = random.Random(7)

    def answer(asked: Asked) -> bytes:
        there = passed_on(post.hub.url, asked)
        return again(*there) if chance.random() < 0.7 else b""

    with a_server(answer) as url, post.place.open() as ws:
        for _ in range(60):
            try:
                if brought(ws, url).complete:
                    break
            except (NoLink, HubFailed):
                continue
    assert counted(post.hub) == EVERYTHING
    assert post.sync().complete


def test_a_hub_that_hears_everything_twice_holds_it_once(post: Post) -> None:
    def answer(asked: Asked) -> bytes:
        passed_on(post.hub.url, asked)
        return again(*passed_on(post.hub.url, asked))

    with a_server(answer) as url:
        post.sync(url)

    assert post.sync().complete
    assert counted(post.hub) == EVERYTHING


def restored(post: Post, tmp_path: Path, changes: Callable[[], None]) -> Path:
    """The hub's files as they were before `changes` happened, in a folder of their own."""
    older = tmp_path / "older"
    with post.hub.hub.database.copied_to(tmp_path / "hub.sqlite"):
        pass
    shutil.copytree(post.hub.folder / "objects", older / "objects")
    shutil.move(tmp_path / "hub.sqlite", older / "hub.sqlite")
    changes()
    return older


def test_a_hub_set_back_to_older_files_is_sent_again_what_it_lost(
    post: Post, tmp_path: Path
) -> None:
    post.sync()

    def later() -> None:
        post.record(2)
        assert post.sync().complete

    folder = restored(post, tmp_path, later)
    with run_hub(folder) as older, pytest.raises(OldAnswer, match="old copy of its folder"):
        post.sync(older.url)
    begin_epoch(f"sqlite://{folder}/hub.sqlite")
    with run_hub(folder) as older:
        assert older.count("interception") == 3
        outcome = post.sync(older.url)
        assert outcome.complete
        assert counted(older) == (5, 5, 10)


def test_a_photo_that_the_hub_lost_waits_again_and_is_sent_again(post: Post) -> None:
    post.sync()
    objects = post.hub.folder / "objects" / "photos"
    lost = next(path for path in objects.rglob("*") if path.is_file() and len(path.name) == 64)
    lost.unlink()

    outcome = post.sync()

    assert outcome.complete
    assert PhotoHash.of(lost.read_bytes()) == PhotoHash.parse(lost.name)


def test_a_device_set_back_fetches_its_own_entries_and_goes_on(post: Post, tmp_path: Path) -> None:
    post.sync()
    shutil.copytree(post.place.home, tmp_path / "older")
    post.record(2)
    post.sync()
    shutil.rmtree(post.place.home)
    shutil.move(tmp_path / "older", post.place.home)

    outcome = post.sync()
    assert outcome.summary.records == 5
    assert not outcome.summary.branched
    with post.place.open() as ws:
        a_final(ws)
        assert len(journal.tips(ws.db, ws.device)) == 1
        numbers = [row.number for row in records.page(ws.db).rows]
    assert len(set(numbers)) == 6
    outcome = post.sync()
    assert outcome.complete
    assert not outcome.summary.branched
    assert counted(post.hub) == (6, 6, 12)
    with post.place.open() as ws:
        health = check(ws)
    assert health.sound, health.findings
    told = [str(finding) for finding in health.findings]
    assert sum("is at the hub and no longer here" in words for words in told) == 4
    assert sum("are not stored here" in words for words in told) == 2


def test_a_device_set_back_that_recorded_first_has_two_branches_and_loses_neither(
    post: Post, tmp_path: Path
) -> None:
    post.sync()
    shutil.copytree(post.place.home, tmp_path / "older")
    post.record()
    post.sync()
    shutil.rmtree(post.place.home)
    shutil.move(tmp_path / "older", post.place.home)
    post.record()

    outcome = post.sync()

    assert outcome.complete
    assert outcome.summary.branched
    assert outcome.summary.records == 5
    assert counted(post.hub) == (5, 5, 10)


def test_a_cloned_folder_makes_branches_that_the_hub_holds_and_names(
    post: Post, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    post.sync()
    clone = Place.__new__(Place)
    clone.__dict__ |= {**post.place.__dict__, "home": tmp_path / "clone"}
    shutil.copytree(post.place.home, clone.home)
    twin = Post(clone, post.hub)
    post.record()
    twin.record(2)

    assert not post.sync().summary.branched
    assert twin.sync().summary.branched
    outcome = post.sync()

    assert outcome.complete
    assert outcome.summary.branched
    assert outcome.summary.records == 6
    assert counted(post.hub) == (6, 6, 12)
    assert post.hub.count("tip") == 2
    with post.place.open() as ws, clone.open() as other:
        ours = {tip for tip, _ in journal.tips(ws.db, ws.device)}
        assert ours == {tip for tip, _ in journal.tips(other.db, other.device)}
        assert journal.head_hash(ws.db) != journal.head_hash(other.db)
    _devices(post.hub)
    assert "2 branches" in capsys.readouterr().out


def _devices(hub: Running) -> None:
    """What `hub device list` prints."""
    device.run(argparse.Namespace(deed="list", database=f"sqlite://{hub.folder}/hub.sqlite"))


def test_safe_is_told_apart_from_received_and_earned_by_a_backup(
    post: Post, tmp_path: Path
) -> None:
    assert post.sync().summary.photos_safe == 0
    prepare(post.hub.hub, tmp_path / "backup")
    back_up(post.hub.hub, tmp_path / "backup")
    assert post.sync().summary.photos_safe == 6
    post.record()
    outcome = post.sync()
    assert (outcome.summary.photos_held, outcome.summary.photos_safe) == (8, 6)
    with post.place.open() as ws:
        levels = ws.db.execute(
            "SELECT level, count(*) FROM held WHERE what = 'entry' GROUP BY level ORDER BY level"
        ).fetchall()
    assert [tuple(row) for row in levels] == [("received", 1), ("safe", BEGUN + 3)]


def test_in_a_new_epoch_what_was_held_is_forgotten_and_earned_again(
    post: Post, tmp_path: Path
) -> None:
    post.sync()
    prepare(post.hub.hub, tmp_path / "backup")
    made = back_up(post.hub.hub, tmp_path / "backup")
    assert post.sync().summary.photos_safe == 6
    post.record()
    post.sync()
    home = tmp_path / "restored"
    home.mkdir()
    shutil.copy(made.database, home / "hub.sqlite")
    shutil.copytree(tmp_path / "backup" / "photos", home / "objects" / "photos")

    with run_hub(home) as hub:
        outcome = post.sync(hub.url)
        assert outcome.complete
        assert outcome.summary.photos_safe == 0
        assert counted(hub) == (4, 4, 8)
        with post.place.open() as ws:
            assert hub_memory.remembered(ws.db, HubFact.EPOCH) == hub.hub.identity.epoch.encode()


def test_another_hubs_word_counts_for_nothing(post: Post, tmp_path: Path) -> None:
    post.sync()
    (tmp_path / "other").mkdir()
    with run_hub(tmp_path / "other") as other:
        with post.place.open() as ws:
            enrol(ws, other.url, fresh_code(other.hub))
        outcome = post.sync(other.url)
        assert outcome.complete
        assert counted(other) == EVERYTHING


def test_a_run_that_is_cancelled_goes_on_the_next_time(post: Post) -> None:
    with post.place.open() as ws, closing(open_carrier(ws)) as carrier:
        steps = iter([False] * 4 + [True] * 1_000)
        outcome = SyncRun(ws, carrier, cancelled=lambda: next(steps)).go()
        assert not outcome.complete
    assert post.sync().complete
    assert counted(post.hub) == EVERYTHING


def test_packs_come_down_and_what_the_journal_says_of_them_goes_up_in_the_same_run(
    tmp_path: Path,
) -> None:
    place = Place(tmp_path / "workstation", packs={})
    (tmp_path / "hub").mkdir()

    with run_hub(tmp_path / "hub") as hub, place.open() as ws:
        enrol(ws, hub.url, fresh_code(hub.hub))
        outcome = brought(ws, hub.url)

        assert [checklist.pack.id for checklist in ws.checklists()] == list(shipped_packs())
        assert outcome.complete
        assert hub.count("entry") == 5


def cut_the_last(ws: Workstation, count: int) -> None:
    """As an administrator with the key could."""
    ws.db.execute("DROP TRIGGER entry_is_never_deleted")
    ws.db.execute("PRAGMA foreign_keys = OFF")
    ws.db.execute("DELETE FROM entry WHERE place > (SELECT max(place) FROM entry) - ?", (count,))


@pytest.mark.parametrize("tidy", [False, True])
def test_entries_that_were_cut_off_come_back_from_the_hub_and_nothing_waits(
    post: Post, tidy: bool
) -> None:
    post.sync()
    with post.place.open() as ws:
        cut_the_last(ws, 3)
        if tidy:
            journal.set_head(ws.db, journal.tips(ws.db, ws.device)[0][0])
        assert not check(ws).sound

    outcome = post.sync()

    assert outcome.came_back == 3
    assert (outcome.complete, outcome.problems) == (True, ())
    assert outcome.summary.records_held == outcome.summary.records == 3
    post.record()
    assert post.sync().came_back == 0
    with post.place.open() as ws:
        health = check(ws)
    assert health.sound, health.findings
