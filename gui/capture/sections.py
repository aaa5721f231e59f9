"""The form of an interception as data: which fields there are, and in which order."""

from __future__ import annotations

from domain.interception.goods import GoodsLine
from domain.interception.persons import Party
from domain.interception.record import Interception
from domain.words import mark
from gui.form.layout import Ask, FormSection, Item
from gui.form.options import Choices
from gui.parts.option import Option

LINE_KEY = "Ctrl+L"
BY_AIR = ("air_cargo", "air_passenger", "express")
BY_ROAD = ("road_freight", "road_passenger")
BY_SEA = ("sea_container", "sea_other")
SEALED_MODES = ("sea_container", "road_freight", "rail")
MAY_BE_SEALED = ("air_cargo", "express", "sea_other")
LABORATORY = "lab_result"
"""The reason of `amend_reasons` for a laboratory's result."""
MEDICINE, DRUG = ("medicine", "supply"), ("drug", "precursor")

CONSIGNMENT = FormSection(
    "consignment",
    mark("Consignment"),
    (
        Ask("consignment.postal_item_id", mark("Item number (S10)"), 10, modes=("mail",),
            stop=True),
        Ask("consignment.courier_name", mark("Courier"), 5, modes=("express",), stop=True),
        Ask("consignment.courier_awb", mark("Courier's number"), 6, modes=("express",), stop=True),
        Ask("consignment.awb_no", mark("Air waybill"), 7, modes=("air_cargo",), stop=True),
        Ask("consignment.container_no", mark("Container"), 7, modes=("sea_container",), stop=True),
        Ask("conveyance.flight_no", mark("Flight"), 5, modes=("air_passenger",), stop=True),
        Ask("conveyance.imo_no", mark("Ship (IMO number)"), 6, modes=("sea_other",), stop=True),
        Ask("conveyance.vehicle_registration", mark("Registration"), 6, modes=BY_ROAD, stop=True),
        Ask("conveyance.vehicle_country", mark("Registered in"), 5, modes=BY_ROAD),
        Ask("conveyance.train_no", mark("Train"), 5, modes=("rail",)),
        Ask("route.dispatch_country", mark("From"), 5, noun=mark("Country of dispatch")),
        Ask("route.destination_country", mark("To"), 5, noun=mark("Country of destination")),
        Ask("consignment.gross_weight_kg", mark("Gross weight (kg)"), 4, kind="kilograms",
            noun=mark("Gross weight")),
        Ask("consignment.seals_found", mark("Seals found"), 8, modes=SEALED_MODES,
            hint=mark("several: put a comma between")),
        Ask("consignment.seal_state", mark("State of the seals"), 16, modes=SEALED_MODES),
        Ask("consignment.seals_found", mark("Seals found"), 8, modes=MAY_BE_SEALED, core=False,
            hint=mark("several: put a comma between")),
        Ask("consignment.seal_state", mark("State of the seals"), 16, modes=MAY_BE_SEALED,
            core=False),
        Ask("consignment.house_awb_no", mark("House air waybill"), 6, core=False,
            modes=("air_cargo", "express")),
        Ask("conveyance.flight_no", mark("Flight"), 4, modes=("air_cargo",), core=False),
        Ask("conveyance.imo_no", mark("Ship (IMO number)"), 6, modes=("sea_container",),
            core=False),
        Ask("consignment.bill_of_lading", mark("Bill of lading"), 6, modes=BY_SEA, core=False),
        Ask("consignment.manifest_ref", mark("Manifest"), 6, modes=BY_SEA, core=False),
        Ask("consignment.mrn", mark("Declaration number (MRN)"), 9, core=False,
            modes=(*BY_AIR, *BY_SEA, *BY_ROAD, "rail")),
        Ask("consignment.mode", mark("Travels by"), 6, kind="pick",
            noun=mark("Mode of transport")),
        Ask("consignment.declaration.form", mark("Declared on"), 6, kind="pick",
            modes=("mail", "express")),
        Ask("consignment.declaration.cn_category", mark("Declared as"), 5, kind="pick",
            modes=("mail", "express")),
        Ask("consignment.declaration.description", mark("Declared content"), 7),
        Ask("consignment.declaration.value", mark("Declared value"), 5, core=False),
        Ask("consignment.declaration.currency", mark("Currency"), 6, core=False),
        Ask("consignment.declaration.weight_kg", mark("Declared weight (kg)"), 6, core=False,
            kind="kilograms"),
        Ask("consignment.declaration.postage", mark("Postage paid"), 5, modes=("mail",),
            core=False),
        Ask("route.origin_country", mark("Made in"), 6, core=False),
        Ask("route.transit_countries", mark("Through"), 12, core=False, kind="choices"),
        Ask("route.place_of_loading", mark("Place of loading"), 6, core=False),
        Ask("route.place_of_unloading", mark("Place of unloading"), 6, core=False),
        Ask("route.office_of_exchange", mark("Office of exchange"), 6, modes=("mail",), core=False),
    ),
    Interception,
)  # fmt: skip


