"""Law per act and basis on the paper: title, meaning, periods for claims, what happens next."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.interception.legal import Legal
from domain.pack.law import ActLaw, ClaimRule, WorkCalendar
from domain.pack.model import LegalBasis
from papers.receipt.model import ReceiptPaper
from papers.receipt.page import render
from system.resources import translation
from tests.papers.builders import a_checklist, a_paper, a_profile, an_interception, both
from tests.papers.paper_text import says, words_on

WORK = WorkCalendar(holidays=("2026-12-04", "2026-12-25"))
CASH = LegalBasis(
    code="CASH-4",
    label=both("SAMPLE Cash Act, section 4", "EXEMPLE Loi sur les espèces, article 4"),
    title=both("Notice of detained cash", "Avis de rétention d’espèces"),
    meaning=both("The cash is held until its origin is shown.", "Les espèces sont retenues."),
    claim_rule=ClaimRule(days=30),
    next_steps=both("Show where the cash comes from.", "Justifiez l’origine des espèces."),
)
MARKS = LegalBasis(
    code="MARKS-17",
    label=both("SAMPLE Marks Act, section 17", "EXEMPLE Loi sur les marques, article 17"),
    claim_rule=ClaimRule(working_days=10, calendar="national"),
)
PLAIN = LegalBasis(code="ACT-10", label=both("SAMPLE Customs Act, section 10", "EXEMPLE Code"))


def paper_of(
    *bases: str, action: str = "seizure", served: bool = True, **pack: Any
) -> ReceiptPaper:
    """A receipt of an act under these bases, served on 23 November 2026 (a Monday)."""
    values: dict[str, Any] = {
        "format": "tidewaiter-pack/2",
        "legal_bases": (CASH, MARKS, PLAIN),
        "calendars": {"national": WORK},
    }
    return a_paper(
        interception=an_interception(
            legal=Legal(action=action, legal_basis=bases, grounds="Seen and counted on the spot.")
        ),
        checklist=a_checklist(**{**values, **pack}),
        served_on=date(2026, 11, 23) if served else None,
    )


def test_a_legal_basis_brings_title_meaning_period_and_steps() -> None:
    pdf = render(paper_of("CASH-4"))
    for text in ("Notice of detained cash", "until its origin is shown", "Claim until 23 December",
                 "Show where the cash comes from."):  # fmt: skip
        assert says(pdf, text), text
    for text in ("Seizure receipt", "were seized", "forfeited"):
        assert text not in words_on(pdf)
    french = render(
        ReceiptPaper(
            **{
                name: getattr(paper_of("CASH-4"), name) for name in ReceiptPaper.__struct_fields__
            } | {"language": "fr", "say": translation("fr")}
        )
    )  # fmt: skip
    assert says(french, "Avis de rétention d’espèces")
    assert says(french, "Justifiez l’origine des espèces.")


def test_an_act_brings_them_where_the_basis_does_not() -> None:
    act = ActLaw(
        title=both("Record of detention", "Procès-verbal de retenue"),
        meaning=both("The goods wait.", "Les marchandises attendent."),
        claim_rule=ClaimRule(days=7),
        next_steps=both("Write to us.", "Écrivez-nous."),
    )
    profile = a_profile(acts={"detention": act})
    pdf = render(paper_of("ACT-10", action="detention", paper=profile))
    for text in ("Record of detention", "The goods wait.", "Claim until 30 November 2026",
                 "Write to us."):  # fmt: skip
        assert says(pdf, text), text
    pdf = render(paper_of("CASH-4", action="detention", paper=profile))
    assert says(pdf, "Notice of detained cash")
    assert says(pdf, "Claim until 23 December 2026")
    pdf = render(paper_of("ACT-10", paper=profile))
    assert says(pdf, "Seizure receipt")
    assert says(pdf, "forfeited")


def test_periods_that_differ_are_named_with_their_law_the_earliest_first() -> None:
    month = a_profile(claim_rule=ClaimRule(months=1))
    pdf = render(paper_of("ACT-10", "MARKS-17", "CASH-4", paper=month))
    assert says(pdf, "The laws below have different periods.")
    assert says(
        pdf,
        "SAMPLE Marks Act, section 17 Claim until 8 December 2026"
        " SAMPLE Customs Act, section 10 Claim until 23 December 2026"
        " SAMPLE Cash Act, section 4 Claim until 23 December 2026",
    )
    assert says(pdf, "SAMPLE Cash Act, section 4 Show where the cash comes from.")


def test_bases_with_one_period_are_not_told_apart() -> None:
    paper = a_profile(claim_rule=ClaimRule(days=30), next_steps=CASH.next_steps)
    shown = words_on(render(paper_of("ACT-10", "CASH-4", paper=paper)))
    assert shown.count("Claim until") == 1
    assert "different periods" not in shown
    assert shown.count("Show where the cash comes from.") == 1


def test_a_paper_that_is_not_served_has_the_rules_and_no_dates() -> None:
    pdf = render(paper_of("MARKS-17", "CASH-4", served=False))
    assert "Claim until" not in words_on(pdf)
    counted = "counted from the day after this paper is served"
    assert says(pdf, f"section 17 Working days 10, {counted}")
    assert says(pdf, f"section 4 Days to claim 30, {counted}")


@pytest.mark.parametrize("until", ["2026-12-06", "2026-11-22"])
def test_a_calendar_that_ends_too_early_gives_the_rule_in_place_of_a_date(until: str) -> None:
    short = WorkCalendar(holidays=("2026-01-01",), until=until)
    pdf = render(paper_of("MARKS-17", calendars={"national": short}))
    assert "Claim until" not in words_on(pdf)
    assert says(pdf, "Working days 10, counted from the day after this paper is served")
    assert "Claim until" not in words_on(render(paper_of("MARKS-17", calendars={})))


def test_goods_handed_back_under_the_same_basis_have_no_notice_of_seizure_and_no_claim() -> None:
    shown = words_on(render(paper_of("CASH-4", action="release")))
    assert "Release receipt" in shown
    for text in ("Notice of detained cash", "its origin", "laim", "What happens next"):
        assert text not in shown, text
    steps = ActLaw(next_steps=both("Sign for what you got back.", "Signez."))
    pdf = render(paper_of("CASH-4", action="release", paper=a_profile(acts={"release": steps})))
    assert says(pdf, "Sign for what you got back.")
    assert "Claim until" not in words_on(pdf)
    assert "forfeited" not in words_on(pdf)
