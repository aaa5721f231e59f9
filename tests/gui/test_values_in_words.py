"""A value inside a sentence stands there as it was typed, whatever its script and its direction."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.instant import Instant
from domain.words import in_english, sentence
from gui.words import FIRST_STRONG_ISOLATE, POP_ISOLATE, Words
from tests.gui.conftest import Officer
from tests.gui.test_journeys import begin

TEMPLATE = "{what} was scanned"
HEBREW = "\u05e7\u05d5\u05d3"


def isolated(text: str) -> str:
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


def test_a_sentence_gives_no_capital_to_the_value_that_it_begins_with() -> None:
    assert sentence("abc is not on the list", "{code} is not on the list") == (
        "abc is not on the list."
    )
    assert sentence("is not on the list", "is {what}") == "Is not on the list."


def test_a_fault_quotes_what_was_typed_letter_by_letter(officer: Officer) -> None:
    begin(officer)
    officer.fill("route.dispatch_country", "ruritania")
    assert officer.reads("ruritania is not on this list")
    assert not officer.reads("Ruritania is not on this list")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_value_from_the_right_is_isolated_and_plain_text_is_not(language: str) -> None:
    words = Words(language, in_english)
    assert words.say(TEMPLATE, what=HEBREW) == f"{isolated(HEBREW)} was scanned"
    assert words.say(TEMPLATE, what="Zürich 7") == "Zürich 7 was scanned"


def test_every_value_is_isolated_where_sentences_run_from_the_right() -> None:
    words = Words("ar", in_english)
    assert words.say(TEMPLATE, what="TW-0093311") == f"{isolated('TW-0093311')} was scanned"
    assert words.say("{count} lines", count=3) == "3 lines"


@pytest.mark.parametrize("language", ["ar", "fa", "en", "fr"])
def test_a_number_has_the_digits_of_one_script(language: str) -> None:
    words = Words(language, in_english)
    shown = words.number(Decimal("37512.50")) + words.moment(Instant.parse("2026-11-26T16:21:00Z"))
    digits = {character for character in shown if character.isdigit()}
    assert digits <= set("0123456789")
