"""Record files as a stranger writes them from docs/exchange-format.md: one for each way goods come.

Only what the page asks for, in its own types; nothing is imported from the product.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.builders import a_photo

Sheet = dict[str, Any]

SEIZED = (datetime.now(UTC) - timedelta(days=2)).isoformat(timespec="seconds")
HAND_CREAM = "Forty blisters between two layers of hand cream; no import licence was shown."
CRYSTALS = "The X-ray showed a dense block inside a toy; the field test was positive."

TEST = {"kit": "Marquis", "result": "positive", "tester": "4417", "witness": "4431"}


def medicine(**more: Any) -> Sheet:
    """A line of pregabalin capsules."""
    line = {
        "category": "MED_PREGAB", "description": "Capsules in blisters", "quantity": 560,
        "unit": "capsule", "reasons": ["NO_AUTHORISATION"], "medicine": {"lot": "B2291"},
    }  # fmt: skip
    return {**line, **more}


def meth(**more: Any) -> Sheet:
    """A line of methamphetamine."""
    line = {
        "category": "ATS_METH", "description": "White crystals", "quantity": "0.512", "unit": "kg",
        "gross_weight_kg": "0.530", "net_weight_kg": "0.512", "weight_basis": "weighed",
        "reasons": ["CONTROLLED_1971"],
        "drug": {"substance_suspected": "methamphetamine", "form": "crystal"},
    }  # fmt: skip
    return {**line, **more}


def med(**groups: Any) -> Sheet:
    """A file of the medicines pack."""
    return _sheet("SAMPLE-MED", ("overview", "label"), "SAMPLE-MEDICINES-4", HAND_CREAM, groups) | {
        "goods": groups.get("goods", [medicine()])
    }


def syn(**groups: Any) -> Sheet:
    """A file of the drugs pack."""
    ground = {
        "detection": {
            "methods": ["XRAY", "FIELD_TEST"], "concealment": ["MAIL_TOY"],
            "field_test": TEST,
        },
        "persons": {"involved": 1, "detained": 0},
        "goods": [meth()],
    }  # fmt: skip
    return _sheet(
        "SAMPLE-SYN", ("overview", "substance"), "SAMPLE-DRUGS-3", CRYSTALS, {**ground, **groups}
    )


def _sheet(
    pack: str, roles: tuple[str, ...], basis: str, grounds: str, groups: Mapping[str, Any]
) -> Sheet:
    sheet = {
        "format": "tidewaiter-record/1",
        "pack": pack,
        "officer": "4417",
        "occasion": {"seized_at": SEIZED},
        "detection": {"methods": ["XRAY"]},
        "route": {"dispatch_country": "GB"},
        "legal": {"legal_basis": [basis], "grounds": grounds},
        "photos": [{"file": f"{role}.jpg", "role": role} for role in roles],
    }
    return {**sheet, **groups}


GOOD: dict[str, Sheet] = {
    "mail": med(consignment={"mode": "mail", "postal_item_id": "RR 473 124 829 GB"}),
    "mail, all left to the post": med(consignment={"postal_item_id": "CC 287 043 775 DE"}),
    "mail, drugs": syn(
        consignment={
            "postal_item_id": "RR000000014CN",
            "declaration": {
                "form": "cn22", "cn_category": "gift", "description": "toy", "value": "25,00",
                "currency": "EUR",
            },
        },
        route={"dispatch_country": "CN", "transit_countries": ["HK", "AE"]},
    ),
    "express": syn(
        post="EXH",
        consignment={"courier_name": "Sample Express", "courier_awb": "JD0146"},
    ),
    "air cargo": med(post="ACG", consignment={"awb_no": "125-1234 5675", "house_awb_no": "H1"}),
    "air passenger": syn(
        post="APE",
        conveyance={"flight_no": "XA123"},
        persons={
            "involved": 1, "detained": 1,
            "parties": [{"role": "traveller", "name": "Ada Example", "document_no": "C01X00T47"}],
        },
    ),
    "air passenger, two travellers": med(
        post="APE",
        conveyance={"flight_no": "XA 77"},
        persons={"involved": 2, "parties": [{"role": "traveller", "name": "陈伟明"},
                                            {"role": "traveller", "name": "สมชาย ใจดี"}]},
        goods=[medicine(bag_no="XB 7001"), medicine(bag_no="XB 7002")],
        legal={
            "legal_basis": ["SAMPLE-MEDICINES-4"],
            "grounds": "行李中发现大量未申报的白色药片，无许可证",
        },
    ),
    "sea container": med(
        post="SPT",
        consignment={
            "container_no": "CSQU3054383", "seals_found": ["A1"], "seal_state": "broken",
            "bill_of_lading": "BL-1",
        },
        conveyance={"imo_no": "9319466"},
    ),
    "bulk": syn(
        post="SPT",
        consignment={"mode": "sea_other", "bill_of_lading": "BL-2", "gross_weight_kg": 24000},
        conveyance={"imo_no": "IMO 9319466"},
        detection={"methods": ["DOCUMENTS"], "concealment": ["CARGO_AMONG"], "field_test": TEST},
        goods=[
            meth(category="PREC_T2", description="Acetone", quantity=24000, unit="kg",
                 net_weight_kg=24000, gross_weight_kg=24150,
                 reasons=["MISDECLARED_GOODS"], weight_basis="declared",
                 drug={"substance_suspected": "acetone"})
        ],
        photos=[{"file": "overview.jpg", "role": "overview"},
                {"file": "label.jpg", "role": "label"}],
    ),
    "yacht": syn(
        post="SPT",
        occasion={"seized_at": SEIZED, "latitude": 51.5, "longitude": "-0.1",
                  "place_type": "seaport"},
        consignment={"mode": "sea_other"},
        detection={"methods": ["INTELLIGENCE"], "concealment": ["CONV_HULL"], "field_test": TEST},
    ),
    "lorry under TIR": med(
        occasion={"seized_at": SEIZED, "place_text": "Border crossing West, lane 4",
                  "place_type": "land_border", "customs_direction": "transit"},
        consignment={"mode": "road_freight", "manifest_ref": "TIR XA 123456",
                     "seals_found": ["T-1", "T-2"], "seal_state": "intact"},
        conveyance={"vehicle_registration": "XA 12 ABC", "vehicle_country": "DE"},
        route={"dispatch_country": "DE", "destination_country": "XA"},
    ),
    "car": syn(
        occasion={"seized_at": SEIZED, "place_text": "Border crossing West", "unlocode": "XAWST",
                  "place_type": "land_border"},
        consignment={"mode": "road_passenger"},
        conveyance={"vehicle_registration": "XA 99 CAR", "vehicle_country": "XA"},
        detection={"methods": ["DOG"], "concealment": ["CONV_TYRE"], "field_test": TEST},
    ),
    "train": med(
        occasion={"seized_at": SEIZED, "place_text": "Central station", "place_type": "rail"},
        consignment={"mode": "rail"},
        conveyance={"train_no": "EC 173"},
    ),
    "on foot": med(
        occasion={"seized_at": SEIZED, "place_text": "Footbridge South",
                  "place_type": "land_border"},
        consignment={"mode": "other"},
        persons={"involved": 1, "parties": [{"role": "traveller", "name": "Bo Sample"}]},
        remarks="Came on foot with a rucksack.",
    ),
    "inland": med(
        occasion={"seized_at": SEIZED, "place_text": "Warehouse 9", "place_type": "warehouse"},
        consignment={"mode": "other"},
        remarks="Found in a store room; how it came is not known.",
        legal={"action": "detention", "legal_basis": ["SAMPLE-MEDICINES-4"],
               "grounds": HAND_CREAM, "served": "none"},
    ),
}  # fmt: skip
"""By the way the goods came. None of them deserves a remark."""


def write(folder: Path, sheet: Mapping[str, Any], shade: int) -> Path:
    """The file with its photos beside it; another shade gives other photos."""
    folder.mkdir(parents=True, exist_ok=True)
    for place, photo in enumerate(sheet.get("photos") or []):
        (folder / photo["file"]).write_bytes(a_photo(shade + place, size=(64, 48)))
    file = folder / "record.json"
    file.write_text(json.dumps(sheet, ensure_ascii=False), encoding="utf-8")
    return file


def changed(sheet: Mapping[str, Any], path: str, value: Any) -> Sheet:
    """A copy with another value at `path` (`goods.0.unit`); groups on the way are made."""
    copied = copy.deepcopy(dict(sheet))
    place: Any = copied
    *way, last = path.split(".")
    for part in way:
        place = place[int(part)] if isinstance(place, list) else place.setdefault(part, {})
    if isinstance(place, list):
        place[int(last)] = value
    else:
        place[last] = value
    return copied
