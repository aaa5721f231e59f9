"""Finds that two copies of a folder were used: branches of the journal, numbers given twice."""

from __future__ import annotations

from collections.abc import Iterator

from domain.ids import NOTHING_BEFORE, DeviceId
from domain.words import mark
from storage import journal
from storage.finding import Finding
from storage.projections import numbers
from system.database import Connection

WAY = mark(
    "Nothing is lost, and nothing is numbered anew. Record in one of the copies only, and tell"
    " headquarters: another one needs a workstation of its own (`main.py init`)."
)


def forks(db: Connection, device: DeviceId) -> Iterator[Finding]:
    """Each place where the journal of `device` branches, and each number given twice."""
    for parent, count in journal.forks(db, device):
        yield Finding(
            mark("start of the journal")
            if parent == NOTHING_BEFORE
            else f"journal after {parent.short}",
            mark(
                "branches into {count}: a backup or a copy of this folder was worked on. {way}",
                "branches into {count}: a backup or a copy of this folder was worked on. {way}",
            ),
            warns=True,
            values=(("count", count), ("way", WAY)),
            forked=True,
        )
    for number, records in numbers.given_twice(db):
        yield Finding(
            number,
            mark(
                "this number was given to {count} interception ({records}). {way}",
                "this number was given to {count} interceptions ({records}). {way}",
            ),
            warns=True,
            values=(
                ("count", len(records)),
                ("records", ", ".join(records)),
                ("way", mark("Write on the papers of each which one is meant; tell headquarters.")),
            ),
            forked=True,
        )
