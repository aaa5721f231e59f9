"""Reads interceptions from the journal: all revisions, reviews and receipts, and the names."""

from __future__ import annotations

from domain.encoding import from_json
from domain.fold import Case, fold
from domain.ids import DeviceId, EntryHash, RecordId
from domain.interception.nominal import commit, join
from domain.interception.record import Interception
from domain.kinds import InterceptionFinalised
from domain.words import mark
from storage import journal, nominal
from storage.errors import NamesNotHeld, no_record
from storage.identity import earlier_identities, read_identity
from system.database import Connection
from system.errors import Damaged


def read(db: Connection, record: RecordId) -> Case:
    """All revisions, reviews and receipts of an interception. Raises `NotFound`."""
    folded = fold(journal.about(db, str(record)), printers=_own_devices(db))
    if folded is None:
        raise no_record(str(record))
    return folded


def _own_devices(db: Connection) -> frozenset[DeviceId]:
    """All workstations that this folder is and was; () while it was no other."""
    earlier = earlier_identities(db)
    if not earlier:
        return frozenset()
    return frozenset({read_identity(db).device, *(one.device for one in earlier)})


def complete(db: Connection, record: RecordId) -> Interception:
    """The revision in force with its nominal fields.

    Raises `NotFound`, `NamesNotHeld` or `Damaged`.
    """
    current = read(db, record).current
    return with_nominal(db, current.entry, current.body)


def with_nominal(db: Connection, entry: EntryHash, body: InterceptionFinalised) -> Interception:
    """The interception of one revision with its nominal fields.

    Raises `NamesNotHeld` when this folder has only the entry (it came back from the hub), and
    `Damaged` when the stored names do not match the entry's commitment.
    """
    what, whole = with_names_if_held(db, entry, body)
    if not whole:
        raise NamesNotHeld(
            mark("the names are not stored here"),
            about=body.number,
            hint=mark(
                "The hub does not store names. Restore a backup of the workstation's "
                "folder that contains them, or work on this record at the workstation "
                "that has them."
            ),
        )
    return what


def with_names_if_held(
    db: Connection, entry: EntryHash, body: InterceptionFinalised
) -> tuple[Interception, bool]:
    """The interception of one revision, and whether it is complete: for screens, never for papers.

    The nominal fields are empty when this folder does not have them. Raises `Damaged` when the
    stored names do not match the entry's commitment.
    """
    if body.nominal is None:
        return body.shared, True
    held = nominal.read(db, entry)
    if held is None:
        return body.shared, False
    salt, part = held
    if commit(salt, part) != body.nominal:
        raise Damaged(mark("the names stored with the entry were changed"), about=entry.short)
    return join(body.shared, from_json(part, dict)), True
