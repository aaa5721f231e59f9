"""The name of a person stays at the post: not in the hub's database, files, pages or log."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx2
import pytest

from acts.interception.amend import amend, begin_amendment
from acts.interception.begin_draft import over
from acts.interception.cancel import cancel
from acts.interception.finalise import finalise
from acts.interception.save_draft import save_draft
from acts.receipt.issue_receipt import issue_receipt
from acts.receipt.print_receipt import print_receipt
from domain.fields import walk
from domain.ids import RecordId
from hub.codes import fresh_code
from storage import cases, drafts
from storage.workstation import Workstation
from sync.http.enrol import enrol
from tests.builders import SESSION, Place, a_document, a_draft
from tests.hub.conftest import Running
from tests.nets.test_travel import STAY
from tests.sync.conftest import brought

PLANTED = "Zebulonowicz"
PERSON = {
    "role": "consignee",
    "name": f"Ada {PLANTED}",
    "alias": f"The {PLANTED}",
    "birthplace": f"{PLANTED}grad",
    "document_type": f"{PLANTED} passport",
    "document_no": f"{PLANTED}77",
    "address": f"1 {PLANTED} Street",
    "phone": f"+999 {PLANTED}",
    "email": f"ada@{PLANTED}.example",
}


def planted() -> dict[str, Any]:
    """A document that names a person in every field that a person can be named in."""
    return a_document(
        remarks=f"Second parcel for {PLANTED}",
        persons={"involved": 1, "parties": [PERSON]},
        conveyance={
            "vehicle_registration": f"{PLANTED} 1",
            "trailer_registration": f"{PLANTED} 2",
            "vin": f"{PLANTED} 3",
        },
        legal={
            "grounds": f"{PLANTED} said the blisters were hers.",
            "holder_signature": "refused",
            "holder_signature_reason": f"{PLANTED} would not sign",
            "witnesses": [f"Bo {PLANTED}", f"Cy {PLANTED}"],
        },
    )


def a_planted_record(ws: Workstation) -> RecordId:
    """It is final, and the files of its photos are named after the person too."""
    record = a_draft(ws, planted())
    document: Any = drafts.draft(ws.db, record).document
    photos = [
        {**photo, "file_name": f"{PLANTED} {n}.jpg"} for n, photo in enumerate(document["photos"])
    ]
    save_draft(ws, record, {**document, "photos": photos})
    finalise(ws, record, SESSION)
    return record


def test_the_planted_record_names_the_person_in_every_text_that_stays(tmp_path: Path) -> None:
    """Which those are, a list written by hand says (tests/nets/test_travel.py)."""
    ws = Place(tmp_path / "home").open()
    record = a_planted_record(ws)
    held = {
        ".".join(part for part in path.split(".") if not part.isdigit())
        for path, _, value in walk(cases.complete(ws.db, record))
        if PLANTED in str(value)
    }
    codes_and_days = {"born", "sex", "nationality", "document_country"}
    assert held == {path for path in STAY if path.rpartition(".")[2] not in codes_and_days}
    ws.close()


@pytest.mark.sqlite
def test_no_name_reaches_the_hub(running: Running, tmp_path: Path) -> None:
    ws = Place(tmp_path / "home").open()
    record = a_planted_record(ws)
    everything_done_with(ws, record)
    enrol(ws, running.url, fresh_code(running.hub))
    assert brought(ws).complete
    ws.close()
    pages = [httpx2.get(running.pages + path) for path in ("/", "/rows", "/devices", "/unread")]
    pages.append(httpx2.get(f"{running.pages}/interceptions/{record}"))
    for name in running.stored.names():
        if name.startswith("photos/") and name != "photos/hub.json":
            photo = name.rpartition("/")[2]
            pages.append(httpx2.get(f"{running.pages}/photos/{photo}/preview"))
    assert len(pages) > 5
    for page in pages:
        assert page.status_code == 200
        assert PLANTED.lower().encode() not in page.content.lower()
    files = [file for file in running.folder.rglob("*") if file.is_file()]
    files = [file for file in files if tmp_path / "home" not in file.parents]
    assert any(file.name == "hub.sqlite" for file in files)
    for file in files:
        assert PLANTED.lower().encode() not in file.read_bytes().lower(), file
    assert "Names and grounds stay at the post" in pages[4].text


def everything_done_with(ws: Workstation, record: Any) -> None:
    """A receipt that names the person, an amendment of the name, a cancellation."""
    receipt = issue_receipt(ws, record, SESSION, "en").number
    print_receipt(ws, receipt, SESSION, "file")
    begin_amendment(ws, record)
    document = over(
        drafts.draft(ws.db, record).document,
        {"persons": {"parties": [PERSON | {"name": f"Eve {PLANTED}"}]}},
    )
    save_draft(ws, record, document)
    amend(ws, record, SESSION, "weighing_error", "the other scale")
    cancel(ws, record, SESSION, "recorded twice")
