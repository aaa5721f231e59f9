"""A large pack is checked quickly, and no finding depends on the quick way."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import PackRefused
from domain.pack.kinds_alike import OF_A_KIND
from domain.pack.model import Category
from domain.pack.position import lines_of
from domain.pack.read import read_pack, read_stored
from domain.words import Labels
from tests.domain.pack_files import SMALLEST, as_file, checked, small

KIND: dict[str, Any] = SMALLEST["categories"][0]
OF_ITS_OWN = ("code", "hs", "control", "control_as_of", "search")
"""What categories of one kind do not share, beside words."""
MISTAKES: dict[str, dict[str, Any]] = {
    "group": {"group": "medicine"},
    "profile": {"profile": "nothing"},
    "fields": {"fields": ["nothing"]},
    "units": {"units": ["nothing"]},
    "dimensions": {"dimensions": ["nothing"]},
    "contents": {"contents": ["nothing"]},
    "measure": {"measure": {"of": "nothing", "unit": "pair"}},
    "photos": {"photos": ["nothing"]},
    "required": {"required": ["nothing"]},
    "asked": {"asked": ["nothing"]},
    "hs": {"hs": [{"edition": "2022", "code": "9801.00"}]},
    "control_as_of": {"control_as_of": "spring"},
}
TEXTS = st.text(
    st.sampled_from('a"\\/é “\u202e\u2066\u2010\x07\x7f\n\t\u0085\u3000😀'), min_size=1, max_size=6
)


def many(**changes: Any) -> dict[str, Any]:
    """Four categories of one kind; two of them, the last one too, have these changes."""
    alike = [
        {**KIND, **(changes if number in (1, 3) else {}), "code": f"C{number}"}
        | {"label": {tag: f"{words} {number}" for tag, words in KIND["label"].items()}}
        for number in range(4)
    ]
    return small(categories=alike)


@pytest.mark.parametrize("name", MISTAKES)
def test_each_category_with_a_mistake_is_named(name: str) -> None:
    places = [each.position for each in checked(many(**MISTAKES[name])).faults]
    for number in (1, 3):
        here = f"$.categories[{number}]."
        assert any(place.startswith(here + name) for place in places), places
    assert not [place for place in places if "[0]." in place[:17] or "[2]." in place[:17]]


def test_what_makes_a_kind_is_all_that_is_neither_words_nor_a_heading() -> None:
    words = {field.name for field in msgspec.structs.fields(Category) if field.type == Labels}
    assert {*OF_A_KIND, *OF_ITS_OWN} | words == {*Category.__struct_fields__}


@given(TEXTS)
def test_how_a_text_is_written_in_the_file_changes_no_finding(text: str) -> None:
    pack = small(id=text, title={"en": text}, safety={"en": text})
    plain, escaped = as_file(pack), json.dumps(pack, indent=1).encode()
    # a quotation mark that is written in another way has to be looked at slowly
    slowly = plain.replace(b"{", b'{"\\u0022": 1,', 1)
    found = [set(checked(file).faults) for file in (plain, escaped)]
    assert found[0] == found[1]
    assert {(each.position, str(each.what)) for each in found[0]} <= {
        (each.position, str(each.what)) for each in checked(slowly).faults
    }


@pytest.mark.parametrize(
    "twice", ['"en": "a", "en": "b"', r'"en": "a", "en": "\u0022\u0022\u0022\u0022"']
)
def test_a_key_that_stands_twice_is_found_however_the_quotation_marks_are_written(
    twice: str,
) -> None:
    file = as_file(small(title={"en": "here"})).replace(b'"en": "here"', twice.encode())
    assert [str(each) for each in checked(file).faults] == [
        "$.title.en (line 6): the field 'en' stands here twice"
    ]


@pytest.mark.parametrize(
    "file", [as_file(many(units=["nothing"])), as_file(small(form=1)), b'{"a": ', b"\xff"]
)
def test_a_stored_pack_is_read_as_any_other(file: bytes) -> None:
    told = []
    for read in (read_pack, read_stored):
        with pytest.raises(PackRefused) as refused:
            read(file, "stored")
        told.append(refused.value.findings)
    assert told[0] == told[1]
    whole = as_file(SMALLEST)
    assert read_stored(b"\xef\xbb\xbf" + whole, "stored") == read_pack(whole, "any")


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.sampled_from('"\\{[}],:\n é'), max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.sampled_from('a"}:'), max_size=2), inner, max_size=3)
    ),
    max_leaves=12,
)


def lines_in(value: object, here: str, line: int, found: dict[str, int]) -> int:
    """Puts the line of each value into `found`, as Python writes JSON; returns the last line."""
    found[here] = line
    below = (
        [(f"{here}.{key}", item) for key, item in value.items()]
        if isinstance(value, dict)
        else [(f"{here}[{number}]", item) for number, item in enumerate(value)]
        if isinstance(value, list)
        else []
    )
    for inner, item in below:
        line = lines_in(item, inner, line + 1, found)
    return line + bool(below)


@given(JSON, st.data())
def test_each_value_of_a_text_has_its_line(value: object, data: st.DataObject) -> None:
    every: dict[str, int] = {}
    lines_in(value, "$", 1, every)
    places = [place for place in every if place != "$"]
    wanted = data.draw(st.sets(st.sampled_from(places), max_size=3)) if places else set()
    found = lines_of(json.dumps(value, indent=1), wanted)
    assert found == {place: every[place] for place in wanted}
