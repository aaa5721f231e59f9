"""Type-ahead: what one means is first, and what was found is bold."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import example, given
from hypothesis import strategies as st

from domain.words import in_english
from gui.form.options import Choices
from gui.parts.option import Option, find, matched
from gui.parts.option_list import SMALL, OptionList
from gui.words import Words
from tests.builders import a_checklist

CHOICES = Choices(a_checklist(), Words("en", in_english))


def first(list_name: str, text: str) -> str:
    return find(CHOICES.of(list_name), text)[0].label


def test_three_letters_find_the_category_that_begins_so() -> None:
    assert first("categories", "Pre") == "Pregabalin"
    assert first("categories", "preg") == "Pregabalin"


def test_a_code_typed_whole_is_first() -> None:
    assert first("countries", "gb") == "United Kingdom"
    assert first("countries", "ch") == "Switzerland"


def test_labels_that_begin_so_come_before_words_and_other_words() -> None:
    options = [
        Option("1", "Oil of mint", search=("gas",)),
        Option("2", "Mineral gas"),
        Option("3", "Gas"),
        Option("4", "Begasse"),
    ]
    assert [option.code for option in find(options, "gas")] == ["3", "2", "1", "4"]


def test_accents_and_case_are_not_typed_with_gloves() -> None:
    options = [Option("1", "Éphédrine"), Option("2", "Autre")]
    assert [option.code for option in find(options, "EPHE")] == ["1"]


def test_what_was_found_is_marked_where_the_word_begins() -> None:
    assert matched("Pregabalin, capsules", "preg") == ((0, 4),)
    assert matched("Other medicine", "med") == ((6, 9),)
    assert matched("Éphédrine", "ephe") == ((0, 4),)
    assert matched("Pregabalin", "") == ()


LETTERS = "aAbé1 -_.ßİ\n\r\u0301東"
TEXTS = st.text(LETTERS, max_size=5)
OPTIONS = st.builds(
    Option, TEXTS, TEXTS, search=st.lists(TEXTS, max_size=3).map(tuple)
)  # fmt: skip
MANY = tuple(Option(f"x{n}", f"Other {n} b-1", search=("aé", f"1.{n}")) for n in range(SMALL))


def some(options: Sequence[Option]) -> OptionList:
    """A list that is long enough for an index."""
    return OptionList.of((*options, *MANY))


@given(st.lists(OPTIONS, max_size=12), st.lists(TEXTS, min_size=1, max_size=3), st.integers(1, 60))
@example([Option("1", "a b", search=("b a",))], ["b", "b a"], 50)
@example([Option("1", "x", search=("1a1",)), Option("2", "1a1")], ["a1"], 50)
@example([Option("1", "1a"), Option("2", "b a")], ["a"], 50)
@example([], ["ot", "\u0301 \u0301"], 50)
def test_a_long_list_finds_what_asking_each_option_finds(
    options: list[Option], texts: list[str], limit: int
) -> None:
    found = some(options)
    for text in texts:
        for typed in (text[: count + 1] for count in range(len(text))):
            assert found.find(typed, limit) == find(tuple(found), typed, limit)
    assert found.find("other 9", limit) == find(tuple(found), "other 9", limit)


def test_a_long_list_is_searched_in_the_language_and_the_order_that_it_has_now() -> None:
    french = Choices(a_checklist(), Words("fr", in_english))
    for choices, text in ((CHOICES, "germany"), (french, "allemagne"), (french, "germany")):
        for likely in ((), ("FR", "DE")):
            found = choices.of("countries", likely)
            assert len(found) > SMALL
            assert found.find(text)[0].code == "DE"
            assert found.find(text)[0].label == choices.label("countries", "DE")
            assert [each.code for each in found.find("")][: len(likely)] == list(likely)
            assert found.find("e") == find(tuple(found), "e")
