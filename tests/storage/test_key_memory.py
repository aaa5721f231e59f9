"""The rot of a key slot or of the public key's file is seen before the day it is needed."""

from __future__ import annotations

import base64
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest

from acts.station.rekey import rekey
from storage.check import check
from storage.first_look import FILE
from storage.key_memory import PUBLIC_KEY, key_file_faults
from storage.keys import RecoveryKey, open_keys
from storage.workstation import Workstation
from system.database import transaction
from system.errors import CannotOpen
from tests.builders import Place


class Crash(BaseException):
    """The program ends here."""


Steps = tuple[str, str]


@contextmanager
def watched(step: Callable[[Steps], None]) -> Iterator[None]:
    """Call `step` at each begin and end of a statement, flush or rename."""

    def profile(_frame: FrameType, event: str, what: Any) -> None:
        name = getattr(what, "__name__", "")
        if event in ("c_call", "c_return") and name in ("execute", "fsync", "replace"):
            owner = getattr(what, "__self__", None)
            if type(owner).__name__ == "Connection" or owner is sys.modules[os.name]:
                step((event, name))

    sys.setprofile(profile)
    try:
        yield
    finally:
        sys.setprofile(None)


def faults(ws: Workstation) -> list[str]:
    """What is wrong with the folder."""
    return [str(finding) for finding in check(ws).findings]


def opens(place: Place, text: str) -> bool:
    """Whether the recovery key opens the folder."""
    try:
        open_keys(place.home, RecoveryKey(text))
    except CannotOpen:
        return False
    return True


@pytest.mark.parametrize("kind", ["keystore", "recovery"])
@pytest.mark.parametrize("field", ["salt", "nonce", "wrapped"])
def test_a_slot_that_rots_is_named(place: Place, kind: str, field: str) -> None:
    with place.open() as ws:
        assert faults(ws) == []
        file = json.loads((place.home / FILE).read_text())
        slot = next(slot for slot in file["slots"] if slot["kind"] == kind)
        raw = bytearray(base64.b64decode(slot[field]))
        raw[5] ^= 1
        slot[field] = base64.b64encode(raw).decode()
        (place.home / FILE).write_text(json.dumps(file))

        assert faults(ws) == [
            f"keys.json: the {kind} slot is not as it was made; `main.py rekey` makes a new one"
        ]
        assert not check(ws).sound


def test_a_slot_that_was_added_or_dropped_is_named(place: Place) -> None:
    with place.open() as ws:
        file = json.loads((place.home / FILE).read_text())
        keystore, recovery = file["slots"]
        for slots, why in (
            ([keystore], "the recovery slot is not as it was made"),
            ([keystore, recovery, {**recovery, "salt": keystore["salt"]}], "a recovery slot was"),
        ):
            (place.home / FILE).write_text(json.dumps({**file, "slots": slots}))
            assert [why in fault for fault in faults(ws)] == [True]


def test_a_key_file_that_is_gone_or_damaged_is_named(place: Place) -> None:
    with place.open() as ws:
        (place.home / FILE).write_text("{")
        assert faults(ws) == ["keys.json: the key file is damaged"]
        (place.home / FILE).unlink()
        assert faults(ws) == [
            "keys.json: the key file is missing, and without it nothing opens the database"
        ]


def test_a_public_key_that_is_missing_or_not_ours_is_named(place: Place) -> None:
    file = place.home / PUBLIC_KEY
    with place.open() as ws:
        held = file.read_bytes()
        file.write_bytes(held.replace(held[-3:-2], b"0" if held[-3:-2] != b"0" else b"1"))
        assert "is not this workstation's key" in faults(ws)[0]
        file.unlink()
        assert "is missing" in faults(ws)[0]


def test_a_folder_made_before_remembers_its_slots_from_its_next_opening(place: Place) -> None:
    with place.open() as ws, transaction(ws.db):
        ws.db.execute("DELETE FROM place WHERE name = 'key_slots'")
    with place.open() as ws:
        assert faults(ws) == []
        file = json.loads((place.home / FILE).read_text())
        (place.home / FILE).write_text(json.dumps(file | {"slots": file["slots"][:1]}))
        assert len(faults(ws)) == 1


def test_a_change_of_keys_that_ends_at_any_step_opens_by_one_key_and_is_no_damage(
    place: Place,
) -> None:
    known = place.recovery
    ended, last = 0, False
    while not last:
        shown: list[str] = []
        seen: list[Steps] = []

        def step(now: Steps, seen: list[Steps] = seen, end: int = ended) -> None:
            seen.append(now)
            if len(seen) > end:
                raise Crash

        ws = place.open()
        try:
            with watched(step):
                rekey(ws, place.way, recovery=shown.append)
            last = True
        except Crash:
            pass
        assert (
            list(key_file_faults(ws.db, ws.home, ws.identity())) == []
        )  # as it stands, before an opening mends it
        ws.close()
        with place.open() as again:
            assert faults(again) == []
        assert [opens(place, text) for text in [known, *shown]].count(True) == 1
        known = next(text for text in [known, *shown] if opens(place, text))
        ended += 1
    assert ended > 10
    assert known == shown[-1]


def test_the_new_keys_are_on_the_disk_before_they_get_the_name_of_the_old(place: Place) -> None:
    seen: list[Steps] = []
    with place.open() as ws, watched(seen.append):
        rekey(ws, place.way, recovery=lambda _text: None)

    names = [name for event, name in seen if event == "c_call" and name != "execute"]
    assert names == ["fsync", "replace", "fsync"]


def test_the_memory_of_new_keys_is_on_the_disk_before_the_key_file_changes(place: Place) -> None:
    with place.open() as ws:
        rekey(ws, place.way, recovery=lambda _text: None)
        full = (2,)
        assert ws.db.execute("PRAGMA synchronous").fetchone() == full


def test_a_slot_from_before_the_change_is_named_once_the_change_is_at_its_end(
    place: Place,
) -> None:
    old = (place.home / FILE).read_bytes()
    with place.open() as ws:
        change_cut_off_after_the_rename(ws, place)
    with place.open() as ws:
        assert faults(ws) == []
        (place.home / FILE).write_bytes(old)
        assert ["recovery slot is not as it was made" in fault for fault in faults(ws)] == [True]


def change_cut_off_after_the_rename(ws: Workstation, place: Place) -> None:
    """A new recovery key; the program ends when the key file has its new name."""

    def end(now: Steps) -> None:
        if now == ("c_return", "replace"):
            raise Crash

    with pytest.raises(Crash), watched(end):
        rekey(ws, place.way, recovery=lambda _text: None)


def test_the_new_recovery_key_is_shown_before_the_old_one_ends(place: Place) -> None:
    at_showing: list[bool] = []
    with place.open() as ws:
        rekey(ws, place.way, recovery=lambda _: at_showing.append(opens(place, place.recovery)))

    assert at_showing == [True]
    assert not opens(place, place.recovery)
