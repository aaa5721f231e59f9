"""The same record shows the same totals on the paper, in its seal and on the hub's page."""

from __future__ import annotations

import re
from decimal import Decimal

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from domain.figures import figure
from domain.interception.goods import GoodsLine
from domain.totals import by_unit, gross_weight_kg, net_weight_kg
from hub.packs import Library
from hub.pages.interception.goods import totals
from papers.receipt.page import render
from papers.receipt.seal_facts import facts_of
from papers.seal.seal import make_seal, read_seal
from tests.papers.builders import KEY, a_paper
from tests.papers.paper_text import words_on

PAPER = a_paper()
PACK = PAPER.checklist.pack
LIBRARY = Library({(PACK.id, PACK.version): PAPER.checklist}, {}, PAPER.checklist.terms)
NUMBERS = st.decimals(0, 10**12 - 1, places=6, allow_nan=False, allow_infinity=False)
COUNTS = st.integers(0, 10**6)
LINES = st.builds(
    GoodsLine,
    quantity=st.none() | NUMBERS,
    packs=st.none() | COUNTS,
    units_per_pack=st.none() | COUNTS,
    unit=st.none() | st.sampled_from([*(unit.code for unit in PACK.units[:6]), "no-such-unit"]),
)


@given(st.lists(LINES, max_size=12))
def test_paper_and_page_show_the_same_totals(lines: list[GoodsLine]) -> None:
    found = msgspec.structs.replace(PAPER.interception, goods=tuple(lines))
    paper = msgspec.structs.replace(PAPER, interception=found)

    printed = facts_of(paper).totals

    assert read_seal(make_seal(facts_of(paper), KEY)).totals == printed
    assert [(total.amount, total.unit) for total in totals(found, LIBRARY)] == [
        (
            figure(amount.value, "en").replace("\u202f", ""),
            PAPER.unit_words(amount.unit, amount.value),
        )
        for amount in printed
    ]


def test_what_is_measured_besides_is_not_added_to_what_is_counted() -> None:
    lines = (
        GoodsLine(quantity=Decimal(3), unit="kg"),
        GoodsLine(quantity=Decimal(4), unit="box", content=Decimal("0.50"), content_unit="kg"),
        GoodsLine(quantity=Decimal(60), unit="unit", measure=Decimal("390.0"), measure_unit="kg"),
    )
    found = msgspec.structs.replace(PAPER.interception, goods=lines)
    paper = msgspec.structs.replace(PAPER, interception=found)

    assert [(t.name, f"{t.amount} {t.unit}") for t in totals(found, LIBRARY)] == [
        ("Totals by unit", "3 kg"),
        ("", "4 box"),
        ("", "60 unit"),
        ("Content in total", "2 kg"),
        ("Also measured", "390 kg"),
    ]
    printed = re.sub("[\u00a0\u202f]", " ", words_on(render(paper)))
    assert (
        "Total of 3 lines 3 kg · 4 box · 60 unit Content in total 2 kg Also measured 390 kg"
    ) in printed
    assert [str(total) for total in read_seal(make_seal(facts_of(paper), KEY)).totals] == [
        "3 kg", "4 box", "60 unit", "2 kg", "390 kg",
    ]  # fmt: skip


def test_a_number_of_absurd_length_is_in_no_total() -> None:
    lines = [
        GoodsLine(quantity=Decimal(text), unit="kg", net_weight_kg=Decimal(text))
        for text in ("1E+999999", "NaN", "Infinity", "1E-999999", "2.5", "0.5")
    ]
    assert [str(amount) for amount in by_unit(lines).counted] == ["3 kg"]
    huge = GoodsLine(quantity=Decimal("1E+999999"), content=Decimal("1E+999999"), unit="box",
                     content_unit="kg")  # fmt: skip
    assert by_unit([huge]).all == ()
    assert net_weight_kg(lines) == Decimal(3)
    assert gross_weight_kg(lines) is None
