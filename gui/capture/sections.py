"""The interception form as data: which field is on which card, and when it is shown.

Kinds and labels of fields are in `domain.fields`; required fields are in the pack. A card has the
title of its block.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from domain.document import DocumentPart, text_at
from domain.interception.codes import Mode
from domain.pack.checklist import Checklist
from domain.pack.profile import Group
from domain.words import in_language, mark
from gui.capture.proposals import product
from gui.form.layout import Ask, By, FormSection
from gui.form.options import Choices
from gui.parts.option import Option
from gui.words import Words

LINE_KEY = "Ctrl+L"
BY_AIR = (Mode.AIR_CARGO, Mode.AIR_PASSENGER, Mode.EXPRESS)
BY_ROAD = (Mode.ROAD_FREIGHT, Mode.ROAD_PASSENGER)
BY_SEA = (Mode.SEA_CONTAINER, Mode.SEA_OTHER)
DECLARED = (Mode.MAIL, Mode.EXPRESS)
SEALED_MODES = (Mode.SEA_CONTAINER, Mode.ROAD_FREIGHT, Mode.RAIL)
MAY_BE_SEALED = tuple(mode for mode in Mode if mode not in SEALED_MODES)
SEVERAL = mark("several: put a comma between")
LABORATORY = "lab_result"
"""The reason of `amend_reasons` for a laboratory's result."""
MEDICINE, DRUG = (Group.MEDICINE, Group.SUPPLY), (Group.DRUG, Group.PRECURSOR)
EXAMINED = (*MEDICINE, *DRUG)
"""What a laboratory examines."""

CONSIGNMENT = FormSection(
    "consignment",
    (
        Ask("consignment.postal_item_id", 7, modes=(Mode.MAIL,), stop=True),
        Ask("consignment.courier_name", 5, modes=(Mode.EXPRESS,), stop=True),
        Ask("consignment.courier_awb", 6, modes=(Mode.EXPRESS,), stop=True),
        Ask("consignment.awb_no", 7, modes=(Mode.AIR_CARGO,), stop=True),
        Ask("consignment.container_no", 7, modes=(Mode.SEA_CONTAINER,), stop=True),
        Ask("conveyance.flight_no", 5, modes=(Mode.AIR_PASSENGER,), stop=True),
        Ask("conveyance.imo_no", 6, modes=(Mode.SEA_OTHER,), stop=True),
        Ask("conveyance.vehicle_registration", 6, modes=BY_ROAD, stop=True),
        Ask("conveyance.vehicle_country", 5, modes=BY_ROAD),
        Ask("conveyance.train_no", 5, modes=(Mode.RAIL,)),
        Ask("route.dispatch_country", 6),
        Ask("route.destination_country", 6),
        Ask("consignment.gross_weight_kg", 5),
        Ask("consignment.seals_found", 8, modes=SEALED_MODES, hint=SEVERAL),
        Ask("consignment.seal_state", 16, modes=SEALED_MODES),
        Ask("consignment.seals_found", 8, modes=MAY_BE_SEALED, rare=True, hint=SEVERAL),
        Ask("consignment.seal_state", 16, modes=MAY_BE_SEALED, rare=True),
        Ask("consignment.house_awb_no", 6, core=False, modes=(Mode.AIR_CARGO, Mode.EXPRESS)),
        Ask("conveyance.flight_no", 4, modes=(Mode.AIR_CARGO,), core=False),
        Ask("conveyance.flight_date", 5, modes=BY_AIR, rare=True),
        Ask("conveyance.imo_no", 6, modes=(Mode.SEA_CONTAINER,), core=False),
        Ask("conveyance.ship_name", 8, modes=BY_SEA, core=False),
        Ask("conveyance.voyage_no", 5, modes=BY_SEA, rare=True),
        Ask("conveyance.trailer_registration", 6, modes=(Mode.ROAD_FREIGHT,), core=False),
        Ask("consignment.road_note_no", 8, modes=(Mode.ROAD_FREIGHT, Mode.RAIL), core=False),
        Ask("consignment.tir_carnet", 6, modes=(Mode.ROAD_FREIGHT,), core=False),
        Ask("conveyance.vin", 7, modes=BY_ROAD, rare=True),
        Ask("consignment.bill_of_lading", 6, modes=BY_SEA, core=False),
        Ask("consignment.manifest_ref", 6, modes=BY_SEA, core=False),
        Ask("consignment.mrn", 9, core=False, modes=(*BY_AIR, *BY_SEA, *BY_ROAD, Mode.RAIL)),
        Ask("consignment.mode", 6, by=By.FINDING, folded=True),
        Ask(
            "consignment.declaration.form",
            6,
            by=By.FINDING,
            modes=DECLARED,
            core=False,
            folded=True,
        ),
        Ask(
            "consignment.declaration.cn_category",
            5,
            by=By.FINDING,
            modes=DECLARED,
            core=False,
            folded=True,
        ),
        Ask("consignment.declaration.description", 7, core=False),
        Ask("consignment.declaration.value", 5, core=False),
        Ask("consignment.declaration.currency", 6, core=False),
        Ask("consignment.declaration.weight_kg", 6, rare=True),
        Ask("consignment.declaration.postage", 5, modes=(Mode.MAIL,), rare=True),
        Ask("route.origin_country", 6, core=False),
        Ask("route.transit_countries", 12, by=By.FINDING, rare=True),
        Ask("route.place_of_loading", 6, rare=True),
        Ask("route.place_of_unloading", 6, rare=True),
        Ask("route.office_of_exchange", 6, modes=(Mode.MAIL,), rare=True),
    ),
)


