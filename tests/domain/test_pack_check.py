"""A pack is checked once, with all faults and remarks by place: the rules of the check."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import PackRefused
from domain.pack.check import checked_pack
from domain.pack.checks.categories import OF_ALL_GOODS
from domain.pack.checks.fields import OF_ONE_WAY
from domain.pack.checks.paper import DEMANDED, OPTIONAL, PRINTED_ANYWAY
from domain.pack.model import PaperBlock
from domain.pack.profile import Group
from domain.pack.read import read_pack
from gui.capture.sections import SECTIONS
from papers.receipt.blocks import BLOCKS
from system.shipped import program_lists, shipped_packs
from tests.domain.pack_files import (
    EXAMPLES,
    SMALLEST,
    TODAY,
    as_file,
    category,
    checked,
    paper,
    small,
    unit,
)
from tests.domain.pack_mistakes import ACCEPTED_ONCE, MORE, TOLD_WELL, Mistake, both

EVERY = ACCEPTED_ONCE | TOLD_WELL | MORE
UNCLEAR = ("Expected `", "matching regex", "^[", "got `", "Ask headquarters")


@pytest.mark.parametrize("mistake", EVERY.values(), ids=EVERY)
def test_a_mistake_is_found_at_its_place(mistake: Mistake) -> None:
    check = checked(mistake.pack)
    found = [f for f in check.remarks if mistake.warns] or list(check.faults)
    here = [str(each.what) for each in found if each.position.startswith(mistake.place)]
    assert [words for words in here if mistake.told in words], [str(each) for each in found]
    assert not [w for each in (*check.faults, *check.remarks) for w in UNCLEAR if w in str(each)]
    assert (check.pack is None) == bool(check.faults)
    assert mistake.warns or check.faults


def test_the_list_of_mistakes_is_as_long_as_it_says() -> None:
    assert len(ACCEPTED_ONCE) >= 27
    assert len(ACCEPTED_ONCE) + len(TOLD_WELL) >= 64


def test_all_mistakes_of_one_pack_are_told_at_once() -> None:
    pack = small(
        version="1",
        posts=[{**SMALLEST["posts"][0], "country": "UK", "place_type": "moon"}],
        categories=[{**SMALLEST["categories"][0], "profile": "wildlife", "lable": {}}],
        paper={**SMALLEST["paper"], "ruling_language": "de", "blocks": ["ground"]},
        required=["consignment.container_no"],
        photos=["overvew"],
    )
    check = checked(pack)
    told = {each.position for each in check.faults}
    assert told >= {
        "$.version", "$.posts[0].country", "$.posts[0].place_type", "$.categories[0].profile",
        "$.categories[0].lable", "$.paper.ruling_language", "$.paper.blocks[0]", "$.photos",
    }  # fmt: skip
    assert [each.position for each in check.remarks] == ["$.required[0]"]
    lines = [each.line for each in check.faults]
    assert lines == sorted(lines, key=lambda line: line or 0)
    assert None not in lines


def test_each_place_has_its_line() -> None:
    data = shipped_packs()["SAMPLE-MED"].replace(
        b'"units": ["kit", "test"]', b'"units": ["kti"]', 1
    )
    line = data[: data.index(b'"kti"')].count(b"\n") + 1
    told = [str(each) for each in checked(data).faults]
    assert told == [
        f"$.categories[0].units (line {line}): 'kti' is not a unit of this pack; perhaps 'kit'"
    ]


def test_a_missing_field_is_told_where_it_belongs() -> None:
    pack = json.loads(json.dumps(SMALLEST))
    del pack["units"][0]["dimension"], pack["form"]
    told = {each.position: each for each in checked(pack).faults}
    assert str(told["$.form"]) == "$.form: is missing"
    line = told["$.units[0].dimension"].line
    assert line is not None
    assert as_file(pack).decode().splitlines()[line - 2].strip() == '"units": ['


def test_what_follows_from_a_fault_is_not_told_again() -> None:
    check = checked(unit(label=5))
    assert [each.position for each in check.faults] == ["$.units[0].label"]
    check = checked(small(units=None))
    assert [each.position for each in check.faults] == ["$.units"]


FIRST = small(
    format="tidewaiter-pack/1",
    categories=[{"group" if name == "profile" else name: value
                 for name, value in SMALLEST["categories"][0].items()}],
)  # fmt: skip
ACT = {"next_steps": both("Wait.")}


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"rules": [{"need": "case_ref"}]}, "rules"),
        ({"late_days": 3, "valid_to": "2099-01-01"}, "late_days"),
        ({"kept": ["goods.marks"]}, "kept"),
        ({"categories": [{**SMALLEST["categories"][0], "lable": {}}]}, "profile"),
        ({"reasons": [{**SMALLEST["reasons"][0], "for": ["mail"]}]}, "for"),
        ({"legal_bases": [{**SMALLEST["legal_bases"][0], **ACT}]}, "next_steps"),
        ({"paper": {**SMALLEST["paper"], "acts": {"seizure": ACT}, "sampl": 1}}, "acts"),
        ({"paper": {**SMALLEST["paper"], "words": {"holder": {"en": "Owner"}}}}, "words"),
        ({"paper": {**SMALLEST["paper"], "claim_rule": {"working_days": 3}}}, "working_days"),
        ({"format": "tidewaiter-pack/3", "posts": 5}, "reads tidewaiter-pack/1 and"),
        ({"format": "tidewaiter-pack/2", "lable": 5}, "the categories have group"),
    ],
)
def test_a_wrong_format_is_told_alone(changes: dict[str, Any], named: str) -> None:
    assert checked(FIRST).faults == ()
    (found,) = checked({**FIRST, **changes}).faults
    assert (found.position, named in str(found.what)) == ("$.format", True), str(found)


def test_a_language_without_most_words_is_told_in_one_line() -> None:
    pack = small(
        languages=["en", "fr", "es"],
        indicators=[{"code": f"I{n}", "label": both(f"Sign {n}")} for n in range(30)],
    )
    told = [each for each in checked(pack).faults if "'es'" in str(each.what)]
    assert [each.position for each in told] == ["$.languages[2]"]
    assert "in 42 of 42 places, first at $.title" in str(told[0].what)


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_every_example_of_the_guide_has_no_fault(number: int) -> None:
    assert checked(small(**EXAMPLES[number])).faults == ()


def test_the_smallest_pack_of_the_guide_has_not_even_a_remark() -> None:
    assert checked(SMALLEST).remarks == ()


@pytest.mark.parametrize("name", sorted(shipped_packs()))
def test_a_shipped_pack_has_neither_faults_nor_remarks(name: str) -> None:
    """Every language filled, countries, kinds of place, modes, plurals, headings, safety."""
    check = checked(shipped_packs()[name])
    assert (check.faults, check.remarks) == ((), ())
    assert check.pack == read_pack(shipped_packs()[name], name)


@pytest.mark.parametrize(
    ("list_name", "drop"),
    [("posts", "name"), ("units", "label"), ("categories", "label"), ("indicators", "label"),
     ("legal_bases", "text")],
)  # fmt: skip
def test_a_shipped_pack_that_loses_a_word_of_one_language_is_refused(
    list_name: str, drop: str
) -> None:
    pack = json.loads(shipped_packs()["SAMPLE-SYN"])
    del pack[list_name][0][drop]["fr"]
    told = checked(pack).faults
    assert [each.position for each in told] == [f"$.{list_name}[0].{drop}"]


def test_no_block_that_the_law_asks_for_can_be_left_out() -> None:
    assert set(PaperBlock) == set(BLOCKS)
    assert {"authority", "occasion", "legal_basis", "grounds", "next_steps", "signatures"} <= {
        str(block) for block in DEMANDED
    }
    for block in DEMANDED:
        rest = [str(each) for each in PaperBlock if each != block]
        told = checked(paper(blocks=rest)).faults
        assert [str(block) in str(each.what) for each in told] == [True]
    for block in (*OPTIONAL, *PRINTED_ANYWAY):
        rest = [str(each) for each in PaperBlock if each != block]
        assert checked(paper(blocks=rest)).faults == ()


@pytest.mark.parametrize("mistake", ACCEPTED_ONCE.values(), ids=ACCEPTED_ONCE)
def test_what_was_adopted_once_is_still_read(mistake: Mistake) -> None:
    """A rule that came later takes no adopted pack away."""
    pack = read_pack(as_file(mistake.pack), "adopted long ago")
    assert pack.id == "NATIONAL-GLOVES"


def test_a_line_break_may_stand_where_the_paper_has_several_lines() -> None:
    address = {"en": "1 Custom House Quay\nSampletown", "fr": "1, quai\nSampletown"}
    assert checked(paper(address=address)).faults == ()


def test_a_refusal_has_all_faults_and_says_five_of_them() -> None:
    pack = category(units=["a", "b", "c", "d", "e", "f", "g"])
    with pytest.raises(PackRefused) as refused:
        checked_pack(as_file(pack), "gloves.json", program_lists(), TODAY)
    assert len(refused.value.faults) == 7
    assert str(refused.value).startswith("gloves.json: the pack cannot be used: at $.categories")
    assert "'e'" in str(refused.value)
    assert "'f'" not in str(refused.value)
    assert "and 2 more" in str(refused.value)


def test_the_check_and_the_form_agree_on_what_some_records_alone_have() -> None:
    asks = [ask for section in SECTIONS for ask in section.asks]
    always = {ask.path for ask in asks if not ask.modes} | {"consignment.mode"}
    assert {ask.path for ask in asks if ask.modes} - always == set(OF_ONE_WAY)
    blocks = ("medicine.", "drug.")
    for_all = {ask.path for ask in asks if ask.path.startswith(blocks) and not ask.groups}
    assert for_all == set(OF_ALL_GOODS)
    assert not {g for ask in asks if ask.path.startswith(blocks) for g in ask.groups} & {
        Group.EQUIPMENT
    }


def test_values_in_many_levels_are_looked_through() -> None:
    deep = b"[" * 600 + b'"\\u202e", {"a": 1, "a": 2}' + b"]" * 600
    data = as_file(SMALLEST).replace(b'"short"', deep, 1)
    assert [str(each.what) for each in checked(data).faults] == ["the field 'a' stands here twice"]
    told = [str(each.what) for each in checked(data.replace(b'"a": 1, ', b"", 1)).faults]
    assert "contains the hidden character U+202E" in told
    assert "text in quotation marks is needed; found a list" in told


@given(st.data())
def test_a_pack_with_any_value_in_any_place_is_checked(data: st.DataObject) -> None:
    """No value, however odd, makes the check stop before it has told what it found."""
    pack: Any = json.loads(json.dumps(SMALLEST))
    odd = data.draw(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
        | st.lists(st.text(max_size=3), max_size=2)
        | st.dictionaries(st.sampled_from(["en", "code", "x.y[0]", ""]), st.none(), max_size=2)
    )  # fmt: skip
    held = pack
    for _ in range(data.draw(st.integers(0, 3))):
        key = data.draw(st.sampled_from(list(held) if isinstance(held, dict) else [0]))
        if not (isinstance(held[key], dict | list) and held[key]):
            break
        held = held[key]
    key = data.draw(st.sampled_from(list(held) if isinstance(held, dict) else [0]))
    held[key] = odd
    check = checked(pack)
    assert check.pack is not None or check.faults
    assert all(str(each) for each in (*check.faults, *check.remarks))
