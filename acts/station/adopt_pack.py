"""Adopt a pack: new drafts can use it; existing drafts keep their pack."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from acts.deed import EntryDraft, perform
from acts.errors import FileUnreadable
from acts.session import Session
from domain.changes import Changes
from domain.ids import PackHash
from domain.interception.record import PackRef
from domain.kinds import EntryKind, PackAdopted
from domain.pack.read import read_pack
from domain.words import mark
from storage import packs
from storage.workstation import Workstation
from system.database import Connection

SIZE_LIMIT = 64 * 1024 * 1024
"""Bytes of a file that can be a pack."""


def adopt_file(ws: Workstation, file: Path, session: Session) -> Changes:
    """Adopt the pack in `file`. Raises `FileUnreadable`, and as `adopt_pack`."""
    try:
        with file.open("rb") as opened:
            data = opened.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise FileUnreadable(
            mark("the pack cannot be read: {cause}"), about=str(file), cause=error.strerror
        ) from error
    if len(data) > SIZE_LIMIT:
        raise FileUnreadable(mark("the file is too large for a pack"), about=str(file))
    return adopt_pack(ws, data, str(file), session)


def adopt_pack(ws: Workstation, data: bytes, file: str, session: Session) -> Changes:
    """Store the pack and log it in the journal; a pack that is stored already changes nothing.

    Raises `PackRefused` with file, position and cause when it is broken, `Damaged` when other bytes
    are stored with its id and version.
    """
    pack = read_pack(data, file)
    held = ws.checklist(PackRef(id=pack.id, version=pack.version))
    if held is not None and held.sha256 == PackHash.of(data):
        return Changes()

    def prepare(db: Connection) -> EntryDraft:
        packs.put(db, pack, data, ws.now())
        body = PackAdopted(id=pack.id, version=pack.version, sha256=PackHash.of(data))
        return EntryDraft(EntryKind.PACK_ADOPTED, str(ws.device), body)

    return replace(perform(ws, session, prepare, while_forked=True), packs=True)
