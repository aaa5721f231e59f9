"""Each flush and each rename of a deed fails once, in turn: nothing is told, nothing is left."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from acts.interception.record_file import record_file
from acts.receipt.issue_receipt import issue_receipt
from storage import cases
from storage.check import check
from storage.projections import records
from storage.workstation import Workstation
from system.errors import CannotWrite
from tests.builders import SESSION, a_document, a_final, a_photo
from tests.nets.disk import failing

MOST = 40
"""More calls than any deed makes; reaching it means that the deed never ends."""


def recorded(ws: Workstation, folder: Path, attempt: int) -> str:
    """A record file with two photos that were never kept before; the number it got."""
    document = a_document(pack="SAMPLE-MED")
    document["photos"] = [{"file": f"{role}.jpg", "role": role} for role in ("overview", "label")]
    for n, photo in enumerate(document["photos"]):
        (folder / photo["file"]).write_bytes(a_photo(1_000 + 2 * attempt + n))
    (folder / "night.json").write_text(json.dumps(document))
    return record_file(ws, folder / "night.json", session=SESSION).number


def fails_in_turn(
    monkeypatch: pytest.MonkeyPatch,
    call: str,
    deed: Callable[[int], str],
    after: Callable[[], None],
) -> tuple[int, str]:
    """How often `deed` failed before no call was left to fail, and what it then gave.

    `after` looks at the place after each failure.
    """
    for at in range(1, MOST):
        try:
            with failing(monkeypatch, call, OSError(errno.ENOSPC, "no space left"), at):
                return at - 1, deed(at)
        except CannotWrite:
            after()
    raise AssertionError("it never ends")


@pytest.mark.parametrize(("call", "least"), [("fsync", 6), ("replace", 6)])
def test_a_record_whose_disk_fails_at_any_call_is_not_there_and_can_be_recorded_again(
    ws: Workstation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, least: int
) -> None:
    files = tmp_path / "files"
    files.mkdir()

    def nothing_happened() -> None:
        assert records.page(ws.db).rows == ()
        assert list(ws.home.rglob("*.part")) == []

    failed, number = fails_in_turn(
        monkeypatch, call, lambda at: recorded(ws, files, at), nothing_happened
    )

    assert failed >= least
    assert number.startswith("XA-MCN1-2026-00001-")
    assert len(records.page(ws.db).rows) == 1
    assert check(ws).sound


@pytest.mark.parametrize(("call", "least"), [("fsync", 2), ("replace", 1)])
def test_a_receipt_whose_disk_fails_at_any_call_is_not_issued_and_uses_no_number(
    ws: Workstation, monkeypatch: pytest.MonkeyPatch, call: str, least: int
) -> None:
    record = a_final(ws)

    def nothing_happened() -> None:
        assert cases.read(ws.db, record).receipts == ()

    failed, number = fails_in_turn(
        monkeypatch, call, lambda _: issue_receipt(ws, record, SESSION).number, nothing_happened
    )

    assert failed >= least
    assert number.startswith("XA-MCN1-2026-R00001-")
    assert check(ws).sound
