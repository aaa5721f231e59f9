"""Type-ahead: what one means is first, and what was found is bold."""

from __future__ import annotations

from domain.words import in_english
from gui.form.options import Choices
from gui.parts.option import Option, find, matched
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
