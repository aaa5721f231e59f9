"""Codes that a pack has for some goods or modes of transport stand only there."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from domain.faults import examine
from domain.ids import PackHash
from domain.pack.checklist import Checklist
from domain.pack.read import read_pack
from system.shipped import terms
from tests import wildlife
from tests.builders import NIGHT
from tests.domain.pack_files import as_file, checked

ANIMALS, CASH, ALL = "SAMPLE-CUSTOMS-10", "SAMPLE-CUSTOMS-12", "SAMPLE-MEDICINES-4"


def number_of(reason: str) -> int:
    """The place of a reason in its list."""
    return [code["code"] for code in wildlife.pack()["reasons"]].index(reason)


def limited(**by_code: list[str]) -> dict[str, Any]:
    """The pack with reasons, bases, photo roles and appendices for some goods alone."""
    pack = deepcopy(wildlife.pack())
    lists = ("reasons", "legal_bases", "photo_roles", "indicators")
    codes = [code for name in lists for code in pack[name]] + pack["lists"]["appendices"]
    for code in codes:
        if code["code"] in by_code:
            code["for"] = by_code[code["code"]]
    return pack


def checklist(pack: dict[str, Any]) -> Checklist:
    data = as_file(pack)
    return Checklist(read_pack(data, "wild.json"), PackHash.of(data), terms())


PACK = limited(
    **{ANIMALS: ["live_animal"], CASH: ["CASH"]},
    EXPIRED=["CASH", "mail", "express"], PROHIBITED=["live_animal"], overview=["CASH"],
    label=["live_animal", "air_cargo"], I=["CASH"],
)  # fmt: skip
CHECKLIST = checklist(PACK)


def document(*categories: str, reasons: str = "PROHIBITED", **legal: Any) -> dict[str, Any]:
    """A record with a line for each category."""
    record = wildlife.document()
    record["goods"] = [
        wildlife.line() if each == "TORTOISE" else
        {"category": each, "quantity": "3", "unit": "unit", "description": "Banknotes"}
        for each in categories
    ]  # fmt: skip
    for number, line in enumerate(record["goods"]):
        line |= {"reasons": [reasons], "bag_no": f"XB010077{number}"}
    record["legal"] |= legal
    return record


def told(record: dict[str, Any], of: Checklist = CHECKLIST) -> list[tuple[str, str]]:
    kinds = ("code_of_other_goods", "code_of_other_modes", "goods_without_law")
    found = examine(record, of, NIGHT).faults
    assert all(not fault.warns for fault in found if fault.kind.code in kinds)
    return [(fault.path, fault.kind.code) for fault in found if fault.kind.code in kinds]


def test_a_reason_for_other_goods_is_a_fault_of_its_line() -> None:
    """Cash cannot be seized for a reason that is for animals."""
    right = document("TORTOISE", legal_basis=[ANIMALS])
    assert told(right) == []
    assert told(document("CASH", legal_basis=[CASH])) == [
        ("goods.0.reasons", "code_of_other_goods")
    ]
    both = document("TORTOISE", "CASH", legal_basis=[ANIMALS, CASH])
    assert told(both) == [("goods.1.reasons", "code_of_other_goods")]
    fault = next(f for f in examine(both, CHECKLIST, NIGHT).faults if f.path == "goods.1.reasons")
    assert "PROHIBITED" in str(fault)
    assert "is not for CASH" in str(fault)


def test_a_reason_for_other_modes_is_a_fault() -> None:
    record = document("CASH", reasons="EXPIRED", legal_basis=[CASH])
    assert told(record) == []
    record["consignment"]["mode"] = "sea_container"
    assert told(record) == [("goods.0.reasons", "code_of_other_modes")]
    record["consignment"]["mode"] = None
    assert told(record) == []


def test_a_field_of_the_pack_chooses_what_is_for_its_goods() -> None:
    record = wildlife.document(appendix="I")
    record["legal"]["legal_basis"] = [ANIMALS]
    assert told(record) == [("goods.0.added.appendix", "code_of_other_goods")]


def test_each_line_of_goods_needs_a_legal_basis_that_is_for_it() -> None:
    path = "legal.legal_basis"
    assert told(document("TORTOISE", legal_basis=[CASH])) == [(path, "code_of_other_goods")]
    assert told(document("TORTOISE", legal_basis=[ANIMALS, CASH])) == [
        (path, "code_of_other_goods")
    ]
    mixed = document("TORTOISE", "CASH", legal_basis=[ANIMALS])
    assert (path, "goods_without_law") in told(mixed)
    mixed["legal"]["legal_basis"] = [ANIMALS, CASH]
    assert path not in dict(told(mixed))
    mixed["legal"]["legal_basis"] = [ALL]
    assert path not in dict(told(mixed))


def test_goods_that_are_not_chosen_yet_speak_against_nothing() -> None:
    record = document("TORTOISE", legal_basis=[CASH], reasons="EXPIRED")
    record["goods"][0]["category"] = None
    assert told(record) == []


@pytest.mark.parametrize(
    ("categories", "mode", "roles"),
    [
        (("TORTOISE",), "air_cargo", ("label",)),
        (("TORTOISE",), "mail", ()),
        (("CASH",), "mail", ("overview",)),
        (("CASH",), "air_cargo", ("overview",)),
        (("TORTOISE", "CASH"), "air_cargo", ("overview", "label")),
        ((), "mail", ()),
    ],
)
def test_a_photo_that_is_for_some_is_required_there_alone(
    categories: tuple[str, ...], mode: str, roles: tuple[str, ...]
) -> None:
    of = checklist({**PACK, "photos": ["overview", "label"]})
    assert of.required_photos(categories, mode) == roles


@pytest.mark.parametrize(
    ("by_code", "place", "cause"),
    [
        (
            {"EXPIRED": ["live_animals"]},
            f"$.reasons[{number_of('EXPIRED')}].for",
            "perhaps 'live_animal'",
        ),
        ({ANIMALS: ["CASH", "CASH"]}, "$.legal_bases[0].for[1]", "twice"),
        ({"I": ["tortoise"]}, "$.lists.appendices[0].for", "not a profile"),
    ],
)
def test_what_a_code_is_for_exists(by_code: dict[str, list[str]], place: str, cause: str) -> None:
    found = {fault.position: str(fault.what) for fault in checked(limited(**by_code)).faults}
    assert cause in found[place]


def test_a_code_for_a_profile_without_goods_is_remarked_on() -> None:
    check = checked(limited(EXPIRED=["drug"]))
    assert check.faults == ()
    assert ["no category has the profile 'drug'" in str(each) for each in check.remarks] == [True]


def test_goods_for_which_no_reason_or_law_is_are_refused() -> None:
    """Their records could never become final."""
    pack = wildlife.pack()
    for name in ("reasons", "legal_bases", "detection"):
        some = [{**code, "for": ["live_animal"]} for code in pack[name]]
        (fault,) = checked({**pack, name: some}).faults
        assert fault.position == "$.categories[1]"
        assert f"no code of {name} is for 'CASH'" in str(fault.what)
        assert checked({**pack, name: [*some[:-1], pack[name][-1]]}).faults == ()
    by_mail = [{**code, "for": ["mail"]} for code in pack["reasons"]]
    (remark,) = checked({**pack, "reasons": by_mail}).remarks[:1]
    assert "in these modes of transport: express" in str(remark.what)


@pytest.mark.parametrize("code", ["mail", "other", "drug", "live_animal"])
def test_one_code_is_not_two_things_that_for_may_name(code: str) -> None:
    found = {f.position: str(f.what) for f in checked(wildlife.with_category(code=code)).faults}
    assert f"'{code}' is also a" in found["$.categories[0].code"]
    assert "$.profiles[0].code" not in found


def test_a_profile_is_not_called_like_a_mode_of_transport() -> None:
    found = checked(wildlife.pack(profiles=[{**wildlife.ANIMAL, "code": "rail"}])).faults
    assert "'rail' is also a mode" in {f.position: str(f.what) for f in found}["$.profiles[0].code"]
