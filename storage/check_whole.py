"""Checks that nothing is missing: compares lists, files and the hub's statements with the journal.

A journal without its last entries is still a valid chain. Other data in the folder shows that
entries are missing: the head, the counter of the table, the hub's statements, the lists, the names
stored beside entries, the photos and the papers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import Any

from domain.document import parts_at
from domain.errors import EntryRefused
from domain.ids import EntryHash
from domain.remark import remark
from domain.words import mark
from storage import drafts, hub_memory, journal, nominal
from storage.finding import Finding
from storage.projections.project import project
from storage.projections.schema import TABLES, is_current, make_scratch
from storage.workstation import Workstation
from system.database import Connection
from system.database.tables import tables
from system.errors import Damaged

WORDS_ONLY = {"record": ("title",), "record_words": ("words",)}
"""Columns with labels of a pack: they may differ until its file is here, which is harmless."""
COMPARED = {"waiting": ("hash", "what")}
"""Tables with columns that the journal does not determine: the time since when an item waits."""


def judge_end(db: Connection, seqs: Set[EntryHash], followed: Set[EntryHash]) -> Iterator[Finding]:
    """Check the end of the journal. `seqs` are all entries, `followed` those with a next entry."""
    head = journal.head_hash(db)
    about = remark(mark("end of the journal"))
    if head is None:
        if len(seqs) > 1:
            yield Finding(about, mark("the workstation does not know its newest entry"))
    elif head not in seqs:
        yield Finding(
            about,
            mark("the newest entry, {entry}, is missing: the last ones were cut off. {way}"),
            values=(("entry", head.short), ("way", _WAY_BACK)),
        )
    elif head in followed and not journal.is_left_behind(db):
        yield Finding(
            about,
            mark("the entry that is noted as the newest, {entry}, has another one after it"),
            values=(("entry", head.short),),
        )
    gone = journal.gone(db)
    if gone:
        yield Finding(
            about,
            mark(
                "{count} entry that was written here is gone. {way}",
                "{count} entries that were written here are gone. {way}",
            ),
            values=(("count", gone), ("way", _WAY_BACK)),
        )
    yield from _beside(db)


_WAY_BACK = mark("`main.py sync` fetches back what the hub holds; else restore from a backup.")


def _beside(db: Connection) -> Iterator[Finding]:
    """Finds data about entries that are missing."""
    lost = hub_memory.signed_for_and_gone(db)
    if lost:
        yield Finding(
            remark(mark("the hub")),
            mark(
                "it signed for {count} entry that is no longer here. {way}",
                "it signed for {count} entries that are no longer here. {way}",
            ),
            values=(("count", lost), ("way", _WAY_BACK)),
        )
    names = nominal.count_without_entry(db)
    if names:
        yield Finding(
            remark(mark("names")),
            mark(
                "{count} belongs to an entry that is not here. {way}",
                "{count} belong to entries that are not here. {way}",
            ),
            values=(("count", names), ("way", _WAY_BACK)),
        )


def judge_lists(ws: Workstation, photos: Set[str]) -> Iterator[Finding]:
    """Compare the tables filled from the journal with the same tables filled again.

    `photos` are the photos of all revisions. Nothing is written: the tables for comparison are
    temporary, in memory, and end with the transaction.
    """
    db = ws.db
    if not is_current(db):
        yield Finding(
            remark(mark("lists")),
            mark("were made by an older program; they are replaced when the folder can be written"),
            warns=True,
        )
        return
    gone = _list("SELECT number FROM record WHERE record NOT IN (SELECT subject FROM entry)", db)
    if gone:
        yield Finding(
            remark(mark("list")),
            mark(
                "{count} interception has no entry in the journal ({some}). {way}",
                "{count} interceptions have no entry in the journal ({some}). {way}",
            ),
            values=(("count", len(gone)), ("some", _some(gone)), ("way", _WAY_BACK)),
        )
    held = {bytes(h).hex() for h in _list("SELECT hash FROM held WHERE what = 'photo'", db)}
    if held - photos:
        yield Finding(
            remark(mark("the hub")),
            mark(
                "it signed for {count} photo that no entry here names. {way}",
                "it signed for {count} photos that no entry here names. {way}",
            ),
            values=(("count", len(held - photos)), ("way", _WAY_BACK)),
        )
    db.execute("BEGIN")
    try:
        make_scratch(db)
        for _, entry in journal.everything(db):
            project(db, entry, ws.checklist)
        for table in TABLES:
            yield from _compared(db, table)
    except (Damaged, EntryRefused):
        yield Finding(
            remark(mark("lists")),
            mark("cannot be compared before the journal is repaired"),
            warns=True,
        )
    finally:
        db.execute("ROLLBACK")


def _compared(db: Connection, table: str) -> Iterator[Finding]:
    columns = COMPARED.get(table) or _columns(db, table)
    soft = WORDS_ONLY.get(table, ())
    hard = _differ(db, table, [column for column in columns if column not in soft])
    if hard:
        yield Finding(
            remark(mark("lists")),
            mark(
                "{count} row of `{table}` is not what the journal says ({some}). {way}",
                "{count} rows of `{table}` are not what the journal says ({some}). {way}",
            ),
            values=(
                ("count", len(hard)),
                ("table", table),
                ("some", _some(hard)),
                ("way", mark("`main.py rebuild` fills them again.")),
            ),
        )
    elif soft and _other_words(db, table, columns):
        yield Finding(
            remark(mark("lists")),
            mark("`{table}` has other labels than the packs here. {way}"),
            warns=True,
            values=(("table", table), ("way", mark("`main.py rebuild` fills it again."))),
        )


def _other_words(db: Connection, table: str, columns: Sequence[str]) -> bool:
    """Whether rows differ in other columns.

    Where the names are missing, filling the table again would lose the search words from them.
    """
    differ = _differ(db, table, columns)
    if table in FULL_TEXTS:
        rows = _list(
            "SELECT rank FROM main.record WHERE entry NOT IN (SELECT entry FROM nominal)", db
        )
        differ = [row for row in differ if row not in {str(rank) for rank in rows}]
    return bool(differ)


def _columns(db: Connection, table: str) -> list[str]:
    names = [column.name for column in tables(db).table(table).columns]
    return ["rowid", *names] if table in FULL_TEXTS else names


FULL_TEXTS = ("record_words",)


def _differ(db: Connection, table: str, columns: Sequence[str]) -> list[str]:
    """The keys of rows that only one of the two tables has, each once."""
    which, shown = ", ".join(columns), "number" if "number" in columns else columns[0]
    here = f"SELECT {which} FROM main.{table}"
    anew = f"SELECT {which} FROM temp.{table}"
    index = columns.index(shown)
    rows = [row[index] for row in db.execute(f"{here} EXCEPT {anew}").fetchall()]
    rows += [row[index] for row in db.execute(f"{anew} EXCEPT {here}").fetchall()]
    return list(dict.fromkeys(_text(value) for value in rows))


def judge_photos_left(ws: Workstation, photos: Set[str]) -> Iterator[Finding]:
    """Find photos that no entry and no draft names."""
    written = {
        str(photo.get("sha256"))
        for draft in drafts.drafts(ws.db)
        for photo in parts_at(draft.document, "photos")
    }
    spare = [str(name) for name in ws.photos.names() if str(name) not in photos | written]
    if spare:
        yield Finding(
            remark("photos/"),
            mark(
                "{count} photo belongs to no interception and no draft ({some})",
                "{count} photos belong to no interception and no draft ({some})",
            ),
            warns=True,
            values=(("count", len(spare)), ("some", _some([name[:12] for name in spare]))),
        )


def _list(sql: str, db: Connection) -> list[Any]:
    return [row[0] for row in db.execute(sql).fetchall()]


def _text(value: object) -> str:
    return bytes(value).hex()[:12] if isinstance(value, (bytes, memoryview)) else str(value)


def _some(names: Sequence[object]) -> str:
    return ", ".join(str(name) for name in names[:3]) + (", ..." if len(names) > 3 else "")
