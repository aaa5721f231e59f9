"""Deletes files that a killed program left."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from domain.ids import PaperHash
from storage.workstation import Workstation
from system.files import cannot_write


@dataclass(frozen=True, slots=True)
class Swept:
    """How many files were removed."""

    parts: int
    papers: int


def sweep(ws: Workstation, papers: Collection[PaperHash]) -> Swept:
    """Remove half-written files, and `papers`, which were drawn but never issued.

    Call it with no other thread at work; the folder's lock keeps other programs out. Raises
    `CannotWrite`.
    """
    parts = [path for path in ws.home.rglob(".*.part") if path.is_file()]
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
