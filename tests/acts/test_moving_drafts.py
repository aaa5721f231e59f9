"""A draft moves to a newer version of its pack by a deed that shows what changes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import main
from acts.errors import DeedRefused
from acts.interception.finalise import finalise
from acts.interception.move_draft import move_draft
from acts.station.adopt_pack import adopt_pack
from domain.errors import RecordRefused
from domain.ids import RecordId
from storage import cases, drafts
from storage.packs import PackOrigin
from storage.workstation import Workstation
from system.shipped import shipped_packs
from tests.builders import SESSION, Place, a_document, a_draft, a_line, a_secret_file

CATEGORY = "MED_PREGAB"


def newer(version: str = "2.5.0", change: Callable[[dict[str, Any]], None] | None = None) -> bytes:
    """A newer version of the pack of the drafts; `change` changes it."""
    pack = json.loads(shipped_packs()["SAMPLE-MED"])
    pack["version"] = version
    if change is not None:
        change(pack)
    return json.dumps(pack).encode()


def without_the_category(pack: dict[str, Any]) -> None:
    """The new version lacks a category that drafts use, and has another one."""
    own = next(one for one in pack["categories"] if one["code"] == CATEGORY)
    new = own | {"code": "MED_NEW", "label": {"en": "Gabapentinoids", "fr": "Gabapentinoïdes"}}
    pack["categories"] = [new, *(one for one in pack["categories"] if one is not own)]


def lot_required(pack: dict[str, Any]) -> None:
    """The new version requires a field of the draft's category that is empty."""
    own = next(one for one in pack["categories"] if one["code"] == CATEGORY)
    own["required"] = [*own.get("required", ()), "brand"]


def adopt(ws: Workstation, data: bytes) -> None:
    adopt_pack(ws, data, "newer", SESSION, accept=PackOrigin.UNSIGNED)


@pytest.fixture
def draft(place: Place) -> RecordId:
    with place.open() as ws:
        return a_draft(ws)


@pytest.fixture
def tried(
    place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    key = a_secret_file(tmp_path / "recovery", str(place.recovery))
    there = ("--home", str(place.home), "--recovery-key-file", str(key))

    def run(*words: object) -> tuple[int, str]:
        status = main.main(["draft", *map(str, words), *there])
        said = capsys.readouterr()
        return status, said.out + said.err

    return run


def test_a_draft_keeps_its_version_until_a_person_moves_it(
    place: Place, draft: RecordId, tried: Callable[..., tuple[int, str]]
) -> None:
    assert tried("move", draft) == (1, f"{draft}: SAMPLE-MED 2.0.0 is the newest version here\n")
    with place.open() as ws:
        adopt(ws, newer(change=lot_required))
        before = drafts.draft(ws.db, draft)
    assert before.pack.version == "2.0.0"
    _, told = tried("list")
    assert told == f"{draft}\t{before.saved_at}\tSAMPLE-MED 2.0.0\tcan move to 2.5.0\n"
    status, told = tried("move", draft, "--dry-run")
    assert status == 0
    assert "Brand: is missing" in told
    assert told.endswith(f"{draft}: would go by version 2.5.0, before SAMPLE-MED 2.0.0\n")
    with place.open() as ws:
        assert drafts.draft(ws.db, draft) == before
    assert tried("move", draft)[0] == 0
    with place.open() as ws:
        after = drafts.draft(ws.db, draft)
        assert (after.pack.version, after.document) == ("2.5.0", before.document)
        with pytest.raises(RecordRefused, match="brand"):
            finalise(ws, draft, SESSION)


def test_a_category_that_is_gone_is_named_and_what_was_typed_stays(
    place: Place, draft: RecordId, tried: Callable[..., tuple[int, str]]
) -> None:
    """By its own version the draft still becomes final; moved, another category is chosen."""
    with place.open() as ws:
        other = a_draft(ws, a_document(goods=[a_line(medicine={"lot": "B7"})]))
        adopt(ws, newer(change=without_the_category))
    _, told = tried("move", draft)
    first, *rest = told.splitlines()
    assert first.startswith("Category: 'Pregabalin")
    assert first.endswith("is not in it any more; it stays as it is until you choose another")
    assert "Category: new in it: Gabapentinoids" in rest
    with place.open() as ws:
        held: Any = drafts.draft(ws.db, draft).document
        assert held["goods"][0]["category"] == CATEGORY
        with pytest.raises(RecordRefused, match="category"):
            finalise(ws, draft, SESSION)
        finalise(ws, other, SESSION)
        assert cases.read(ws.db, other).interception.pack.version == "2.0.0"


def test_a_draft_moves_to_the_newest_version_only(place: Place, draft: RecordId) -> None:
    with place.open() as ws:
        for version in ("2.5.0", "2.6.0"):
            adopt(ws, newer(version))
        for version in ("2.5.0", "2.0.0", "3.0.0"):
            with pytest.raises(DeedRefused):
                move_draft(ws, draft, version)
        assert move_draft(ws, draft, "2.6.0").drafts
