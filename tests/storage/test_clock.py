"""The clock is trusted only while nothing has happened to it since the hub confirmed it."""

from __future__ import annotations

import pytest

from acts.hub.acknowledge import acknowledge
from acts.interception.finalise import examination, finalise
from acts.receipt.issue_receipt import issue_receipt
from acts.session import Session
from acts.station.init import make_workstation
from domain.ids import RecordId
from domain.instant import ClockState, Instant
from storage import cases, drafts, journal
from storage.identity import Station
from storage.workstation import Workstation
from system.clock import BOOT_ID, Uptime, system_uptime
from system.errors import ClockNotSet
from tests.builders import BEGUN, NIGHT, SESSION, Place, a_draft, a_final, a_statement

YEAR_2099 = Instant.parse("2099-01-01T08:00+01:00")


def hears_the_hub(ws: Workstation, *, hub_is_ahead_by: int = 0) -> None:
    """The hub answers; `hub_is_ahead_by` in minutes."""
    at = ws.now().plus(minutes=hub_is_ahead_by)
    acknowledge(ws, a_statement(ws, at=at))


def state(ws: Workstation) -> ClockState:
    return ws.clock().state


def signed_state(ws: Workstation, record: RecordId) -> tuple[ClockState, ClockState | None]:
    """What the journal entry and the record in it say of the clock."""
    case = cases.read(ws.db, record)
    entry = journal.entry(ws.db, case.current.entry)
    return entry.head.clock, case.interception.occasion.clock_state


def test_a_clock_that_the_hub_confirmed_is_trusted_as_time_goes_by(place: Place) -> None:
    with place.open() as ws:
        assert state(ws) is ClockState.UNKNOWN
        hears_the_hub(ws)
        place.clock.go(60 * 24)
        assert state(ws) is ClockState.TRUSTED


def test_a_clock_that_jumps_ahead_after_a_good_contact_is_not_trusted(place: Place) -> None:
    with place.open() as ws:
        hears_the_hub(ws)
        record = a_draft(ws)
        place.clock.set(YEAR_2099)
        finalise(ws, record, SESSION)
        assert signed_state(ws, record) == (ClockState.UNKNOWN, ClockState.UNKNOWN)
        assert "it was set" in str(ws.clock())


def test_a_clock_that_is_set_by_a_minute_is_not_trusted(place: Place) -> None:
    with place.open() as ws:
        hears_the_hub(ws)
        place.clock.set(NIGHT.plus(minutes=1))
        assert state(ws) is ClockState.UNKNOWN


def test_after_a_new_start_of_the_computer_the_clock_is_unknown_until_the_hub_is_heard(
    place: Place,
) -> None:
    with place.open() as ws:
        hears_the_hub(ws)
        boot = ws.uptime()
        place.clock.since_start = Uptime("another start", boot.millis)
        assert state(ws) is ClockState.UNKNOWN
        assert "computer was restarted" in str(ws.clock())
        hears_the_hub(ws)
        assert state(ws) is ClockState.TRUSTED


def test_where_a_start_has_no_name_it_is_noticed_by_the_time_since_then(place: Place) -> None:
    place.clock.start_anew("")
    with place.open() as ws:
        place.clock.go(60)
        hears_the_hub(ws)
        assert state(ws) is ClockState.TRUSTED
        place.clock.start_anew("")
        assert state(ws) is ClockState.UNKNOWN


def test_the_word_of_the_hub_lapses_after_thirty_days(place: Place) -> None:
    with place.open() as ws:
        hears_the_hub(ws)
        place.clock.go(60 * 24 * 31)
        assert state(ws) is ClockState.UNKNOWN
        assert "too long ago" in str(ws.clock())


def test_a_clock_that_is_off_the_hub_is_drifted_and_says_by_how_much(place: Place) -> None:
    with place.open() as ws:
        hears_the_hub(ws, hub_is_ahead_by=11)
        assert state(ws) is ClockState.DRIFTED
        assert "11 minutes off" in str(ws.clock())


def test_a_clock_that_is_off_by_days_says_so_in_days(place: Place) -> None:
    with place.open() as ws:
        hears_the_hub(ws, hub_is_ahead_by=21 * 24 * 60)
        assert "it was 21 days off the hub's clock" in str(ws.clock())


def test_a_clock_that_runs_behind_the_newest_entry_is_drifted_and_says_which(place: Place) -> None:
    with place.open() as ws:
        hears_the_hub(ws)
        a_final(ws)
        place.clock.set(NIGHT.plus(minutes=-60))
        assert state(ws) is ClockState.DRIFTED
        assert f"number {BEGUN + 1}" in str(ws.clock())


def test_one_entry_of_2099_does_not_speak_against_a_clock_that_the_hub_confirmed(
    place: Place,
) -> None:
    with place.open() as ws:
        place.clock.set(YEAR_2099)
        a_final(ws)
        place.clock.set(NIGHT)
        assert state(ws) is ClockState.DRIFTED
        assert "2099" in str(ws.clock())
        hears_the_hub(ws)
        assert state(ws) is ClockState.TRUSTED


@pytest.mark.parametrize("heard", [True, False])
def test_a_record_far_ahead_of_what_was_last_heard_gets_a_remark(place: Place, heard: bool) -> None:
    with place.open() as ws:
        if heard:
            hears_the_hub(ws)
        place.clock.set(YEAR_2099)
        record = a_draft(ws)
        draft = drafts.draft(ws.db, record)
        checklist = ws.checklist(draft.pack)
        assert checklist is not None
        seen = examination(ws, draft, checklist)
        remark = next(fault for fault in seen.faults if "after it was last compared" in str(fault))
        assert "this computer's clock says 1 January 2099" in str(remark)
        assert remark.warns


def test_nothing_is_numbered_while_the_clock_says_1970(place: Place) -> None:
    with place.open() as ws:
        final, record = a_final(ws), a_draft(ws)
        place.clock.set(Instant(3_600_000))
        with pytest.raises(ClockNotSet, match="clock says 1 January 1970"):
            finalise(ws, record, SESSION)
        with pytest.raises(ClockNotSet, match="clock says 1 January 1970"):
            issue_receipt(ws, final, SESSION, language="en")


def test_no_workstation_is_made_while_the_clock_says_1970(place: Place) -> None:
    station = Station(name="bench", post="MCN", country="XA", number=1)
    with pytest.raises(ClockNotSet, match=r"1 January 1970\. Set it"):
        make_workstation(
            place.home.with_name("new"),
            station,
            (place.way,),
            {},
            session=Session("admin"),
            now=lambda: Instant(0),
        )


def test_the_systems_own_uptime_goes_on_and_names_this_start() -> None:
    first, second = system_uptime(), system_uptime()
    assert first.boot == second.boot
    assert first.boot or not BOOT_ID.exists()
    assert 0 <= second.millis - first.millis < 60_000
