"""Drafts: mutable rows that are saved on every change, with the text as it was typed."""

from __future__ import annotations

import json

import msgspec

from domain.document import Document, DocumentPart
from domain.ids import EntryHash, RecordId
from domain.instant import Instant
from domain.interception.record import PackRef
from domain.words import mark
from storage.errors import NotFound
from system.database import Connection, Row

_COLUMNS = "record, document, pack_id, pack_version, amends, begun_at, saved_at"


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """An interception that is being written."""

    record: RecordId
    document: Document
    """Nested as the blocks of an interception; values as typed."""
    pack: PackRef
    amends: EntryHash | None
    """The revision that an amendment will replace."""
    begun_at: Instant
    saved_at: Instant


def put(db: Connection, draft: Draft) -> None:
    """Store a new or changed draft; part of the caller's transaction."""
    db.execute(
        f"INSERT INTO draft ({_COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
        " ON CONFLICT (record) DO UPDATE"
        " SET document = ?2, pack_id = ?3, pack_version = ?4, amends = ?5, saved_at = ?7",
        (
            str(draft.record),
            json.dumps(draft.document),
            draft.pack.id,
            draft.pack.version,
            draft.amends.raw if draft.amends else None,
            str(draft.begun_at),
            str(draft.saved_at),
        ),
    )


def change(db: Connection, record: RecordId, document: DocumentPart, at: Instant) -> None:
    """Replace the document of the draft. Raises `NotFound` when there is no draft."""
    changed = db.execute(
        "UPDATE draft SET document = ?, saved_at = ? WHERE record = ? RETURNING record",
        (json.dumps(document), str(at), str(record)),
    ).fetchone()
    if changed is None:
        raise _no_draft(record)


def move(db: Connection, record: RecordId, pack: PackRef) -> None:
    """Let the draft go by this pack; part of the caller's transaction."""
    db.execute(
        "UPDATE draft SET pack_id = ?, pack_version = ? WHERE record = ?",
        (pack.id, pack.version, str(record)),
    )


def remove(db: Connection, record: RecordId) -> None:
    """Delete the draft: it was discarded or became final."""
    db.execute("DELETE FROM draft WHERE record = ?", (str(record),))


def draft(db: Connection, record: RecordId) -> Draft:
    """The draft of that record. Raises `NotFound`."""
    row = db.execute(f"SELECT {_COLUMNS} FROM draft WHERE record = ?", (str(record),)).fetchone()
    if row is None:
        raise _no_draft(record)
    return _draft(row)


def is_begun(db: Connection, record: RecordId) -> bool:
    """Whether there is a draft of that record."""
    row = db.execute("SELECT 1 FROM draft WHERE record = ?", (str(record),)).fetchone()
    return row is not None


def drafts(db: Connection) -> tuple[Draft, ...]:
    """All drafts, the one saved last first."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM draft ORDER BY saved_at DESC, record DESC")
    return tuple(_draft(row) for row in rows.fetchall())


def of_case(db: Connection, case_id: RecordId, *, besides: RecordId) -> tuple[Draft, ...]:
    """The drafts of new interceptions of a case without `besides`, oldest first."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM draft WHERE (record = ?1 OR json_extract(document, '$.case') = ?1)"
        " AND record <> ?2 AND amends IS NULL ORDER BY begun_at, record",
        (str(case_id), str(besides)),
    )
    return tuple(_draft(row) for row in rows.fetchall())


def _draft(row: Row) -> Draft:
    record, document, pack_id, pack_version, amends, begun, saved = row
    return Draft(
        record=RecordId.parse(record),
        document=json.loads(document),
        pack=PackRef(id=pack_id, version=pack_version),
        amends=EntryHash(bytes(amends)) if amends else None,
        begun_at=Instant.parse(begun),
        saved_at=Instant.parse(saved),
    )


def _no_draft(record: RecordId) -> NotFound:
    return NotFound(
        mark("there is no draft of this interception"),
        about=str(record),
        hint=mark("It may be final already: look in the list."),
    )
