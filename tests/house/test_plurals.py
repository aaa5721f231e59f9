"""Desk, papers, errors and packs say a number of things in one way, in each language's forms."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec
import pytest

from domain.errors import RecordRefused
from domain.fault import Fault
from domain.pack.checklist import Checklist
from domain.pack.contradictions import contradictions
from domain.plural import category_of
from domain.rules.goods import NO_GOODS
from domain.words import Plural, filled, mark
from gui.outbox.sentence import hub_sentence
from gui.words import Words
from papers.receipt.page import render
from storage.hub_memory import HubSummary
from sync.wire.batch import TOO_MANY
from system.resources import translation
from tests.builders import a_checklist
from tests.house.source import every_text
from tests.papers.builders import a_paper
from tests.papers.paper_text import words_on
from tools import languages as tool

FORMS = {
    "ar": {0: 0, 1: 1, 2: 2, 3: 3, 10: 3, 11: 5, 99: 5, 100: 4, 103: 3},
    "ru": {1: 0, 21: 0, 2: 1, 24: 1, 5: 2, 11: 2, 0: 2},
    "fr": {0: 0, 1: 0, 2: 1},
}
"""Which form of each language's catalogue a number takes."""
CATEGORIES = {
    "ar": {0: "zero", 1: "one", 2: "two", 3: "few", 11: "many", 100: "other", 103: "few"},
    "ru": {0: "many", 1: "one", 2: "few", 5: "many", 11: "many", 21: "one", 112: "many"},
    "fr": {0: "one", 1: "one", 2: "other"},
    "en": {0: "other", 1: "one", 2: "other"},
    "zh": {0: "other", 1: "other"},
    "pl": {1: "one", 2: "few", 5: "many", 21: "many", 22: "few"},
    "cs": {1: "one", 3: "few", 5: "other"},
    "hi": {0: "one", 1: "one", 2: "other"},
}


