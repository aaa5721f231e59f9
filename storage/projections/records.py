"""The list of interceptions and the search in it."""

from __future__ import annotations

from typing import Any

import msgspec

from domain.encoding import from_json, from_plain
from domain.fold import Case, Status, fold
from domain.ids import EntryHash, PaperHash, RecordId
from domain.instant import Instant
from domain.interception.nominal import commit, join
from domain.interception.record import Interception
from domain.kinds import InterceptionFinalised
from domain.words import mark
from storage import journal, nominal
from storage.errors import NamesNotHeld, NotFound, SeveralFound
from storage.projections.words import query_of
from system.database import Connection
from system.errors import Damaged


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One interception as the list shows it."""

    record: RecordId
    rank: int
    number: str
    status: Status
    revision: int
    seq: int
    seized_at: Instant | None
    mode: str
    route: str
    """`GB → XA`."""
    title: str
    """The first goods line in English words; the fields that follow say it in parts and codes."""
    named: str
    """What the officer calls the goods: the words for a catch-all category, the brand."""
    pack: str
    category: str
    amount: str
    lines: int
    photos: int
    photos_at_hub: int
    """Photos that the hub signed for, as last heard."""
    at_hub: bool
    """Whether the hub signed for every entry about it."""
    receipt: str


class Cursor(msgspec.Struct, frozen=True):
    """Where the next page begins."""

    rank: int


class Page(msgspec.Struct, frozen=True):
    """Rows, newest first, and where to go on; `next` is None at the end."""

    rows: tuple[Row, ...]
    next: Cursor | None


_COLUMNS = """
    record.rank, record.record, number, status, revision, seq, seized_at, mode, route, title, named,
    pack, category, amount, lines, photos, receipt,
    (SELECT count(*) FROM record_photo AS p JOIN held ON held.hash = p.hash
        WHERE p.record = record.record),
    NOT EXISTS (SELECT 1 FROM waiting AS w
        WHERE w.record = record.record AND w.what = 'entry')
"""


def page(
    db: Connection,
    *,
    search: str = "",
    status: Status | None = None,
    after: Cursor | None = None,
    limit: int = 100,
) -> Page:
    """Up to `limit` interceptions, newest first, beyond `after`.

    `search` is what was typed so far: every word must begin a word of the record, in any order.
    Nothing in it is taken as a query language.
    """
    rank = after.rank if after else 2**62
    query = query_of(search, f"#{status}" if status else "")
    if query:
        rows = db.execute(
            f"SELECT {_COLUMNS} FROM record_words JOIN record ON record.rank = record_words.rowid"
            " WHERE record_words MATCH ? AND record_words.rowid < ?"
            " ORDER BY record_words.rowid DESC LIMIT ?",
            (query, rank, limit),
        ).fetchall()
    else:
        rows = db.execute(
            f"SELECT {_COLUMNS} FROM record WHERE rank < ? ORDER BY rank DESC LIMIT ?",
            (rank, limit),
        ).fetchall()
    found = tuple(_row(values) for values in rows)
    return Page(found, Cursor(found[-1].rank) if len(found) == limit else None)


def row(db: Connection, record: RecordId) -> Row:
    """One interception as the list shows it. Raises `NotFound`."""
    values = db.execute(
        f"SELECT {_COLUMNS} FROM record WHERE record = ?", (str(record),)
    ).fetchone()
    if values is None:
        raise _no_record(str(record))
    return _row(values)


def case(db: Connection, record: RecordId) -> Case:
    """All revisions, reviews and receipts of an interception. Raises `NotFound`."""
    folded = fold(journal.about(db, str(record)))
    if folded is None:
        raise _no_record(str(record))
    return folded


def complete(db: Connection, record: RecordId) -> Interception:
    """The revision in force with its nominal fields.

    Raises `NotFound`, `NamesNotHeld` or `Damaged`.
    """
    current = case(db, record).current
    return with_nominal(db, current.entry, current.body)


def with_nominal(db: Connection, entry: EntryHash, body: InterceptionFinalised) -> Interception:
    """The interception of one revision with its nominal fields.

    Raises `NamesNotHeld` when this folder has the entry without them (it came back from the hub),
    and `Damaged` when what is held is not what the entry commits to.
    """
    what, whole = with_names_if_held(db, entry, body)
    if not whole:
        raise NamesNotHeld(
            mark("the names are not held here"),
            about=body.number,
            hint=mark(
                "The hub has no names to give back. Restore a backup of the workstation's folder"
                " that holds them, or work on this record at the workstation that does."
            ),
        )
    return what


def with_names_if_held(
    db: Connection, entry: EntryHash, body: InterceptionFinalised
) -> tuple[Interception, bool]:
    """The interception of one revision, and whether it is whole: for looking, never for papers.

    It lacks its nominal fields where this folder does not hold them. Raises `Damaged` when what
    is held is not what the entry commits to.
    """
    if body.nominal is None:
        return body.shared, True
    held = nominal.read(db, entry)
    if held is None:
        return body.shared, False
    salt, part = held
    if commit(salt, part) != body.nominal:
        raise Damaged(mark("the names kept beside the entry were changed"), about=entry.short)
    return join(body.shared, from_plain(from_json(part, dict[str, Any]), dict[str, Any])), True


def find_number(db: Connection, number: str) -> RecordId:
    """The interception with that seizure or receipt number, or that record id.

    Raises `NotFound`, or `SeveralFound` when a journal that branched gave the number twice.
    """
    wanted = number.strip()
    found = db.execute(
        "SELECT record FROM given_number WHERE number = ?1"
        " UNION SELECT record FROM record WHERE record = ?2 ORDER BY record LIMIT 3",
        (wanted.upper(), wanted.lower()),
    ).fetchall()
    if not found:
        raise _no_record(number)
    if len(found) > 1:
        raise SeveralFound(
            mark("several interceptions carry this number: a copied folder was worked on"),
            about=wanted,
            hint=mark("Name the one you mean by its record id: {records}."),
            records=", ".join(row[0] for row in found),
        )
    return RecordId.parse(found[0][0])


def find_paper(db: Connection, paper: PaperHash) -> tuple[RecordId, str] | None:
    """The interception and the receipt number of a paper that was issued here, or of a copy."""
    row = db.execute("SELECT record, number FROM paper WHERE hash = ?", (paper.raw,)).fetchone()
    return None if row is None else (RecordId.parse(row[0]), str(row[1]))


def _row(values: Any) -> Row:
    return Row(
        rank=values[0],
        record=RecordId.parse(values[1]),
        number=values[2],
        status=Status(values[3]),
        revision=values[4],
        seq=values[5],
        seized_at=Instant.parse(values[6]) if values[6] else None,
        mode=values[7],
        route=values[8],
        title=values[9],
        named=values[10],
        pack=values[11],
        category=values[12],
        amount=values[13],
        lines=values[14],
        photos=values[15],
        receipt=values[16],
        photos_at_hub=values[17],
        at_hub=bool(values[18]),
    )


def _no_record(name: str) -> NotFound:
    return NotFound(
        mark("there is no interception of that name here"),
        about=name[:80],
        hint=mark("`main.py list` shows what is here."),
    )
