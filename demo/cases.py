"""Invented interceptions: the same seed and number give the same one, with the same photos."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from random import Random

from PIL import Image

from demo.catalogue import (
    ADDRESSEES,
    COURIERS,
    CURRENCY,
    MEDICINES,
    OFFICERS,
    SENDERS,
    SUBSTANCES,
    DemoMedicine,
    Substance,
)
from demo.photos import bench, goods, parcels
from demo.photos.goods import Printed
from demo.photos.labels import Stated
from demo.photos.picture import Picture
from domain.document import Document, texts_at
from domain.instant import Instant
from domain.numbers import s10
from domain.numbers.check_digit import CheckRule, check_digit

PACKS = ("SAMPLE-MED", "SAMPLE-SYN")
MAKER = "Medivance Laboratories"
BAG_KG = 0.021
"""Weight of an empty evidence bag."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A photo that an officer took; it is drawn when it is needed."""

    role: str
    file_name: str
    draw: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Invented:
    """One interception as an officer would type it, and its photos."""

    pack: str
    officer: str
    document: Document
    shots: tuple[Shot, ...]


def invent(seed: int, number: int, at: Instant, destination: str = "XA") -> Invented:
    """Interception `number` (from 0) of a run; packs alternate. It was seized just before `at`."""
    chance = Random(f"{seed}/{number}")
    seized = at.plus(minutes=-1 - chance.randrange(5))
    pack = PACKS[number % 2]
    if pack == PACKS[0]:
        thing: DemoMedicine | Substance = MEDICINES[number // 2 % len(MEDICINES)]
    else:
        thing = SUBSTANCES[number // 2 % len(SUBSTANCES)]
    trip = _trip(chance, thing)
    bag = f"SB{seed % 1000:03}-{number + 1:06}"
    line, printed, weight = _line(chance, thing, seized, bag)
    stated = replace(
        trip.stated,
        description=thing.declared_as,
        pieces=chance.randrange(1, 12),
        weight_kg=f"{weight * chance.choice((1.0, 0.98, 0.5)):.3f}",
        value=f"{chance.randrange(5, 80)} {CURRENCY[trip.sender[3]]}",
        hs_code=chance.choice(("2106.90", "3304.99", "9503.00", "4901.99")),
    )
    consignment = trip.consignment | {
        "gross_weight_kg": f"{weight + 0.4:.3f}",
        "declaration": {
            "form": trip.form,
            "description": stated.description,
            "value": stated.value.split()[0],
            "currency": stated.value.split()[1],
            "weight_kg": stated.weight_kg,
        }
        | ({"cn_category": stated.category} if trip.form.startswith("cn") else {}),
    }
    document: Document = {
        "consignment": consignment,
        "route": trip.route | {"destination_country": destination},
        "occasion": {"detected_at": str(seized.plus(minutes=-24)), "seized_at": str(seized)}
        | trip.place,
        "detection": _detection(chance, thing, seized),
        "goods": [line],
        "persons": {"involved": 1, "detained": 0, "parties": _parties(trip)},
        "legal": _legal(thing, seized),
    }
    shots = tuple(_shots(chance, thing, trip, _Shown(stated, printed, weight, bag, seized)))
    return Invented(pack, chance.choice(OFFICERS), document, shots)


@dataclass(frozen=True, slots=True)
class _Trip:
    """How it travelled: fields of consignment, route and place, and the text of its label."""

    consignment: Document
    route: Document
    place: dict[str, str]
    sender: tuple[str, str, str, str]
    addressee: tuple[str, str, str]
    form: str
    stated: Stated
    container: str = ""


@dataclass(frozen=True, slots=True)
class _Shown:
    stated: Stated
    printed: Printed
    weight: float
    bag: str
    at: Instant


def _trip(chance: Random, thing: DemoMedicine | Substance) -> _Trip:
    sender, addressee = chance.choice(SENDERS), chance.choice(ADDRESSEES)
    country = sender[3]
    mode = chance.choices(("mail", "express", "air_cargo", "sea_container"), (62, 20, 11, 7))[0]
    if isinstance(thing, Substance) and thing.concealment.startswith("MAIL"):
        mode = chance.choice(("mail", "mail", "express"))
    serial = f"{chance.randrange(10**8):08}"
    consignment: Document = {"mode": mode}
    place: dict[str, str] = {}
    form, number, carrier, container = "commercial", "", "", ""
    if mode == "mail":
        form = chance.choice(("cn22", "cn23"))
        prefix = {"cn22": ("RR", "RN", "LX", "UA"), "cn23": ("CP", "CC", "EE")}[form]
        number = f"{chance.choice(prefix)}{serial}{s10.check_digit(serial)}{country}"
        consignment["postal_item_id"] = number
    elif mode == "express":
        carrier, number = chance.choice(COURIERS), f"{chance.randrange(10**9, 10**10)}"
        consignment |= {"courier_name": carrier, "courier_awb": number}
        place = {"place_type": "express_hub", "place_text": "Express shed, hall 2"}
    elif mode == "air_cargo":
        carrier, number = "Aster Air Cargo", f"020{serial[:7]}{int(serial[:7]) % 7}"
        consignment["awb_no"] = number
        place = {"place_type": "air_cargo", "place_text": "Cargo shed 4, gate B"}
    else:
        container = "ASTU" + serial[:6]
        container += check_digit(CheckRule.ISO6346, container)
        carrier, number = "Aster Line", f"BL{serial}"
        seals = [f"SL{chance.randrange(10**5, 10**6)}"]
        consignment |= {"container_no": container, "bill_of_lading": number}
        consignment |= {"seals_found": seals, "seal_state": "intact"}
        place = {"place_type": "seaport", "place_text": "Quay 3, inspection bay"}
    transit = {"NL": ["CN"], "PL": ["IN"]}.get(country, [])
    route: Document = {
        "origin_country": transit[0] if transit else country,
        "dispatch_country": country,
    }
    stated = Stated(
        number,
        (*sender[:3], sender[3]),
        (*addressee, "XA"),
        "",
        chance.choice(("gift", "sample")),
        1,
        "",
        "",
        carrier,
        country,
    )
    if transit:
        route["transit_countries"] = transit
    return _Trip(consignment, route, place, sender, addressee, form, stated, container)


def _line(
    chance: Random, thing: DemoMedicine | Substance, seized: Instant, bag: str
) -> tuple[Document, Printed, float]:
    """The goods line, the print on the goods, and their net weight in kilograms."""
    common: Document = {
        "category": thing.category,
        "description": thing.description,
        "reasons": list(thing.reasons),
        "condition": chance.choice(
            ("packing intact", "carton opened for inspection", "one pack crushed")
        ),
        "bag_no": bag,
        "storage_location": f"E{chance.randrange(1, 5)}-{chance.randrange(1, 40):02}",
    }
    if isinstance(thing, DemoMedicine):
        return _medicine_line(chance, thing, seized, common)
    return _substance_line(chance, thing, common)


def _medicine_line(
    chance: Random, thing: DemoMedicine, seized: Instant, common: Document
) -> tuple[Document, Printed, float]:
    packs = chance.randrange(4, 60)
    lot = f"{thing.name[:2].upper()}{chance.randrange(1000, 9999)}{chance.choice('ABCDK')}"
    expiry = f"{seized.local.year + chance.randrange(1, 4)}-{chance.randrange(1, 13):02}"
    weight = round(packs * chance.uniform(0.02, 0.06), 3)
    medicine = {
        "inn": thing.inn,
        "strength": thing.strength,
        "dosage_form": thing.dosage_form,
        "lot": lot,
        "expiry": expiry,
        "manufacturer_on_label": MAKER,
        "who_class": thing.who_class,
    }
    line = common | {
        "brand": thing.name,
        "packs": packs,
        "units_per_pack": thing.per_pack,
        "quantity": packs * thing.per_pack,
        "unit": thing.unit,
        "gross_weight_kg": f"{weight:.3f}",
        "weight_basis": "with_packaging",
        "medicine": {name: value for name, value in medicine.items() if value},
    }
    return line, Printed(thing.name, thing.strength, lot, expiry, MAKER, thing.colour), weight


def _substance_line(
    chance: Random, thing: Substance, common: Document
) -> tuple[Document, Printed, float]:
    if thing.unit == "tablet":
        count = chance.randrange(thing.most // 4, thing.most)
        quantity, weight = str(count), round(count * 0.00031, 3)
    elif thing.unit == "g":
        grams = round(chance.uniform(thing.most * 0.2, thing.most), 1)
        quantity, weight = f"{grams:.1f}", round(grams / 1000, 3)
    else:
        weight = round(chance.uniform(0.3, thing.most), 3)
        quantity = f"{weight:.3f}"
    drug = {"substance_suspected": thing.suspected, "form": thing.form, "cas_no": thing.cas_no}
    line = common | {
        "quantity": quantity,
        "unit": thing.unit,
        "net_weight_kg": f"{weight:.3f}",
        "gross_weight_kg": f"{weight + BAG_KG:.3f}",
        "weight_basis": "weighed",
        "drug": {name: value for name, value in drug.items() if value},
    }
    return line, Printed(thing.suspected[:1].upper(), colour=thing.colour), weight


def _detection(chance: Random, thing: DemoMedicine | Substance, seized: Instant) -> Document:
    if isinstance(thing, DemoMedicine):
        return {
            "methods": chance.sample(("RISK_PROFILE", "DOCUMENTS", "XRAY", "SEARCH"), 2),
            "indicators": chance.sample(("D1", "D2", "D3", "D6", "P2", "P6", "P9", "S2"), 2),
        }
    return {
        "methods": ["XRAY", "FIELD_TEST"] if chance.random() < 0.6 else ["DOG", "FIELD_TEST"],
        "indicators": chance.sample(("M1", "M2", "M3", "M4", "M6", "M9"), 2),
        "concealment": [thing.concealment],
        "concealment_text": f"Declared as {thing.declared_as}; found under it.",
        "field_test": {
            "kit": "Reagent set 7",
            "lot": "RS7-2214",
            "expiry": f"{seized.local.year + 1}-06",
            "result": chance.choice(("positive", "positive", "inconclusive")),
            "tester": "XA-4471",
            "witness": "XA-4502",
        },
    }


def _parties(trip: _Trip) -> list[Document]:
    return [
        {"role": "shipper", "name": trip.sender[0], "address": ", ".join(trip.sender[1:])},
        {"role": "consignee", "name": trip.addressee[0], "address": ", ".join(trip.addressee[1:])},
    ]


def _legal(thing: DemoMedicine | Substance, seized: Instant) -> Document:
    second = "SAMPLE-MEDICINES-4" if isinstance(thing, DemoMedicine) else "SAMPLE-DRUGS-3"
    return {
        "action": "seizure",
        "legal_basis": ["SAMPLE-CUSTOMS-10", second],
        "grounds": thing.grounds,
        "served": "post",
        "served_at": str(seized.plus(minutes=1)),
        "holder_signature": "absent",
    }


def _shots(
    chance: Random, thing: DemoMedicine | Substance, trip: _Trip, shown: _Shown
) -> Iterator[Shot]:
    scenes: list[tuple[str, Callable[[Random], Picture]]] = []
    if trip.container:
        (seal,) = texts_at(trip.consignment, "seals_found")
        scenes.append(("overview", lambda c: parcels.container(c, trip.container, seal)))
    else:
        scenes.append(("overview", lambda c: parcels.parcel(c, shown.stated, trip.form)))
    scenes.append(("label", lambda c: parcels.label_close(c, shown.stated, trip.form)))
    if isinstance(thing, DemoMedicine):
        scenes += _medicine_scenes(thing, shown.printed)
    else:
        scenes += _substance_scenes(chance, thing, shown)
    if chance.random() < 0.6:
        inside = _blister if isinstance(thing, DemoMedicine) else _powder_bag
        scenes.append(("seal", lambda c: bench.seal_bag(c, shown.bag, inside(c, shown))))
    for index, (role, draw) in enumerate(scenes):
        taken = shown.at.plus(minutes=index - len(scenes)).local
        name = f"IMG_{taken:%Y%m%d_%H%M%S}_{index + 1}.jpg"
        ink = chance.random()
        yield Shot(role, name, partial(_photo, draw, ink, taken))


def _photo(draw: Callable[[Random], Picture], ink: float, taken: datetime) -> bytes:
    return draw(Random(ink)).finish(taken)


def _blister(chance: Random, shown: _Shown) -> Image.Image:
    return goods.blister(chance, shown.printed, front=True)


def _powder_bag(chance: Random, shown: _Shown) -> Image.Image:
    return goods.powder_bag(chance, shown.printed)


def _medicine_scenes(
    thing: DemoMedicine, printed: Printed
) -> Iterator[tuple[str, Callable[[Random], Picture]]]:
    if thing.picture == "vials":
        yield "contents", lambda c: goods.vials(c, printed)
    elif thing.picture == "boxes":
        yield "contents", lambda c: goods.opened(c, printed)
    else:
        yield "inner_packing", lambda c: goods.cartons(c, printed)


def _substance_scenes(
    chance: Random, thing: Substance, shown: _Shown
) -> Iterator[tuple[str, Callable[[Random], Picture]]]:
    kind = "rows" if thing.form == "tablet" else "dense"
    if chance.random() < 0.5:
        yield "xray", lambda c: bench.xray(c, kind)
    if thing.form == "tablet":
        yield "substance", lambda c: goods.tablets(c, shown.printed)
    else:
        yield "substance", lambda c: goods.powder(c, shown.printed, shown.bag)
    weight = f"{shown.weight + BAG_KG:.3f}"
    yield "scale_display", lambda c: bench.scale(c, weight, goods.powder_bag(c, shown.printed))
