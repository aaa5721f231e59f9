"""A workstation that holds many photos, all of them held by its hub too, made cheaply.

Everything is made by the product's own functions: drafts become final, the entries and photos go
to the hub's application, and its signed statements are acknowledged. Only sockets and pictures are
left out: the network is in this process, and the photos are files that no decoder reads.
"""

from __future__ import annotations

from acts.interception.begin_draft import begin_draft, over
from acts.interception.finalise import finalise
from acts.interception.save_draft import save_draft
from benchmarks.links.field import WORDS, Field
from domain.encoding import to_plain
from domain.ids import PhotoHash
from domain.interception.media import Photo
from hub.build import api, open_hub
from hub.packs import open_library
from hub.serving.arrivals import Arrivals
from storage import drafts
from storage.keys import Passphrase
from storage.workstation import Workstation, open_workstation
from sync.lanes import InlineLanes
from sync.open import open_carrier
from sync.run import synchronise
from system.decode import Decoded, Facts
from tests.builders import SESSION, a_document, known_at
from tests.chaos.net import Net, installed
from tests.journeys.desk import an_item

PORT = 80
PER_RECORD = 50
NOT_A_PICTURE = Decoded(Facts(readable=False, why="not a picture"), b"", b"")


def fill(here: Field, photos: int) -> None:
    """Record so many photos of a few bytes each and bring them to the hub."""
    folder = here.folder / "hub"
    hub = open_hub(f"sqlite://{folder}/hub.sqlite", f"file://{folder}/objects")
    try:
        with (
            installed(Net({PORT: api(hub, open_library(hub.database), Arrivals(hub.database))})),
            open_workstation(here.desk.home, Passphrase(WORDS)) as ws,
        ):
            for number in range(photos // PER_RECORD):
                _record(ws, number)
            known_at(ws, f"http://127.0.0.1:{PORT}")
            outcome = synchronise(ws, lambda: open_carrier(ws), tries=1, lanes=InlineLanes())
            assert outcome.complete, outcome
    finally:
        hub.close()


def _record(ws: Workstation, number: int) -> None:
    checklist = next(one for one in ws.checklists() if one.pack.id == "SAMPLE-MED")
    record = begin_draft(ws, checklist, SESSION)
    typed = a_document(consignment={"postal_item_id": an_item(number)})
    document = over(drafts.draft(ws.db, record).document, typed)
    document["photos"] = [to_plain(_photo(ws, number, index)) for index in range(PER_RECORD)]
    save_draft(ws, record, document)
    finalise(ws, record, SESSION)


def _photo(ws: Workstation, number: int, index: int) -> Photo:
    data = b"no picture %d %d" % (number, index)
    name: PhotoHash = ws.photos.keep(data, NOT_A_PICTURE)
    role = ("overview", "label")[index] if index < 2 else None
    return Photo(sha256=name, role=role, size=len(data), source="file", readable=False)
