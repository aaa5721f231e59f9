"""Packs of the first format, and the records that were made with them, stay as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

import main
from acts.interception.finalise import finalise
from acts.receipt.issue_receipt import issue_receipt
from acts.receipt.print_receipt import draw_copy, original
from domain.interception.record import PackRef
from domain.pack.read import read_pack
from domain.pack.versions import version_key
from storage import cases, drafts
from storage.projections import records
from storage.workstation import Workstation
from sync.examine import Result, examine_beside
from system.shipped import shipped_packs
from tests.builders import SESSION, Place, a_draft, a_final, a_secret_file

FOLDER = Path(__file__).parent / "pack-1"
FILES = {file.stem.rpartition("-")[0]: file.read_bytes() for file in sorted(FOLDER.glob("*.json"))}
DOSES = ["capsule", "pack"]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A workstation that was made when the packs of the first format shipped."""
    return Place(tmp_path / "workstation", packs=FILES)


def pregabalin(ws: Workstation, version: str) -> list[str]:
    """The units in which that version of the pack counts it."""
    checklist = ws.checklist(PackRef(id="SAMPLE-MED", version=version))
    assert checklist is not None
    goods = checklist.goods_kind("MED_PREGAB")
    assert goods is not None
    return list(goods.units)


def versions(ws: Workstation) -> dict[str, str]:
    return {checklist.pack.id: checklist.pack.version for checklist in ws.checklists()}


@pytest.mark.parametrize("name", FILES)
def test_a_pack_of_the_first_format_is_read_and_what_ships_now_is_newer(name: str) -> None:
    old, new = (read_pack(files[name], name) for files in (FILES, shipped_packs()))
    assert (old.format, new.format) == ("tidewaiter-pack/1", "tidewaiter-pack/2")
    assert version_key(old.version) < version_key(new.version)
    assert (old.fields, old.profiles, old.lists, old.rules) == ((), (), {}, ())
    kept = {post.code for post in old.posts} - {post.code for post in new.posts}
    assert kept == set(), "the posts of today's workstations"


def test_records_and_drafts_of_the_first_format_stay_when_a_newer_version_is_adopted(
    place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The program says that it brings a newer one and how it is adopted."""
    here = ("--home", str(place.home), "--recovery-key-file")
    key = str(a_secret_file(tmp_path / "recovery", place.recovery))
    with place.open() as ws:
        record, draft = a_final(ws), a_draft(ws)
        receipt = issue_receipt(ws, record, SESSION, language="fr").number
        paper, before = original(ws, receipt), cases.complete(ws.db, record)
        told = [str(each) for each in examine_beside(ws) if each.result is Result.LOOK]
        assert (
            "packs: this program brings newer ones: SAMPLE-MED 2.0.0, SAMPLE-SYN 2.0.0; adopt"
            " them: `main.py pack --shipped`"
        ) in told

    assert main.main(["pack", "--shipped", "--officer", "4417", *here, key]) == 0

    assert capsys.readouterr().out.splitlines() == [
        f"adopted {name} {read_pack(data, name).version}" for name, data in shipped_packs().items()
    ]
    assert main.main(["pack", "--shipped", "--officer", "4417", *here, key]) == 0
    assert "nothing is new" in capsys.readouterr().out
    with place.open() as ws:
        assert versions(ws)["SAMPLE-MED"] == "2.0.0"
        assert not [each for each in examine_beside(ws) if "newer" in str(each)]
        assert cases.complete(ws.db, record) == before
        case = cases.read(ws.db, record)
        assert draw_copy(ws, case, case.receipts[0], 1) == paper == original(ws, receipt)
        assert drafts.draft(ws.db, draft).pack == PackRef(id="SAMPLE-MED", version="1.0.0")
        finalise(ws, draft, SESSION)
        assert records.row(ws.db, draft).pack == "SAMPLE-MED 1.0.0"
        assert pregabalin(ws, "1.0.0") == DOSES
        assert pregabalin(ws, "2.0.0")[:2] == DOSES
        assert "ampoule" in pregabalin(ws, "2.0.0")
