"""Text becomes lines: nothing lost, nothing hidden, identifiers never turned round."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.seal.canonical import canonical
from papers.typeset.text import clean, set_line, set_lines, visible

LOGICAL = "\u0645\u062d\u0645\u062f"


def drawn(text: str, width: float = 10_000) -> list[str]:
    """What is drawn, line by line."""
    return ["".join(run.text for run in line.runs) for line in set_lines(text, 9, width)]


def test_a_character_without_a_glyph_is_written_out() -> None:
    assert drawn("\u4e2d\U0001f600 ok") == ["[U+4E2D][U+1F600] ok"]


def test_the_code_of_such_a_character_is_not_broken_where_it_fits_a_line() -> None:
    lines = drawn("\u0e2a" * 5 + "ab", 100)
    assert len(lines) > 1
    assert "".join(lines) == "[U+0E2A]" * 5 + "ab"
    assert all(line.count("[U+0E2A]") == line.count("U") for line in lines)


def test_the_code_of_such_a_character_reads_the_same_in_arabic_text() -> None:
    assert drawn(f"{LOGICAL} \u0e2a\u0e27 {LOGICAL}")[0][5:-5] == "[U+0E27][U+0E2A]"


@pytest.mark.parametrize("hidden", ["\x00", "\x1b", "\x7f", "\u202e", "\u2066", "\u200b", "\ufeff"])
def test_an_unseen_character_never_reaches_the_paper(hidden: str) -> None:
    assert drawn(f"a{hidden}b") == ["ab"]


def test_line_feeds_part_lines_and_tabulators_are_spaces() -> None:
    assert drawn("a\tb\r\nc") == ["a b", "c"]


def test_accents_typed_apart_are_joined_to_their_letter() -> None:
    assert drawn("Jose\u0301") == ["Jos\u00e9"]


@pytest.mark.parametrize("number", ["2026-000123", "RR123456785GB", "R-MCN-2026-000123", "02:10"])
def test_an_identifier_in_arabic_text_keeps_its_order(number: str) -> None:
    assert number in drawn(f"{LOGICAL} {number} {LOGICAL}")[0]


def test_brackets_around_an_identifier_in_arabic_text_open_to_it() -> None:
    assert "(RR123456785GB)" in drawn(f"{LOGICAL} (RR123456785GB) {LOGICAL}")[0]


def test_arabic_letters_are_joined_and_stand_from_right_to_left() -> None:
    line = drawn(LOGICAL)[0]
    assert line == "\ufeaa\ufee4\ufea4\ufee3"


@pytest.mark.parametrize(
    "word",
    [
        "\u067e\u069a\u062a\u0648",  # Pashto
        "\u0695\u06c6\u0698\u06ce\u06a9\u06ce",  # Kurdish
        "\u062e\u06d5\u0628\u06d5\u0631",  # Uyghur
    ],
)
def test_letters_that_have_no_joined_character_of_their_own_are_joined_too(word: str) -> None:
    whole = set_line(word, 9)
    apart = set_line(" ".join(word), 9)
    assert not set(whole.runs[0].drawn) <= set(apart.runs[0].drawn)
    assert canonical([whole.runs[0].text]) == canonical([word[::-1]])


@pytest.mark.parametrize(
    "word", ["\u0639\u0644\u0649", "\u0628\u0644\u0671", "\u0644\u064e\u0627", "\u0644\u0627"]
)
def test_letters_that_a_font_would_draw_as_one_keep_their_order(word: str) -> None:
    assert canonical(drawn(word)) == canonical([word[::-1]])


def test_a_joiner_parts_letters_and_is_not_drawn() -> None:
    [joined], [parted] = drawn("\u0645\u06cc\u062e"), drawn("\u0645\u06cc\u200c\u062e")
    assert len(joined) == len(parted)
    assert joined != parted


def test_arabic_breaks_in_the_order_of_reading() -> None:
    first, *_, last = drawn("\u0623\u0648\u0644 " + f"{LOGICAL} " * 30 + "\u0622\u062e\u0631", 120)
    assert canonical([first]).endswith("\u0644\u0648\u0623")
    assert "\u0631\u062e\u0622" in canonical([last])


def test_latin_words_keep_their_order_beside_arabic_ones() -> None:
    assert drawn(f"Name: {LOGICAL}, 12 Main Street")[0].endswith(", 12 Main Street")


def test_a_word_wider_than_the_column_is_broken_not_cut() -> None:
    lines = drawn("M" * 400, 100)
    assert "".join(lines) == "M" * 400
    assert all(line.width <= 100 for line in set_lines("M" * 400, 9, 100))


def test_text_without_words_is_one_empty_line() -> None:
    assert set_line("", 9).runs == ()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.floats(40, 500))
def test_every_character_is_drawn_or_named_and_no_line_is_too_wide(text: str, width: float) -> None:
    _nothing_is_lost(text, width)


ARABIC = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"


@settings(max_examples=300, deadline=None)
@given(st.from_regex(f"[{ARABIC} a1()\u200c\u200d-]{{0,60}}", fullmatch=True), st.floats(40, 500))
def test_every_arabic_letter_is_drawn_too(text: str, width: float) -> None:
    _nothing_is_lost(text, width)


def _nothing_is_lost(text: str, width: float) -> None:
    lines = set_lines(text, 9, width)
    assert all(line.width <= width + 0.01 or len(line.runs[0].text) == 1 for line in lines)
    meant = sorted(canonical([visible(clean(text))]))
    shown = sorted(canonical(run.text for line in lines for run in line.runs))
    assert shown == meant
