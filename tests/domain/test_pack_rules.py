"""Rules of a pack: what counts when, and which rules the check of a pack refuses."""

from __future__ import annotations

from typing import Any

import pytest

from domain.fault import Fault
from domain.faults import examine
from domain.fields import FIELDS
from domain.ids import PackHash
from domain.pack.checklist import Checklist
from domain.pack.read import read_pack
from domain.pack.rule import field_meant
from system.shipped import terms
from tests import wildlife
from tests.builders import NIGHT
from tests.domain.pack_files import as_file, checked
from tests.wildlife import words

LINE = "goods.0."


def ruled(*rules: dict[str, Any], everywhere: bool = False) -> dict[str, Any]:
    """The pack with these rules of its animals, or of all records."""
    if everywhere:
        return wildlife.pack(rules=list(rules))
    return wildlife.pack(profiles=[{**wildlife.ANIMAL, "rules": list(rules)}])


def told(pack: dict[str, Any], document: dict[str, Any]) -> list[Fault]:
    """What the rules of the pack find, beside what is found in each such record."""
    data = as_file(pack)
    checklist = Checklist(read_pack(data, "wild.json"), PackHash.of(data), terms())
    usual = examine(document, wildlife.checklist(), NIGHT).faults
    return [fault for fault in examine(document, checklist, NIGHT).faults if fault not in usual]


def paths(pack: dict[str, Any], document: dict[str, Any]) -> list[str]:
    return [fault.path for fault in told(pack, document)]


PERMIT = words("Goods of the appendices need a permit.", "Il faut un permis.")


def test_a_field_that_a_rule_needs_is_a_fault_in_the_words_of_the_pack() -> None:
    pack = ruled(
        {"need": "added.permit_no", "when": {"added.appendix": {"one_of": ["I", "II"]}},
         "say": PERMIT}
    )  # fmt: skip
    assert told(pack, wildlife.document()) == []
    (fault,) = told(pack, wildlife.document(permit_no=None))
    assert (fault.path, fault.kind.code, fault.warns) == (
        "goods.0.added.permit_no", "rule_needs", False
    )  # fmt: skip
    assert str(fault) == PERMIT["en"]
    assert fault.values["words"].labels("fr") == PERMIT["fr"]  # type: ignore[attr-defined]
    (fault,) = told(pack, wildlife.document(permit_no="--"))
    assert str(fault) == PERMIT["en"]


def test_a_rule_without_words_says_what_a_required_field_says() -> None:
    rule = {"when": {"added.alive": {"is": "true"}}}
    (fault,) = told(ruled({"need": "condition", **rule}), wildlife.document())
    assert (fault.path, fault.kind.code) == ("goods.0.condition", "field_missing")
    (fault,) = told(ruled({"warn": "condition", **rule}), wildlife.document())
    assert (fault.kind.code, fault.warns) == ("field_advised", True)
    (fault,) = told(ruled({"forbid": "added.dead", **rule}), wildlife.document())
    assert str(fault) == "must be empty here. Empty it."
    assert told(ruled({"forbid": "condition", **rule}), wildlife.document()) == []


def test_words_alone_stop_a_record_or_are_a_remark_at_the_first_condition() -> None:
    rule = {
        "when": {"added.permit_expiry": {"before": "occasion.seized_at"}},
        "say": words("The permit had expired.", "Permis périmé."),
    }
    old = wildlife.document(permit_expiry="2026-11-22")
    same = wildlife.document(permit_expiry="2026-11-23")
    (fault,) = told(ruled({"forbid": "text", **rule}), old)
    assert (fault.path, fault.warns) == ("goods.0.added.permit_expiry", False)
    (fault,) = told(ruled({"warn": "text", **rule}), old)
    assert fault.warns
    assert told(ruled({"forbid": "text", **rule}), same) == []


def test_a_photo_is_needed_or_forbidden_by_its_role() -> None:
    many = {"when": {"quantity": {"over": "10"}}}
    document = wildlife.document()
    assert [str(fault) for fault in told(ruled({"need": "photo:label", **many}), document)] == [
        "no photo of: label (Label as printed). Take one."  # the code does not say all of it
    ]
    document["photos"] = [{"role": "label", "sha256": "ab" * 32}]
    assert told(ruled({"need": "photo:label", **many}), document) == []
    (fault,) = told(ruled({"forbid": "photo:label", **many}), document)
    assert (fault.path, fault.warns) == ("photos.0", False)


