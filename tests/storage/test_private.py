"""Files are their owner's alone, durable with their folders, and may be written from any thread."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest

from acts.receipt.issue_receipt import issue_receipt
from acts.session import Session
from acts.station.init import make_workstation
from domain.errors import Malformed
from hub.build import open_hub
from storage.first_look import FILE
from storage.identity import Station
from storage.key_file import KeyFile
from storage.keys import USUAL_COST, Passphrase, SystemKeyStore, make_slot, open_master
from storage.workstation import Workstation, open_workstation
from system.errors import CannotOpen
from system.files import write_once
from system.shipped import shipped_packs
from tests.builders import Place, a_final, a_photo
from tests.light_keys import LIGHT

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has rights of another kind")


def open_to_others(folder: Path) -> list[Path]:
    """What below `folder` other accounts may read, write or enter."""
    return [path for path in folder.rglob("*") if stat.S_IMODE(path.stat().st_mode) & 0o077]


@POSIX
def test_nobody_else_reads_anything_of_the_folder(place: Place) -> None:
    with place.open() as ws:
        ws.photos.keep(data := a_photo(7, (900, 700)), ws.photos.look(data))
        issue_receipt(ws, a_final(ws), Session("4417"))
        readable = open_to_others(place.home)
        names = {path.name for path in place.home.iterdir()}

    assert stat.S_IMODE(place.home.stat().st_mode) == 0o700
    assert readable == []
    assert {"keys.json", "workstation.db-wal", "lock", "lock.who", "photos", "papers"} <= names


@POSIX
def test_nobody_else_reads_the_hubs_rows_and_photos(tmp_path: Path) -> None:
    hub = open_hub(f"sqlite://{tmp_path}/hub.sqlite", f"file://{tmp_path}/objects")
    try:
        readable = open_to_others(tmp_path)
    finally:
        hub.close()
    assert readable == []


@POSIX
def test_a_new_folder_is_flushed_with_the_one_above_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: set[int] = set()
    fsync: Callable[[int], None] = os.fsync

    def noted(handle: int) -> None:
        flushed.add(os.fstat(handle).st_ino)
        fsync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    write_once(tmp_path / "photos" / "ab" / "abcd", b"bytes")

    folders = (tmp_path, tmp_path / "photos", tmp_path / "photos" / "ab")
    assert {folder.stat().st_ino for folder in folders} <= flushed


def test_one_photo_is_kept_by_eight_threads_at_once(ws: Workstation) -> None:
    data = a_photo(7, (900, 700))
    decoded = ws.photos.look(data)
    for _ in range(5):
        with ThreadPoolExecutor(8) as pool:
            names = set(pool.map(lambda _: ws.photos.keep(data, decoded), range(8)))
        (name,) = names
        assert ws.photos.original(name) == data
        assert not list(ws.home.rglob("*.part"))
        for path in (ws.home / "photos" / str(name)[:2]).iterdir():
            path.unlink()


def test_a_closed_workstation_opens_nothing_for_a_late_thread(place: Place) -> None:
    ws = place.open()
    ws.close()
    told: list[BaseException] = []

    def late() -> None:
        try:
            _ = ws.db
        except CannotOpen as error:
            told.append(error)

    thread = threading.Thread(target=late)
    thread.start()
    thread.join()

    assert len(told) == 1


@pytest.mark.parametrize(
    "station",
    [
        Station(name="bench", post="M", country="XA", number=1),
        Station(name="bench", post="MCN", country="Atlantis", number=1),
        Station(name="bench", post="MCN", country="XA", number=36),
    ],
)
def test_a_workstation_that_could_give_no_number_is_not_made(
    tmp_path: Path, station: Station
) -> None:
    way = SystemKeyStore(lambda _: None, lambda *_: None)
    with pytest.raises(Malformed):
        make_workstation(
            tmp_path / "home", station, (way,), shipped_packs(), session=Session("admin")
        )
    assert not any(tmp_path.iterdir())


def test_a_slot_with_impossible_lengths_is_called_damaged(place: Place) -> None:
    path = place.home / FILE
    held = msgspec.json.decode(path.read_bytes(), type=KeyFile)
    slots = tuple(msgspec.structs.replace(slot, nonce=b"") for slot in held.slots)
    path.write_bytes(msgspec.json.encode(KeyFile(1, slots)))

    with pytest.raises(CannotOpen, match="damaged"):
        open_workstation(place.home, place.way)


@pytest.mark.parametrize(
    "cost",
    [
        {"iterations": 4_000_000_000},
        {"iterations": -1},
        {"iterations": 0},
        {"iterations": 2**40},
        {"memory_kib": 2**31},
        {"iterations": 1, "memory_kib": 2**23},
        {"memory_kib": -1},
        {"lanes": 2**24 - 1, "iterations": 1},
    ],
)
def test_a_slot_with_a_cost_that_nobody_can_pay_is_called_damaged(
    place: Place, cost: dict[str, int]
) -> None:
    way = Passphrase("harbour lantern sevenfold quartz meadow", LIGHT)
    slot = make_slot(way, bytes(32), "", os.urandom)
    file = KeyFile(1, (msgspec.structs.replace(slot, **USUAL_COST._asdict() | cost),))

    with pytest.raises(CannotOpen, match="the key file is damaged"):
        open_master(place.home, file, way)