@pytest.fixture(scope="module", params=["ar", "ru"])
def foreign(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Words:
    """A language with a scratch catalogue: each form of a plural begins with its number."""
    language, folder = str(request.param), tmp_path_factory.mktemp("languages")
    tool.update(language, every_text(), folder)
    held = tool.read(language, folder)
    for message in held:
        if isinstance(message.id, str):
            message.string = message.id
        else:
            many = message.id[1]
            message.string = tuple(f"f{form} {many}" for form in range(held.num_plurals))
    tool.write(language, held, folder)
    tool.compile_one(language, folder)
    assert tool.faults(language, every_text(), folder) == []
    return Words(language, translation(language, folder))


def numbers(foreign: Words) -> Iterator[tuple[int, int]]:
    yield from FORMS[foreign.language].items()


def test_the_desk_counts_in_all_forms_of_a_language(foreign: Words) -> None:
    for number, form in numbers(foreign):
        said = foreign.count("1 photo", "{count} photos", number)
        assert said == f"f{form} {foreign.number(number)} photos"
    assert len(set(FORMS[foreign.language].values())) == {"ar": 6, "ru": 3}[foreign.language]


def test_errors_and_faults_count_in_all_forms_of_a_language(foreign: Words) -> None:
    for number, form in numbers(foreign):
        error = RecordRefused("x", [Fault("goods", NO_GOODS)] * number)
        assert foreign.error(error).startswith(f"x: F{form} {number} to put right")
        assert foreign.say(TOO_MANY, count=number).startswith(f"f{form} {number} entries")


def test_a_paper_counts_in_all_forms_of_a_language(foreign: Words) -> None:
    paper = a_paper(say=foreign._translate, language="en")
    line = paper.interception.goods[0]
    for number, form in list(numbers(foreign))[1:5]:
        goods = tuple(msgspec.structs.replace(line, packs=number) for _ in range(max(1, number)))
        what = msgspec.structs.replace(paper.interception, goods=goods[:30])
        said = words_on(render(msgspec.structs.replace(paper, interception=what)))
        assert f"f{form} {number} packs of" in said
        if 1 <= number <= 30:
            assert f"f{form} Total of {number} lines" in said


@pytest.mark.parametrize(("number", "said"), [(0, "0 photo"), (1, "1 photo"), (2, "2 photos")])
def test_french_says_nothing_and_one_in_the_singular(number: int, said: str) -> None:
    french = Words("fr", translation("fr"))
    assert french.count("1 photo", "{count} photos", number) == said
    summary = HubSummary(
        hub="", records=1, records_held=0, photos=number, photos_held=0, photos_safe=0,
        waiting_since=None, last_contact=None, branched=False, refused=0,
    )  # fmt: skip
    assert f"1 dossier et {said} " in hub_sentence(summary, french)[0]


@pytest.mark.parametrize(
    ("number", "told"), [(1, "1 record waits since"), (2, "2 records wait since")]
)
def test_what_waits_has_its_verb_in_the_same_number(number: int, told: str) -> None:
    summary = HubSummary(
        hub="https://hub", records=number, records_held=0, photos=0, photos_held=0, photos_safe=0,
        waiting_since=None, last_contact=None, branched=False, refused=0,
    )  # fmt: skip
    assert told in hub_sentence(summary, Words("en", translation("en")))[0]


def test_an_error_is_in_the_right_form_in_english_too() -> None:
    assert filled(TOO_MANY, {"count": 1}) == "1 entry is too many for one batch"
    assert filled(TOO_MANY, {"count": 2}) == "2 entries are too many for one batch"
    assert isinstance(mark("one", "many"), Plural)
    assert not isinstance(mark("one"), Plural)


@pytest.mark.parametrize("language", CATEGORIES)
def test_a_number_has_the_plural_category_that_cldr_gives_it(language: str) -> None:
    found = {n: category_of(Decimal(n), language) for n in CATEGORIES[language]}
    assert found == CATEGORIES[language]


@pytest.mark.parametrize(
    ("value", "language", "category"),
    [("1.5", "en", "other"), ("1.5", "fr", "one"), ("1.5", "ru", "other"), ("1.5", "ar", "other"),
     ("-1", "en", "one"), ("1.0", "en", "one"), ("0.5", "pt-BR", "one"), ("2.5", "cs", "many")],
)  # fmt: skip
def test_fractions_have_categories_too(value: str, language: str, category: str) -> None:
    assert category_of(Decimal(value), language) == category


def with_plurals(forms: dict[str, str]) -> Checklist:
    """The sample checklist whose capsules have Russian words."""
    checklist = a_checklist()
    units = tuple(
        msgspec.structs.replace(
            unit, label={**unit.label, "ru": "капсула"}, plural={**unit.plural, "ru": forms}
        )
        if unit.code == "capsule"
        else unit
        for unit in checklist.pack.units
    )
    return msgspec.structs.replace(
        checklist, pack=msgspec.structs.replace(checklist.pack, units=units)
    )


def test_a_pack_has_words_for_each_plural_category_of_a_language() -> None:
    forms = {"few": "капсулы", "many": "капсул", "other": "капсулы"}
    checklist = with_plurals(forms)
    said = {n: checklist.unit_words("capsule", Decimal(n), "ru") for n in ("1", "3", "5", "21")}
    assert said == {"1": "капсула", "3": "капсулы", "5": "капсул", "21": "капсула"}
    assert checklist.unit_words("capsule", Decimal("1.5"), "ru") == "капсулы"
    assert checklist.unit_words("capsule", Decimal(560), "en") == "capsules"
    assert list(contradictions(checklist.pack)) == []


@pytest.mark.parametrize(
    ("forms", "cause"),
    [
        ({"few": "капсулы"}, "no words for the category other"),
        ({"mny": "капсул", "other": "капсулы"}, "not a plural category; perhaps 'many'"),
    ],
)
def test_a_pack_with_a_wrong_plural_is_refused(forms: dict[str, str], cause: str) -> None:
    found = list(contradictions(with_plurals(forms).pack))
    assert len(found) == 1
    assert found[0].position.endswith(".plural.ru")
    assert cause in str(found[0].what)
