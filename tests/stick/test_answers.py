"""The hub's answer comes back on the stick, and counts only when nothing later is known."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from acts.errors import OldAnswer
from hub.backup import back_up, prepare
from hub.check import check
from hub.stick import take_stick
from storage import hub_memory
from storage.hub_memory import HubFact
from sync.stick.answers import put_answer, take_own_answer
from sync.stick.bring import import_stick
from sync.stick.export import export
from sync.wire.errors import AcknowledgementRefused
from sync.wire.stick import answer_file
from tests.stick.conftest import Post


def test_after_the_answer_nothing_waits(post: Post) -> None:
    post.export()
    report = post.hub.take(post.stick)
    with post.place.open() as ws:
        assert report.answers == [ws.device]
        outcome = import_stick(ws, post.stick)
        assert outcome.complete
        assert outcome.answer is not None
        assert hub_memory.count_waiting(ws.db) == 0
    assert post.export().written == []


def test_a_stick_that_comes_back_first_says_what_the_hub_has(post: Post) -> None:
    """The export reads the answer itself, so that it writes only what the hub lacks."""
    post.export()
    post.hub.take(post.stick)
    post.record(1)
    outcome = post.export()
    assert [(bundle.entries, bundle.photos) for bundle in outcome.written] == [(1, 2)]
    assert outcome.before == ()


def test_what_came_damaged_to_the_hub_is_written_again(post: Post, tmp_path: Path) -> None:
    """The hub took what was whole; its answer says that it read the bundle and lacks the rest."""
    post.record(20)
    path = post.export().written[0].path
    data = bytearray(path.read_bytes())
    data[-10_000] ^= 1
    path.write_bytes(data)
    report = post.hub.take(post.stick)
    taken = report.files[0].report
    assert taken is not None
    assert taken.problem is not None
    assert taken.new_photos
    again = post.export()
    assert [bundle.photos for bundle in again.written] == [taken.missing_photos]
    assert again.before == ()
    post.hub.take(again.written[0].path)
    held = post.hub.holds()
    assert (held["entry"], held["photo"]) == (post.journal(), post.photos())


def test_a_file_that_lost_its_end_on_the_stick_is_written_again(post: Post) -> None:
    path = post.export().written[0].path
    path.write_bytes(path.read_bytes()[:-100])
    again = post.export()
    assert len(again.written) == 1
    assert not path.exists()
    post.hub.take(post.stick)
    assert post.hub.holds()["entry"] == post.journal()


def test_an_old_answer_is_passed_over(post: Post, tmp_path: Path) -> None:
    post.export()
    post.hub.take(post.stick)
    with post.place.open() as ws:
        old = answer_file(post.stick, ws.device).read_bytes()
    post.record(1)
    post.export()
    post.hub.take(post.stick)
    with post.place.open() as ws:
        assert import_stick(ws, post.stick).complete
        answer_file(post.stick, ws.device).write_bytes(old)
        outcome = import_stick(ws, post.stick)
        assert isinstance(outcome.passed_over, OldAnswer)
        assert outcome.complete
        assert hub_memory.count_waiting(ws.db) == 0


def test_an_answer_to_a_question_of_nobody_is_passed_over(post: Post, tmp_path: Path) -> None:
    """The hub answers the bundle of a copy of this folder; this folder put no such question."""
    copy = shutil.copytree(post.place.home, tmp_path / "copy")
    post.export()
    post.hub.take(post.stick)
    shutil.rmtree(post.place.home)
    shutil.move(copy, post.place.home)
    with post.place.open() as ws:
        with pytest.raises(OldAnswer):
            take_own_answer(ws, post.stick)
        assert hub_memory.count_waiting(ws.db) > 0


def test_an_answer_of_another_hub_or_altered_changes_nothing(post: Post, tmp_path: Path) -> None:
    post.export()
    with post.place.open() as ws:
        known = {fact: hub_memory.remembered(ws.db, fact) for fact in HubFact}
    post.hub.take(post.stick)
    with post.place.open() as ws:
        file = answer_file(post.stick, ws.device)
        for altered in (
            file.read_bytes().replace(b"received", b"safe"),
            file.read_bytes()[:-20],
            b"",
            b"<html></html>",
        ):
            file.write_bytes(altered)
            with pytest.raises(AcknowledgementRefused):
                take_own_answer(ws, post.stick)
        assert {fact: hub_memory.remembered(ws.db, fact) for fact in HubFact} == known


def test_an_answer_by_hand_says_nothing_of_the_clock(post: Post) -> None:
    """It may be weeks old when it arrives."""
    post.export()
    post.hub.take(post.stick)
    with post.place.open() as ws:
        import_stick(ws, post.stick)
        assert hub_memory.remembered(ws.db, HubFact.CLOCKS) is None


def test_answers_after_the_hubs_clock_was_set_back_are_taken(post: Post) -> None:
    """The clock was a year ahead at the first answer, which stays the older one."""
    right = post.place.clock.now
    post.hub.now = lambda: right.plus(minutes=525_600)
    post.export()
    post.hub.take(post.stick)
    with post.place.open() as ws:
        old = answer_file(post.stick, ws.device).read_bytes()
        assert import_stick(ws, post.stick).answer is not None
    post.record(1)
    post.export()
    post.hub.now = lambda: right
    post.hub.take(post.stick)
    with post.place.open() as ws:
        outcome = import_stick(ws, post.stick)
        assert outcome.passed_over is None
        assert outcome.answer is not None
        assert outcome.answer.at.millis == right.millis
        assert hub_memory.count_waiting(ws.db) == 0
        answer_file(post.stick, ws.device).write_bytes(old)
        assert isinstance(import_stick(ws, post.stick).passed_over, OldAnswer)


def test_a_courier_does_not_put_an_older_answer_over_one_after_the_clock_was_set_back(
    post: Post,
) -> None:
    right = post.place.clock.now
    post.hub.now = lambda: right.plus(minutes=60)
    post.export()
    post.hub.take(post.stick)
    with post.place.open() as ws:
        old = answer_file(post.stick, ws.device).read_bytes()
    post.hub.now = lambda: right
    post.hub.take(post.stick)
    with post.place.open() as ws:
        new = answer_file(post.stick, ws.device).read_bytes()
        assert not put_answer(ws, post.stick, ws.device, old)
        assert answer_file(post.stick, ws.device).read_bytes() == new


def test_an_answer_of_a_hub_that_was_set_back_since_is_passed_over(
    post: Post, tmp_path: Path
) -> None:
    """Else the present hub would count as the replaced one, and nothing of it as an answer."""
    backups, newer = tmp_path / "backups", tmp_path / "newer"
    newer.mkdir()
    with post.hub.open() as hub:
        prepare(hub, backups)
        copy = back_up(hub, backups).database
    post.export()
    post.hub.take(post.stick)
    shutil.copy(copy, post.hub.folder / "hub.sqlite")
    with post.place.open() as ws:
        export(ws, newer, anew=True)
        post.hub.take(newer)
        assert import_stick(ws, newer).answer is not None
        present = hub_memory.remembered(ws.db, HubFact.EPOCH)
        outcome = import_stick(ws, post.stick)
        assert isinstance(outcome.passed_over, OldAnswer)
        assert hub_memory.remembered(ws.db, HubFact.EPOCH) == present
        assert hub_memory.count_waiting(ws.db) == 0


def test_a_photo_that_the_hub_lost_is_brought_once_more_and_then_rests(
    post: Post, tmp_path: Path
) -> None:
    """Each answer tells only of losses that the workstation has not heard of."""

    def round_trip() -> tuple[int, int, int]:
        """Photos that were written, losses in the answer, and how many things wait after it."""
        written = post.export().written
        with post.hub.open() as hub:
            take_stick(hub, post.stick, everybody=True)
        for bundle in written:
            bundle.path.unlink()  # the hub would take what it lost from it again
        with post.place.open() as ws:
            answer = import_stick(ws, post.stick).answer
            assert answer is not None
            waiting = hub_memory.count_waiting(ws.db)
            return sum(bundle.photos for bundle in written), len(answer.lost), waiting

    assert round_trip() == (6, 0, 0)
    before = shutil.copytree(post.stick, tmp_path / "before")
    with post.hub.open() as hub:
        photo = next(hub.objects.names())
        hub.objects.set_aside(photo)
        check(hub, ask_again=True)
    assert round_trip() == (0, 1, 1)
    assert round_trip() == (1, 0, 0)
    with post.place.open() as ws:
        assert isinstance(import_stick(ws, before).passed_over, OldAnswer)
        assert hub_memory.count_waiting(ws.db) == 0
    post.record(1)
    assert round_trip() == (2, 0, 0)
