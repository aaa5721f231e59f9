"""Law per act and basis: acts that exist, periods that can be counted, calendars that reach far."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.pack.checklist import Terms
from domain.pack.checks.categories import twice
from domain.pack.contradictions import unknown
from domain.pack.finding import PackFindings, doubt, fault, perhaps
from domain.pack.law import WEEKDAYS, ClaimRule, WorkCalendar, day_in, deadline
from domain.pack.model import FIRST_FORMAT, Pack
from domain.words import mark

LONGEST = {"days": 3660, "working_days": 2600, "months": 120}
"""Ten years: a longer period is a typing error."""
NOT_AN_ACT = mark("'{code}' is not an action{perhaps}")
NOT_A_WEEKDAY = mark("'{code}' is not a day of the week{perhaps}")


def law(pack: Pack, terms: Terms, today: date) -> PackFindings:
    """Faults and remarks of acts, legal bases, claim rules and calendars."""
    if pack.format == FIRST_FORMAT:
        return
    actions = [term.code for term in terms["actions"]]
    for code in pack.paper.acts:
        here = f"$.paper.acts.{code}"
        yield from unknown(here, (code,), actions, NOT_AN_ACT, listed=True)
    for number, basis in enumerate(pack.legal_bases):
        here = f"$.legal_bases[{number}].acts"
        yield from unknown(here, basis.acts, actions, NOT_AN_ACT, listed=True)
        yield from twice(here, basis.acts)
    for name, calendar in pack.calendars.items():
        yield from _calendar(f"$.calendars.{name}", calendar)
        if name not in {rule.calendar for _, rule in _rules(pack)}:
            yield doubt(f"$.calendars.{name}", mark("no claim rule names this calendar"))
    for here, rule in _rules(pack):
        yield from _rule(here, rule, pack, today)


def _rules(pack: Pack) -> Iterator[tuple[str, ClaimRule]]:
    """All claim rules, with their positions."""
    parts = [
        ("$.paper", pack.paper.claim_rule),
        *((f"$.paper.acts.{code}", act.claim_rule) for code, act in pack.paper.acts.items()),
        *((f"$.legal_bases[{n}]", basis.claim_rule) for n, basis in enumerate(pack.legal_bases)),
    ]
    for here, rule in parts:
        if rule is not None:
            yield f"{here}.claim_rule", rule


def _calendar(here: str, calendar: WorkCalendar) -> PackFindings:
    yield from unknown(f"{here}.weekend", calendar.weekend, WEEKDAYS, NOT_A_WEEKDAY, listed=True)
    yield from twice(f"{here}.weekend", calendar.weekend)
    yield from twice(f"{here}.holidays", calendar.holidays)
    if set(WEEKDAYS) <= set(calendar.weekend):
        yield fault(f"{here}.weekend", mark("a week without a working day ends no period"))
    if not calendar.holidays:
        yield fault(f"{here}.holidays", mark("the list is empty"))
    days = [(f"{here}.holidays[{n}]", text) for n, text in enumerate(calendar.holidays)]
    days += [(f"{here}.until", calendar.until)] if calendar.until else []
    for position, text in days:
        if day_in(text) is None:
            yield fault(position, mark("'{day}' is not a day like 2026-11-23"), day=text)


def _rule(here: str, rule: ClaimRule, pack: Pack, today: date) -> PackFindings:
    if min(rule.days, rule.working_days, rule.months) < 0 or not (
        rule.days or rule.working_days or rule.months
    ):
        if here != "$.paper.claim_rule" or rule.working_days < 0:  # else it has a fault already
            yield fault(here, mark("needs days, working_days or months, more than 0"))
        return
    for name, most in LONGEST.items():
        if getattr(rule, name) > most:
            what = mark("{number} is more than ten years")
            yield fault(f"{here}.{name}", what, number=getattr(rule, name))
            return
    calendar = pack.calendars.get(rule.calendar)
    if rule.calendar and calendar is None:
        what = mark("'{name}' is not a calendar of this pack{perhaps}")
        near = perhaps(rule.calendar, pack.calendars, listed=True)
        yield fault(f"{here}.calendar", what, name=rule.calendar, perhaps=near)
    elif rule.working_days and calendar is None:
        yield fault(f"{here}.calendar", mark("working days need a calendar: it has the holidays"))
    elif calendar is not None:
        ends = day_in(pack.valid_to)
        for served in (today, ends if ends and ends > today else today):
            if deadline(rule, served, calendar) is None and calendar.last is not None:
                what = mark(
                    "the calendar '{name}' ends on {last}: a paper that is served on {served} names"
                    " the rule, not the date"
                )
                values = {"name": rule.calendar, "last": calendar.last.isoformat()}
                yield doubt(f"{here}.calendar", what, served=served.isoformat(), **values)
                break