def test_conditions_of_one_line_hold_together_in_that_line() -> None:
    rule = {
        "need": "condition",
        "when": {"added.alive": {"is": "true"}, "quantity": {"over": "20"}},
    }
    document = wildlife.document()
    document["goods"] = [
        {**wildlife.line(), "quantity": "30", "bag_no": "XB0100772",
         "added": {**wildlife.ADDED, "alive": "false"}},
        wildlife.line(),
    ]  # fmt: skip
    assert paths(ruled(rule), document) == []
    document["goods"][1]["quantity"] = "21"
    assert paths(ruled(rule), document) == ["goods.1.condition"]


def test_a_rule_of_a_profile_counts_for_its_goods_alone() -> None:
    rule = {"need": "condition"}
    document = wildlife.document()
    cash = {"category": "CASH", "quantity": "3", "unit": "unit", "reasons": ["PROHIBITED"],
            "bag_no": "XB0100773"}  # fmt: skip
    document["goods"].append(cash)
    assert paths(ruled(rule), document) == ["goods.0.condition"]
    assert paths(ruled(rule, everywhere=True), document) == [
        "goods.0.condition",
        "goods.1.condition",
    ]
    document["goods"] = [cash]
    assert paths(ruled(rule, {"need": "case_ref"}), document) == []


def test_a_field_of_the_record_is_asked_for_once_when_a_line_or_person_asks_for_it() -> None:
    rule = {
        "need": "case_ref",
        "when": {
            "goods.added.price": {"over": "1000 EUR"},
            "persons.parties.role": {"is": "consignee"},
            "detection.methods": {"filled": True},
        },
    }
    pack = ruled(rule, everywhere=True)
    document = wildlife.document()
    document["persons"] = {"parties": [{"role": "sender", "name": "A"}, {"role": "consignee"}]}
    document["goods"].append({**wildlife.line(), "bag_no": "XB0100774"})
    assert paths(pack, document) == ["case_ref"]
    document["persons"]["parties"].pop()
    assert paths(pack, document) == []
    dollars = wildlife.document(price="5000 USD")
    assert paths(ruled({"need": "case_ref", "when": {"added.price": {"over": "1000 EUR"}}},
                       everywhere=True), dollars) == []  # fmt: skip


@pytest.mark.parametrize(
    ("field", "condition", "holds"),
    [
        ("quantity", {"over": "11.9"}, True),
        ("quantity", {"over": "12"}, False),
        ("quantity", {"is": "12.0"}, True),
        ("added.length", {"over": "12.4"}, True),
        ("added.marks_seen", {"is": "CHIP"}, True),
        ("added.marks_seen", {"one_of": ["NONE"]}, False),
        ("added.alive", {"is": "false"}, False),
        ("added.price", {"over": "1249.99 EUR"}, True),
        ("added.price", {"over": "1250 EUR"}, False),
        ("added.permit_expiry", {"before": "2027-02-01"}, True),
        ("added.permit_expiry", {"before": "2027-01-31"}, False),
        ("brand", {"filled": False}, True),
        ("brand", {"filled": True}, False),
        ("brand", {"is": "any"}, False),
        ("reasons", {"is": "PROHIBITED", "one_of": ["EXPIRED"]}, False),
        ("occasion.seized_at", {"before": "legal.served_at"}, False),
        ("consignment.mode", {"is": "mail", "filled": True}, True),
    ],
)
def test_each_condition(field: str, condition: dict[str, Any], holds: bool) -> None:
    pack = ruled({"need": "condition", "when": {field: condition}})
    assert checked(pack).faults == ()
    assert bool(paths(pack, wildlife.document())) == holds


def test_what_was_counted_in_packs_counts_as_quantity() -> None:
    document = wildlife.document()
    document["goods"][0] |= {"quantity": None, "packs": "3", "units_per_pack": "4"}
    rule = {"need": "condition", "when": {"quantity": {"over": "11"}}}
    assert paths(ruled(rule), document) == ["goods.0.condition"]


def test_no_field_of_a_record_has_the_path_of_a_field_of_a_line() -> None:
    """So that a rule may leave `goods.` out."""
    leaves = [path for path, field in FIELDS.items() if field.block is None]
    assert [path for path in leaves if f"goods.{path}" in FIELDS] == []
    assert field_meant("quantity", ()) == field_meant("goods.quantity", ()) == "goods.quantity"
    assert field_meant("added.girth", ("girth",)) == "goods.added.girth"
    assert field_meant("goods", ()) is None


WHEN = {"added.alive": {"is": "true"}}


