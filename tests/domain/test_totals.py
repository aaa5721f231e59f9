"""The same record shows the same totals on the paper, in its seal and on the hub's page."""

from __future__ import annotations

from decimal import Decimal

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from domain.figures import figure
from domain.interception.goods import GoodsLine
from domain.totals import by_unit, gross_weight_kg, net_weight_kg
from hub.packs import Library
from hub.pages.interception.goods import totals
from papers.receipt.seal_facts import facts_of
from papers.seal.seal import make_seal, read_seal
from tests.papers.builders import KEY, a_paper

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


def test_a_number_of_absurd_length_is_in_no_total() -> None:
    lines = [
        GoodsLine(quantity=Decimal(text), unit="kg", net_weight_kg=Decimal(text))
        for text in ("1E+999999", "NaN", "Infinity", "1E-999999", "2.5", "0.5")
    ]
    assert [str(amount) for amount in by_unit(lines)] == ["3 kg"]
    assert net_weight_kg(lines) == Decimal(3)
    assert gross_weight_kg(lines) is None
