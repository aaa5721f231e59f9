"""What names a person stays at the post: judged by a list written by hand, not by the code.

Every text of a record holds a marker of its own. What must stay is written down here, from the
column "names" of docs/exchange-format.md, so a field that the code forgets is found.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from acts.interception.add_photo import add_photo
from acts.interception.amend import amend
from acts.interception.cancel import cancel
from acts.interception.finalise import finalise
from acts.interception.review import review
from acts.interception.save_draft import save_draft
from acts.receipt.issue_receipt import issue_receipt
from acts.receipt.print_receipt import print_receipt
from domain.encoding import to_plain
from domain.fields import Field, fields_of
from domain.ids import RecordId
from domain.interception.base import Block
from domain.interception.nominal import split
from domain.interception.read import read
from domain.interception.record import Interception
from domain.kinds import InterceptionFinalised, read_body
from storage import drafts, journal
from storage.workstation import Workstation
from tests.builders import SESSION, a_document, a_draft, a_final, a_photo, begin_changed
from tests.house.source import ROOT

STAY = {
    "remarks",
    "conveyance.vehicle_registration",
    "conveyance.trailer_registration",
    "conveyance.vin",
    "persons.parties.name",
    "persons.parties.alias",
    "persons.parties.born",
    "persons.parties.birthplace",
    "persons.parties.sex",
    "persons.parties.nationality",
    "persons.parties.document_type",
    "persons.parties.document_no",
    "persons.parties.document_country",
    "persons.parties.address",
    "persons.parties.phone",
    "persons.parties.email",
    "legal.grounds",
    "legal.holder_signature_reason",
    "legal.witnesses",
    "photos.file_name",
}
"""Written by hand. Whoever lets one of these travel changes this list and says why."""
PAGE = ROOT / "docs" / "exchange-format.md"


def test_the_page_and_the_list_name_the_same_fields() -> None:
    assert stays_in(PAGE.read_text(encoding="utf-8")) == STAY


def stays_in(page: str) -> set[str]:
    """The paths of the fields whose row says `stays`, by the headings above them."""
    found, group = set(), ""
    for line in page.partition("## All fields")[2].splitlines():
        if line.startswith("### "):
            named = re.search(r"`([\w.]+)`", line)
            group = f"{named[1]}." if named else ""
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) >= 4 and cells[3] == "stays":
            found.add(group + cells[0].strip("`"))
    return found


def marked(block: type[Block], path: str = "") -> dict[str, Any]:
    """A document with a word of its own in every field that takes free text."""
    document: dict[str, Any] = {}
    for name, field in fields_of(block).items():
        here = f"{path}{name}"
        if field.block is not None:
            inner = marked(field.block, f"{here}.")
            document[name] = [inner] if field.many else inner
        elif takes_text(field):
            document[name] = [marker(here)] if field.many else marker(here)
    return document


def takes_text(field: Field) -> bool:
    return field.value_type is str and not field.list_name and not field.number


def marker(path: str) -> str:
    """`persons.parties.name` as `zq persons parties name qz`, made of letters alone."""
    return "zq" + re.sub(r"[^a-z]", "", path) + "qz"


def paths(block: type[Block], path: str = "") -> set[str]:
    """The paths of all fields, without numbers."""
    found: set[str] = set()
    for name, field in fields_of(block).items():
        here = f"{path}{name}"
        found |= paths(field.block, f"{here}.") if field.block else {here}
    return found


def test_every_text_that_stays_stays_and_every_other_travels() -> None:
    """With one value in every field, also in those of a code list or a number."""
    document = marked(Interception)
    document["persons"]["parties"][0] |= {
        "born": "1980-02-29", "sex": "female", "nationality": "XA", "document_country": "XB",
    }  # fmt: skip
    what = read(document).interception

    shared, nominal = split(what)

    text = str(to_plain(shared))
    written = {path for path in paths(Interception) if marker(path) in str(to_plain(what))}
    assert len(written) > 60
    assert {path for path in written if marker(path) not in text} == STAY & written
    for value in ("1980-02-29", "female", "XB"):
        assert value not in text
    bare = {".".join(part for part in path.split(".") if not part.isdigit()) for path in nominal}
    assert bare == STAY


def test_no_deed_writes_what_stays_into_the_journal(ws: Workstation) -> None:
    """Finalise, receipt, copy, amendment, review, cancellation: each entry is searched."""
    record = a_record_with_markers(ws)
    everything_done_with(ws, record)

    said = b"".join(entry.bytes for _, entry in journal.everything(ws.db)).decode()

    kinds = {entry.head.kind for _, entry in journal.everything(ws.db)}
    assert len(kinds) == 8
    found = {path for path in STAY if marker(path) in said}
    assert found == set()
    assert marker("photos.caption") in said
    assert marker("legal.property_left") in said


def a_record_with_markers(ws: Workstation) -> RecordId:
    """A draft whose every text that stays, and some that travel, hold their marker."""
    every = marked(Interception)
    record = a_draft(
        ws,
        a_document(
            remarks=every["remarks"],
            conveyance={
                name: marker(f"conveyance.{name}")
                for name in ("vehicle_registration", "trailer_registration", "vin")
            },
            persons={
                "involved": 1,
                "parties": [every["persons"]["parties"][0] | {"role": "consignee"}],
            },
            legal={
                "grounds": f"{marker('legal.grounds')} was behind a double wall.",
                "holder_signature": "refused",
                "holder_signature_reason": every["legal"]["holder_signature_reason"],
                "witnesses": every["legal"]["witnesses"],
                "property_left": every["legal"]["property_left"],
            },
        ),
    )
    document: Any = drafts.draft(ws.db, record).document
    extra = add_photo(
        ws, a_photo(7), file_name=marker("photos.file_name") + ".jpg", role=None, source="camera"
    )
    document["photos"].append(to_plain(extra) | {"caption": marker("photos.caption")})
    save_draft(ws, record, document)
    return record


def everything_done_with(ws: Workstation, record: RecordId) -> None:
    """Every deed there is about an interception."""
    finalise(ws, record, SESSION)
    receipt = issue_receipt(ws, record, SESSION).number
    for _ in range(2):
        print_receipt(ws, receipt, SESSION, "file")
    review(ws, record, SESSION, approved=False, comment="weigh again")
    begin_changed(ws, record)
    amend(ws, record, SESSION, "weighing_error", "the other scale")
    cancel(ws, record, SESSION, "recorded twice")


@pytest.mark.parametrize("freed", [("legal.grounds",), ("persons.parties.name", "remarks")])
def test_a_pack_frees_the_fields_that_it_names_and_no_other(freed: tuple[str, ...]) -> None:
    what = read(marked(Interception)).interception

    text = str(to_plain(split(what, freed)[0]))

    written = {path for path in STAY if marker(path) in str(to_plain(what))}
    assert {path for path in written if marker(path) in text} == set(freed)


def test_the_same_names_twice_have_two_commitments(ws: Workstation) -> None:
    """Else whoever reads the journal sees that two records name the same person."""
    for _ in range(2):
        a_final(ws)

    bodies = [read_body(entry) for _, entry in journal.everything(ws.db)]
    commitments = [b.nominal for b in bodies if isinstance(b, InterceptionFinalised)]
    salts = [bytes(row[0]) for row in ws.db.execute("SELECT salt FROM nominal")]
    assert len(set(commitments)) == len(set(salts)) == 2
    assert all(len(salt) == 32 for salt in salts)