def _units(choices: Choices, line: Item) -> tuple[Option, ...]:
    return choices.units(line.get("category"))


GOODS = FormSection(
    "goods",
    mark("Goods"),
    (
        Ask("category", mark("Category"), 10, stop=True),
        Ask("packs", mark("Packs"), 3, stop=True),
        Ask("units_per_pack", mark("× units"), 3, stop=True, noun=mark("Units per pack")),
        Ask("quantity", mark("= quantity"), 4, kind="quantity", noun=mark("Quantity")),
        Ask("unit", mark("Unit"), 4, kind="pick"),
        Ask("category_other", mark("What is it?"), 24, kind="other",
            noun=mark("What the goods are")),
        Ask("description", mark("Description"), 14, hint=mark("so that a court can tell it apart")),
        Ask("bag_no", mark("Bag number"), 10, stop=True),
        Ask("medicine.lot", mark("Lot"), 6, groups=MEDICINE, stop=True),
        Ask("medicine.expiry", mark("Expiry"), 8, groups=MEDICINE, stop=True),
        Ask("medicine.inn", mark("Active ingredient (INN)"), 10, groups=MEDICINE, core=False),
        Ask("medicine.strength", mark("Strength"), 5, groups=MEDICINE, core=False),
        Ask("medicine.dosage_form", mark("Dosage form"), 6, groups=MEDICINE, core=False,
            kind="pick"),
        Ask("medicine.gtin", mark("GTIN"), 7, groups=MEDICINE, core=False),
        Ask("medicine.serial", mark("Serial number"), 6, core=False),
        Ask("drug.substance_suspected", mark("Substance, presumed"), 10, groups=DRUG, stop=True,
            noun=mark("Presumed substance")),
        Ask("drug.form", mark("Form"), 6, groups=DRUG, kind="pick"),
        Ask("gross_weight_kg", mark("Gross (kg)"), 4, groups=DRUG, kind="kilograms", stop=True,
            noun=mark("Gross weight")),
        Ask("net_weight_kg", mark("Net (kg)"), 4, groups=DRUG, kind="kilograms",
            noun=mark("Net weight")),
        Ask("weight_basis", mark("The weight is"), 24, groups=DRUG, noun=mark("Kind of weight")),
        Ask("drug.cas_no", mark("CAS number"), 6, groups=DRUG, core=False),
        Ask("drug.tablet_logo", mark("Logo on the tablet"), 6, groups=("drug",), core=False),
        Ask("drug.colour", mark("Colour"), 4, groups=("drug",), core=False),
        Ask("drug.shape", mark("Shape"), 4, groups=("drug",), core=False),
        Ask("drug.diameter_mm", mark("Diameter (mm)"), 4, groups=("drug",), core=False),
        Ask("drug.sample_count", mark("Samples taken"), 5, groups=DRUG, core=False),
        Ask("drug.sample_ids", mark("Sample numbers"), 9, groups=DRUG, core=False),
        Ask("drug.substance_confirmed", mark("Confirmed by a laboratory"), 10, core=False,
            groups=(*MEDICINE, *DRUG), amended_for=LABORATORY, noun=mark("Confirmed substance")),
        Ask("drug.purity_pct", mark("Purity (%)"), 4, groups=(*MEDICINE, *DRUG), core=False,
            amended_for=LABORATORY, noun=mark("Purity")),
        Ask("drug.laboratory_ref", mark("Laboratory report"), 6, groups=(*MEDICINE, *DRUG),
            core=False, amended_for=LABORATORY),
        Ask("drug.laboratory_date", mark("Date of the report"), 8, groups=(*MEDICINE, *DRUG),
            core=False, amended_for=LABORATORY),
        Ask("brand", mark("Brand"), 6, core=False),
        Ask("model", mark("Model"), 6, core=False),
        Ask("marks", mark("Marks and numbers"), 6, core=False),
        Ask("condition", mark("Condition"), 6, core=False),
        Ask("medicine.manufacturer_on_label", mark("Maker on the label"), 8, core=False,
            groups=MEDICINE),
        Ask("medicine.country_on_label", mark("Country on the label"), 8, groups=MEDICINE,
            core=False),
        Ask("medicine.authorisation_no", mark("Authorisation number"), 8, groups=MEDICINE,
            core=False),
        Ask("medicine.concentration_pct", mark("Strength on the label (%)"), 8, groups=MEDICINE,
            core=False),
        Ask("medicine.storage_condition", mark("Storage on the label"), 8, groups=MEDICINE,
            core=False),
        Ask("medicine.conformity_marks", mark("Conformity marks"), 24, groups=MEDICINE, core=False),
        Ask("medicine.who_class", mark("Suspected class (WHO)"), 24, groups=MEDICINE, core=False),
        Ask("medicine.cold_chain_broken", mark("Cold chain broken?"), 8, groups=MEDICINE,
            core=False),
        Ask("hs_code", mark("HS heading"), 5, core=False),
        Ask("packages", mark("Packages"), 4, core=False),
        Ask("package_kind", mark("Kind of package"), 5, core=False),
        Ask("value", mark("Value"), 5, core=False),
        Ask("currency", mark("Currency"), 6, core=False),
        Ask("value_basis", mark("Kind of value"), 6, core=False, kind="pick"),
        Ask("rights_holder", mark("Holder of the right"), 8, core=False),
        Ask("storage_location", mark("Shelf"), 5, core=False),
        Ask("reasons", mark("Why it is stopped"), 24, stop=True, noun=mark("Reason")),
    ),
    GoodsLine,
    repeats="goods",
    add_words=mark("Another line of goods"),
    add_key=LINE_KEY,
    begins_with_one=True,
    offers={"unit": _units},
)  # fmt: skip

