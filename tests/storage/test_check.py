"""`verify` finds what is missing, wherever anything that is left can show it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from acts.hub.acknowledge import acknowledge
from acts.hub.take_back import take_back
from acts.interception.add_photo import add_photo
from acts.receipt.issue_receipt import issue_receipt
from acts.station.check_folder import check_folder
from domain.encoding import to_json
from domain.entry import Entry, Head, sign
from domain.ids import EntryHash, RecordId
from domain.instant import ClockState
from domain.kinds import InterceptionCancelled
from domain.signing import ENTRY, SigningKey
from domain.statement import Level
from storage import hub_memory, journal
from storage.check import Health, check
from storage.projections.project import project, rebuild
from storage.workstation import Workstation
from system.database import Connection, transaction
from system.errors import Damaged
from tests.builders import (
    BEGUN,
    NIGHT,
    OFFICER,
    SESSION,
    Place,
    a_draft,
    a_final,
    a_photo,
    a_statement,
)

TRIGGERS = ("entry_is_never_changed", "entry_is_never_deleted", "nominal_is_never_deleted")


def found(health: Health) -> str:
    return "\n".join(str(finding) for finding in health.findings)


def wrong(health: Health) -> str:
    return "\n".join(str(finding) for finding in health.findings if not finding.warns)


@pytest.fixture
def ws(place: Place) -> Iterator[Workstation]:
    """Three interceptions, the last with a receipt; a hub signed for everything."""
    with place.open() as ws:
        for _ in range(2):
            a_final(ws)
        issue_receipt(ws, a_final(ws), SESSION)
        hears(ws)
        assert found(check(ws)) == ""
        yield ws


def hears(ws: Workstation) -> None:
    """The hub signs for everything that is here."""
    photos = tuple(ws.photos.names())
    statement = a_statement(ws, at=ws.now(), level=Level.RECEIVED, photos=photos, nonce="n")
    acknowledge(ws, statement, photos)


def cut(db: Connection, count: int) -> list[Entry]:
    """The last entries, taken out as an administrator with the key could."""
    lost = [entry for _, entry in journal.everything(db)][-count:]
    db.execute("PRAGMA foreign_keys = OFF")
    for trigger in TRIGGERS:
        db.execute(f"DROP TRIGGER IF EXISTS {trigger}")
    for entry in lost:
        db.execute("DELETE FROM entry WHERE hash = ?", (entry.hash.raw,))
    return lost


def set_head_back(db: Connection) -> None:
    (name, _) = journal.tips(db, next(e for _, e in journal.everything(db)).head.device)[-1]
    journal.set_head(db, name)


def tidy(db: Connection, *besides: str) -> None:
    """Remove every trace that is named in none of `besides`."""
    steps: dict[str, Callable[[], object]] = {
        "head": lambda: set_head_back(db),
        "counter": lambda: db.execute(
            "UPDATE sqlite_sequence SET seq = (SELECT max(place) FROM entry) WHERE name = 'entry'"
        ),
        "held": lambda: db.execute(
            "DELETE FROM held WHERE what = 'entry' AND hash NOT IN (SELECT hash FROM entry)"
        ),
        "tips": lambda: db.execute("DELETE FROM hub WHERE name = 'tips'"),
        "names": lambda: db.execute(
            "DELETE FROM nominal WHERE entry NOT IN (SELECT hash FROM entry)"
        ),
        "photos held": lambda: db.execute(
            "DELETE FROM held WHERE what = 'photo' AND hash IN (SELECT hash FROM record_photo"
            " WHERE record NOT IN (SELECT subject FROM entry))"
        ),
    }
    for name, step in steps.items():
        if name not in besides:
            step()
    if "lists" not in besides:
        again(db)


def again(db: Connection) -> None:
    rebuild(db, lambda _: None, lambda _: None)
    db.execute("UPDATE record SET title = 'x'")


@pytest.mark.parametrize(
    ("left", "words"),
    [
        ("head", "is missing: the last ones were cut off"),
        ("counter", "3 entries that were written here are gone"),
        ("held", "signed for 3 entries that are no longer here"),
        ("tips", "signed for 1 entry that is no longer here"),
        ("names", "belong to entries that are not here"),
        ("photos held", "photos that no entry here names"),
        ("lists", "have no entry in the journal"),
    ],
)
def test_cut_off_entries_are_found_by_any_one_trace_that_is_left(
    ws: Workstation, left: str, words: str
) -> None:
    cut(ws.db, 3)
    tidy(ws.db, left)
    assert words in wrong(check(ws))


def test_cut_off_without_another_trace_is_remarked_by_the_files_that_are_left(
    ws: Workstation,
) -> None:
    cut(ws.db, 2)
    tidy(ws.db)
    health = check_folder(ws)
    assert "2 photos belong to no interception" in found(health)
    assert f"this paper names entry {BEGUN + 3}, the journal ends at {BEGUN + 2}" in wrong(health)


def test_the_end_that_is_told_is_an_entry_that_is_here(ws: Workstation) -> None:
    names = [entry.hash for _, entry in journal.everything(ws.db)]
    assert check(ws).end == f"the journal ends at entry {len(names)}, {names[-1]}"
    cut(ws.db, 2)
    last = f"entry {len(names) - 2}, {names[-3]}"
    assert check(ws).end == f"what can be read of the journal ends at {last}"
    set_head_back(ws.db)
    assert check(ws).end == f"the journal ends at {last}"


def test_a_head_that_is_not_the_end_or_not_known_is_found(ws: Workstation) -> None:
    names = [entry.hash for _, entry in journal.everything(ws.db)]
    journal.set_head(ws.db, names[3])
    assert "has another one after it" in wrong(check(ws))
    ws.db.execute("DELETE FROM place WHERE name = 'head'")
    assert "does not know its newest entry" in wrong(check(ws))
    with pytest.raises(Damaged, match="does not know its newest entry"):
        a_final(ws)


@pytest.mark.parametrize(
    ("tampering", "table"),
    [
        (f"UPDATE record SET status = 'cancelled' WHERE rank = {BEGUN + 1}", "record"),
        (f"UPDATE record SET number = 'XA-MCN1-2026-00009-X' WHERE rank = {BEGUN + 1}", "record"),
        (f"DELETE FROM record WHERE rank = {BEGUN + 1}", "record"),
        ("DELETE FROM record_photo", "record_photo"),
        ("DELETE FROM given_number WHERE series = 'seizure'", "given_number"),
        ("DELETE FROM paper", "paper"),
        ("INSERT INTO bag VALUES ('XB0100001', 'a', 'b')", "bag"),
        ("DELETE FROM held WHERE what = 'entry'", "waiting"),
        ("INSERT INTO waiting VALUES (x'00', 'entry', 'a', 1)", "waiting"),
    ],
)
def test_a_list_that_is_not_what_the_journal_says_is_found_and_filled_anew(
    ws: Workstation, tampering: str, table: str
) -> None:
    ws.db.execute(tampering)
    said = rf"rows? of `{table}` (is|are) not what the journal says"
    assert re.search(said, wrong(check(ws)))
    rebuild(ws.db, ws.checklist, lambda _: None)
    assert check(ws).sound


@pytest.mark.parametrize("what", ["record", "record_words"])
def test_other_words_in_the_list_are_a_remark(ws: Workstation, what: str) -> None:
    column = "title" if what == "record" else "words"
    ws.db.execute(f"UPDATE {what} SET {column} = 'nothing special'")
    health = check(ws)
    assert health.sound
    assert f"`{what}` has other labels" in found(health)


def test_a_comparison_leaves_nothing_behind(ws: Workstation) -> None:
    before = ws.db.execute("SELECT count(*) FROM sqlite_temp_master").fetchone()
    check(ws)
    assert ws.db.execute("SELECT count(*) FROM sqlite_temp_master").fetchone() == before
    assert not ws.db.in_transaction


def test_photos_of_drafts_are_no_remark_and_those_of_nothing_are(ws: Workstation) -> None:
    a_draft(ws)
    assert found(check(ws)) == ""
    add_photo(ws, a_photo(65_000), file_name="a.jpg", role="overview", source="camera")
    assert "1 photo belongs to no interception and no draft" in found(check(ws))


def test_an_own_entry_whose_number_jumps_is_found(ws: Workstation) -> None:
    last = journal.head(ws.db)
    assert last is not None
    entry = jumping(ws, last)
    with transaction(ws.db):
        journal.append(ws.db, entry)
        project(ws.db, entry, ws.checklist)
    assert "its number does not follow" in wrong(check(ws))


def jumping(ws: Workstation, last: Entry) -> Entry:
    """An entry of ours that follows `last`, with a number too high."""
    good = another(ws, ws.signing_key(), last)
    head = dict.fromkeys(Head.__struct_fields__)
    head = {name: getattr(good.head, name) for name in head} | {"seq": last.head.seq + 2}
    data = to_json(Head(**head))
    return Entry(data, ws.signing_key().sign(ENTRY, data))


def another(ws: Workstation, key: SigningKey, after: Entry | None) -> Entry:
    record = RecordId.make(NIGHT, bytes(10))
    return sign(
        key,
        device=ws.device,
        after=after,
        at=NIGHT,
        clock=ClockState.UNKNOWN,
        actor=OFFICER,
        kind="interception.cancelled",
        subject=str(record),
        body=InterceptionCancelled(record=record, entry=EntryHash(bytes(32)), reason="test"),
    )


def test_an_entry_that_another_key_signed_is_not_taken_back(ws: Workstation) -> None:
    last = journal.head(ws.db)
    forged = another(ws, SigningKey(bytes(range(32))), last)
    with pytest.raises(Damaged, match="not ours"):
        take_back(ws, [forged])
    assert not journal.holds(ws.db, forged.hash)


def test_an_entry_of_another_workstation_is_not_taken_back(ws: Workstation, tmp_path: Path) -> None:
    with Place(tmp_path / "other", number=2).open() as other:
        foreign = [entry for _, entry in journal.everything(other.db)]
    with pytest.raises(Damaged, match="not ours"):
        take_back(ws, foreign[:1])
    named_so = sign(
        ws.signing_key(),
        device=foreign[0].head.device,
        after=None,
        at=NIGHT,
        clock=ClockState.UNKNOWN,
        actor=OFFICER,
        kind="note.made",
        subject="x",
        body={},
    )
    with pytest.raises(Damaged, match="not ours"):
        take_back(ws, [named_so])
    assert len(journal.tips(ws.db, ws.device)) == 1


def test_an_entry_whose_parent_is_not_here_is_not_taken(ws: Workstation) -> None:
    last = journal.head(ws.db)
    between = another(ws, ws.signing_key(), last)
    orphan = another(ws, ws.signing_key(), between)
    with pytest.raises(Damaged, match="before it is not held"), transaction(ws.db):
        journal.take(ws.db, orphan)
    with pytest.raises(Damaged, match="before it is not held"):
        take_back(ws, [orphan])
    assert not journal.holds(ws.db, orphan.hash)


def test_what_was_cut_off_and_comes_back_heals_the_folder(ws: Workstation) -> None:
    lost = cut(ws.db, 3)
    assert not check(ws).sound
    changes = take_back(ws, lost)
    hears(ws)
    assert len(changes.entries) == 3
    assert wrong(check(ws)) == ""
    assert hub_memory.count_waiting(ws.db) == 0
    a_final(ws)
    assert wrong(check(ws)) == ""


def test_what_was_cut_off_and_did_not_come_back_stays_found_after_new_records(
    ws: Workstation,
) -> None:
    cut(ws.db, 2)
    tidy(ws.db, "counter")
    a_final(ws)
    assert "2 entries that were written here are gone" in wrong(check(ws))


def test_a_page_that_a_power_cut_tore_while_the_log_holds_it_is_no_damage(
    place: Place, tmp_path: Path
) -> None:
    with place.open() as ws:
        a_final(ws)
    torn = Place.__new__(Place)
    torn.__dict__ |= {**place.__dict__, "home": tmp_path / "torn"}
    with place.open() as ws:
        a_final(ws)
        shutil.copytree(place.home, torn.home, ignore=shutil.ignore_patterns("lock*"))
    assert tear_a_page_that_the_log_holds(torn.home / "workstation.db") > 0
    with torn.open() as ws:
        assert wrong(check(ws)) == ""
        assert len(journal.tips(ws.db, ws.device)) == 1


def tear_a_page_that_the_log_holds(database: Path) -> int:
    """Flip bits in the middle of one page of the file; its number, 0 when there is none."""
    log, data = (
        database.with_name(f"{database.name}-wal").read_bytes(),
        bytearray(database.read_bytes()),
    )
    size = int.from_bytes(log[8:12], "big")
    for frame in range(32, len(log) - size, size + 24):
        page = int.from_bytes(log[frame : frame + 4], "big")
        if 1 < page <= len(data) // size:
            data[(page - 1) * size + size // 2] ^= 0xFF
            database.write_bytes(data)
            return page
    return 0
