"""A checklist of the second format: animals with fields of their own, one of each kind."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from acts.interception.begin_draft import over
from domain.ids import PackHash
from domain.pack.checklist import Checklist
from domain.pack.model import FORMAT
from domain.pack.read import read_pack
from system.shipped import shipped_packs, terms
from tests.builders import a_document

CHIP = "276098106000001"


def words(english: str, french: str) -> dict[str, str]:
    return {"en": english, "fr": french}


def field(code: str, kind: str, english: str, french: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "kind": kind, "label": words(english, french), **more}


FIELDS = [
    field("species", "text", "Scientific name", "Nom scientifique", printed=True,
          pattern="[A-Z][a-z]{1,40} [a-z]{1,40}", hint=words("Genus species", "Genre espèce")),
    field("appendix", "choice", "Appendix", "Annexe", list="appendices", printed=True),
    field("marks_seen", "choices", "Marks", "Marques", list="animal_marks", printed=True),
    field("permit_no", "text", "Permit number", "Numéro du permis", privacy="commercial",
          printed=True, scan="gs1:400"),
    field("permit_country", "country", "Issued by", "Délivré par"),
    field("permit_expiry", "day", "Permit valid until", "Permis valable jusqu’au"),
    field("alive", "yes_no", "Alive", "Vivant", printed=True),
    field("dead", "whole", "Dead on arrival", "Morts à l’arrivée", max="500"),
    field("length", "decimal", "Length", "Longueur", unit="cm", min="0.5", max="900",
          printed=True),
    field("price", "money", "Price asked", "Prix demandé", printed=True),
    field("chips", "serials", "Microchip", "Puce électronique", check="iso11784", printed=True),
    field("keeper", "text", "Keeper", "Détenteur", privacy="nominal"),
    field("abv", "decimal", "Alcohol", "Alcool", unit="% vol", max="100", printed=True),
    field("story", "long", "Account", "Récit", privacy="nominal"),
]  # fmt: skip
USED = ("unit", "bottle", "litre", "ml", "kg")
LISTS = {
    "appendices": [
        {"code": "I", "label": words("Appendix I", "Annexe I")},
        {"code": "II", "label": words("Appendix II", "Annexe II")},
    ],
    "animal_marks": [
        {"code": "RING", "label": words("Ring", "Bague")},
        {"code": "CHIP", "label": words("Chip", "Puce")},
        {"code": "NONE", "label": words("None", "Aucune")},
    ],
}
ANIMAL = {
    "code": "live_animal",
    "label": words("live animal", "animal vivant"),
    "fields": [each["code"] for each in FIELDS if each["code"] not in ("story", "abv")],
    "required": ["added.species", "added.appendix"],
    "asked": ["net_weight_kg"],
    "safety": words("It may bite.", "Il peut mordre."),
}


def pack(**changes: Any) -> dict[str, Any]:
    """The pack as a file holds it, with some of its fields changed."""
    whole: dict[str, Any] = json.loads(shipped_packs()["SAMPLE-MED"])
    for reason in whole["reasons"]:
        reason.pop("for", None)  # of the goods that these replace
    tortoise = {
        "code": "TORTOISE", "label": words("Tortoise", "Tortue"), "profile": "live_animal",
        "units": ["unit"], "fields": ["story"], "hs": [{"edition": "2022", "code": "0106.20"}],
    }  # fmt: skip
    cash = {"code": "CASH", "label": words("Cash", "Espèces"), "profile": "equipment",
            "units": ["unit"], "dimensions": ["money"]}  # fmt: skip
    spirit = {
        "code": "SPIRIT", "label": words("Spirits", "Spiritueux"), "profile": "equipment",
        "units": ["bottle"], "dimensions": ["volume"], "contents": ["ml", "litre"],
        "fields": ["abv"],
        "measure": {"unit": "lpa", "of": "content", "percent": "added.abv"},
    }  # fmt: skip
    ivory = {"code": "IVORY", "label": words("Ivory", "Ivoire"), "profile": "equipment",
             "units": ["unit"], "measure": {"unit": "kg"}}  # fmt: skip
    whole |= {
        "format": FORMAT, "id": "TEST-WILD", "fields": FIELDS, "lists": LISTS,
        "profiles": [ANIMAL], "categories": [tortoise, cash, spirit, ivory],
        "dimensions": [{"code": "alcohol", "label": words("litres of pure alcohol",
                                                           "litres d’alcool pur")}],
        "units": [
            *(unit for unit in whole["units"] if unit["code"] in USED),
            {"code": "lpa", "label": words("litre of pure alcohol", "litre d’alcool pur"),
             "plural": words("litres of pure alcohol", "litres d’alcool pur"),
             "dimension": "alcohol", "whole": False},
            *({"code": code, "label": words(code, code), "plural": words(code, code),
               "dimension": "money", "whole": False} for code in ("EUR", "USD")),
        ],
    }  # fmt: skip
    return {**whole, **changes}


def with_category(**changes: Any) -> dict[str, Any]:
    """The pack with its first category changed."""
    first, *others = pack()["categories"]
    return pack(categories=[{**first, **changes}, *others])


def with_unit(**changes: Any) -> dict[str, Any]:
    """The pack with its first unit changed."""
    first, *others = pack()["units"]
    return pack(units=[{**first, **changes}, *others])


def pack_file(**changes: Any) -> bytes:
    """The bytes of the file."""
    return json.dumps(pack(**changes), ensure_ascii=False, indent=1).encode()


@cache
def checklist() -> Checklist:
    """The pack in force at a post."""
    data = pack_file()
    return Checklist(read_pack(data, "wild.json"), PackHash.of(data), terms())


ADDED: dict[str, Any] = {
    "species": "Testudo graeca",
    "appendix": "II",
    "marks_seen": ["RING", "CHIP"],
    "permit_no": "XA-77",
    "permit_country": "MA",
    "permit_expiry": "2027-01-31",
    "alive": True,
    "dead": 2,
    "length": "12,50",
    "price": "1250 eur",
    "chips": [CHIP, "276098106000002"],
    "keeper": "Amina Rahimi",
}
"""Values as a person, or another program, writes them."""


def line(**added: Any) -> dict[str, Any]:
    """A line with tortoises; `added` changes the values of the pack's fields."""
    return {
        "category": "TORTOISE",
        "description": "Tortoises wrapped in tape",
        "quantity": "12",
        "unit": "unit",
        "reasons": ["PROHIBITED"],
        "bag_no": "XB0100771",
        "added": {**ADDED, **added},
    }


def document(**added: Any) -> dict[str, Any]:
    """A record of tortoises in the mail."""
    return over(a_document(), {"goods": [line(**added)]})