DETECTION = FormSection(
    "detection",
    mark("How it was found, and how it was hidden"),
    (
        Ask("detection.methods", mark("Found by"), 24, stop=True, noun=mark("How it was found")),
        Ask("detection.concealment", mark("Hidden"), 24, stop=True, noun=mark("How it was hidden")),
        Ask("detection.indicators", mark("What stood out"), 24, stop=True),
        Ask("detection.field_test.result", mark("Field test"), 12, groups=DRUG),
        Ask("detection.field_test.kit", mark("Test kit"), 6, groups=DRUG),
        Ask("detection.field_test.witness", mark("Witness"), 6, groups=DRUG),
        Ask("detection.field_test.lot", mark("Lot of the kit"), 6, groups=DRUG, core=False),
        Ask("detection.field_test.expiry", mark("Expiry of the kit"), 6, groups=DRUG, core=False),
        Ask("detection.field_test.tester", mark("Tested by"), 6, groups=DRUG, core=False),
        Ask("detection.concealment_text", mark("How it was hidden, in words"), 24, core=False),
        Ask("detection.packaging_outer", mark("Outer packing"), 12, core=False),
        Ask("detection.packaging_inner", mark("Inner packing"), 12, core=False),
        Ask("detection.bulletin", mark("Bulletin"), 8, core=False),
        Ask("detection.canine_team", mark("Dog team"), 8, core=False),
    ),
    Interception,
)

