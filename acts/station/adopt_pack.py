"""Adopt a pack: new drafts can use it; existing drafts keep their pack.

A pack is checked when it is adopted. One that is stored already is not checked again: rules that
came later do not take it away.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from acts.deed import EntryDraft, perform
from acts.errors import FileUnreadable
from acts.session import Session
from domain.changes import Changes
from domain.errors import PackRefused
from domain.ids import PackHash
from domain.interception.record import PackRef
from domain.kinds import EntryKind, PackAdopted
from domain.pack.check import check_pack, checked_pack
from domain.pack.finding import PackFinding
from domain.pack.read import read_pack
from domain.words import mark
from storage import packs
from storage.workstation import Workstation
from system.database import Connection
from system.shipped import program_lists

SIZE_LIMIT = 64 * 1024 * 1024
"""Bytes of a file that can be a pack."""


class Adoption(NamedTuple):
    """What changed, and the remarks on the pack; none when it was stored already."""

    changes: Changes
    remarks: tuple[PackFinding, ...] = ()


def adopt_file(ws: Workstation, file: Path, session: Session) -> Adoption:
    """Adopt the pack in `file`. Raises `FileUnreadable`, and as `adopt_pack`."""
    return adopt_pack(ws, read_file(file), str(file), session)


def read_file(file: Path) -> bytes:
    """The bytes of a file that can be a pack. Raises `FileUnreadable`."""
    try:
        with file.open("rb") as opened:
            data = opened.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise FileUnreadable(
            mark("the pack cannot be read: {cause}"), about=str(file), cause=error.strerror
        ) from error
    if len(data) > SIZE_LIMIT:
        raise FileUnreadable(mark("the file is too large for a pack"), about=str(file))
    return data


def adopt_pack(ws: Workstation, data: bytes, file: str, session: Session) -> Adoption:
    """Store the pack and log it in the journal; a pack that is stored already changes nothing.

    Raises `PackRefused` with all faults and their places, `Damaged` when other bytes are stored
    with its id and version.
    """
    if _is_stored(ws, data, file):
        return Adoption(Changes())
    pack, remarks = checked_pack(data, file, program_lists(), ws.now().local_date)

    def prepare(db: Connection) -> EntryDraft:
        packs.put(db, pack, data, ws.now())
        body = PackAdopted(id=pack.id, version=pack.version, sha256=PackHash.of(data))
        return EntryDraft(EntryKind.PACK_ADOPTED, str(ws.device), body)

    return Adoption(replace(perform(ws, session, prepare, while_forked=True), packs=True), remarks)


def faults_of_adopted(ws: Workstation, ref: PackRef) -> tuple[PackFinding, ...]:
    """The faults for which a pack that is stored would be refused today."""
    data = packs.file_of(ws.db, ref)
    if data is None:
        return ()
    return check_pack(data, program_lists(), ws.now().local_date).faults


def _is_stored(ws: Workstation, data: bytes, file: str) -> bool:
    try:
        pack = read_pack(data, file)
    except PackRefused:
        return False
    held = ws.checklist(PackRef(id=pack.id, version=pack.version))
    return held is not None and held.sha256 == PackHash.of(data)
