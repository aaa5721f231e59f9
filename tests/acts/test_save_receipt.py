"""A receipt is saved as a file: what is logged was written, and nothing is written twice."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from acts.errors import TargetRefused
from acts.receipt.issue_receipt import issue_receipt
from acts.receipt.print_receipt import print_receipt
from acts.receipt.save_receipt import give_receipt, save_receipt
from domain.fold import Receipt
from storage import cases
from storage.projections import records
from storage.workstation import Workstation
from system.errors import CannotWrite
from system.files import write_durably
from tests.builders import SESSION, a_final
from tests.papers.paper_text import words_on


@pytest.fixture
def number(ws: Workstation) -> str:
    """A receipt that was issued and never handed out."""
    return issue_receipt(ws, a_final(ws), SESSION).number


def receipt(ws: Workstation, number: str) -> Receipt:
    case = cases.read(ws.db, records.find_number(ws.db, number))
    return next(held for held in case.receipts if held.body.number == number)


def part_file(folder: Path, number: str, copy: int = 1) -> Path:
    """The file in which the bytes of a copy stand before they get their name."""
    return folder / f".{number}-{copy}.part"


@pytest.mark.parametrize("target", ["no such folder/a.pdf", "x" * 300 + ".pdf", ".", "/dev/full"])
def test_a_file_that_cannot_be_made_leaves_no_copy_in_the_log(
    ws: Workstation, number: str, tmp_path: Path, target: str
) -> None:
    with pytest.raises((TargetRefused, CannotWrite)):
        save_receipt(ws, number, SESSION, tmp_path / target)
    assert receipt(ws, number).copies == ()

    save_receipt(ws, number, SESSION, tmp_path / "a.pdf")
    assert "ORIGINAL" in words_on((tmp_path / "a.pdf").read_bytes())


def test_bytes_that_do_not_reach_the_disk_leave_no_copy_in_the_log(
    ws: Workstation, number: str, tmp_path: Path
) -> None:
    part_file(tmp_path, number).mkdir()
    (part_file(tmp_path, number) / "not ours").touch()
    with pytest.raises(CannotWrite):
        save_receipt(ws, number, SESSION, tmp_path / "a.pdf")
    assert receipt(ws, number).copies == ()
    assert not (tmp_path / "a.pdf").exists()


def test_a_file_that_cannot_be_made_issues_nothing(ws: Workstation, tmp_path: Path) -> None:
    record = a_final(ws)
    seizure = records.row(ws.db, record).number
    with pytest.raises(TargetRefused, match="no such folder"):
        give_receipt(ws, seizure, session=SESSION, language="en", file=tmp_path / "none" / "a.pdf")
    assert cases.read(ws.db, record).receipts == ()


def test_a_copy_that_was_logged_and_got_no_name_is_finished_and_not_counted_again(
    ws: Workstation, number: str, tmp_path: Path
) -> None:
    """What a power cut between the log and the name leaves behind."""
    part = part_file(tmp_path, number)
    print_receipt(
        ws, number, SESSION, "file", prepare_output=lambda pdf, _copy: write_durably(part, pdf)
    )
    save_receipt(ws, number, SESSION, tmp_path / "a.pdf")
    assert "ORIGINAL" in words_on((tmp_path / "a.pdf").read_bytes())
    assert len(receipt(ws, number).copies) == 1
    assert not part.exists()

    save_receipt(ws, number, SESSION, tmp_path / "b.pdf")
    assert "COPY 2" in words_on((tmp_path / "b.pdf").read_bytes())


def test_a_part_file_that_was_never_logged_is_deleted(
    ws: Workstation, number: str, tmp_path: Path
) -> None:
    """What a power cut before the log leaves behind, whole or half; other files stay."""
    part_file(tmp_path, number).write_bytes(b"%PDF-1.4 half a paper")
    part_file(tmp_path, number, 7).write_bytes(b"")
    (tmp_path / f".{part_file(tmp_path, number).name}.77-7.part").write_bytes(b"%PDF-1")
    (tmp_path / ".other.part").write_bytes(b"of another program")
    save_receipt(ws, number, SESSION, tmp_path / "a.pdf")
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == [
        ".other.part",
        "a.pdf",
    ]
    assert [copy.copy for copy in receipt(ws, number).copies] == [1]


def test_a_saved_receipt_is_for_its_owners_eyes_only(
    ws: Workstation, number: str, tmp_path: Path
) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"an older file that everybody may read")
    file.chmod(0o644)
    save_receipt(ws, number, SESSION, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_link_to_a_file_stays_a_link(ws: Workstation, number: str, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link.pdf").symlink_to(tmp_path / "real" / "a.pdf")
    save_receipt(ws, number, SESSION, tmp_path / "link.pdf")
    assert (tmp_path / "link.pdf").is_symlink()
    assert (tmp_path / "real" / "a.pdf").read_bytes().startswith(b"%PDF")
