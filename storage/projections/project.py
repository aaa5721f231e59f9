"""Fills the projections from an entry, in the transaction that appends it; and rebuilds them."""

from __future__ import annotations

from collections.abc import Callable

from domain.entry import Entry
from domain.fold import Case, Revision, fold
from domain.interception.record import Interception, PackRef
from domain.kinds import InterceptionFinalised, ReceiptIssued, ReceiptPrinted, read_body
from domain.numbers import case_number
from domain.pack.checklist import Checklist
from storage import journal
from storage.cases import with_names_if_held
from storage.hub_memory import wait_for
from storage.projections import numbers
from storage.projections.schema import make_anew
from storage.projections.title import named, title_of
from storage.projections.words import words_of
from system.database import Connection, transaction

FindChecklist = Callable[[PackRef], Checklist | None]


def project(db: Connection, entry: Entry, find: FindChecklist) -> None:
    """Bring the tables up to date with an entry just added to the journal."""
    body = read_body(entry)
    wait_for(db, entry.hash, entry.head.subject, entry.head.at)
    if isinstance(body, InterceptionFinalised):
        _give_number(db, "seizure", body.number, str(body.record))
    if isinstance(body, ReceiptIssued):
        _give_number(db, "receipt", body.number, str(body.record))
    if isinstance(body, (ReceiptIssued, ReceiptPrinted)):
        db.execute(
            "INSERT OR IGNORE INTO paper (hash, number, record) VALUES (?, ?, ?)",
            (body.paper.raw, body.number, str(body.record)),
        )
    case = fold(journal.up_to(db, entry))
    if case is not None:
        _write_case(db, case, find)


def rebuild(db: Connection, find: FindChecklist, progress: Callable[[int], None]) -> int:
    """Make the projections again and fill them from the journal. Returns the number of entries.

    One transaction: a reader sees the old tables or the new ones. `progress` is called with the
    count.
    """
    with transaction(db):
        count = refill(db, find, progress)
    progress(count)
    return count


def refill(
    db: Connection, find: FindChecklist, progress: Callable[[int], None] = lambda _: None
) -> int:
    """The same in the caller's transaction."""
    count = 0
    make_anew(db)
    for count, (_, entry) in enumerate(journal.everything(db), start=1):
        project(db, entry, find)
        if count % 100 == 0:
            progress(count)
    return count


def outlived(db: Connection) -> bool:
    """Whether the projections were filled from entries that are no longer in the journal."""
    row = db.execute(
        "SELECT EXISTS (SELECT 1 FROM record WHERE entry NOT IN (SELECT hash FROM entry))"
    ).fetchone()
    return bool(row[0])


def _write_case(db: Connection, case: Case, find: FindChecklist) -> None:
    record = str(case.record)
    interception, _ = with_names_if_held(db, case.current.entry, case.current.body)
    checklist = find(interception.pack)
    held = db.execute("SELECT rank FROM record WHERE record = ?", (record,)).fetchone()
    rank = held[0] if held else _rank(db, case)
    if held:
        db.execute("DELETE FROM record WHERE rank = ?", (rank,))
        db.execute("DELETE FROM record_words WHERE rowid = ?", (rank,))
        db.execute("DELETE FROM record_photo WHERE record = ?", (record,))
    _write_row(db, rank, case, interception, checklist)
    db.execute(
        "INSERT INTO record_words (rowid, words) VALUES (?, ?)",
        (rank, words_of(case, interception, checklist)),
    )
    for photo in interception.photos:
        if photo.sha256 is not None:
            db.execute(
                "INSERT OR IGNORE INTO record_photo (record, hash) VALUES (?, ?)",
                (record, photo.sha256.raw),
            )
    for revision in case.revisions:
        _write_used(db, revision)


def _write_used(db: Connection, revision: Revision) -> None:
    """Store the photos of a revision, and its bags and item, which stay used permanently."""
    record, shared = str(revision.body.record), revision.body.shared
    for photo in shared.photos:
        if photo.sha256 is not None:
            wait_for(db, photo.sha256, record, revision.at)
    numbers.note_used(db, revision.body)


def _write_row(
    db: Connection, rank: int, case: Case, interception: Interception, checklist: Checklist | None
) -> None:
    first = interception.goods[0] if interception.goods else None
    route = interception.route
    amount = str(first.amount) if first and first.amount else ""
    db.execute(
        "INSERT INTO record (rank, record, case_id, number, status, revision, seq, entry,"
        " seized_at, mode, route, title, named, pack, category, amount, lines, photos, receipt,"
        " unsigned) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            rank,
            str(case.record),
            str(interception.case or case.record),
            case.number,
            str(case.status),
            case.current.body.revision,
            case.current.seq,
            case.current.entry.raw,
            str(interception.occasion.seized_at) if interception.occasion.seized_at else None,
            interception.consignment.mode or "",
            " → ".join(
                c
                for c in (
                    route.dispatch_country,
                    route.destination_country,
                )
                if c
            ),
            title_of(interception, checklist),
            named(first) if first else "",
            f"{interception.pack.id} {interception.pack.version}",
            (first.category or "") if first else "",
            amount,
            len(interception.goods),
            len({photo.sha256 for photo in interception.photos}),
            case.receipts[-1].body.number if case.receipts else "",
            int(interception.pack.unsigned or False),
        ),
    )


def _rank(db: Connection, case: Case) -> int:
    row = db.execute(
        "SELECT min(place) FROM entry WHERE subject = ?", (str(case.record),)
    ).fetchone()
    return int(row[0])


def _give_number(db: Connection, series: str, number: str, record: str) -> None:
    read = case_number.check(number).values
    year, serial = int(read.get("year", 0)), int(read.get("serial", 0))
    db.execute(
        "INSERT OR IGNORE INTO given_number (number, series, year, serial, record)"
        " VALUES (?, ?, ?, ?, ?)",
        (number, series, year, serial, record),
    )
