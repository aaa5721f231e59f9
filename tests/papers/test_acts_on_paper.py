"""What a paper says of its act: title, claims and their period, and the clock."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from domain.instant import ClockState
from domain.interception.legal import Legal
from domain.pack.law import ClaimRule
from papers.receipt.page import render
from papers.typeset.flow import Piece, space, spread
from tests.papers.builders import a_checklist, a_paper, a_profile, an_interception
from tests.papers.paper_text import says, words_on


@pytest.mark.parametrize("action", ["release", "destroyed", "sample", "abandonment", None])
@pytest.mark.parametrize("served", [date(2026, 11, 23), None])
def test_only_an_act_that_takes_goods_speaks_of_claims(
    action: str | None, served: date | None
) -> None:
    what = an_interception(legal=Legal(action=action))
    shown = words_on(render(a_paper(interception=what, served_on=served)))
    for text in ("laim", "forfeit", "What happens next", "PO Box 100", "23 December 2026"):
        assert text not in shown, text


@pytest.mark.parametrize("action", ["seizure", "detention"])
def test_a_paper_that_is_not_served_says_the_rule_of_the_period_and_no_date(action: str) -> None:
    for rule, said in (
        (ClaimRule(months=1), "Months to claim 1,"),
        (ClaimRule(days=30), "Days to claim 30,"),
        (ClaimRule(months=2, days=5), "Months to claim 2 Days to claim 5,"),
    ):
        paper = a_paper(
            interception=an_interception(legal=Legal(action=action)),
            checklist=a_checklist(paper=a_profile(claim_rule=rule)),
            served_on=None,
        )
        pdf = render(paper)
        assert says(pdf, f"{said} counted from the day after this paper is served"), said
        assert "Claim until" not in words_on(pdf)
        assert "forfeited" in words_on(pdf)


@pytest.mark.parametrize(
    ("state", "english"),
    [
        (ClockState.TRUSTED, "UTC+01:00 · clock trusted"),
        (ClockState.UNKNOWN, "UTC+01:00 · clock not checked"),
        (ClockState.DRIFTED, "UTC+01:00 · clock drifted: the time may be wrong"),
    ],
)
def test_the_paper_says_how_far_the_clock_of_the_seizure_was_trusted(
    state: ClockState, english: str
) -> None:
    when = msgspec.structs.replace(an_interception().occasion, clock_state=state)
    assert says(render(a_paper(interception=an_interception(occasion=when))), english)


def test_the_space_behind_the_last_block_begins_no_empty_page() -> None:
    block = Piece(100, lambda _sheet, _top: None)
    assert len(spread([block, space(7)], 100, 100, 0)) == 1
    assert len(spread([block, space(7), block], 100, 100, 0)) == 2


@pytest.mark.parametrize(
    ("action", "title"),
    [
        ("detention", "Detention notice"), ("sample", "Receipt for samples"),
        ("release", "Release receipt"), ("abandonment", "Receipt for abandoned goods"),
        ("destroyed", "Record of destruction"),
    ],
)  # fmt: skip
def test_each_act_has_its_title(action: str, title: str) -> None:
    pdf = render(a_paper(interception=an_interception(legal=Legal(action=action))))
    assert says(pdf, title)
