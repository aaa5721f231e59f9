"""A field has one label, written in its block: no screen, paper or page has another one."""

from __future__ import annotations

import ast
import html
import re
from collections import Counter
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication, QLabel

from domain.fields import FIELDS, RECORD, Field, fields_of, label_of, noun_of, title_of
from domain.ids import Digest, RecordId
from domain.instant import ClockState, Instant
from domain.interception.base import Block, FieldKind
from domain.interception.codes import (
    CustomsDirection,
    LegalAction,
    Mode,
    PartyRole,
    ServiceWay,
    SignatureState,
)
from domain.interception.record import Interception
from domain.pack.paper_words import PAPER_WORDS
from domain.words import in_english
from gui.capture.description import INTERCEPTION_FORM, form_of
from gui.capture.sections import SECTIONS
from gui.form.chip_order import ChipOrder
from gui.form.section import SectionCard
from gui.form.sheet import FormSheet
from gui.form.view import FormView
from gui.words import Words
from papers.receipt.page import render
from system.resources import translation
from system.shipped import terms
from tests.builders import NIGHT, a_checklist, a_document
from tests.house.source import every_text, product
from tests.hub.conftest import run_hub
from tests.papers.builders import a_checklist as paper_checklist
from tests.papers.builders import a_paper, a_profile
from tests.papers.paper_text import says
from tools import languages as tool

HEADINGS = {field.heading() for field in FIELDS.values()}
TITLES = {RECORD, *(field.label for field in FIELDS.values() if field.block)}
BLOCKS = [Interception, *(field.block for field in FIELDS.values() if field.block)]
HOME = "domain/interception/"
NEVER_ON_PAPER = (
    "detection",
    "persons.involved",
    "persons.detained",
    "remarks",
    "case_ref",
    "case",
)
PAPERS_OWN = {
    "Claim until", "Claims go to", "Days to claim", "Electronic seal", "Holder of the goods",
    "Issued", "Language", "Months to claim", "ORIGINAL", "Receipt no.", "Seizure no.", "Signatures",
    "The laws below have different periods. Each claim has the period of its law.", "This paper",
    "What happens next", "Working days",
}  # fmt: skip
"""Names on a receipt of what is no field of the record."""
PAGES_OWN = {
    "Also measured", "Arrived", "Content in total", "In its chain", "Last change arrived", "Line",
    "Other interceptions of this find",
    "Receipts", "Revisions", "Totals by unit", "Where it comes from", "Workstation",
}  # fmt: skip
"""Names on a hub's page of what is no field of the record."""


def test_every_field_has_a_label_that_can_be_translated() -> None:
    words = every_text()
    for path, field in FIELDS.items():
        assert words[field.label].startswith(HOME), path
        assert words[field.noun].startswith(HOME), path


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.__name__)
@pytest.mark.parametrize("language", ["en", *tool.languages()])
def test_no_two_fields_of_a_block_share_a_label(block: type[Block], language: str) -> None:
    say = translation(language)
    found = Counter(say(field.label) for field in fields_of(block).values())
    assert [label for label, count in found.items() if count > 1] == []


def test_no_other_room_marks_the_label_of_a_field() -> None:
    labels = {text for field in FIELDS.values() for text in (field.label, field.noun)}
    assert [
        f"{name}:{call.lineno} {text!r}"
        for name, call in tool.calls(tool.ROOT)
        for text in tool._texts(call)
        if text in labels and not name.startswith(HOME)
    ] == []


def test_a_path_with_numbers_names_the_field_and_the_group_that_it_is_shown_in() -> None:
    assert label_of("goods.2.medicine.lot") == "Lot"
    assert noun_of("legal.grounds") == "Statement of grounds"
    assert label_of("no.such.field") == noun_of("no.such.field") == ""
    assert title_of("goods.2.medicine.lot") == ("Goods", 3)
    assert title_of("persons.parties.0.name") == ("Person or company", 1)
    assert title_of("consignment.declaration.value") == ("Consignment", None)
    assert title_of("detection.methods.1") == ("Detection", None)
    assert title_of("remarks") == (RECORD, None)


@pytest.mark.parametrize(
    ("codes", "list_name"),
    [
        (LegalAction, "actions"),
        (CustomsDirection, "customs_directions"),
        (Mode, "modes"),
        (PartyRole, "party_roles"),
        (ServiceWay, "service_ways"),
        (SignatureState, "signature_states"),
    ],
)
def test_the_codes_that_rules_papers_and_screens_name_are_those_of_the_list(
    codes: type[StrEnum], list_name: str
) -> None:
    assert [code.value for code in codes] == [code.code for code in terms()[list_name]]


