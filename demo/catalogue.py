"""Invented goods and people for the demonstration.

None of these products, firms and persons exists.
"""

from __future__ import annotations

from dataclasses import dataclass

from demo.photos.surfaces import Colour


@dataclass(frozen=True, slots=True)
class DemoMedicine:
    """A medicine for the pack SAMPLE-MED, and how it travelled."""

    category: str
    name: str
    description: str
    strength: str
    dosage_form: str
    unit: str
    per_pack: int
    picture: str
    """`blisters`, `boxes`, `vials`."""
    declared_as: str
    reasons: tuple[str, ...]
    grounds: str
    inn: str = ""
    who_class: str = ""
    colour: Colour = (228, 226, 214)


@dataclass(frozen=True, slots=True)
class Substance:
    """A substance for the pack SAMPLE-SYN, and how it travelled."""

    category: str
    suspected: str
    cas_no: str
    form: str
    unit: str
    most: int
    """The maximum in one consignment, in `unit`."""
    description: str
    declared_as: str
    concealment: str
    reasons: tuple[str, ...]
    grounds: str
    colour: Colour = (238, 236, 228)


MEDICINES = (
    DemoMedicine(
        "MED_PREGAB",
        "Pregalin",
        "Pregabalin 150 mg, hard capsules in blisters",
        "150 mg",
        "capsule",
        "capsule",
        56,
        "blisters",
        "vitamin capsules",
        ("NO_AUTHORISATION", "MISDECLARED_GOODS"),
        "Declared as vitamins. The blisters name pregabalin 150 mg; the addressee could show no "
        "licence, and the number of packs is far beyond personal use.",
        "pregabalin",
        "unregistered",
        (214, 96, 60),
    ),
    DemoMedicine(
        "MED_CHLORO",
        "Chlorovan",
        "Hydroxychloroquine 200 mg, film-coated tablets",
        "200 mg",
        "tablet",
        "tablet",
        30,
        "blisters",
        "food supplement",
        ("WHO_FALSIFIED", "MISDECLARED_GOODS"),
        "Batch numbers on carton and blister differ, the maker's name is spelled two ways, and "
        "the declared weight is half of what the scale shows.",
        "hydroxychloroquine",
        "falsified",
        (240, 238, 230),
    ),
    DemoMedicine(
        "MED_ANTIVIRAL",
        "Remdevir",
        "Remdesivir 100 mg, powder for infusion in vials",
        "100 mg",
        "injection",
        "vial",
        1,
        "vials",
        "cosmetic samples",
        ("WHO_FALSIFIED", "UNSAFE_TRANSPORT"),
        "Vials with crimped caps of uneven colour, packed without any cooling though the label "
        "asks for it; declared as cosmetic samples from a private sender.",
        "remdesivir",
        "falsified",
        (240, 240, 230),
    ),
    DemoMedicine(
        "MED_IVERM_DOXY",
        "Ivermed",
        "Ivermectin 12 mg, tablets in blisters",
        "12 mg",
        "tablet",
        "tablet",
        20,
        "blisters",
        "herbal tea",
        ("NO_AUTHORISATION", "UNDECLARED"),
        "The parcel rattled although tea was declared. Opened in the presence of a second "
        "officer: blisters without cartons, no leaflet, no authorisation number.",
        "ivermectin",
        "unregistered",
        (250, 250, 246),
    ),
    DemoMedicine(
        "MED_ED",
        "Vigorex",
        "Sildenafil 100 mg, blue tablets in blisters",
        "100 mg",
        "tablet",
        "tablet",
        4,
        "blisters",
        "gift, toys",
        ("WHO_FALSIFIED", "IPR_TM"),
        "Blue tablets in plain foil inside a toy box. The trade mark on the leaflet is not that "
        "on the foil; the same sender posted four parcels on one day.",
        "sildenafil",
        "falsified",
        (86, 132, 206),
    ),
    DemoMedicine(
        "TEST_AG_AB",
        "CoviQuick Ag",
        "Antigen test cassettes with buffer and swab",
        "25 tests",
        "",
        "kit",
        1,
        "boxes",
        "test paper samples",
        ("NONCOMPLIANT_STD", "MISDECLARED_GOODS"),
        "Declared as test paper samples. The cartons hold antigen tests whose conformity mark "
        "has the wrong proportions and no notified body's number.",
    ),
    DemoMedicine(
        "MASK_TEXT",
        "SafeBreath FFP2",
        "Folded half masks, marked FFP2",
        "FFP2",
        "",
        "unit",
        50,
        "boxes",
        "textile accessories",
        ("NONCOMPLIANT_STD",),
        "Masks marked FFP2 without the year of the standard; the certificate in the box is made "
        "out for gloves and for another maker.",
    ),
    DemoMedicine(
        "GLOVE_SURG",
        "NovaGlove",
        "Surgical gloves, latex, sterile, in pairs",
        "size 7.5",
        "",
        "pair",
        50,
        "boxes",
        "household gloves",
        ("USED_RELABELLED", "MISDECLARED_GOODS"),
        "Gloves with folds and stains in boxes that bear a fresh label over an older one; the "
        "inner bags are not sealed though the box says sterile.",
    ),
    DemoMedicine(
        "VACCINE",
        "Immunova",
        "Vaccine in multi-dose vials, no cold packing",
        "5 doses",
        "injection",
        "vial",
        1,
        "vials",
        "laboratory glass",
        ("NO_AUTHORISATION", "UNSAFE_TRANSPORT"),
        "Vials labelled as vaccine travelled at room temperature, declared as laboratory glass; "
        "the lot number is not one that the maker ever used.",
        "",
        "falsified",
        (232, 236, 240),
    ),
)

