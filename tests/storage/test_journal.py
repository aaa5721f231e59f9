"""The journal keeps what was signed, and says when it is no longer that."""

from __future__ import annotations

from itertools import pairwise

import pytest

from domain.entry import Entry, sign
from domain.ids import EntryHash, RecordId
from domain.instant import ClockState
from domain.kinds import InterceptionCancelled
from storage import journal
from storage.check import check
from storage.projections.project import project
from storage.workstation import Workstation
from system.database import DuplicateKey, transaction
from system.errors import Damaged
from tests.builders import BEGUN, NIGHT, a_final


def test_every_entry_names_the_one_before_and_is_signed(ws: Workstation) -> None:
    for _ in range(3):
        a_final(ws)

    entries = [entry for _, entry in journal.everything(ws.db)]

    assert [entry.head.seq for entry in entries] == list(range(1, len(entries) + 1))
    for before, after in pairwise(entries):
        assert after.head.prev == before.hash
    assert all(entry.signed_by(ws.verify_key()) for entry in entries)
    assert check(ws).sound


@pytest.mark.parametrize("statement", ["DELETE FROM entry", "UPDATE entry SET seq = 1"])
def test_the_database_refuses_to_change_or_delete_an_entry(ws: Workstation, statement: str) -> None:
    a_final(ws)

    with pytest.raises(DuplicateKey, match="append-only"), transaction(ws.db):
        ws.db.execute(statement)


def test_an_entry_that_does_not_continue_the_chain_is_not_appended(ws: Workstation) -> None:
    stray = _an_entry(ws, after=None)

    with pytest.raises(Damaged), transaction(ws.db):
        journal.append(ws.db, stray)


CHANGED = "CAST(replace(CAST(bytes AS TEXT), '4417', '4418') AS BLOB)"


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (f"UPDATE entry SET bytes = {CHANGED} WHERE place = {BEGUN + 1}", "was changed"),
        (
            f"UPDATE entry SET signature = zeroblob(64) WHERE place = {BEGUN + 1}",
            "signature is not ours",
        ),
        (f"DELETE FROM entry WHERE place = {BEGUN + 1}", "before it is missing"),
        ("UPDATE nominal SET part = x'7b7d'", "names of"),
    ],
)
def test_the_checker_names_what_was_tampered_with(ws: Workstation, damage: str, words: str) -> None:
    for _ in range(2):
        a_final(ws)
    for trigger in ("entry_is_never_changed", "entry_is_never_deleted", "nominal_is_never_changed"):
        ws.db.execute(f"DROP TRIGGER {trigger}")
    ws.db.execute("PRAGMA foreign_keys = OFF")
    ws.db.execute(damage)

    health = check(ws)

    assert not health.sound
    assert any(words in str(finding) for finding in health.findings), health.findings


def test_a_branch_is_told_and_is_no_damage(ws: Workstation) -> None:
    a_final(ws)
    head = journal.head(ws.db)
    assert head is not None
    before = journal.entry(ws.db, head.head.prev)
    rival = _an_entry(ws, after=before)
    with transaction(ws.db):
        assert journal.take(ws.db, rival)
        project(ws.db, rival, ws.checklist)

    health = check(ws)

    assert health.sound
    assert health.forked
    assert any("branches into 2" in str(finding) for finding in health.findings)
    assert len(journal.tips(ws.db, ws.device)) == 2


def test_what_someone_lacks_comes_parents_first_over_all_branches(ws: Workstation) -> None:
    for _ in range(3):
        a_final(ws)
    entries = [entry for _, entry in journal.everything(ws.db)]
    side = _an_entry(ws, after=entries[BEGUN])
    with transaction(ws.db):
        journal.take(ws.db, side)

    lacking = journal.lacking(ws.db, ws.device, [entries[BEGUN + 1].hash, EntryHash(bytes(32))])

    assert set(lacking) == {entries[BEGUN + 2].hash, side.hash}
    assert journal.lacking(ws.db, ws.device, [entries[BEGUN + 2].hash, side.hash]) == []


def _an_entry(ws: Workstation, after: Entry | None) -> Entry:
    record = RecordId.make(NIGHT, bytes(10))
    body = InterceptionCancelled(record=record, entry=EntryHash(bytes(32)), reason="test")
    return sign(
        ws.signing_key(),
        device=ws.device,
        after=after,
        at=NIGHT,
        clock=ClockState.TRUSTED,
        actor="4417",
        kind="interception.cancelled",
        subject=str(record),
        body=body,
    )


def test_a_row_that_the_database_kept_otherwise_than_it_was_given_is_never_told_as_saved(
    ws: Workstation,
) -> None:
    ws.db.execute("DROP TRIGGER entry_is_never_changed")
    ws.db.execute(
        "CREATE TRIGGER spoil AFTER INSERT ON entry BEGIN"
        " UPDATE entry SET signature = zeroblob(64) WHERE hash = NEW.hash; END"
    )
    with pytest.raises(Damaged, match="gave back another entry"):
        a_final(ws)
