"""A pack is read as a whole or refused with the place and the cause; what ships is complete."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import PackRefused
from domain.fields import fields_of
from domain.ids import PackHash
from domain.interception.base import Block, FieldKind
from domain.interception.goods import GoodsLine
from domain.interception.record import Interception
from domain.pack import model, part
from domain.pack.checklist import Checklist
from domain.pack.finding import PackFinding
from domain.pack.model import CODE_LISTS, Pack
from domain.pack.read import read_pack
from domain.pack.rule import FieldCondition, Rule
from domain.pack.text import SIZE_LIMIT
from papers.receipt.blocks import BLOCKS
from system.shipped import shipped_packs, terms
from tests.domain.pack_files import GUIDE, SMALLEST, as_file, category, small

SHIPPED = sorted(shipped_packs())


def refusal(data: bytes | dict[str, Any]) -> PackFinding:
    """The first fault for which `read_pack` refuses the pack."""
    with pytest.raises(PackRefused) as caught:
        read_pack(as_file(data), "syn.json")
    assert str(caught.value).startswith("syn.json: the pack cannot be used: at ")
    return caught.value.faults[0]


def leaves(block: type[Block], before: str = "") -> Iterator[str]:
    for name, field in fields_of(block).items():
        if field.kind is FieldKind.ADDED:
            continue
        if field.block is None:
            yield before + name
        else:
            yield from leaves(field.block, f"{before}{name}.")


@pytest.fixture(params=SHIPPED)
def shipped(request: pytest.FixtureRequest) -> Pack:
    return read_pack(shipped_packs()[request.param], request.param)


def test_the_guide_names_every_field_of_the_format() -> None:
    kinds = part.PackPart.__subclasses__()
    assert {model.Pack, Rule, FieldCondition} <= set(kinds)
    fields = {name for kind in kinds for name in kind.__struct_encode_fields__}
    missing = [name for name in fields | set(BLOCKS) if f"`{name}`" not in GUIDE]
    assert missing == []


def test_the_guide_names_every_field_that_can_be_required() -> None:
    goods, record = (
        re.findall(r"`([a-z_.]+)`", GUIDE.partition(opening)[2].partition(". ")[0].split("\n\n")[0])
        for opening in ("`required` and `asked`: ", "required of a record: ")
    )
    assert set(goods) == set(leaves(GoodsLine))
    read_pack(json.dumps(category(required=goods)).encode(), "guide")
    read_pack(json.dumps(small(required=record)).encode(), "guide")
    ours = ("record_id", "pack.", "goods.", "photos.", "persons.parties.", "occasion.clock_state")
    rest = {path for path in leaves(Interception) if not path.startswith(ours)} - set(record)
    assert rest == {
        "case",
        "consignment.as_seen_on_label",
        "consignment.mode",
        "detection.methods",
        "legal.action",
        "legal.grounds",
        "legal.legal_basis",
        "occasion.customs_direction",
        "occasion.place_type",
        "occasion.seized_at",
        "officer",
        "post",
        "route.destination_country",
        "route.dispatch_country",
    }


def test_no_pack_asks_for_the_case_of_a_record() -> None:
    found = refusal(small(required=["case"]))
    assert found.position == "$.required[0]"
    assert "first interception of a find" in str(found.what)


def test_four_sample_packs_ship() -> None:
    assert SHIPPED == ["SAMPLE-CITES", "SAMPLE-EXCISE", "SAMPLE-MED", "SAMPLE-SYN"]


def test_a_shipped_pack_is_marked_as_a_sample(shipped: Pack) -> None:
    assert shipped.paper.sample
    assert all("SAMPLE" in basis.label["en"] for basis in shipped.legal_bases)
    assert all("EXEMPLE" in basis.label["fr"] for basis in shipped.legal_bases)
    assert "WCO" not in shipped_packs()[shipped.id].decode()


def test_the_medicine_pack_names_headings_of_both_editions() -> None:
    pack = read_pack(shipped_packs()["SAMPLE-MED"], "SAMPLE-MED")
    for item in pack.categories:
        assert {heading.edition for heading in item.hs} == {"2017", "2022"}, item.code


def test_a_refusal_names_file_place_line_and_cause() -> None:
    data = shipped_packs()["SAMPLE-MED"].replace(
        b'"units": ["kit", "test"]', b'"units": ["kti"]', 1
    )
    line = data[: data.index(b'"kti"')].count(b"\n") + 1
    with pytest.raises(PackRefused) as refused:
        read_pack(data, "syn.json")
    assert str(refused.value) == (
        f"syn.json: the pack cannot be used: at $.categories[0].units (line {line}): 'kti' is not a"
        " unit of this pack; perhaps 'kit'. Ask headquarters for a corrected pack; drafts keep the"
        " pack they have."
    )


def test_several_faults_are_told_at_once() -> None:
    pack = category(units=["pear"], profile="gloves", required=["lot"], photos=["labels"])
    with pytest.raises(PackRefused) as refused:
        read_pack(as_file(pack), "syn.json")
    for word in ("'pear'", "'gloves'", "'lot'", "'labels'"):
        assert word in str(refused.value)


def test_broken_json_is_refused_with_line_and_column() -> None:
    error = refusal(b'{\n "format": "tidewaiter-pack/1",\n "id" "X"\n}')
    assert error.position == "line 3, column 7"


def test_a_key_that_stands_twice_is_refused() -> None:
    text = json.dumps(SMALLEST, indent=1).replace(
        '"code": "pair",', '"code": "set", "code": "pair",'
    )
    error = refusal(text.encode())
    assert error.where.startswith("$.units[0].code (line ")
    assert "twice" in str(error.what)


def test_an_unknown_field_is_refused_with_the_one_that_was_meant() -> None:
    unit = {"code": "pair", "lable": {"en": "pair"}, "dimension": "piece"}
    error = refusal(small(units=[unit]))
    assert error.position == "$.units[0].lable"
    assert "perhaps 'label'" in str(error.what)


@pytest.mark.parametrize(
    ("data", "place", "cause"),
    [
        (b"", "line 1, column 1", "not JSON"),
        (b"[]", "$", "fields in braces { } are needed; found a list"),
        (b"[" * 100_000, "the file", "nested too deeply"),
        (b'{"a": ' + b"1" * 5_000 + b"}", "the file", "too many digits"),
        (b'{\n"id": "\xe9"}', "line 2", "UTF-8"),
        (b" " * (SIZE_LIMIT + 1), "the file", "larger than 8 MB"),
        (json.dumps(SMALLEST).encode("utf-16"), "line 1", "UTF-8"),
    ],
    ids=["empty", "a list", "deep", "long number", "latin-1", "huge", "utf-16"],
)
def test_what_is_no_pack_at_all_is_refused(data: bytes, place: str, cause: str) -> None:
    error = refusal(data)
    assert error.position.startswith(place)
    assert cause in str(error.what)


@pytest.mark.parametrize(
    ("pack", "place", "cause"),
    [
        (
            small(format="tidewaiter-pack/3"),
            "$.format",
            "reads tidewaiter-pack/1 and tidewaiter-pack/2",
        ),
        (small(version="1"), "$.version", "three numbers"),
        (small(id="sample med"), "$.id", "2 to 40 capitals"),
        (small(form="tiny"), "$.form", "not a form"),
        (small(languages=["fr"]), "$.languages", "English"),
        (small(languages=["en", "français"]), "$.languages[1]", "BCP 47"),
        (small(title={"fr": "Gants"}), "$.title", "no English"),
        (small(hs_edition="HS"), "$.hs_edition", "year"),
        (small(posts=[]), "$.posts", "empty"),
        (small(reasons=[]), "$.reasons", "empty"),
        (small(valid_from="23.11.2026"), "$.valid_from", "not a day"),
        (small(valid_from="2026-02-30"), "$.valid_from", "not a day"),
        (small(valid_from="2026-02-02", valid_to="2026-02-01"), "$.valid_to", "before"),
        (small(photos=["overvew"]), "$.photos", "perhaps 'overview'"),
        (small(reasons=SMALLEST["reasons"] * 2), "$.reasons[1].code", "second time"),
        (small(detection=[{"code": "A", "label": {"fr": "x"}}]), "$.detection[0].label", "English"),
        (small(required=["occasion"]), "$.required[0]", "is a block"),
        (small(required=["goods.quantity"]), "$.required[0]", "in the categories"),
        (small(required=["persons.parties.name"]), "$.required[0]", "stands in a list"),
        (small(required=["route.dispatch"]), "$.required[0]", "'route.dispatch_country'"),
        (small(freed=["persons.name"]), "$.freed[0]", "persons.parties.name"),
        (small(headings={"Docs": {"en": "x"}}), "$.headings.Docs", "not the group"),
        (category(profile="glove"), "$.categories[0].profile", "not a profile"),
        (category(group="supply"), "$.categories[0].group", "is called profile"),
        (category(units=[]), "$.categories[0].units", "needs a unit"),
        (category(required=["medicine"]), "$.categories[0].required[0]", "is a block"),
        (category(control_as_of="soon"), "$.categories[0].control_as_of", "not a day"),
        (
            category(hs=[{"edition": "2022", "code": "29xx"}]),
            "$.categories[0].hs[0].code",
            "3004.90",
        ),
        (
            small(units=[{**SMALLEST["units"][0], "factor": "0"}]),
            "$.units[0].factor",
            "not greater than zero",
        ),
        (
            small(units=[{**SMALLEST["units"][0], "dimension": "area"}]),
            "$.units[0].dimension",
            "not a dimension",
        ),
        (
            small(paper={**SMALLEST["paper"], "claim_rule": {}}),
            "$.paper.claim_rule",
            "days or months",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_contradiction_is_refused_where_it_stands(
    pack: dict[str, Any], place: str, cause: str
) -> None:
    error = refusal(pack)
    assert error.position == place
    assert cause in str(error.what)


def test_amounts_are_said_in_the_number_that_the_language_has_for_them() -> None:
    pack = read_pack(shipped_packs()["SAMPLE-MED"], "SAMPLE-MED")
    checklist = Checklist(pack, PackHash.of(b""), terms())
    words = {
        (amount, language): checklist.unit_words("capsule", Decimal(amount), language)
        for amount in ("0", "1", "1.0", "1.5", "2", "560")
        for language in ("en", "fr-CA")
    }
    singular = {("1", "en"), ("1.0", "en")} | {(n, "fr-CA") for n in ("0", "1", "1.0", "1.5")}
    assert {key for key, said in words.items() if not said.endswith("s")} == singular
    assert words["560", "en"] == "capsules"
    assert words["560", "fr-CA"] == "gélules"
    assert checklist.unit_words("capsule", Decimal(560), "ar") == "capsules"
    assert checklist.unit_words("gone", Decimal(2), "en") == "gone"
    assert Checklist(
        read_pack(json.dumps(SMALLEST).encode(), "x"), PackHash.of(b""), {}
    ).unit_words("pair", Decimal(2), "fr")


def test_a_file_saved_with_a_byte_order_mark_is_read() -> None:
    data = json.dumps(SMALLEST).encode()
    assert read_pack(b"\xef\xbb\xbf" + data, "x") == read_pack(data, "x")


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_whatsoever_are_a_pack_or_refused(data: bytes) -> None:
    with pytest.raises(PackRefused):
        read_pack(data, "x")


@given(st.data())
def test_a_pack_cut_or_changed_anywhere_is_read_or_refused(data: st.DataObject) -> None:
    whole = json.dumps(SMALLEST).encode()
    place = data.draw(st.integers(0, len(whole) - 1))
    put = data.draw(st.binary(max_size=3) | st.sampled_from([b"{", b"[", b"]", b'"', b",", b":"]))
    with suppress(PackRefused):
        read_pack(whole[:place] + put + whole[place + data.draw(st.integers(0, 9)) :], "x")


def test_every_code_list_of_the_record_ships_or_is_in_the_pack() -> None:
    def lists(block: type[Block]) -> Iterator[str]:
        for field in fields_of(block).values():
            if field.block is not None:
                yield from lists(field.block)
            elif field.list_name:
                yield field.list_name

    assert set(lists(Interception)) | {"amend_reasons", "posts"} == set(terms()) | set(CODE_LISTS)


def test_a_checklist_answers_in_the_language_asked_for_and_else_in_english() -> None:
    pack = read_pack(shipped_packs()["SAMPLE-MED"], "SAMPLE-MED")
    checklist = Checklist(pack, PackHash.of(b""), terms())
    assert checklist.label("posts", "MCN", "fr-CA") == "Centre postal Nord"
    assert checklist.label("countries", "FR", "ar") == "فرنسا"
    assert checklist.label("reasons", "EXPIRED", "ar") == "Past its expiry date"
    assert checklist.label("reasons", "GONE", "en") == "GONE"
    assert checklist.label("no such list", "GONE", "en") == "GONE"
    assert checklist.heading("Health product", "fr") == "Produit de santé"
    assert checklist.heading("Unheard of", "fr") == "Unheard of"
    assert checklist.required_photos(("TEST_PCR", "TEST_PCR", "GONE")) == ("overview", "label")
