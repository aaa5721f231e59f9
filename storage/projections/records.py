"""The list of interceptions and the search in it."""

from __future__ import annotations

import msgspec

from domain.fold import Status
from domain.ids import PaperHash, RecordId
from domain.instant import Instant
from domain.words import mark
from storage.errors import SeveralFound, no_record
from storage.projections.words import query_of, word_of_case
from system.database import Connection, Row


class RecordRow(msgspec.Struct, frozen=True, kw_only=True):
    """One interception as the list shows it."""

    record: RecordId
    case_id: RecordId
    """The record id of the first interception of the find; its own when it names none."""
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
    """The officer's own words for the goods: the description of a catch-all category, the brand."""
    pack: str
    unsigned: bool
    """Whether nobody signed the pack."""
    category: str
    amount: str
    lines: int
    photos: int
    photos_at_hub: int
    """Photos that the hub signed for, by its last answer."""
    at_hub: bool
    """Whether the hub signed for every entry about it."""
    receipt: str


class Cursor(msgspec.Struct, frozen=True):
    """The start of the next page."""

    rank: int


class RecordPage(msgspec.Struct, frozen=True):
    """Rows, newest first, and the start of the next page; `next` is None at the end."""

    rows: tuple[RecordRow, ...]
    next: Cursor | None


class RecordOutline(msgspec.Struct, frozen=True):
    """A whole list without its rows: how many they are, and the start of each page."""

    count: int
    starts: tuple[Cursor, ...]


_COLUMNS = """
    record.rank, record.record, case_id, number, status, revision, seq, seized_at, mode, route,
    title, named, pack, category, amount, lines, photos, receipt, unsigned,
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
) -> RecordPage:
    """Up to `limit` interceptions, newest first, beyond `after`.

    `search` is the text typed so far: each of its words must begin a word of the record, in any
    order. No characters of it are query syntax. The number of one interception finds all of its
    case.
    """
    rank = after.rank if after else 2**62
    query = _query(db, search, status)
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
    return RecordPage(found, Cursor(found[-1].rank) if len(found) == limit else None)


def outline(
    db: Connection, *, search: str = "", status: Status | None = None, every: int = 100
) -> RecordOutline:
    """How many interceptions `page` would list in all, and where each `every`-th of them begins."""
    query = _query(db, search, status)
    ranks = "SELECT rowid AS rank FROM record_words WHERE record_words MATCH ?1"
    listed = ranks if query else "SELECT rank FROM record"
    rows = db.execute(
        "SELECT rank, number FROM (SELECT rank, row_number() OVER (ORDER BY rank DESC) AS number"
        f" FROM ({listed})) WHERE number % ?2 = 1",
        (query, every),
    ).fetchall()
    if not rows:
        return RecordOutline(0, ())
    last, before = rows[-1]
    rest = db.execute(f"SELECT count(*) FROM ({listed}) WHERE rank < ?2", (query, last)).fetchone()[
        0
    ]
    return RecordOutline(before + rest, tuple(Cursor(rank + 1) for rank, _ in rows))


def _query(db: Connection, search: str, status: Status | None) -> str:
    found = db.execute(
        "SELECT case_id FROM given_number JOIN record USING (record)"
        " WHERE given_number.number = ? LIMIT 1",
        (search.strip().upper(),),
    ).fetchone()
    case = word_of_case(RecordId.parse(found[0])) if found else ""
    return query_of(search, f"#{status}" if status else "", instead=case)


def row(db: Connection, record: RecordId) -> RecordRow:
    """One interception as the list shows it. Raises `NotFound`."""
    values = db.execute(
        f"SELECT {_COLUMNS} FROM record WHERE record = ?", (str(record),)
    ).fetchone()
    if values is None:
        raise no_record(str(record))
    return _row(values)


def of_case(db: Connection, case_id: RecordId, *, besides: RecordId) -> tuple[RecordRow, ...]:
    """The interceptions of a case without `besides`, oldest first."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM record WHERE case_id = ? AND record <> ? ORDER BY rank",
        (str(case_id), str(besides)),
    ).fetchall()
    return tuple(_row(values) for values in rows)


def case_of(db: Connection, record: RecordId) -> RecordId:
    """The case that a final interception belongs to. Raises `NotFound`."""
    held = db.execute("SELECT case_id FROM record WHERE record = ?", (str(record),)).fetchone()
    if held is None:
        raise no_record(str(record))
    return RecordId.parse(held[0])


def rank_of(db: Connection, record: RecordId) -> int | None:
    """The rank of an interception, which decides its place in the list; None without one."""
    held = db.execute("SELECT rank FROM record WHERE record = ?", (str(record),)).fetchone()
    return None if held is None else int(held[0])


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
        raise no_record(number)
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


def _row(values: Row) -> RecordRow:
    return RecordRow(
        rank=values[0],
        record=RecordId.parse(values[1]),
        case_id=RecordId.parse(values[2]),
        number=values[3],
        status=Status(values[4]),
        revision=values[5],
        seq=values[6],
        seized_at=Instant.parse(values[7]) if values[7] else None,
        mode=values[8],
        route=values[9],
        title=values[10],
        named=values[11],
        pack=values[12],
        category=values[13],
        amount=values[14],
        lines=values[15],
        photos=values[16],
        receipt=values[17],
        unsigned=bool(values[18]),
        photos_at_hub=values[19],
        at_hub=bool(values[20]),
    )
