"""What any way to the hub promises; each carrier is a parameter.

Another carrier is one more `Way` in `WAYS`: everything here must hold for it too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from domain.entry import Entry
from domain.ids import EntryHash, PackHash, PhotoHash
from domain.statement import Acknowledgement
from hub.codes import fresh_code
from storage import hub_memory, journal
from storage.workstation import Workstation
from sync.carrier import Carrier
from sync.errors import HubRefused, NoLink
from sync.http.enrol import enrol
from sync.open import open_carrier
from system.shipped import shipped_packs
from tests.builders import a_final
from tests.hub.conftest import run_hub


@dataclass
class Way:
    """How a carrier to a fresh hub is opened, and how the way there is cut for good."""

    open: Callable[[], Carrier]
    cut: Callable[[], None]


@contextmanager
def over_http(ws: Workstation, folder: Path) -> Iterator[Way]:
    """A real hub on loopback."""
    folder.mkdir()
    with ExitStack() as running:
        hub = running.enter_context(run_hub(folder))
        enrol(ws, hub.url, fresh_code(hub.hub))
        yield Way(open=lambda: open_carrier(ws), cut=running.close)


WAYS: list[Callable[[Workstation, Path], AbstractContextManager[Way]]] = [over_http]


@pytest.fixture(params=WAYS, ids=["http"])
def way(request: pytest.FixtureRequest, ws: Workstation, tmp_path: Path) -> Iterator[Way]:
    """A way to a fresh hub at which the workstation is enrolled; two records wait."""
    for _ in range(2):
        a_final(ws)
    with request.param(ws, tmp_path / "hub") as made:
        yield made


@pytest.fixture
def carrier(way: Way) -> Iterator[Carrier]:
    """The way, open."""
    with closing(way.open()) as opened:
        yield opened


def entries(ws: Workstation) -> list[Entry]:
    """The journal, parents before children."""
    return [entry for _, entry in journal.everything(ws.db)]


def photos(ws: Workstation) -> tuple[PhotoHash, ...]:
    """All that the records name, as long as the hub has signed for none."""
    return hub_memory.waiting_photos(ws.db)


def ends(statement: Acknowledgement) -> set[EntryHash]:
    """The branch ends that the hub signed for."""
    return {tip.hash for tip in statement.tips}


def held(statement: Acknowledgement) -> set[PhotoHash]:
    """The photos that the hub signed for."""
    return {photo.hash for photo in statement.photos}


def send(carrier: Carrier, ws: Workstation, photo: PhotoHash) -> bool:
    """Send the whole photo."""
    return carrier.send_photo(photo, ws.photos.original(photo), cancelled=lambda: False)


def test_a_fresh_hub_holds_nothing(carrier: Carrier, ws: Workstation) -> None:
    assert not carrier.tips().tips
    assert not carrier.photos(photos(ws)).photos
    assert carrier.fetch(()) == ()


def test_what_was_sent_is_held_and_may_be_sent_again(carrier: Carrier, ws: Workstation) -> None:
    all_of_it = entries(ws)
    for batch in (all_of_it[:2], all_of_it[2:], all_of_it):
        statement = carrier.send(batch)
        assert not statement.refused
    assert ends(statement) == ends(carrier.tips()) == {all_of_it[-1].hash}
    assert carrier.fetch(()) == tuple(all_of_it)


def test_a_child_without_its_parent_is_not_held(carrier: Carrier, ws: Workstation) -> None:
    first, *_, last = entries(ws)
    carrier.send([first])
    assert ends(carrier.send([last])) == {first.hash}


def test_only_what_lies_beyond_is_fetched_and_parents_come_first(
    carrier: Carrier, ws: Workstation
) -> None:
    all_of_it = entries(ws)
    carrier.send(all_of_it)
    assert carrier.fetch([all_of_it[0].hash]) == tuple(all_of_it[1:])
    assert carrier.fetch([all_of_it[-1].hash]) == ()


def test_a_photo_counts_once_its_bytes_were_hashed_and_only_when_asked_about(
    carrier: Carrier, ws: Workstation
) -> None:
    carrier.send(entries(ws))
    one, other, *_ = photos(ws)
    for _ in range(2):
        assert send(carrier, ws, one)
    assert held(carrier.photos([one, other])) == {one}
    assert not carrier.photos([other]).photos


def test_other_bytes_than_those_promised_are_not_signed_for(
    carrier: Carrier, ws: Workstation
) -> None:
    carrier.send(entries(ws))
    one, other, *_ = photos(ws)
    with pytest.raises(HubRefused):
        carrier.send_photo(one, ws.photos.original(other), cancelled=lambda: False)
    assert not carrier.photos([one]).photos
    assert send(carrier, ws, one)
    assert held(carrier.photos([one])) == {one}


def test_a_photo_that_was_cancelled_is_not_held_and_can_be_sent_again(
    carrier: Carrier, ws: Workstation
) -> None:
    carrier.send(entries(ws))
    photo = photos(ws)[0]
    assert not carrier.send_photo(photo, ws.photos.original(photo), cancelled=lambda: True)
    assert not carrier.photos([photo]).photos
    assert send(carrier, ws, photo)
    assert held(carrier.photos([photo])) == {photo}


def test_photos_are_sent_side_by_side(carrier: Carrier, ws: Workstation) -> None:
    carrier.send(entries(ws))
    wanted = photos(ws)
    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(lambda photo: send(carrier, ws, photo), wanted))
    assert held(carrier.photos(wanted)) == set(wanted)


def test_the_packs_that_the_hub_offers_come_whole(carrier: Carrier) -> None:
    offered = carrier.packs()
    assert [pack.id for pack in offered] == sorted(shipped_packs())
    assert [PackHash.of(carrier.pack(pack)) for pack in offered] == [p.sha256 for p in offered]


def test_a_way_that_is_opened_anew_goes_on_where_the_hub_stands(way: Way, ws: Workstation) -> None:
    all_of_it = entries(ws)
    with closing(way.open()) as carrier:
        carrier.send(all_of_it[:2])
    with closing(way.open()) as carrier:
        assert ends(carrier.tips()) == {all_of_it[1].hash}
        assert ends(carrier.send(all_of_it[2:])) == {all_of_it[-1].hash}


def test_every_question_over_a_way_that_was_cut_says_so(
    way: Way, carrier: Carrier, ws: Workstation
) -> None:
    offered, photo = carrier.packs()[0], photos(ws)[0]
    way.cut()
    questions: tuple[Callable[[], object], ...] = (
        carrier.tips,
        lambda: carrier.send(entries(ws)),
        lambda: carrier.fetch(()),
        lambda: carrier.photos([photo]),
        lambda: send(carrier, ws, photo),
        carrier.packs,
        lambda: carrier.pack(offered),
    )
    for question in questions:
        with pytest.raises(NoLink):
            question()