def _units(choices: Choices, line: DocumentPart) -> Sequence[Option]:
    return choices.units(text_at(line, "category"))


def _content_units(choices: Choices, line: DocumentPart) -> Sequence[Option]:
    return choices.content_units(text_at(line, "category"))


def _in_one_line(line: DocumentPart, checklist: Checklist, words: Words) -> str:
    """A line of goods as it is named in a list of many: what, how much, in which bag."""
    category = checklist.category(text_at(line, "category"))
    what = in_language(category.label, words.language) if category else text_at(line, "category")
    amount, unit = product(line), text_at(line, "unit")
    if amount is None:
        much = f"{text_at(line, 'quantity')} {checklist.label('units', unit, words.language)}"
    else:
        much = (
            f"{words.number(amount)} {checklist.unit_words(unit, Decimal(amount), words.language)}"
        )
    return " · ".join(part for part in (what, much.strip(), text_at(line, "bag_no")) if part)


GOODS = FormSection(
    "goods",
    (
        Ask("category", 7, stop=True),
        Ask("packs", 3, stop=True),
        Ask("units_per_pack", 4, stop=True),
        Ask("quantity", 6, large=True, made_of=("packs", "units_per_pack")),
        Ask("unit", 4, by=By.FINDING),
        Ask("content", 4, rare=True, stop=True),
        Ask("content_unit", 4, rare=True, by=By.FINDING),
        Ask("measure", 5, rare=True),
        Ask("measure_unit", 6, rare=True, by=By.FINDING),
        Ask("category_other", 24, only_catch_all=True),
        Ask("bag_no", 6, stop=True),
        Ask("medicine.lot", 4, groups=MEDICINE, stop=True),
        Ask("medicine.expiry", 5, groups=MEDICINE, stop=True),
        Ask("description", 9, hint=mark("what tells it apart in court")),
        Ask("medicine.inn", 10, groups=MEDICINE, core=False, folded=True),
        Ask("medicine.strength", 5, groups=MEDICINE, core=False, folded=True),
        Ask("medicine.dosage_form", 6, groups=MEDICINE, core=False, by=By.FINDING, folded=True),
        Ask("medicine.gtin", 7, groups=MEDICINE, core=False, folded=True),
        Ask("medicine.serial", 6, core=False, folded=True),
        Ask("drug.substance_suspected", 10, groups=DRUG, stop=True),
        Ask("drug.form", 6, groups=DRUG, by=By.FINDING),
        Ask("gross_weight_kg", 4, groups=DRUG, stop=True),
        Ask("net_weight_kg", 4, groups=DRUG),
        Ask("weight_basis", 24, groups=DRUG),
        Ask("drug.cas_no", 6, groups=DRUG, core=False),
        Ask("drug.tablet_logo", 6, groups=(Group.DRUG,), core=False),
        Ask("drug.colour", 4, groups=(Group.DRUG,), core=False),
        Ask("drug.shape", 4, groups=(Group.DRUG,), core=False),
        Ask("drug.diameter_mm", 4, groups=(Group.DRUG,), core=False),
        Ask("drug.sample_count", 5, groups=DRUG, core=False),
        Ask("drug.sample_ids", 9, groups=DRUG, core=False),
        Ask("drug.substance_confirmed", 10, core=False, groups=EXAMINED, amended_for=LABORATORY),
        Ask("drug.purity_pct", 4, groups=EXAMINED, core=False, amended_for=LABORATORY),
        Ask("drug.laboratory_ref", 6, groups=EXAMINED, core=False, amended_for=LABORATORY),
        Ask("drug.laboratory_date", 8, groups=EXAMINED, core=False, amended_for=LABORATORY),
        Ask("brand", 6, rare=True),
        Ask("model", 6, rare=True),
        Ask("marks", 6, rare=True),
        Ask("condition", 6, rare=True),
        Ask("medicine.manufacturer_on_label", 8, core=False, groups=MEDICINE, folded=True),
        Ask("medicine.country_on_label", 8, groups=MEDICINE, core=False, folded=True),
        Ask("medicine.authorisation_no", 8, groups=MEDICINE, core=False, folded=True),
        Ask("medicine.concentration_pct", 8, groups=MEDICINE, rare=True),
        Ask("medicine.storage_condition", 8, groups=MEDICINE, core=False, folded=True),
        Ask("medicine.conformity_marks", 24, groups=MEDICINE, core=False, folded=True),
        Ask("medicine.who_class", 24, groups=MEDICINE, core=False, folded=True),
        Ask("medicine.cold_chain_broken", 8, groups=MEDICINE, core=False, folded=True),
        Ask("hs_code", 5, rare=True),
        Ask("packages", 4, rare=True),
        Ask("package_kind", 5, rare=True),
        Ask("value", 5, rare=True),
        Ask("currency", 6, rare=True),
        Ask("value_basis", 6, by=By.FINDING, rare=True),
        Ask("rights_holder", 8, rare=True),
        Ask("storage_location", 5, rare=True),
        Ask("reasons", 24, stop=True),
    ),
    repeats=True,
    add_words=mark("Another line of goods"),
    add_key=LINE_KEY,
    begins_with_one=True,
    offers={"unit": _units, "content_unit": _content_units},
    in_one_line=_in_one_line,
)

