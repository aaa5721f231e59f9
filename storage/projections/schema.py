"""The tables of the projections; only this file defines them.

All their data comes from the journal. When the database was filled with another `VERSION`, the
tables are dropped, made again and filled from the journal (`project.rebuild`). So a change of their
columns or content increases `VERSION`, and needs no migration.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from storage import facts
from system.database import Connection
from system.database.tables import tables

if TYPE_CHECKING:
    from sqlite_utils import Database

VERSION = 7
"""Version 1 was the tables of the first migration."""

MARK = "projections"
"""The fact of the workstation with the version with which the tables were filled."""

TABLES = (
    "record", "record_words", "record_photo", "bag", "postal_item", "given_number", "paper",
    "waiting",
)  # fmt: skip

FULL_TEXT = """
CREATE VIRTUAL TABLE record_words USING fts5 (
    words,
    tokenize = "unicode61 remove_diacritics 2 categories 'L* M* N* Co' tokenchars '#'",
    prefix = '1 2 3'
)
"""
"""Marks (`M*`) are parts of words: vowels of Thai, Khmer and Hindi are written as marks."""


def is_current(db: Connection) -> bool:
    """Whether the tables have the columns and the content of this version of the program."""
    return facts.read(db, MARK) == str(VERSION).encode()


def make_anew(db: Connection) -> None:
    """All tables of the projections, empty, in the caller's transaction."""
    for table in TABLES:
        db.execute(f"DROP TABLE IF EXISTS {table}")
    _make(db)
    facts.write(db, MARK, str(VERSION).encode())


def make_scratch(db: Connection) -> None:
    """Make a temporary, empty set of the tables in memory; names without schema mean these.

    They are removed when the caller's transaction is rolled back.
    """
    marks = ", ".join("?" * len(TABLES))
    made = db.execute(
        f"SELECT sql FROM main.sqlite_master WHERE tbl_name IN ({marks}) AND sql IS NOT NULL"
        " ORDER BY type = 'index'",
        TABLES,
    ).fetchall()
    what = re.compile(r"^CREATE\s+((?:VIRTUAL |UNIQUE )?(?:TABLE|INDEX))\s+")
    for (sql,) in made:
        db.execute(what.sub(r"CREATE \1 temp.", sql))


def _make(db: Connection) -> None:
    made = tables(db)
    _make_records(made)
    _make_used(made)
    _make_handed_out(made)


def _make_records(made: Database) -> None:
    """The list of interceptions, the words that find them, their photos."""
    record = made.table("record").create(
        {
            "rank": int,  # place of the first entry about it
            "record": str,
            "case_id": str,  # record id of the first interception of the find
            "number": str,
            "status": str,
            "revision": int,
            "seq": int,
            "entry": bytes,
            "seized_at": str,
            "mode": str,
            "route": str,
            "title": str,  # English; the parts below let a screen say it in another language
            "named": str,  # what the officer calls the goods: words of a catch-all, brand
            "pack": str,  # id and version
            "unsigned": int,  # 1 when nobody signed the pack
            "category": str,
            "amount": str,
            "lines": int,
            "photos": int,
            "receipt": str,
        },
        pk="rank",
        not_null={
            "record", "case_id", "number", "status", "revision", "seq", "entry", "mode", "route",
            "title", "named", "pack", "unsigned", "category", "amount", "lines", "photos",
            "receipt",
        },
        strict=True,
    )  # fmt: skip
    record.create_index(["record"], unique=True)
    record.create_index(["case_id"])
    record.create_index(["status", "rank"])
    made.execute(FULL_TEXT)
    photo = made.table("record_photo").create(
        {"record": str, "hash": bytes}, pk=("record", "hash"), strict=True
    )
    photo.create_index(["hash"])


def _make_used(made: Database) -> None:
    """Bags, postal items and numbers that were used."""
    for table in ("bag", "postal_item"):
        # `used` in its canonical form; two records only where the journal branched, or for items
        made.table(table).create(
            {"used": str, "record": str, "number": str},
            pk=("used", "record"),
            not_null={"number"},
            strict=True,
        )
    number = made.table("given_number").create(
        {
            "number": str,
            "series": str,  # seizure or receipt
            "year": int,
            "serial": int,
            "record": str,
        },
        pk=("number", "record"),  # two records share a number only where the journal branched
        not_null={"series", "year", "serial"},
        strict=True,
    )
    number.create_index(["series", "year", "serial"])


def _make_handed_out(made: Database) -> None:
    """Papers that were made, and what the hub is still to get."""
    paper = made.table("paper").create(  # every file that a receipt or a copy of it was
        {"hash": bytes, "number": str, "record": str},
        pk="hash",
        not_null={"number", "record"},
        strict=True,
    )
    paper.create_index(["number"])
    waiting = made.table("waiting").create(  # what the hub has not yet signed for
        {
            "hash": bytes,
            "what": str,  # entry or photo
            "record": str,
            "since": int,
        },
        pk="hash",
        not_null={"what", "record", "since"},
        strict=True,
    )
    waiting.create_index(["record"])
