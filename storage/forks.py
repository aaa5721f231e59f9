"""Finds that two copies of a folder were used: branches of the journal, numbers given twice."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from domain.encoding import from_json, to_json
from domain.ids import NOTHING_BEFORE, DeviceId, EntryHash
from domain.remark import remark
from domain.words import mark
from storage import facts, journal
from storage.finding import Finding
from storage.projections import numbers
from system.database import Connection

WAY = mark(
    "Nothing is lost, and nothing is numbered anew. Tell headquarters, and choose which copy goes"
    " on (`main.py station keep`); each other one becomes a workstation of its own"
    " (`main.py station renew`)."
)

CHOSEN = mark("Nothing is lost. It was chosen that this copy goes on; nothing is left to do.")

FACT = "branches"
"""The name of this fact of the workstation (`storage.facts`)."""


class Branches(msgspec.Struct, frozen=True):
    """The ends of the other branches of the own journal."""

    ends: tuple[EntryHash, ...] = ()
    kept: tuple[EntryHash, ...] = ()
    """Those for which a person chose that this folder goes on."""


def branches(db: Connection, device: DeviceId) -> Branches:
    """The other branches; they are looked for when no program has noted them yet."""
    stored = facts.read(db, FACT)
    return _found(db, device, ()) if stored is None else from_json(stored, Branches)


def note_branches_once(db: Connection, device: DeviceId) -> None:
    """Note the branches of a folder of an older program, which noted none; part of the caller's
    transaction.
    """
    if facts.read(db, FACT) is None:
        note_branches(db, device)


def note_branches(db: Connection, device: DeviceId) -> None:
    """Look for other branches and note them, after entries came back; part of the caller's
    transaction.
    """
    facts.write(db, FACT, to_json(_found(db, device, branches(db, device).kept)))


def keep_branches(db: Connection, device: DeviceId) -> None:
    """Note that a person chose that this folder goes on; part of the caller's transaction."""
    found = _found(db, device, ())
    facts.write(db, FACT, to_json(Branches(found.ends, found.ends)))


def is_undecided(db: Connection, device: DeviceId) -> bool:
    """Whether another branch exists for which nobody has chosen which copy goes on.

    A branch that goes on after the choice is undecided again: its copy is still in use.
    """
    found = branches(db, device)
    return not set(found.ends) <= set(found.kept)


def _found(db: Connection, device: DeviceId, kept: tuple[EntryHash, ...]) -> Branches:
    head = journal.head_hash(db)
    return Branches(tuple(name for name, _ in journal.tips(db, device) if name != head), kept)


def forks(db: Connection, device: DeviceId) -> Iterator[Finding]:
    """Each place where the journal of `device` branches, and each number given twice.

    They are only worth a look once a person has chosen which copy goes on.
    """
    now = _found(db, device, branches(db, device).kept)
    undecided = not set(now.ends) <= set(now.kept)
    way = WAY if undecided else CHOSEN
    for parent, count in journal.forks(db, device):
        yield Finding(
            remark(mark("start of the journal"))
            if parent == NOTHING_BEFORE
            else remark(mark("journal after {entry}"), entry=parent.short),
            mark(
                "branches into {count}: a backup or a copy of this folder was worked on. {way}",
                "branches into {count}: a backup or a copy of this folder was worked on. {way}",
            ),
            warns=True,
            values=(("count", count), ("way", way)),
            forked=undecided,
        )
    if journal.is_left_behind(db):
        yield Finding(
            remark(mark("end of the journal")),
            mark("another copy of this folder went on and changed the signing key. {way}"),
            warns=True,
            values=(("way", way),),
            forked=undecided,
        )
    for number, records in numbers.given_twice(db):
        yield Finding(
            remark("{number}", number=number),
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
            forked=undecided,
        )
