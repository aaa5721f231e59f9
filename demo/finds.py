"""Invented finds beside parcels: of travellers, on the road and at sea, and of every pack.

Each third interception is one; they come in turn.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from random import Random

from acts.interception.begin_draft import over
from demo.cases import Invented, Shot, invent
from demo.catalogue import OFFICERS
from demo.photos import finds, goods, parcels
from demo.photos.goods import Printed
from demo.photos.picture import Picture
from domain.document import Document, text_at, texts_at, value_at
from domain.instant import Instant
from domain.numbers.check_digit import CheckRule, check_digit

EVERY = 3
SECOND = 3
"""The interception of each dozen that is of the same find as the traveller's before it."""
Scene = tuple[str, Callable[[Random], Picture]]
Find = tuple[str, Document, list[Scene]]


def invent_next(seed: int, number: int, at: Instant, destination: str = "XA") -> Invented:
    """Interception `number` (from 0) of a run: a parcel, or each third time a find."""
    if is_second(number):
        return _second_of_find(seed, number, at, destination)
    if number % EVERY != EVERY - 1:
        return invent(seed, number, at, destination)
    chance = Random(f"{seed}/{number}")
    seized = at.plus(minutes=-1 - chance.randrange(5))
    kind = FINDS[number // EVERY % len(FINDS)]
    pack, document, scenes = kind(chance, f"SB{seed % 1000:03}-{number + 1:06}")
    served: Document = {"served": "none"}
    if texts_at(document, "persons.parties.0.role"):
        served = {"served": "person", "served_at": str(seized.plus(minutes=1))}
        served["holder_signature"] = "signed"
    times = {"detected_at": str(seized.plus(minutes=-24)), "seized_at": str(seized)}
    flown = {"flight_date": str(seized.local_date)}
    document = over(
        document,
        {
            "conveyance": flown if text_at(document, "conveyance.flight_no") else {},
            "occasion": times,
            "route": {"destination_country": destination},
            "legal": {"action": "seizure"} | served,
        },
    )
    shots = []
    for index, (role, draw) in enumerate(scenes):
        taken = seized.plus(minutes=index - len(scenes)).local
        name = f"IMG_{taken:%Y%m%d_%H%M%S}_{index + 1}.jpg"
        shots.append(Shot(role, name, partial(_photo, draw, chance.random(), taken)))
    return Invented(pack, chance.choice(OFFICERS), document, tuple(shots))


def is_second(number: int) -> bool:
    """Whether the interception is of the same find as the one before it."""
    return number % (EVERY * len(FINDS)) == SECOND


def _second_of_find(seed: int, number: int, at: Instant, destination: str) -> Invented:
    """Drugs in the baggage in which other goods were found: another checklist, the same find."""
    first = invent_next(seed, number - 1, at, destination)
    drugs = invent(seed, number, at, destination)
    document = over(
        {**first.document, "goods": drugs.document["goods"], "legal": drugs.document["legal"]},
        {"detection": {"field_test": value_at(drugs.document, "detection.field_test")}},
    )
    shots = [shot for shot in drugs.shots if shot.role != "overview"]
    overview = next(shot for shot in first.shots if shot.role == "overview")
    return Invented(drugs.pack, first.officer, document, (overview, *shots))


def _photo(draw: Callable[[Random], Picture], ink: float, taken: datetime) -> bytes:
    return draw(Random(ink)).finish(taken)


def _tortoises(chance: Random, bag: str) -> Find:
    count = chance.randrange(6, 13)
    flight = f"AX{chance.randrange(100, 999)}"
    document: Document = {
        "occasion": {"place_type": "airport_passenger", "place_text": "Arrivals, red channel"},
        "consignment": {"mode": "air_passenger"},
        "conveyance": {"flight_no": flight},
        "route": {"origin_country": "MA", "dispatch_country": "MA"},
        "detection": {
            "methods": ["XRAY", "SEARCH"],
            "indicators": ["T1", "T3"],
            "concealment": ["BAG_GOODS"],
        },
        "goods": [
            {
                "category": "TORTOISE",
                "description": "Live tortoises, wrapped one by one in socks",
                "quantity": str(count),
                "unit": "specimen",
                "reasons": ["NO_PERMIT"],
                "bag_no": bag,
                "added": {
                    "species": "Testudo graeca",
                    "appendix": "II",
                    "source": "W",
                    "permit_kind": "NONE",
                    "state": "SOME_DEAD",
                    "dead": 1,
                    "kept_at": "Aster Rescue Centre",
                },
            }
        ],
        "persons": {"involved": 1, "detained": 0, "parties": [_person("traveller", "K. Demir")]},
        "legal": {
            "legal_basis": ["SAMPLE-SPECIES-6", "SAMPLE-SPECIES-11"],
            "grounds": "The X-ray image showed domed shapes among clothes. The traveller could show"
            " no permit; the animals were alive but for one, and dry.",
        },
    }
    contents: Scene = ("contents", lambda c: finds.tortoises(c, count))
    return "SAMPLE-CITES", document, [("overview", finds.suitcase), contents]


def _cigarettes(chance: Random, bag: str) -> Find:
    trailer, seal = f"XT {chance.randrange(100, 999)} KL", f"SL{chance.randrange(10**5, 10**6)}"
    document: Document = {
        "occasion": {"place_type": "land_border", "place_text": "Lane 4, lorries"},
        "consignment": {
            "mode": "road_freight",
            "road_note_no": f"CMR {chance.randrange(10**5, 10**6)}",
            "seals_found": [seal],
            "seal_state": "replaced",
        },
        "conveyance": {
            "vehicle_registration": f"XB {chance.randrange(1000, 9999)}",
            "trailer_registration": trailer,
            "vehicle_country": "PL",
        },
        "route": {"origin_country": "BY", "dispatch_country": "PL"},
        "detection": {
            "methods": ["XRAY", "SEARCH"],
            "indicators": ["R1", "R3"],
            "concealment": ["CARGO_AMONG"],
        },
        "goods": [
            {
                "category": "CIGARETTE",
                "description": "Cartons of cigarettes between pallets of peat",
                "brand": "Corvette",
                "quantity": str(chance.randrange(80, 480)),
                "unit": "carton200",
                "reasons": ["DUTY_UNPAID", "NO_STAMP"],
                "bag_no": bag,
                "added": {"stamp": "ABROAD", "stamp_country": "BY", "warning_language": "Russian"},
            }
        ],
        "persons": {"involved": 1, "detained": 0, "parties": [_person("driver", "P. Wolski")]},
        "legal": {
            "legal_basis": ["SAMPLE-EXCISE-14"],
            "grounds": "The driver did not know where the peat was loaded, and the seal was of"
            " another number than in the consignment note. No excise was paid.",
        },
    }
    printed = Printed("CORVETTE", "200 cigarettes", f"C{chance.randrange(100, 999)}", "", "")
    return (
        "SAMPLE-EXCISE",
        document,
        [
            ("overview", lambda c: finds.lorry(c, trailer, seal)),
            ("marking", lambda c: goods.cartons(c, printed, blisters=False)),
        ],
    )


def _spirits(chance: Random, bag: str) -> Find:
    number = f"ASTU{chance.randrange(10**6):06}"
    number += check_digit(CheckRule.ISO6346, number)
    seal = f"SL{chance.randrange(10**5, 10**6)}"
    document: Document = {
        "occasion": {"place_type": "seaport", "place_text": "Quay 3, inspection bay"},
        "consignment": {
            "mode": "sea_container",
            "container_no": number,
            "bill_of_lading": f"BL{chance.randrange(10**8):08}",
            "seals_found": [seal],
            "seal_state": "intact",
        },
        "conveyance": {"ship_name": "Aster Bay", "voyage_no": f"{chance.randrange(100, 999)}E"},
        "route": {"origin_country": "GB", "dispatch_country": "NL"},
        "detection": {"methods": ["ADVANCE_DATA", "SEARCH"], "indicators": ["D1", "X4"]},
        "goods": [
            {
                "category": "SPIRIT",
                "description": "Bottles labelled as whisky, behind mineral water",
                "brand": "Glen Aster",
                "quantity": str(chance.randrange(60, 900)),
                "unit": "bottle",
                "content": "700",
                "content_unit": "ml",
                "reasons": ["DUTY_UNPAID", "MISDECLARED_GOODS"],
                "bag_no": bag,
                "added": {"abv": "40", "stamp": "NONE", "lot_code": "L7731"},
            }
        ],
        "persons": {"involved": 0, "detained": 0},
        "legal": {
            "legal_basis": ["SAMPLE-EXCISE-14"],
            "grounds": "Declared as mineral water. Behind two rows of water stood spirits without"
            " a stamp and without an excise document.",
        },
    }
    return (
        "SAMPLE-EXCISE",
        document,
        [
            ("overview", lambda c: parcels.container(c, number, seal)),
            ("marking", lambda c: finds.bottles(c, "Glen\nAster", "70 cl\n40 % vol")),
        ],
    )


def _cash(chance: Random, bag: str) -> Find:
    euros, dollars = chance.randrange(110, 480) * 50, chance.randrange(20, 90) * 100
    line: Document = {"category": "FOUND_CASH", "reasons": ["MONEY"]}
    document: Document = {
        "occasion": {"place_type": "land_border", "place_text": "Lane 2, cars"},
        "consignment": {"mode": "road_passenger"},
        "conveyance": {
            "vehicle_registration": f"XC {chance.randrange(1000, 9999)}",
            "vehicle_country": "NL",
        },
        "route": {"origin_country": "NL", "dispatch_country": "NL"},
        "detection": {
            "methods": ["DOG", "SEARCH"],
            "indicators": ["R2", "R6"],
            "concealment": ["CONV_DASHBOARD"],
        },
        "goods": [
            line
            | {
                "description": "Bundles in cling film behind the dashboard",
                "quantity": str(euros),
                "unit": "EUR",
                "bag_no": f"{bag}A",
                "added": {"serials": ["X10384410017", "X10384410212"]},
            },
            line
            | {
                "description": "A bundle in the same place",
                "quantity": str(dollars),
                "unit": "USD",
                "bag_no": f"{bag}B",
            },
        ],
        "persons": {"involved": 1, "detained": 1, "parties": [_person("driver", "A. Ferreira")]},
        "legal": {
            "legal_basis": ["SAMPLE-CUSTOMS-10"],
            "grounds": "The dog showed at the dashboard, whose screws were scratched. The driver"
            " declared no cash and gave two different owners.",
        },
    }
    sums = (("EUR", f"{euros:,}"), ("USD", f"{dollars:,}"))
    notes: Scene = ("overview", lambda c: finds.banknotes(c, sums))
    return "SAMPLE-SYN", document, [notes]


def _person(role: str, name: str) -> Document:
    return {"role": role, "name": name, "address": "address on the document"}


FINDS = (_tortoises, _cigarettes, _spirits, _cash)
"""The finds in turn: one of a traveller, two of freight, one of a car."""