DETECTION = FormSection(
    "detection",
    (
        Ask("detection.methods", 24, stop=True),
        Ask("detection.concealment", 24),
        Ask("detection.indicators", 24, core=False),
        Ask("detection.field_test.result", 12, groups=DRUG),
        Ask("detection.field_test.kit", 6, groups=DRUG),
        Ask("detection.field_test.witness", 6, groups=DRUG),
        Ask("detection.field_test.lot", 6, groups=DRUG, rare=True),
        Ask("detection.field_test.expiry", 6, groups=DRUG, rare=True),
        Ask("detection.field_test.tester", 6, groups=DRUG, rare=True),
        Ask("detection.concealment_text", 24, rare=True),
        Ask("detection.packaging_outer", 12, rare=True),
        Ask("detection.packaging_inner", 12, rare=True),
        Ask("detection.bulletin", 8, rare=True),
        Ask("detection.canine_team", 8, rare=True),
    ),
)

LEGAL = FormSection(
    "legal",
    (
        Ask(
            "legal.grounds",
            24,
            stop=True,
            hint=mark("in your own words: what you saw, and why it made you act"),
        ),
        Ask("legal.action", 24, folded=True),
        Ask("legal.legal_basis", 24, stop=True, folded=True),
        Ask("legal.served", 24, core=False, folded=True),
        Ask("legal.served_at", 10, core=False, folded=True),
        Ask("legal.holder_signature", 12, by=By.FINDING, rare=True),
        Ask("legal.holder_signature_reason", 12, rare=True),
        Ask("legal.witnesses", 12, core=False, hint=SEVERAL),
        Ask("legal.property_left", 24, rare=True),
    ),
)

PARTY = FormSection(
    "persons.parties",
    (
        Ask("role", 8, by=By.FINDING),
        Ask("name", 8),
        Ask("company", 8),
        Ask("address", 16, by=By.LINE),
        Ask("phone", 8),
        Ask("email", 8, core=False),
        Ask("born", 5, core=False),
        Ask("birthplace", 6, core=False),
        Ask("nationality", 6, core=False),
        Ask("sex", 6, core=False, by=By.FINDING),
        Ask("document_type", 6, core=False),
        Ask("document_no", 6, core=False),
        Ask("document_country", 6, core=False),
        Ask("alias", 8, core=False),
        Ask("company_no", 6, core=False),
        Ask("company_address", 16, core=False, by=By.LINE),
    ),
    repeats=True,
    add_words=mark("Add a person or company"),
)

OCCASION = FormSection(
    "occasion",
    (
        Ask("occasion.seized_at", 7, folded=True),
        Ask("occasion.detected_at", 7, core=False, folded=True),
        Ask("occasion.place_text", 10, folded=True),
        Ask("occasion.unlocode", 5, core=False, folded=True),
        Ask(
            "occasion.latitude",
            5,
            core=False,
            folded=True,
            hint=mark("degrees, south is negative: -12.5"),
        ),
        Ask(
            "occasion.longitude",
            5,
            core=False,
            folded=True,
            hint=mark("degrees, west is negative: -12.5"),
        ),
        Ask("occasion.place_type", 7, by=By.FINDING, folded=True),
        Ask("occasion.customs_direction", 6, by=By.FINDING, folded=True),
        Ask("occasion.customs_procedure", 6, core=False, folded=True),
        Ask("persons.involved", 5, core=False, folded=True),
        Ask("persons.detained", 5, core=False, folded=True),
        Ask("case_ref", 7, rare=True),
        Ask("remarks", 24, rare=True),
    ),
)

SECTIONS = (CONSIGNMENT, GOODS, DETECTION, LEGAL, PARTY, OCCASION)

NOT_IN_THE_FORM = {
    "record_id": "the program gives it when the draft begins",
    "case": "a key begins another record of the find; the card of the find changes it",
    "pack": "chosen at the head of the screen before the draft begins; a draft keeps its pack",
    "post": "the workstation's own, named when the workstation is made",
    "officer": "the card of the badge number asks for it",
    "occasion.clock_state": "the program writes it when the record is signed",
    "consignment.as_seen_on_label": "a key keeps an identifier as seen, in its own field",
    "photos": "the card of the photos shows them, with role and caption of each",
}
"""Fields and blocks of the interception that are on no card, each with the reason."""
