"""Fields that a pack adds are read, checked, walked and kept back like those of the program."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import convert
from msgspec.structs import replace

from domain.encoding import from_json, to_json
from domain.faults import examine
from domain.fields import walk
from domain.interception.nominal import join, split
from domain.interception.read import read
from domain.interception.record import Interception
from domain.pack.part import Code
from domain.pack.pattern import LONGEST, fits, is_pattern
from tests import wildlife
from tests.builders import NIGHT
from tests.domain.pack_files import checked

WILD = wildlife.checklist()
BELOW = "goods.0.added."


def faults(**added: Any) -> dict[str, str]:
    """The codes of faults of added fields, by the code of the field."""
    found = examine(wildlife.document(**added), WILD, NIGHT).faults
    return {f.path.removeprefix(BELOW): f.kind.code for f in found if f.path.startswith(BELOW)}


def test_values_are_kept_in_the_one_written_form_of_their_kind() -> None:
    reading = read(wildlife.document(), WILD.added)
    assert reading.faults == ()
    assert reading.interception.goods[0].added == {
        **wildlife.ADDED,
        "marks_seen": ("RING", "CHIP"),
        "alive": "true",
        "dead": "2",
        "length": "12.50",
        "price": "1250 EUR",
        "chips": (wildlife.CHIP, "276098106000002"),
    }
    assert from_json(to_json(reading.interception), Interception) == reading.interception


def test_walking_gives_each_value_as_its_type_with_the_label_of_the_pack() -> None:
    interception = read(wildlife.document(), WILD.added).interception
    walked = {
        path.removeprefix(BELOW): (value, field.heading(language="fr"))
        for path, field, value in walk(interception, added=WILD.added)
        if path.startswith(BELOW)
    }
    assert walked["alive"] == (True, "Vivant")
    assert walked["dead"] == (2, "Morts à l’arrivée")
    assert walked["length"] == (Decimal("12.50"), "Longueur (cm)")
    assert walked["permit_expiry"] == (date(2027, 1, 31), "Permis valable jusqu’au")
    assert walked["marks_seen"] == (("RING", "CHIP"), "Marques")


def test_who_lacks_the_pack_shows_code_and_text_and_drops_nothing() -> None:
    interception = read(wildlife.document(), WILD.added).interception
    walked = {field.heading(): value for _, field, value in walk(interception)}
    assert walked["permit_no"] == "XA-77"
    assert walked["chips"] == (wildlife.CHIP, "276098106000002")
    assert read(wildlife.document(), None).interception.goods[0].added["length"] == "12,50"


@pytest.mark.parametrize(
    ("code", "value", "fault"),
    [
        ("species", "tortoise", "pattern_wrong"),
        ("species", None, "field_missing"),
        ("appendix", "VII", "code_like_another"),
        ("marks_seen", ["RING", "RING"], "code_twice"),
        ("marks_seen", ["RING", "NONE"], "code_beside_none"),
        ("permit_country", "UK", "code_like_another"),
        ("permit_expiry", "2027-13-01", "not_a_date"),
        ("permit_expiry", "2027-01", "month_for_day"),
        ("alive", "perhaps", "not_true_or_false"),
        ("dead", "two", "not_a_whole_number"),
        ("dead", "501", "above_maximum"),
        ("length", "0.4", "below_minimum"),
        ("length", "1,000", "thousand_or_one"),
        ("price", "1250", "money_expected"),
        ("price", "1250 QQQ", "currency_unknown"),
        ("price", "a lot of EUR", "money_expected"),
        ("chips", ["27609810600000"], "number_shape_wrong"),
        ("chips", wildlife.CHIP, "list_expected"),
        ("keeper", "Amina\u202e", "hidden_character"),
        ("girth", "40", "field_unknown"),
    ],
)
def test_a_wrong_value_is_a_fault_of_its_field(code: str, value: Any, fault: str) -> None:
    path = next(iter(faults(**{code: value})), "")
    assert path.split(".")[0] == code
    assert faults(**{code: value})[path] == fault
    assert faults() == {}


def test_codes_of_own_lists_have_groups_with_headings() -> None:
    grouped = wildlife.pack()
    grouped["lists"] = {**grouped["lists"], "appendices": [
        {**code, "group": "Listed"} for code in grouped["lists"]["appendices"]
    ]}  # fmt: skip
    without = checked(grouped)
    assert without.faults == ()
    assert [r.position for r in without.remarks if "'Listed' has no words" in str(r.what)] == [
        "$.lists.appendices[0].group"
    ]
    headings = {**grouped.get("headings", {}), "Listed": {"en": "Listed", "fr": "Inscrit"}}
    assert checked({**grouped, "headings": headings}).faults == ()


def test_a_list_that_no_field_names_is_told_by_its_name() -> None:
    lists = {**wildlife.pack()["lists"], "reason": [
        {"code": "A", "label": {"en": "A", "fr": "A"}}
    ]}  # fmt: skip
    told = [str(fault.what) for fault in checked(wildlife.pack(lists=lists)).faults]
    assert told == ["no field chooses from the list 'reason'; perhaps 'reasons'"]


def test_a_catch_all_of_an_own_list_is_described_in_the_line_of_goods() -> None:
    pack = wildlife.pack()
    listed = [{**code, "other": code["code"] == "II"} for code in pack["lists"]["appendices"]]
    lists = {**pack["lists"], "appendices": tuple(listed)}
    changed = convert(lists, dict[str, tuple[Code, ...]])
    checklist = replace(WILD, pack=replace(WILD.pack, lists=changed))

    def told(**line: Any) -> list[tuple[str, str]]:
        document = {**wildlife.document(), "goods": [{**wildlife.line(), **line}], "remarks": None}
        found = examine(document, checklist, NIGHT).faults
        return [(fault.path, str(fault)) for fault in found
                if fault.kind.code == "catch_all_without_words"]  # fmt: skip

    assert told(description="Tortoises of no appendix") == []
    ((path, words),) = told(description=None)
    assert path == "goods.0.added.appendix"
    assert words.endswith("Describe it under goods.0.description."), words


def test_a_field_of_other_goods_is_remarked_on() -> None:
    line = {**wildlife.line(), "category": "CASH"}
    found = examine({**wildlife.document(), "goods": [line]}, WILD, NIGHT).faults
    told = [str(fault) for fault in found if fault.kind.code == "field_of_other_goods"]
    assert len(told) == len(wildlife.ADDED)
    assert "does not belong to CASH" in told[0]
    assert all(fault.warns for fault in found if fault.kind.code == "field_of_other_goods")


def test_a_person_in_an_added_field_stays_at_the_post_unless_the_pack_frees_it() -> None:
    interception = read(wildlife.document(), WILD.added).interception
    shared, names = split(interception, (), WILD.added)
    assert names == {f"{BELOW}keeper": "Amina Rahimi"} | {
        path: value for path, value in names.items() if not path.startswith(BELOW)
    }
    assert "keeper" not in shared.goods[0].added
    assert shared.goods[0].added["permit_no"] == "XA-77"
    assert join(shared, names) == interception
    assert f"{BELOW}keeper" not in split(interception, ("goods.added.keeper",), WILD.added)[1]


@given(st.text("[]{}().?*+|\\^$azAZ09-, ", max_size=30), st.text(max_size=60))
def test_any_text_is_a_pattern_that_compares_at_once_or_none(pattern: str, text: str) -> None:
    if is_pattern(pattern):
        assert fits(pattern, text) in (True, False)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("[A-Z]{2}[0-9]{6}", "AB123456"), (r"\d{15}|NONE", "NONE"), (r"[A-Z/.-]{1,9}", "A/B-C."),
     ("é?a", "éa")],
)  # fmt: skip
def test_a_pattern_describes_the_whole_text(pattern: str, text: str) -> None:
    assert is_pattern(pattern)
    assert fits(pattern, text)
    assert not fits(pattern, f"{text}\n")
    assert not fits(pattern, f"x{text}")


@pytest.mark.parametrize(
    "pattern", ["", "(a)", "a*", "a+", "[", "[^a]", "[z-a]", "a{3,2}", f"a{{{LONGEST + 1}}}", "^a",
                "a{2}{2}", "|a", "\\w", "a" * (LONGEST + 1)],
)  # fmt: skip
def test_what_could_take_long_or_reads_differently_elsewhere_is_no_pattern(pattern: str) -> None:
    assert not is_pattern(pattern)


def test_the_pack_has_no_faults() -> None:
    check = checked(wildlife.pack())
    assert check.faults == ()
    assert check.remarks == ()


def with_field(**changes: Any) -> dict[str, Any]:
    """The pack with its first field, a text with a pattern, changed."""
    return wildlife.pack(fields=[{**wildlife.FIELDS[0], **changes}, *wildlife.FIELDS[1:]])


def with_profile(**changes: Any) -> dict[str, Any]:
    return wildlife.pack(profiles=[{**wildlife.ANIMAL, **changes}])


@pytest.mark.parametrize(
    ("pack", "place", "cause"),
    [
        (with_field(code="Species"), "$.fields[0].code", "small letters"),
        (with_field(kind="txt"), "$.fields[0].kind", "perhaps 'text'"),
        (with_field(privacy="secret"), "$.fields[0].privacy", "there are: open, commercial"),
        (with_field(check="mod98"), "$.fields[0].check", "perhaps 'mod97'"),
        (with_field(pattern="(a+)+"), "$.fields[0].pattern", "[A-Z]{2}[0-9]{6}"),
        (with_field(kind="choice", pattern=""), "$.fields[0].list", "not a list"),
        (with_field(kind="choice", pattern="", list="appendixes"), "$.fields[0].list",
         "perhaps 'appendices'"),
        (with_field(list="appendices"), "$.fields[0].list", "choice, choices"),
        (with_field(kind="day"), "$.fields[0].pattern", "text, serials"),
        (with_field(min="1"), "$.fields[0].min", "whole, decimal"),
        (with_field(kind="whole", pattern="", min="9", max="3"), "$.fields[0].max", "less than"),
        (with_field(scan="21"), "$.fields[0].scan", "gs1:21"),
        (with_field(privacy="sealed"), "$.fields[0].printed", "never on the receipt"),
        (with_field(label={"en": "Scientific name"}), "$.fields[0].label", "'fr'"),
        (with_field(code="species2"), "$.profiles[0].fields", "perhaps 'species2'"),
        (with_field(kind="whole", pattern="", min=9), "$.fields[0].min", "as text"),
        (wildlife.pack(lists={**wildlife.LISTS, "reasons": wildlife.LISTS["appendices"]}),
         "$.lists.reasons", "list of every pack"),
        (wildlife.pack(lists={**wildlife.LISTS, "appendices": []}), "$.lists.appendices", "empty"),
        (wildlife.pack(lists=[]), "$.lists", "lists by name"),
        (wildlife.pack(lists={**wildlife.LISTS, "appendices": wildlife.LISTS["appendices"] * 2}),
         "$.lists.appendices[2].code", "second time"),
        (with_profile(like="animal"), "$.profiles[0].like", "there are: medicine"),
        (with_profile(code="drug"), "$.profiles[0].code", "profile of the program"),
        (with_profile(photos=["eyes"]), "$.profiles[0].photos", "photo role"),
        (with_profile(required=["added.specis"]), "$.profiles[0].required[0]",
         "perhaps 'added.species'"),
        (with_profile(asked=["added.story"]), "$.profiles[0].asked[0]", "do not have it"),
        (with_profile(fields=["species", "species"]), "$.profiles[0].fields[1]", "twice"),
        (wildlife.pack(freed=["goods.added.permit_no"]), "$.freed[0]", "names no person"),
        (wildlife.pack(freed=["goods.added.keper"]), "$.freed[0]", "goods.added.keeper"),
    ],
)  # fmt: skip
def test_a_mistake_in_fields_lists_and_profiles_is_refused(
    pack: dict[str, Any], place: str, cause: str
) -> None:
    told = {fault.position: str(fault.what) for fault in checked(pack).faults}
    assert cause in told.get(place, ""), told


@pytest.mark.parametrize(
    ("pack", "place", "cause"),
    [
        (wildlife.pack(profiles=[wildlife.ANIMAL, {**wildlife.ANIMAL, "code": "plant",
                                                   "label": wildlife.words("plant", "plante")}]),
         "$.profiles[1]", "no category"),
        (wildlife.pack(lists={**wildlife.LISTS, "sexes": [
            {"code": "F", "label": wildlife.words("female", "femelle")}]}),
         "$.lists.sexes", "no field"),
        (wildlife.pack(fields=[*wildlife.FIELDS, wildlife.field("sex", "text", "Sex", "Sexe")]),
         "$.fields[14]", "nobody is asked"),
    ],
)  # fmt: skip
def test_what_is_never_used_is_remarked_on(pack: dict[str, Any], place: str, cause: str) -> None:
    check = checked(pack)
    assert check.faults == ()
    told = {found.position: str(found.what) for found in check.remarks}
    assert cause in told[place]
