"""What only the network could tell before: by stick alone nothing waits for ever."""

from __future__ import annotations

import shutil
from pathlib import Path

from acts.errors import OldAnswer
from acts.station.renew import coming, renew
from hub.stick import take_stick
from storage import exports, hub_memory
from storage.identity import Station
from sync.stick.bring import import_stick
from sync.stick.outcome import WrittenBundle
from sync.wire.stick import bundles_on
from system.database import transaction
from tests.builders import SESSION
from tests.stick.conftest import Post


def round_trip(post: Post) -> int:
    """What waits goes to the hub on a stick, and its answer comes back; how many things wait."""
    post.export()
    post.hub.take(post.stick)
    with post.place.open() as ws:
        import_stick(ws, post.stick)
        return hub_memory.count_waiting(ws.db)


def put_back(post: Post, copy: Path) -> None:
    """An older copy takes the place of the folder, and another stick that of the stick."""
    shutil.rmtree(post.place.home)
    shutil.move(copy, post.place.home)
    post.stick = copy.with_name("another")
    post.stick.mkdir()


def test_a_folder_that_lacks_newer_entries_hears_of_those_it_has(
    post: Post, tmp_path: Path
) -> None:
    """The hub's branch end is not in the folder, so that alone tells it nothing."""
    copy = shutil.copytree(post.place.home, tmp_path / "copy")
    post.record(2)
    assert round_trip(post) == 0
    put_back(post, copy)
    assert round_trip(post) == 0
    assert post.export().written == []
    with post.place.open() as ws:
        outcome = import_stick(ws, post.stick)
    assert (outcome.lacking, outcome.complete) == (1, False)


def test_a_copy_with_nothing_to_send_asks_after_an_answer_to_another_copy(
    post: Post, tmp_path: Path
) -> None:
    assert round_trip(post) == 0
    copy = shutil.copytree(post.place.home, tmp_path / "copy")
    post.record(1)
    assert round_trip(post) == 0
    put_back(post, copy)
    with post.hub.open() as hub:
        take_stick(hub, post.stick, everybody=True)
    with post.place.open() as ws:
        assert isinstance(import_stick(ws, post.stick).passed_over, OldAnswer)
    questions = [(bundle.entries, bundle.photos) for bundle in post.export().written]
    assert questions == [(0, 0)]
    assert post.export().written == []
    post.hub.take(post.stick)
    with post.place.open() as ws:
        outcome = import_stick(ws, post.stick)
    assert (outcome.passed_over, outcome.lacking) == (None, 1)
    assert post.export().written == []


def test_entries_of_the_workstation_that_the_folder_was_before_go_too(post: Post) -> None:
    become_another(post)
    post.record(1)
    assert round_trip(post) == 0
    assert post.hub.holds()["entry"] == post.journal()
    assert post.export().written == []


def become_another(post: Post) -> None:
    with post.place.open() as ws:
        new = coming(ws, Station(name="new", post="MCN", country="XA", number=2))
        renew(ws, new, SESSION)
        post.hub.enrol(ws)


def after_renewal(post: Post) -> list[WrittenBundle]:
    """The bundles, several, of a folder that became another workstation and waits with thirty."""
    post.record(30)
    become_another(post)
    return post.export(size=12_000).written


def test_they_are_heard_of_though_the_parts_come_in_any_order(post: Post) -> None:
    written = after_renewal(post)
    assert len([bundle for bundle in written if bundle.entries]) > 1
    for bundle in reversed(written):
        post.hub.take(bundle.path)
    with post.place.open() as ws:
        import_stick(ws, post.stick)
        assert hub_memory.count_waiting(ws.db) == 0


def came_over_the_network(post: Post) -> None:
    """The hub knows of no bundle, so no answer is about what it holds by this way."""
    with post.hub.open() as hub, hub.database.writing() as rows:
        rows.execute("DELETE FROM bundle_photo")
        rows.execute("DELETE FROM bundle")


def test_of_photos_that_are_missing_here_the_hub_is_asked(post: Post, tmp_path: Path) -> None:
    """A restored folder without its photos: the hub has some of them, by another way."""
    post.export()
    post.hub.take(post.stick)
    came_over_the_network(post)
    with post.place.open() as ws:
        lost = sorted(str(name) for name in ws.photos.names())[:2]
    post.stick = tmp_path / "another"
    post.stick.mkdir()
    for name in lost:
        (post.place.home / "photos" / name[:2] / name).unlink()
    post.record(1)
    outcome = post.export(anew=True)
    assert [str(item.name) for item in outcome.set_aside] == lost
    post.hub.take(post.stick)
    with post.place.open() as ws:
        assert import_stick(ws, post.stick).complete
        assert hub_memory.count_waiting(ws.db) == 0
    assert post.export().complete


def test_when_nothing_else_waits_the_question_goes_alone(post: Post, tmp_path: Path) -> None:
    assert round_trip(post) == 0
    came_over_the_network(post)
    with post.place.open() as ws, transaction(ws.db):
        hub_memory.doubt_photos(ws.db)
        exports.drop_all(ws.db)
    shutil.rmtree(post.place.home / "photos")
    post.stick = tmp_path / "another"
    post.stick.mkdir()
    assert round_trip(post) == 0
    assert len(bundles_on(post.stick)) == 1


def test_a_photo_that_nobody_has_is_in_the_way_of_nothing(post: Post, tmp_path: Path) -> None:
    with post.place.open() as ws:
        lost = min(str(name) for name in ws.photos.names())
    (post.place.home / "photos" / lost[:2] / lost).unlink()
    assert round_trip(post) == 1
    another = tmp_path / "another"
    another.mkdir()
    post.stick = another
    for _ in range(2):
        outcome = post.export()
        assert [str(item.name) for item in outcome.set_aside] == [lost]
    assert len(bundles_on(another)) == 1
    post.record(1)
    assert round_trip(post) == 1
    assert post.hub.holds()["entry"] == post.journal()


def test_of_parts_that_came_too_early_nothing_counts_as_held(post: Post) -> None:
    early = after_renewal(post)[1]
    post.hub.take(early.path)
    held = post.hub.holds()["entry"]
    # the first entry of the new workstation continues none, the others do
    assert len(held) < early.entries
    with post.place.open() as ws:
        import_stick(ws, post.stick)
        waiting = {str(item.name) for item in exports.waiting(ws.db, "entry")}
    assert waiting == post.journal() - held