LEGAL = FormSection(
    "legal",
    mark("Grounds and legal act"),
    (
        Ask("legal.grounds", mark("Grounds"), 24, stop=True, noun=mark("Statement of grounds"),
            hint=mark("in your own words: what you saw, and why it made you act")),
        Ask("legal.action", mark("The goods are"), 24, noun=mark("What becomes of the goods")),
        Ask("legal.legal_basis", mark("Legal basis"), 24, stop=True),
        Ask("legal.served", mark("The paper is served"), 24, noun=mark("How the paper is served")),
        Ask("legal.served_at", mark("Served at"), 10, kind="moment", noun=mark("Time of service")),
        Ask("legal.holder_signature", mark("Signature of the holder"), 12, core=False, kind="pick"),
        Ask("legal.holder_signature_reason", mark("Why it is not signed"), 12, core=False),
        Ask("legal.witnesses", mark("Witnesses"), 12, core=False,
            hint=mark("several: put a comma between")),
        Ask("legal.property_left", mark("What stays with the person"), 24, core=False),
    ),
    Interception,
)  # fmt: skip

PARTY = FormSection(
    "party",
    mark("Person or company"),
    (
        Ask("role", mark("Who"), 8, kind="pick", noun=mark("Role of the person")),
        Ask("name", mark("Name"), 8),
        Ask("company", mark("Company"), 8),
        Ask("address", mark("Address"), 16, kind="text"),
        Ask("phone", mark("Telephone"), 8),
        Ask("email", mark("E-mail"), 8, core=False),
        Ask("born", mark("Born on"), 5, core=False),
        Ask("birthplace", mark("Born in"), 6, core=False),
        Ask("nationality", mark("Nationality"), 6, core=False),
        Ask("sex", mark("Sex"), 6, core=False, kind="pick"),
        Ask("document_type", mark("Identity paper"), 6, core=False),
        Ask("document_no", mark("Its number"), 6, core=False),
        Ask("document_country", mark("Issued by"), 6, core=False),
        Ask("alias", mark("Also known as"), 8, core=False),
        Ask("company_no", mark("Company number"), 6, core=False),
        Ask("company_address", mark("Company's address"), 16, core=False, kind="text"),
    ),
    Party,
    repeats="persons.parties",
    add_words=mark("Add a person or company"),
)

OCCASION = FormSection(
    "occasion",
    mark("When, where, who"),
    (
        Ask(
            "occasion.seized_at", mark("Seized"), 7, kind="moment", noun=mark("Time of the seizure")
        ),
        Ask(
            "occasion.detected_at",
            mark("Found"),
            7,
            kind="moment",
            core=False,
            noun=mark("Time of the discovery"),
        ),
        Ask("occasion.place_text", mark("Place"), 10),
        Ask("occasion.unlocode", mark("UN/LOCODE"), 5, core=False),
        Ask(
            "occasion.latitude",
            mark("Latitude"),
            5,
            core=False,
            hint=mark("degrees, south is negative: -12.5"),
        ),
        Ask(
            "occasion.longitude",
            mark("Longitude"),
            5,
            core=False,
            hint=mark("degrees, west is negative: -12.5"),
        ),
        Ask("occasion.place_type", mark("Kind of place"), 7, kind="pick"),
        Ask("occasion.customs_direction", mark("Direction"), 6, kind="pick"),
        Ask("occasion.customs_procedure", mark("Procedure"), 6, core=False),
        Ask(
            "persons.involved", mark("Persons involved"), 5, noun=mark("Number of persons involved")
        ),
        Ask(
            "persons.detained", mark("Persons detained"), 5, noun=mark("Number of persons detained")
        ),
        Ask("case_ref", mark("Case"), 7, core=False),
        Ask("remarks", mark("Remarks"), 24, core=False),
    ),
    Interception,
)

SECTIONS = (CONSIGNMENT, GOODS, DETECTION, LEGAL, PARTY, OCCASION)

NOT_IN_THE_FORM = {
    "record_id": "the program gives it when the draft begins",
    "pack": "chosen at the head of the screen before the draft begins; a draft keeps its pack",
    "post": "the workstation's own, named when the workstation is made",
    "officer": "the card of the badge number asks for it",
    "occasion.clock_state": "the program writes it when the record is signed",
    "consignment.as_seen_on_label": "a key keeps an identifier as seen, in its own field",
    "photos": "the card of the photos shows them, with role and caption of each",
}
"""Fields of the interception, or blocks, without a row in the table, each with the reason."""
