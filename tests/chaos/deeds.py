"""What officers do at a machine. Photos are files that no decoder reads, noted in a ledger."""

from __future__ import annotations

from random import Random
from typing import Any

from acts.interception.amend import amend_at_once, begin_amendment
from acts.interception.begin_draft import opening, over
from acts.interception.finalise import finalise_at_once
from domain.encoding import to_plain
from domain.ids import RecordId
from domain.interception.media import Photo
from domain.interception.record import PackRef
from storage import drafts
from storage.drafts import Draft
from system.decode import Decoded, Facts
from tests.builders import OFFICER, SESSION, a_document
from tests.chaos.parts import Machine

NOT_A_PICTURE = Decoded(Facts(readable=False, why="not a picture"), b"", b"")
SIZES = (1, 400, 9_000, 70_000, 200_000)


def finalise_one(machine: Machine, photos: dict[bytes, bytes], random: Random, count: int) -> None:
    """Record an interception with so many photos, or as many as its checklist requires."""
    ws = machine.ws
    checklist = next(one for one in ws.checklists() if one.pack.id == "SAMPLE-MED")
    now = ws.now()
    required = checklist.required_photos(("MED_PREGAB",))
    count = max(count, len(required))
    listed = [to_plain(_photo(machine, photos, random)) for _ in range(count)]
    for part, role in zip(listed, required, strict=False):
        part["role"] = role
    ground = opening(ws.station, checklist, OFFICER, now, a_document())
    draft = Draft(
        record=RecordId.make(now, random.randbytes(10)),
        document=over(ground, a_document(photos=listed)),
        pack=PackRef(id=checklist.pack.id, version=checklist.pack.version),
        amends=None,
        begun_at=now,
        saved_at=now,
    )
    finalise_at_once(ws, draft, SESSION, also=lambda _: None)


def _photo(machine: Machine, photos: dict[bytes, bytes], random: Random) -> Photo:
    """A file that no decoder reads; sometimes one that another workstation has too."""
    if photos and random.random() < 0.15:
        data = random.choice(list(photos.values()))
    else:
        data = random.randbytes(random.choice(SIZES))
    name = machine.ws.photos.keep(data, NOT_A_PICTURE)
    photos[name.raw] = data
    machine.kept.add(name.raw)
    return Photo(sha256=name, size=len(data), source="file", readable=False)


def revise(machine: Machine, photos: dict[bytes, bytes], record: RecordId, random: Random) -> None:
    """Amend an interception with one more photo."""
    ws = machine.ws
    begin_amendment(ws, record)
    draft = drafts.draft(ws.db, record)
    drafts.remove(ws.db, record)
    photo = to_plain(_photo(machine, photos, random))
    before: Any = draft.document
    changed: Any = {
        "remarks": f"look {random.random()}",
        "photos": [*before.get("photos", []), photo],
    }
    document = over(before, changed)
    draft = Draft(
        record=record,
        document=document,
        pack=draft.pack,
        amends=draft.amends,
        begun_at=draft.begun_at,
        saved_at=draft.saved_at,
    )
    amend_at_once(ws, draft, SESSION, "weighing_error", "", also=lambda _: None)
