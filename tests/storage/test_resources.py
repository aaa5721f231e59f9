"""What ships with the program is there, is right, and is named when it is broken."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from system.errors import Damaged
from system.resources import RESOURCES, RESOURCES_VARIABLE, translation
from system.shipped import read_terms, terms

FILES = sorted((RESOURCES / "terms").glob("*.json"))
ROOT = Path(__file__).parents[2]


def test_every_list_speaks_english_and_french() -> None:
    for name, codes in terms().items():
        for code in codes:
            assert set(code.label) >= {"en", "fr"}, f"{name} {code.code}"
            assert all(words.strip() for words in code.label.values()), f"{name} {code.code}"


def test_countries_and_currencies_speak_all_languages_of_the_forms() -> None:
    for name in ("countries", "currencies"):
        for code in terms()[name]:
            assert set(code.label) == {"en", "fr", "es", "ar", "ru", "pt", "zh"}, code.code


def test_the_countries_are_those_of_iso_3166_and_three_more() -> None:
    codes = {code.code for code in terms()["countries"]}
    assert len(codes) == 249 + 3
    assert codes >= {"XK", "XA", "ZZ", "GB", "CI", "TW", "SS"}
    assert not codes & {"EU", "UN", "AN", "UK", "QO"}


def test_the_currencies_are_those_that_are_money_today() -> None:
    codes = {code.code for code in terms()["currencies"]}
    assert codes >= {"EUR", "USD", "XOF", "CNY", "ZWG", "XCG", "SLE"}
    assert not codes & {"DEM", "HRK", "ZWL", "ANG", "SLL", "XXX", "BGN"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_list_says_when_it_was_true_and_where_it_is_from(path: Path) -> None:
    held = json.loads(path.read_bytes())
    date.fromisoformat(held["as_of"])
    assert held["source"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"as_of": "2026-01-01", "source": "x", "codes": [{"code": "a"}]}', "$.codes[0]"),
        ('{"as_of": "2026-01-01", "source": "x"}', "$"),
        (
            '{"as_of": "2026-01-01", "source": "x",'
            ' "codes": [{"code": "a", "label": {"fr": "b"}}]}',
            "$.codes[0]",
        ),
        ("{", "$"),
    ],
)
def test_a_broken_list_is_named_with_file_and_place(tmp_path: Path, text: str, place: str) -> None:
    (tmp_path / "modes.json").write_text(text, encoding="utf-8")
    with pytest.raises(Damaged) as caught:
        read_terms(tmp_path)
    assert "modes.json" in str(caught.value)
    assert f"at {place}: " in str(caught.value)


def test_a_code_that_stands_twice_is_refused(tmp_path: Path) -> None:
    held = json.loads((RESOURCES / "terms" / "modes.json").read_bytes())
    held["codes"].append(held["codes"][0])
    (tmp_path / "modes.json").write_text(json.dumps(held), encoding="utf-8")
    with pytest.raises(Damaged, match="stands here twice"):
        read_terms(tmp_path)


def test_lists_that_are_gone_are_told_and_not_taken_as_empty(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match="there is no code list"):
        read_terms(tmp_path / "nowhere")


def test_words_that_no_catalogue_has_stay_english() -> None:
    for language in ("en", "xx", "fr-CA", ""):
        assert translation(language)("no catalogue has these words") == (
            "no catalogue has these words"
        )
        assert translation(language)("") == ""


def test_the_resources_are_read_from_the_folder_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "packs" / "ONE").mkdir(parents=True)
    (tmp_path / "packs" / "ONE" / "pack.json").write_text("{}")
    program = (
        "import papers.typeset.fonts, system.shipped as r; "
        "print(papers.typeset.fonts.FOLDER, r.shipped_packs())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, RESOURCES_VARIABLE: str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == f"{tmp_path / 'fonts'} {{'ONE': b'{{}}'}}"
