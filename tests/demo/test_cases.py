"""Invented interceptions are such as a post records."""

from __future__ import annotations

import hashlib

import pytest

from acts.interception.begin_draft import opening, over
from demo.cases import Invented
from demo.finds import EVERY, FINDS, SECOND, invent_next, is_second
from demo.practice import STATION, record_one
from domain.document import Document, part_at, text_at
from domain.faults import examine
from domain.numbers import check_number
from storage import cases
from storage.workstation import Workstation
from system.shipped import shipped_packs
from tests.builders import NIGHT, a_checklist, a_photo

KINDS = {"postal_item_id": "s10", "awb_no": "awb", "container_no": "iso6346"}


def as_typed(case: Invented) -> Document:
    """The document as the desk would hold it once the photos are in."""
    ground = opening(STATION, a_checklist(case.pack), case.officer, NIGHT)
    photos = [
        {"role": shot.role, "sha256": hashlib.sha256(shot.file_name.encode()).hexdigest()}
        for shot in case.shots
    ]
    record = "019346a1-7c1e-7000-8000-000000000000"
    return over(ground, case.document) | {"photos": photos, "record_id": record}


@pytest.mark.parametrize("number", range(40))
def test_an_invented_interception_can_be_final(number: int) -> None:
    case = invent_next(3, number, NIGHT)

    faults = examine(as_typed(case), a_checklist(case.pack), NIGHT).faults

    assert [fault for fault in faults if not fault.warns] == []


def test_packs_alternate_and_modes_vary() -> None:
    invented = [invent_next(3, number, NIGHT) for number in range(40)]

    assert [case.pack for case in invented[:2]] == ["SAMPLE-MED", "SAMPLE-SYN"]
    assert {case.pack for case in invented[:12]} == set(shipped_packs())
    assert {text_at(case.document, "consignment.mode") for case in invented} >= {
        "mail", "express", "air_passenger", "road_freight", "road_passenger", "sea_container"
    }  # fmt: skip


def test_the_finds_have_what_makes_their_goods_what_they_are() -> None:
    finds = [invent_next(3, 2 + EVERY * number, NIGHT) for number in range(len(FINDS))]
    tortoises, cigarettes, spirits, cash = (case.document for case in finds)
    line = "goods.0."
    assert text_at(tortoises, f"{line}added.species") == "Testudo graeca"
    assert text_at(cigarettes, "conveyance.trailer_registration")
    assert text_at(cigarettes, "consignment.road_note_no").startswith("CMR ")
    assert text_at(spirits, f"{line}added.abv") == "40"
    assert [text_at(cash, f"goods.{number}.unit") for number in (0, 1)] == ["EUR", "USD"]
    drawn = [shot.draw() for case in finds for shot in case.shots]
    assert len(set(drawn)) == len(drawn)


def test_identifiers_have_right_check_digits() -> None:
    for number in range(40):
        held = part_at(invent_next(4, number, NIGHT).document, "consignment")
        for name, kind in KINDS.items():
            if name in held:
                assert check_number(kind, text_at(held, name)).right, held[name]


def test_the_same_seed_invents_the_same() -> None:
    one, two = (invent_next(5, 8, NIGHT) for _ in range(2))

    assert one.document == two.document
    assert [shot.draw() for shot in one.shots] == [shot.draw() for shot in two.shots]


def test_no_two_interceptions_share_a_bag() -> None:
    bags = [
        text_at(invent_next(5, number, NIGHT).document, "goods.0.bag_no") for number in range(100)
    ]

    assert len(set(bags)) == 100


def test_a_travellers_drugs_are_of_the_same_find_as_what_was_found_before(ws: Workstation) -> None:
    found, drugs = (invent_next(3, number, NIGHT) for number in (SECOND - 1, SECOND))
    first, second = ([a_photo(n) for n, _ in enumerate(case.shots)] for case in (found, drugs))
    before = record_one(ws, found, first)
    done = record_one(ws, drugs, second, before.record)
    assert is_second(SECOND)
    one, other = (cases.read(ws.db, each.record).interception for each in (before, done))
    assert other.case == before.record
    assert other.pack.id != one.pack.id
    assert other.consignment == one.consignment
