"""A pack is read as a whole or refused with the place and the cause; what ships is complete."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import PackRefused
from domain.fields import fields_of
from domain.ids import PackHash
from domain.interception.base import Block
from domain.interception.goods import GoodsLine
from domain.interception.record import Interception
from domain.pack import model
from domain.pack.checklist import Checklist
from domain.pack.model import CODE_LISTS, Pack
from domain.pack.read import SIZE_LIMIT, read_pack
from papers.receipt.blocks import BLOCKS
from system.shipped import shipped_packs, terms

GUIDE = (Path(__file__).parents[2] / "docs" / "pack-format.md").read_text(encoding="utf-8")
EXAMPLES = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)]
SMALLEST: dict[str, Any] = EXAMPLES[0]
SHIPPED = sorted(shipped_packs())


def refusal(data: bytes | dict[str, Any]) -> PackRefused:
    """What `read_pack` says of a pack that it must refuse."""
    raw = data if isinstance(data, bytes) else json.dumps(data, indent=1).encode()
    with pytest.raises(PackRefused) as caught:
        read_pack(raw, "syn.json")
    assert str(caught.value).startswith("syn.json: ")
    return caught.value


def small(**changes: Any) -> dict[str, Any]:
    """The smallest pack of the guide with some of its fields changed."""
    return {**SMALLEST, **changes}


def category(**changes: Any) -> dict[str, Any]:
    """The smallest pack with its one category changed."""
    return small(categories=[{**SMALLEST["categories"][0], **changes}])


def leaves(block: type[Block], before: str = "") -> Iterator[str]:
    for name, field in fields_of(block).items():
        if field.block is None:
            yield before + name
        else:
            yield from leaves(field.block, f"{before}{name}.")


@pytest.fixture(params=SHIPPED)
def shipped(request: pytest.FixtureRequest) -> Pack:
    return read_pack(shipped_packs()[request.param], request.param)


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_every_example_of_the_guide_loads(number: int) -> None:
    read_pack(json.dumps(small(**EXAMPLES[number])).encode(), "guide")


def test_the_guide_names_every_field_of_the_format() -> None:
    kinds = [kind for kind in vars(model).values() if isinstance(kind, type)]
    fields = {
        name
        for kind in kinds
        if issubclass(kind, model.PackPart)
        for name in kind.__struct_fields__
    }
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


def test_both_sample_packs_ship() -> None:
    assert SHIPPED == ["SAMPLE-MED", "SAMPLE-SYN"]


def test_a_shipped_pack_speaks_all_its_languages_everywhere(shipped: Pack) -> None:
    assert shipped.languages == ("en", "fr")
    assert list(without_words(json.loads(shipped_packs()[shipped.id]), "$")) == []


def without_words(value: Any, place: str) -> Iterator[str]:
    """Places of words that lack English or French."""
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from without_words(item, f"{place}[{number}]")
    elif isinstance(value, dict):
        if "en" in value and not (value["en"].strip() and value.get("fr", "").strip()):
            yield place
        for name, item in value.items():
            yield from without_words(item, f"{place}.{name}")


def test_a_shipped_pack_names_only_codes_that_ship(shipped: Pack) -> None:
    checklist = Checklist(shipped, PackHash.of(b""), terms())
    for post in shipped.posts:
        assert checklist.has("countries", post.country)
        assert checklist.has("place_types", post.place_type)
        assert checklist.has("modes", post.default_mode)
    for item in (*shipped.reasons, *shipped.indicators, *shipped.concealment, *shipped.detection):
        assert item.group in shipped.headings


def test_a_shipped_pack_is_marked_as_a_sample(shipped: Pack) -> None:
    assert shipped.paper.sample
    assert all("SAMPLE" in basis.label["en"] for basis in shipped.legal_bases)
    assert all("EXEMPLE" in basis.label["fr"] for basis in shipped.legal_bases)
    assert "WCO" not in shipped_packs()[shipped.id].decode()


def test_the_medicine_pack_names_headings_of_both_editions() -> None:
    pack = read_pack(shipped_packs()["SAMPLE-MED"], "SAMPLE-MED")
    for item in pack.categories:
        assert {heading.edition for heading in item.hs} == {"2017", "2022"}, item.code


def test_drugs_come_with_a_safety_text() -> None:
    pack = read_pack(shipped_packs()["SAMPLE-SYN"], "SAMPLE-SYN")
    assert set(pack.safety) == {"en", "fr"}


def test_a_refusal_names_file_place_line_and_cause() -> None:
    data = shipped_packs()["SAMPLE-MED"].replace(
        b'"units": ["kit", "test"]', b'"units": ["kti"]', 1
    )
    line = data[: data.index(b'"kti"')].count(b"\n") + 1
    error = refusal(data)
    assert error.position == f"$.categories[0].units (line {line})"
    assert error.cause == "'kti' is not a unit of this pack; perhaps 'kit'"


def test_several_faults_are_told_at_once() -> None:
    error = refusal(category(units=["pear"], group="gloves", required=["lot"], photos=["labels"]))
    for word in ("'pear'", "'gloves'", "'lot'", "'labels'"):
        assert word in str(error)


def test_broken_json_is_refused_with_line_and_column() -> None:
    error = refusal(b'{\n "format": "tidewaiter-pack/1",\n "id" "X"\n}')
    assert error.position == "line 3, column 7"


def test_a_key_that_stands_twice_is_refused() -> None:
    text = json.dumps(SMALLEST, indent=1).replace(
        '"code": "pair",', '"code": "set", "code": "pair",'
    )
    error = refusal(text.encode())
    assert error.position.startswith("$.units[0].code (line ")
    assert "twice" in error.cause


def test_an_unknown_field_is_refused_with_the_one_that_was_meant() -> None:
    unit = {"code": "pair", "lable": {"en": "pair"}, "dimension": "piece"}
    error = refusal(small(units=[unit]))
    assert error.position.startswith("$.units[0] ")
    assert "perhaps `label` is meant" in error.cause


@pytest.mark.parametrize(
    ("data", "place", "cause"),
    [
        (b"", "line 1, column 1", "not JSON"),
        (b"[]", "$", "Expected `object`"),
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
    assert cause in error.cause


@pytest.mark.parametrize(
    ("pack", "place", "cause"),
    [
        (small(format="tidewaiter-pack/2"), "$.format", "this program reads tidewaiter-pack/1"),
        (small(version="1"), "$.version", "Expected `str`"),
        (small(id="sample med"), "$.id", "Expected `str`"),
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
        (small(headings={"Docs": {"en": "x"}}), "$.headings.Docs", "not a group"),
        (category(group="glove"), "$.categories[0].group", "not a group"),
        (category(units=[]), "$.categories[0].units", "needs a unit"),
        (category(required=["medicine"]), "$.categories[0].required[0]", "is a block"),
        (category(control_as_of="soon"), "$.categories[0].control_as_of", "not a day"),
        (category(hs=[{"edition": "2022", "code": "29xx"}]), "$.categories[0].hs[0].code", "match"),
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
    assert error.position.partition(" (line")[0] == place
    assert cause in error.cause


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


def test_a_shipped_pack_has_a_plural_for_every_unit(shipped: Pack) -> None:
    assert [unit.code for unit in shipped.units if set(unit.plural) != {"en", "fr"}] == []


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