@pytest.mark.parametrize(
    ("rule", "place", "cause"),
    [
        ({"when": WHEN}, "", "need, warn or forbid"),
        ({"need": "condition", "warn": "brand"}, "", "names one thing"),
        ({"need": "conditon"}, ".need", "perhaps 'condition'"),
        ({"need": "added.permit"}, ".need", "perhaps 'added.permit_no'"),
        ({"need": "medicine"}, ".need", "has a field 'medicine'"),
        ({"need": "photo:lable"}, ".need", "perhaps 'label'"),
        ({"need": "text", "when": WHEN, "say": PERMIT}, ".need", "nothing to fill"),
        ({"warn": "text", "when": WHEN}, ".say", "are missing"),
        ({"warn": "text", "say": PERMIT}, ".when", "needs conditions"),
        ({"need": "brand", "say": {"fr": "Marque"}}, ".say", "English"),
        ({"need": "brand", "say": {"en": "Brand"}}, ".say", "'fr'"),
        ({"need": "brand", "when": {"added.aliv": {"is": "true"}}}, ".when.added.aliv", "perhaps"),
        ({"need": "brand", "when": {"model": {}}}, ".when.model", "is, one_of, filled"),
        ({"need": "brand", "when": {"model": {"equals": "x"}}}, ".when.model.equals", "no field"),
        ({"need": "brand", "when": {"reasons": {"is": "PROHIBTED"}}}, ".when.reasons.is",
         "perhaps 'PROHIBITED'"),
        ({"need": "brand", "when": {"added.appendix": {"one_of": ["I", "IX"]}}},
         ".when.added.appendix.one_of", "not on the list appendices"),
        ({"need": "brand", "when": {"added.alive": {"is": "yes"}}}, ".when.added.alive.is",
         "neither true nor false"),
        ({"need": "brand", "when": {"added.alive": {"is": True}}}, ".when.added.alive.is",
         "text in quotation marks"),
        ({"need": "brand", "when": {"model": {"over": "3"}}}, ".when.model.over",
         "a field of the kind text"),
        ({"need": "brand", "when": {"quantity": {"over": "many"}}}, ".when.quantity.over",
         "not a number"),
        ({"need": "brand", "when": {"added.price": {"over": "1000"}}}, ".when.added.price.over",
         "like 10000 EUR"),
        ({"need": "brand", "when": {"added.price": {"is": "1000 EUR"}}}, ".when.added.price.is",
         "does not fit"),
        ({"need": "brand", "when": {"quantity": {"before": "2026-01-01"}}},
         ".when.quantity.before", "does not fit"),
        ({"need": "brand", "when": {"medicine.expiry": {"before": "today"}}},
         ".when.medicine.expiry.before", "neither a day"),
        ({"need": "brand", "when": {"occasion.seized_at": {"before": "medicine.expiry"}}},
         ".when.occasion.seized_at.before", "another list"),
        ({"need": "brand", "when": {"occasion.seized_at": {"is": "2026-11-23"}}},
         ".when.occasion.seized_at.is", "does not fit"),
        ({"need": "brand", "when": []}, ".when", "parts by name"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_kept_is_refused(
    rule: dict[str, Any], place: str, cause: str
) -> None:
    for everywhere, here in ((False, "$.profiles[0].rules[0]"), (True, "$.rules[0]")):
        found = {
            each.position: str(each.what)
            for each in checked(ruled(rule, everywhere=everywhere)).faults
        }
        if cause:
            assert cause in found.get(f"{here}{place}", str(found))


def test_no_rule_asks_for_the_case_of_a_record() -> None:
    found = checked(ruled({"need": "case", "when": {"consignment.mode": {"is": "mail"}}})).faults
    assert ["first interception of a find" in str(each.what) for each in found] == [True]


def test_a_profile_has_no_rule_about_a_field_that_its_goods_do_not_have() -> None:
    fish = {**wildlife.ANIMAL, "code": "fish", "label": words("fish", "poisson"), "fields": [],
            "required": [], "rules": [{"need": "added.species"}]}  # fmt: skip
    found = checked(wildlife.pack(profiles=[wildlife.ANIMAL, fish])).faults
    assert [each.position for each in found] == ["$.profiles[1].rules[0].need"]
    assert "add it to fields" in str(found[0].what)
    fish["rules"] = [{"warn": "drug.cas_no"}, {"need": "medicine.serial"}]
    found = checked(wildlife.pack(profiles=[wildlife.ANIMAL, fish])).faults
    assert [each.position for each in found] == ["$.profiles[1].rules[0].warn"]
    assert "a field of medicines and drugs; fish has none" in str(found[0].what)


ALIVE = {"added.alive": {"is": "true"}}
CARGO = {"consignment.mode": {"one_of": ["air_cargo", "rail_freight"]}}
CHEAP, DEAR = {"added.price": {"over": "10 EUR"}}, {"added.price": {"over": "5000 EUR"}}


@pytest.mark.parametrize(
    ("need", "forbid", "found"),
    [
        ({"need": "brand"}, {"forbid": "brand"}, "fault"),
        ({"need": "brand", "when": ALIVE}, {"forbid": "brand", "when": ALIVE}, "fault"),
        ({"need": "brand"}, {"forbid": "brand", "when": ALIVE}, "fault"),
        ({"need": "brand", "when": {**ALIVE, **CARGO}},
         {"forbid": "brand", "when": CARGO}, "fault"),
        ({"need": "brand", "when": DEAR}, {"forbid": "brand", "when": CHEAP}, "fault"),
        ({"need": "brand", "when": {"added.dead": {"is": "12.0"}}},
         {"forbid": "brand", "when": {"added.dead": {"over": "3"}}}, "fault"),
        ({"need": "brand", "when": {"added.permit_expiry": {"before": "2026-01-01"}}},
         {"forbid": "brand", "when": {"added.permit_expiry": {"filled": True}}}, "fault"),
        ({"need": "brand", "when": {"brand": {"filled": False}}}, {"forbid": "brand"}, "fault"),
        ({"need": "photo:label", "when": ALIVE}, {"forbid": "photo:label"}, "fault"),
        ({"need": "brand", "when": ALIVE}, {"forbid": "brand", "when": CARGO}, "remark"),
        ({"need": "case_ref", "when": {"added.appendix": {"is": "I"}}},
         {"forbid": "case_ref", "when": {"added.appendix": {"is": "II"}}}, "remark"),
        ({"need": "brand", "when": {"reasons": {"is": "PROHIBITED"}}},
         {"forbid": "brand", "when": {"reasons": {"is": "UNDECLARED"}}}, "remark"),
        ({"need": "brand", "when": {"added.appendix": {"is": "I"}}},
         {"forbid": "brand", "when": {"added.appendix": {"is": "II"}}}, ""),
        ({"need": "brand", "when": {"added.dead": {"is": "2"}}},
         {"forbid": "brand", "when": {"added.dead": {"over": "3"}}}, ""),
        ({"need": "brand", "when": {"model": {"filled": False}}},
         {"forbid": "brand", "when": {"model": {"is": "x"}}}, ""),
        ({"need": "brand"}, {"forbid": "brand", "when": {"brand": {"is": "x"}}}, ""),
        ({"need": "brand"}, {"forbid": "model"}, ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("everywhere", [False, True])
def test_what_is_needed_and_forbidden_at_once_is_told(
    need: dict[str, Any], forbid: dict[str, Any], found: str, everywhere: bool
) -> None:
    need = {**need, "when": need.get("when", {})}
    here = "$.profiles[0].rules[0].forbid"
    pack = wildlife.pack(
        rules=[need] if everywhere else [],
        profiles=[{**wildlife.ANIMAL, "rules": [forbid] if everywhere else [forbid, need]}],
    )
    check = checked(pack)
    told = {each.position: ("remark" if each.warns else "fault", str(each.what))
            for each in (*check.faults, *check.remarks)}  # fmt: skip
    kind, what = told.get(here, ("", ""))
    assert kind == found, told
    if found:
        rule = "$.rules[0].need" if everywhere else "$.profiles[0].rules[1].need"
        assert what.startswith(f"{rule} needs '")


def test_a_rule_does_not_forbid_what_the_goods_require() -> None:
    forbid = {"forbid": "added.species", "when": ALIVE}
    for pack, who in (
        (wildlife.pack(rules=[forbid]), "$.profiles[0].required[0]"),
        (wildlife.with_category(required=["brand"]) | {"rules": [{"forbid": "brand"}]},
         "$.categories[0].required[0]"),
        (wildlife.pack(required=["case_ref"], rules=[{"forbid": "case_ref"}]), "$.required[0]"),
    ):  # fmt: skip
        assert [(f.position, str(f.what).split(" needs")[0]) for f in checked(pack).faults] == [
            ("$.rules[0].forbid", who)
        ]
    spared = {"forbid": "added.species", "when": {"category": {"is": "IVORY"}}}
    assert checked(wildlife.pack(rules=[spared])).faults == ()
    two = {"forbid": "added.species", "when": {"category": {"one_of": ["IVORY", "TORTOISE"]}}}
    assert [f.position for f in checked(wildlife.pack(rules=[two])).faults] == ["$.rules[0].forbid"]