SUBSTANCES = (
    Substance(
        "NPS_CATHINONE",
        "4-CMC (clephedrone)",
        "1225843-86-6",
        "crystal",
        "g",
        900,
        "White crystals in a press-seal bag",
        "pigment sample",
        "MAIL_BOOK",
        ("NPS_UNSCHEDULED", "MISDECLARED_GOODS"),
        "Handwritten label on a commercial carton, seams taped three times. Between two books "
        "lay a bag of white crystals; the presumptive test turned colour.",
    ),
    Substance(
        "ATS_MDMA",
        "MDMA",
        "42542-10-9",
        "tablet",
        "tablet",
        1500,
        "Pink round tablets with a pressed crown",
        "electronic parts",
        "MAIL_ELECTRONICS",
        ("CONTROLLED_1971",),
        "Behind the board of a radio, which rattled, lay rows of small discs. Pink tablets "
        "with a logo, no score line; the test for MDMA was positive.",
        (214, 122, 160),
    ),
    Substance(
        "KETAMINE",
        "ketamine",
        "6740-88-1",
        "powder",
        "kg",
        3,
        "White powder in a vacuum bag",
        "ceramic samples",
        "MAIL_DOUBLE_WALL",
        ("CONTROLLED_NATIONAL", "UNDECLARED"),
        "The box was heavier than ceramics of that size. A vacuum bag of white powder lay in a "
        "double wall; sender's telephone number does not exist.",
    ),
    Substance(
        "OPIOID_NITAZENE",
        "protonitazene",
        "",
        "powder",
        "g",
        120,
        "Cream powder in two foil bags",
        "cosmetic samples",
        "MAIL_COSMETICS",
        ("CONTROLLED_1961",),
        "Two foil bags in cosmetic tins, carbon paper around them. Not opened further; the "
        "trace swab from the outside named an opioid.",
        (232, 222, 196),
    ),
    Substance(
        "ATS_METH",
        "methamphetamine",
        "537-46-2",
        "crystal",
        "kg",
        5,
        "Clear crystals in gold tea packs",
        "green tea",
        "MAIL_FOOD",
        ("CONTROLLED_1971",),
        "Tea packs that weighed 1.02 kg instead of 0.5 kg each. Clear crystals under the leaf; "
        "the test for methamphetamine was positive.",
        (226, 234, 238),
    ),
    Substance(
        "NPS_BENZO",
        "bromazolam",
        "71368-80-4",
        "tablet",
        "tablet",
        4000,
        "Blue tablets, loose, in a jar for supplements",
        "pet food supplement",
        "MAIL_FALSE_LABEL",
        ("NPS_UNSCHEDULED", "MISDECLARED_GOODS"),
        "Jar labelled as a supplement for dogs, the seal under the lid glued anew. Blue tablets "
        "without any print; high postage for the value declared.",
        (110, 148, 206),
    ),
    Substance(
        "PREC_FENT",
        "4-ANPP",
        "21409-26-7",
        "powder",
        "kg",
        4,
        "Beige powder in a drum liner",
        "machine spares",
        "CARGO_AMONG",
        ("CONTROLLED_1988",),
        "A drum among machine spares with a label pasted over another one; the consignee "
        "could name no use for it and paid the freight in cash.",
        (222, 204, 170),
    ),
)

SENDERS = (
    ("Northgate Goods", "14 Kelso Row", "Leeds LS9 0XX", "GB"),
    ("Huayang Trading", "88 Lotus Road", "Shenzhen", "CN"),
    ("R. Verbeeck", "Kade 31", "Rotterdam", "NL"),
    ("Medivance Export", "Plot 7 Udyog Marg", "Mumbai", "IN"),
    ("Polaris Import-Export", "ul. Mglista 5", "Gdansk", "PL"),
    ("Casa Brisa Ltda", "Rua das Ondas 210", "Santos", "BR"),
    ("J. Halvorsen", "Fjellveien 3", "Bergen", "NO"),
    ("Golden Pagoda Co", "Strand 402", "Yangon", "MM"),
)
ADDRESSEES = (
    ("M. Okonjo", "Harbour Lane 8", "1142 Port Aster"),
    ("L. Ferran", "Quai Neuf 21", "1007 Port Aster"),
    ("Aster Sport Ltd", "Ring Road 190", "1200 Aster Hills"),
    ("D. Salvi", "Elm Court 4/12", "1031 Port Aster"),
    ("N. Abara", "Station Street 77", "1410 Westmere"),
    ("Pharmacie du Port", "Rue des Voiles 2", "1003 Port Aster"),
    ("T. Kovac", "Mill Lane 15", "1322 Eastmere"),
)
COURIERS = ("Skylark Express", "Meridian Courier", "BlueTern Parcels")
OFFICERS = ("XA-4471", "XA-4502", "XA-4519")
SUPERVISOR = "XA-2003"
CURRENCY = {
    "GB": "GBP",
    "CN": "CNY",
    "NL": "EUR",
    "IN": "INR",
    "PL": "PLN",
    "BR": "BRL",
    "NO": "NOK",
    "MM": "MMK",
}
