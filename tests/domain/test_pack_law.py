"""Law per act and basis in a pack: how periods are counted, and what the check refuses."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.faults import examine
from domain.ids import PackHash
from domain.pack.checklist import Checklist
from domain.pack.law import ClaimRule, WorkCalendar, deadline
from domain.pack.read import read_pack
from system.shipped import terms
from tests import wildlife
from tests.builders import NIGHT
from tests.domain.pack_files import as_file, checked
from tests.wildlife import words

GULF = WorkCalendar(weekend=("fri", "sat"), holidays=("2026-12-02", "2026-12-03"))
EUROPE = WorkCalendar(holidays=("2026-12-25", "2027-01-01"))


@pytest.mark.parametrize(
    ("rule", "calendar", "served", "last"),
    [
        (ClaimRule(working_days=10, calendar="c"), EUROPE, date(2026, 11, 23), date(2026, 12, 7)),
        (ClaimRule(working_days=1, calendar="c"), EUROPE, date(2026, 11, 27), date(2026, 11, 30)),
        (ClaimRule(working_days=1, calendar="c"), EUROPE, date(2026, 11, 28), date(2026, 11, 30)),
        (ClaimRule(working_days=3, calendar="c"), GULF, date(2026, 11, 30), date(2026, 12, 7)),
        (ClaimRule(days=2, calendar="c"), EUROPE, date(2026, 12, 23), date(2026, 12, 28)),
        (ClaimRule(months=1, calendar="c"), EUROPE, date(2026, 12, 1), date(2027, 1, 4)),
        (ClaimRule(days=2), None, date(2026, 12, 23), date(2026, 12, 25)),
        (ClaimRule(days=10, working_days=2, calendar="c"), EUROPE, date(2026, 11, 23),
         date(2026, 12, 7)),
        (ClaimRule(days=2, calendar="gone"), None, date(2026, 12, 23), None),
        (ClaimRule(working_days=2), None, date(2026, 12, 23), None),
        (ClaimRule(months=13, calendar="c"), EUROPE, date(2026, 12, 1), None),
        (ClaimRule(days=2, calendar="c"), EUROPE, date(2025, 12, 23), None),
    ],
)  # fmt: skip
def test_a_period_is_counted_by_its_calendar(
    rule: ClaimRule, calendar: WorkCalendar | None, served: date, last: date | None
) -> None:
    assert deadline(rule, served, calendar) == last


def test_a_calendar_knows_the_years_of_its_holidays_or_says_until_when() -> None:
    assert not EUROPE.knows(date(2025, 12, 31))
    assert EUROPE.knows(date(2026, 1, 1))
    assert EUROPE.knows(date(2027, 12, 31))
    assert not EUROPE.knows(date(2028, 1, 1))
    short = WorkCalendar(holidays=("2026-12-25",), until="2026-12-26")
    assert short.knows(date(2026, 12, 26))
    assert not short.knows(date(2026, 12, 27))


CALENDAR = {"weekend": ["sat", "sun"], "holidays": ["2026-12-25", "2027-12-25"]}
TEN_DAYS = {"working_days": 10, "calendar": "national"}


def lawful(rule: Any = None, calendar: Any = None, **basis: Any) -> dict[str, Any]:
    """The pack with a claim rule of its first legal basis, and a calendar."""
    pack = wildlife.pack()
    first, *rest = pack["legal_bases"]
    calendars = {"national": calendar or CALENDAR}
    basis |= {"claim_rule": rule or TEN_DAYS}
    return {**pack, "calendars": calendars, "legal_bases": [{**first, **basis}, *rest]}


def acting(**acts: Any) -> dict[str, Any]:
    """The pack with law of single acts."""
    pack = lawful()
    return {**pack, "paper": {**pack["paper"], "acts": acts}}


def test_law_per_act_and_basis_is_accepted() -> None:
    act = {"title": words("Notice", "Avis"), "claim_rule": {"days": 7}}
    assert checked(acting(detention=act)).faults == ()
    assert checked(lawful(acts=["seizure", "detention"])).remarks == ()


@pytest.mark.parametrize(
    ("pack", "place", "cause"),
    [
        (acting(seizing={}), "$.paper.acts.seizing", "there are: seizure, detention"),
        (acting(seizure={"titel": {}}), "$.paper.acts.seizure.titel", "perhaps 'title'"),
        (acting(seizure={"title": {"en": "Notice"}}), "$.paper.acts.seizure.title", "'fr'"),
        (acting(seizure={"claim_rule": {"days": 0}}), "$.paper.acts.seizure.claim_rule",
         "more than 0"),
        (acting(seizure={"claim_rule": {"days": 99999}}), "$.paper.acts.seizure.claim_rule.days",
         "ten years"),
        (lawful(acts=["seizure", "sieze"]), "$.legal_bases[0].acts", "perhaps 'seizure'"),
        (lawful({"working_days": 10}), "$.legal_bases[0].claim_rule.calendar", "need a calendar"),
        (lawful({"days": 10, "calendar": "nation"}), "$.legal_bases[0].claim_rule.calendar",
         "perhaps 'national'"),
        (lawful(calendar={**CALENDAR, "weekend": ["sat", "sunday"]}),
         "$.calendars.national.weekend", "perhaps 'sun'"),
        (lawful(calendar={**CALENDAR, "holidays": ["2026-12-25", "25.12.2027"]}),
         "$.calendars.national.holidays[1]", "like 2026-11-23"),
        (lawful(calendar={**CALENDAR, "holidays": []}), "$.calendars.national.holidays", "empty"),
        (lawful(calendar={**CALENDAR, "until": "soon"}), "$.calendars.national.until", "like 2026"),
        (lawful(calendar={"holidays": CALENDAR["holidays"],
                          "weekend": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}),
         "$.calendars.national.weekend", "without a working day"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_law_is_refused(pack: dict[str, Any], place: str, cause: str) -> None:
    found = {fault.position: str(fault.what) for fault in checked(pack).faults}
    assert cause in found.get(place, str(found))


def test_a_calendar_that_ends_before_a_deadline_is_remarked_on() -> None:
    short = {**CALENDAR, "holidays": ["2026-01-01"], "until": "2026-12-01"}
    (remark,) = checked(lawful(calendar=short)).remarks
    assert remark.position == "$.legal_bases[0].claim_rule.calendar"
    assert "the calendar 'national' ends on 2026-12-01" in str(remark.what)
    assert "served on 2026-11-26 names the rule" in str(remark.what)
    later = checked({**lawful(), "valid_to": "2027-12-24"}).remarks
    assert ["served on 2027-12-24" in str(each.what) for each in later] == [True]
    unused = {**wildlife.pack(), "calendars": {"national": CALENDAR}}
    assert [each.position for each in checked(unused).remarks] == ["$.calendars.national"]


def test_a_legal_basis_for_other_acts_keeps_a_record_from_becoming_final() -> None:
    data = as_file(lawful(acts=["detention"]))
    checklist = Checklist(read_pack(data, "wild.json"), PackHash.of(data), terms())
    document = wildlife.document()
    document["legal"] |= {"legal_basis": ["SAMPLE-CUSTOMS-10"], "action": "seizure"}
    found = [f for f in examine(document, checklist, NIGHT).faults if f.path.startswith("legal.")]
    assert [fault.kind.code for fault in found if not fault.warns] == ["basis_of_other_acts"]
    assert "is not for the action seizure" in str(found[0])
    document["legal"]["action"] = "detention"
    assert all(f.kind.code != "basis_of_other_acts"
               for f in examine(document, checklist, NIGHT).faults)  # fmt: skip
