"""What is counted, what it contains and what else is measured are never added twice."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.faults import examine
from domain.instant import ClockState
from domain.interception.goods import GoodsLine
from domain.interception.normalise import normalise
from domain.interception.read import read
from domain.totals import by_unit
from papers.receipt.page import render
from tests import wildlife
from tests.builders import NIGHT, a_document
from tests.domain.pack_files import checked
from tests.papers.builders import a_paper
from tests.papers.paper_text import words_on

WILD = wildlife.checklist()


def line(category: str, **more: Any) -> dict[str, Any]:
    return {"category": category, "reasons": ["PROHIBITED"], "bag_no": "XB1", **more}


def spirits(**more: Any) -> dict[str, Any]:
    """Sixty bottles of 0.7 litre at 40 %."""
    held = {"quantity": "60", "unit": "bottle", "content": "700", "content_unit": "ml",
            "added": {"abv": "40"}}  # fmt: skip
    return line("SPIRIT", **{**held, **more})


def final(*lines: dict[str, Any]) -> tuple[GoodsLine, ...]:
    """The lines as they are signed."""
    document = a_document(goods=list(lines))
    reading = read(document, WILD.added)
    return normalise(reading.interception, WILD, ClockState.TRUSTED).goods


def faults(*lines: dict[str, Any]) -> dict[str, str]:
    found = examine(a_document(goods=list(lines)), WILD, NIGHT).faults
    return {f.path: f.kind.code for f in found if f.path.startswith("goods.")}


def totals(*lines: dict[str, Any]) -> dict[str, Decimal]:
    return {amount.unit: amount.value for amount in by_unit(final(*lines)).all}


def test_bottles_content_and_pure_alcohol_are_three_totals() -> None:
    assert totals(spirits()) == {
        "bottle": Decimal(60), "ml": Decimal(42000), "lpa": Decimal("16.8"),
    }  # fmt: skip
    assert totals(spirits(), spirits(quantity="1", added={"abv": "37.5"})) == {
        "bottle": Decimal(61), "ml": Decimal(42700), "lpa": Decimal("17.0625"),
    }  # fmt: skip


def test_an_amount_that_the_officer_measured_is_kept() -> None:
    made = final(spirits(measure="15.9"))[0]
    assert (made.measure, made.measure_unit) == (Decimal("15.9"), None)
    made = final(spirits(measure="15.9", measure_unit="lpa"))[0]
    assert (made.measure, made.measure_unit) == (Decimal("15.9"), "lpa")
    assert faults(spirits(measure="15.9")) == {"goods.0.measure_unit": "field_missing"}
    assert faults(spirits(measure="15.9", measure_unit="lpa")) == {
        "goods.0.measure": "not_as_computed"
    }


@pytest.mark.parametrize("lacks", ["content", "content_unit", "added", "quantity"])
def test_nothing_is_computed_of_what_is_not_known(lacks: str) -> None:
    made = final({k: v for k, v in spirits().items() if k != lacks})[0]
    assert made.measure is None


def test_money_of_two_currencies_is_never_one_sum() -> None:
    euros = line("CASH", quantity="9500", unit="EUR")
    dollars = line("CASH", quantity="1000.50", unit="USD")
    assert faults(euros, {**dollars, "bag_no": "XB2"}) == {}
    assert totals(euros, dollars, euros) == {"EUR": Decimal(19000), "USD": Decimal("1000.50")}


def test_every_unit_of_an_allowed_dimension_may_be_entered() -> None:
    assert faults(spirits(unit="litre", quantity="3.5", content=None, content_unit=None)) == {}
    assert faults(line("IVORY", quantity="3", unit="litre"))["goods.0.unit"] == (
        "unit_not_of_category"
    )


def test_pieces_and_kilograms_of_one_line_are_two_totals() -> None:
    tusks = line("IVORY", quantity="3", unit="unit", measure="41.25", measure_unit="kg")
    assert faults(tusks) == {}
    assert totals(tusks, tusks) == {"unit": Decimal(6), "kg": Decimal("82.50")}


@pytest.mark.parametrize(
    ("changed", "place", "fault"),
    [
        (spirits(content_unit="bottle"), "content_unit", "measured_twice"),
        (spirits(unit="litre", content_unit="ml"), "content_unit", "measured_twice"),
        (spirits(measure="42", measure_unit="litre"), "measure_unit", "measured_twice"),
        (spirits(content="0"), "content", "amount_zero"),
        (spirits(content_unit=None), "content_unit", "field_missing"),
        (line("IVORY", quantity="3", unit="unit", measure="3", measure_unit="unit"),
         "measure_unit", "measured_twice"),
        (line("IVORY", quantity="3", unit="unit", measure="-1", measure_unit="kg"), "measure",
         "less_than_zero"),
        (line("IVORY", quantity="3", unit="unit", measure="1.5", measure_unit="bottle"),
         "measure", "amount_not_whole"),
    ],
)  # fmt: skip
def test_a_wrong_amount_is_a_fault_of_its_field(
    changed: dict[str, Any], place: str, fault: str
) -> None:
    assert faults(changed).get(f"goods.0.{place}") == fault


@given(st.integers(1, 10**6), st.decimals("0.001", "1000", places=3), st.decimals(0, 100, places=1))
def test_the_second_amount_is_exact(count: int, content: Decimal, percent: Decimal) -> None:
    made = final(spirits(quantity=str(count), content=f"{content:f}", content_unit="litre",
                         added={"abv": f"{percent:f}"}))[0]  # fmt: skip
    exact = count * content * percent / 100
    assert made.measure is not None
    assert abs(made.measure - exact) <= Decimal("0.0000005")


def test_the_paper_has_the_content_the_second_amount_and_three_totals() -> None:
    sent = read(a_document(goods=[spirits()]), WILD.added).interception
    held = normalise(sent, WILD, ClockState.TRUSTED)
    paper = words_on(render(a_paper(None, interception=held, checklist=WILD)))
    for text in ("Content of each: 700 millilitres", "Alcohol (% vol): 40",
                 "Second amount: 16.8 litres of pure alcohol",
                 "60 bottles", "42 000 millilitres", "16.8 litres of pure alcohol"):  # fmt: skip
        assert text in re.sub("[\u00a0\u202f]", " ", paper), paper


@pytest.mark.parametrize(
    ("pack", "place", "cause"),
    [
        (wildlife.with_category(dimensions=["money", "mas"]), "$.categories[0].dimensions",
         "perhaps 'mass'"),
        (wildlife.with_category(units=[], dimensions=["dose"]), "$.categories[0].units",
         "needs a unit"),
        (wildlife.with_category(contents=["pint"]), "$.categories[0].contents", "not a unit"),
        (wildlife.with_category(measure={"unit": "lp"}), "$.categories[0].measure.unit",
         "perhaps 'lpa'"),
        (wildlife.with_category(measure={"unit": "lpa", "of": "contents"}),
         "$.categories[0].measure.of", "perhaps 'content'"),
        (wildlife.with_category(measure={"unit": "lpa", "percent": "added.abvv"}),
         "$.categories[0].measure.percent", "perhaps 'added.abv'"),
        (wildlife.with_category(measure={"unit": "lpa", "factor": "0"}),
         "$.categories[0].measure.factor", "greater than zero"),
        (wildlife.with_category(measure={"unit": "lpa", "of": "content"}),
         "$.categories[0].measure.of", "no contents"),
        (wildlife.with_category(measure={"unit": "lpa", "percent": "added.permit_no"}),
         "$.categories[0].measure.percent", "'added.permit_no' is not a number"),
        (wildlife.with_category(measure={"unit": "lpa", "percent": "brand"}),
         "$.categories[0].measure.percent", "'brand' is not a number"),
        (wildlife.with_category(units=["bottle"], measure={"unit": "bottle"}),
         "$.categories[0].measure.unit", "bottle measures the same as the count"),
        (wildlife.with_unit(code="EURO", dimension="money"), "$.units[0].code", "not a currency"),
        (wildlife.with_unit(code="CHF", dimension="money", factor="1.1"), "$.units[0].factor",
         "not converted"),
        (wildlife.with_unit(dimension="alcohl"), "$.units[0].dimension", "perhaps 'alcohol'"),
    ],
)  # fmt: skip
def test_a_mistake_in_units_and_measures_is_refused(
    pack: dict[str, Any], place: str, cause: str
) -> None:
    told = {fault.position: str(fault.what) for fault in checked(pack).faults}
    assert cause in told.get(place, ""), told
