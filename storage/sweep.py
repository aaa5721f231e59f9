"""Clears what a killed program left behind: half-written files, and papers that no entry names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from domain.ids import PaperHash
from storage.files import cannot_write
from storage.projections.hub import summary
from storage.workstation import Workstation


@dataclass(frozen=True, slots=True)
class Swept:
    """How many files were removed."""

    parts: int
    papers: int


def sweep(ws: Workstation) -> Swept:
    """Remove them from the folder. Call it right after the projections were filled anew, with no
    other thread at work; the folder's lock keeps other programs out.

    A paper may belong to an entry that this folder lost and the hub still holds. So at a
    workstation that has a hub only papers older than the last contact go: at a contact, lost
    entries come back. Raises `CannotWrite`.
    """
    parts = [path for path in ws.home.rglob(".*.part") if path.is_file()]
    named = {bytes(row[0]) for row in ws.db.execute("SELECT hash FROM paper")}
    hub = summary(ws.db)
    before = float("inf")
    if hub.hub:
        before = hub.last_contact.millis / 1000 if hub.last_contact else 0.0
    papers = [
        name
        for name in map(PaperHash.parse, ws.papers.names())
        if name.raw not in named and ws.papers.written_at(name) < before
    ]
    for path in parts:
        _unlink(path)
    for name in papers:
        ws.papers.remove(name)
    return Swept(len(parts), len(papers))


def _unlink(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(error, path) from error