@pytest.mark.parametrize("language", ["en", *tool.languages()])
def test_the_desk_shows_the_labels_of_the_table(language: str, qapp: QApplication) -> None:
    checklist, words = a_checklist("SAMPLE-SYN"), Words(language, translation(language))
    sheet = FormSheet(form_of, checklist)
    sheet.lay(RecordId.make(Instant(0), bytes(10)), a_document(), checklist)
    column = FormView(sheet, checklist, words, ChipOrder(lambda _name: ()), 60)
    for section in SECTIONS:
        card = SectionCard(
            section,
            "",
            form=INTERCEPTION_FORM,
            entries=column.entries,
            words=words,
            freed=(),
        )
        card.lay(tuple({ask.path: ask for ask in section.asks}.values()))
        for ask in section.asks:
            box = card.box(ask.path)
            assert box is not None
            shown = [part.text() for part in box.findChildren(QLabel)]
            assert INTERCEPTION_FORM.field_of(section, ask).heading(words.say) in shown, ask.path
        assert (
            words.say(label_of(section.block))
            in {part.text() for part in column.findChildren(QLabel)}
            or section.block == "persons.parties"
        )
        card.deleteLater()
    column.deleteLater()
    qapp.processEvents()


def test_a_receipt_names_fields_as_the_table_does() -> None:
    """Every field that the blocks of the paper name is on it under its label."""
    named = {
        text
        for source in product()
        if source.name.startswith("papers/receipt/")
        for _, text in source.strings()
        if text in FIELDS and not text.startswith(NEVER_ON_PAPER) and "." in text
    }
    pdf = render(a_paper(None, interception=full(Interception), say=in_english))
    without = {"goods.drug.substance_suspected"}  # only where no laboratory confirmed another
    # the words one by one: a long label stands on two lines, with the value beside the first
    assert [
        (path, word)
        for path in sorted(named - without)
        for word in label_of(path).split()
        if not says(pdf, word)
    ] == []
    assert len(named) > 40


def test_a_receipt_has_no_names_of_its_own_for_fields() -> None:
    own: set[str] = set()
    for source in product():
        if source.name.startswith("papers/receipt/"):
            for node in source.nodes:
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in (
                    "pair",
                    "section",
                ):
                    own |= {
                        str(part.args[0].value)
                        for part in ast.walk(node.args[0])
                        if isinstance(part, ast.Call)
                        and getattr(part.func, "id", "") == "mark"
                        and isinstance(part.args[0], ast.Constant)
                    }  # fmt: skip
    own |= {words for words in PAPER_WORDS.values() if words not in HEADINGS | TITLES}
    assert own == PAPERS_OWN


def test_a_word_of_the_pack_stands_in_place_of_that_of_the_program() -> None:
    own = {key: {"fr": f"Mot-{n}"} for n, key in enumerate(PAPER_WORDS)}
    checklist = paper_checklist(paper=a_profile(words=own))
    whole = full(Interception)
    legal = replace(whole.legal, holder_signature=None, action="seizure")
    filled = {"interception": replace(whole, legal=legal)}
    french = {**filled, "language": "fr-CA", "say": translation("fr")}
    pdf = render(a_paper(checklist=checklist, **french))
    missing = {key for key, words in own.items() if not says(pdf, words["fr"])}
    assert missing == {"several_periods"}  # the periods do not differ
    assert says(render(a_paper(checklist=checklist, **{**french, "say": in_english})), "Mot-7")
    assert render(a_paper(checklist=checklist, **filled)) == render(a_paper(**filled))


def test_a_hubs_page_names_fields_as_the_table_does(tmp_path: Path) -> None:
    held = full(Interception)
    with run_hub(tmp_path) as running:
        station = running.station()
        fields = {name: getattr(held, name) for name in Interception.__struct_fields__}
        entry = station.finalise(**{k: v for k, v in fields.items() if k != "record_id"})
        station.send()
        page = station.page(f"/interceptions/{entry.head.subject}").text
    names = {html.unescape(text) for text in re.findall(r"<(?:dt|th)\b[^>]*>([^<]+)<", page)}
    titles = {html.unescape(text) for text in re.findall(r"<h2>([^<]+)</h2>", page)}
    assert names - HEADINGS - TITLES <= PAGES_OWN
    assert {re.sub(r" \d+$", "", title) for title in titles} - TITLES <= PAGES_OWN
    elsewhere = ("goods.category", "goods.description", "goods.currency", "photos.", "pack.")
    assert [
        field.path
        for field in FIELDS.values()
        if not field.block and not field.path.startswith(elsewhere) and field.heading() not in names
    ] == []


def full(block: type[Block]) -> Any:
    """The block with every field filled."""
    return block(**{name: _filled(field) for name, field in fields_of(block).items()})


def _filled(field: Field) -> Any:
    if field.kind is FieldKind.ADDED:
        return {}
    value = full(field.block) if field.block else _value(field)
    return (value,) if field.many else value


def _value(field: Field) -> Any:
    values: dict[type, Any] = {
        str: "consignment.mrn" if field.kind is FieldKind.FIELD else f"text-{field.name}",
        int: 3,
        float: 1.5,
        bool: True,
        Decimal: Decimal("12.50"),
        date: date(2027, 4, 30),
        Instant: NIGHT,
        ClockState: ClockState.TRUSTED,
        RecordId: RecordId.make(NIGHT, bytes(10)),
    }
    if field.value_type in values:
        return values[field.value_type]
    assert issubclass(field.value_type, Digest)
    return field.value_type.of(b"file")
