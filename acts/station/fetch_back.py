"""Take back what a restored folder lacks: photos from the hub; names, papers, photos from a copy.

Nothing is believed: names must match the commitment of their entry, papers and photos their hash.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from acts.errors import StationRefused
from domain.entry import Entry
from domain.ids import DeviceId, PaperHash, PhotoHash
from domain.interception.nominal import commit
from domain.kinds import InterceptionFinalised, ReceiptIssued, ReceiptPrinted, read_body
from domain.remark import remark
from domain.words import mark
from storage import forks, journal, nominal
from storage.finding import Finding
from storage.projections.project import refill
from storage.workstation import Workstation
from system.database import transaction
from system.errors import MachineError


@dataclass
class Lacking:
    """What entries of this journal name and this folder does not have."""

    names: list[Entry] = field(default_factory=list)
    """Entries whose names are not here."""
    papers: list[PaperHash] = field(default_factory=list)
    photos: list[PhotoHash] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.names or self.papers or self.photos)


def lacking(ws: Workstation) -> Lacking:
    """Go through the journal for names, papers and photos that are not here."""
    found = Lacking()
    papers: dict[PaperHash, None] = {}
    photos: dict[PhotoHash, None] = {}
    for _, entry in journal.everything(ws.db):
        body = read_body(entry)
        if isinstance(body, InterceptionFinalised):
            if body.nominal is not None and nominal.read(ws.db, entry.hash) is None:
                found.names.append(entry)
            photos.update((p.sha256, None) for p in body.shared.photos if p.sha256 is not None)
        elif isinstance(body, (ReceiptIssued, ReceiptPrinted)):
            papers[body.paper] = None
    found.papers = [name for name in papers if not ws.papers.has(name)]
    found.photos = [name for name in photos if not ws.photos.has(name)]
    return found


def take_photo(ws: Workstation, name: PhotoHash, data: bytes) -> bool:
    """Store the photo; False when `data` is not the photo of that name.

    Raises `CannotWrite`, `CannotDecode`.
    """
    if PhotoHash.of(data) != name:
        return False
    ws.photos.keep(data, ws.photos.look(data))
    return True


def take_from_copy(ws: Workstation, copy: Workstation) -> Lacking:
    """Take what is lacking here and whole in `copy`, another folder; what was taken.

    Raises `StationRefused` for the folder of another workstation, `CannotWrite`, `Damaged`,
    `CannotDecode`.
    """
    _refuse_stranger(ws, copy)
    wanted, taken = lacking(ws), Lacking()
    with transaction(ws.db):
        for entry in wanted.names:
            body, part = read_body(entry), nominal.read(copy.db, entry.hash)
            assert isinstance(body, InterceptionFinalised)
            if part is not None and commit(*part) == body.nominal:
                nominal.put(ws.db, entry.hash, part)
                taken.names.append(entry)
        if taken.names:
            refill(ws.db, ws.checklist)  # lists and search have words of them
    for paper in wanted.papers:
        data = _from(copy, paper)
        if data is not None and PaperHash.of(data) == paper:
            ws.papers.put(paper, data)
            taken.papers.append(paper)
    for photo in wanted.photos:
        data = _from(copy, photo)
        if data is not None and take_photo(ws, photo, data):
            taken.photos.append(photo)
    return taken


def apart(ws: Workstation, copy: Workstation) -> Finding | None:
    """A finding when the journals of this folder and of its copy each have entries that the other
    lacks: both were used, and this journal does not hold the other branch yet.
    """
    here, there = journal.head_hash(ws.db), journal.head_hash(copy.db)
    if ws.device != copy.device or here is None or there is None:
        return None
    if journal.holds(ws.db, there) or journal.holds(copy.db, here):
        return None
    return Finding(
        remark("{folder}", folder=copy.home),
        mark("has entries that this journal lacks, and lacks some of this journal. {way}"),
        warns=True,
        values=(("way", forks.WAY),),
        forked=True,
    )


def _refuse_stranger(ws: Workstation, copy: Workstation) -> None:
    if _devices(ws) & _devices(copy):
        return
    raise StationRefused(
        mark("this is the folder of another workstation, {other}"),
        about=str(copy.home),
        hint=mark("Nothing was taken. Give a copy of the folder of {device}."),
        other=copy.device,
        device=ws.device,
    )


def _devices(ws: Workstation) -> set[DeviceId]:
    """The workstation, and those that its folder was before."""
    return {ws.device, *(one.device for one in ws.earlier())}


def _from(copy: Workstation, name: PaperHash | PhotoHash) -> bytes | None:
    """The bytes in the copy; None when they are missing or damaged there."""
    try:
        if isinstance(name, PhotoHash):
            return copy.photos.original(name)
        return copy.papers.get(name)
    except MachineError:
        return None
