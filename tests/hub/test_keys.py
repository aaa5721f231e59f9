"""What the hub promises about workstations that change their signing key."""

from __future__ import annotations

import random

import msgspec
import pytest

from domain.entry import Entry
from domain.ids import EntryHash
from domain.key_change import changed_key, key_after
from domain.signing import SigningKey
from domain.statement import RefusalCode
from hub.codes import fresh_code
from hub.devices import accept, revoke
from hub.signers import keys_of, present_keys
from tests.hub.conftest import Running
from tests.hub.station import Station, tips_of

pytestmark = pytest.mark.rows


def refused(station: Station, *entries: Entry) -> dict[EntryHash, RefusalCode]:
    return {each.hash: each.code for each in station.send(entries).refused}


def enrolment(station: Station, running: Running) -> tuple[int, str]:
    """Status and code of the refusal of an enrolment."""
    request = station.request(fresh_code(running.hub))
    answer = station.http.post("/api/enrol", content=request)
    return answer.status_code, answer.json()["code"]


def test_entries_after_a_change_are_signed_by_the_new_key(running: Running) -> None:
    station = running.station()
    station.finalise()
    station.send()
    station.change_key(7)
    last = station.finalise()
    assert tips_of(station.send()) == {last.hash}
    again = station.change_key(8)
    assert tips_of(station.send()) == {again.hash}
    newest = station.finalise()
    assert tips_of(station.send([newest])) == {newest.hash}
    assert (
        "signs with another key since entry 3, again since entry 5" in station.page("/devices").text
    )


def test_the_old_key_signs_nothing_after_the_change_in_its_branch(running: Running) -> None:
    station = running.station()
    station.send()
    old = station.key
    change = station.change_key(7)
    station.key = old
    late = station.finalise()
    child = station.finalise()
    ack = station.send()
    assert [(r.hash, r.code) for r in ack.refused] == [(late.hash, RefusalCode.WRONG_SIGNATURE)]
    assert tips_of(ack) == {change.hash}
    assert refused(station, late, child) == {late.hash: RefusalCode.WRONG_SIGNATURE}
    assert running.count("entry") == 2


def test_the_new_key_signs_nothing_before_the_change(running: Running) -> None:
    station = running.station()
    station.key = SigningKey(bytes(32))
    early = station.finalise()
    assert refused(station, *station.chain) == {early.hash: RefusalCode.WRONG_SIGNATURE}


def test_a_batch_that_comes_weeks_late_is_taken_by_the_key_that_was_valid(
    running: Running,
) -> None:
    """A branch from before the change, and entries before it that a courier had on his stick."""
    station, courier = running.station(1), running.station(2)
    root = station.finalise()
    station.send()
    old, late = station.key, [station.finalise(), station.finalise()]
    station.chain = [*station.chain[:2]]
    station.change_key(7)
    newest = station.finalise()
    station.send()
    assert courier.send(late).refused == ()
    said = station.read(station.http.get(f"/api/devices/{station.device}/tips"))
    assert tips_of(said) == {late[-1].hash, newest.hash}
    station.key = old
    another = station.add("note.made", "x", {}, after=root)
    assert refused(station, another) == {}


def test_a_change_to_which_the_new_key_did_not_agree_is_refused(running: Running) -> None:
    station = running.station()
    station.send()
    new = SigningKey(random.Random(7).randbytes(32))
    good = changed_key(
        new, device=station.device, prev=station.chain[-1].hash, present=station.key.verify_key
    )
    other = SigningKey(bytes(32))
    wrong_place = changed_key(
        new, device=station.device, prev=EntryHash.of(b"x"), present=station.key.verify_key
    )
    wrong_key = changed_key(
        new, device=station.device, prev=station.chain[-1].hash, present=other.verify_key
    )
    for body in (
        msgspec.structs.replace(good, public_key=other.verify_key),
        msgspec.structs.replace(good, proof="00" * 64),
        msgspec.structs.replace(good, proof="no hexadecimal"),
        wrong_place,
        wrong_key,
        {"public_key": "nonsense"},
    ):
        entry = station.add("station.key_changed", str(station.device), body)
        assert refused(station, entry) == {entry.hash: RefusalCode.WRONG_SIGNATURE}
        station.chain.pop()
    assert running.count("device_key") == 0


def test_a_change_and_what_follows_may_come_apart_and_in_any_order(running: Running) -> None:
    station = running.station()
    station.send()
    change = station.change_key(7)
    after = station.finalise()
    ack = station.send([after])
    assert (ack.refused, tips_of(ack)) == ((), {station.chain[0].hash})
    assert tips_of(station.send([after, change])) == {after.hash}


def test_a_present_key_enrols_again_and_an_old_one_does_not(running: Running) -> None:
    station = running.station()
    station.send()
    old = station.key
    station.change_key(7)
    station.send()
    station.enrol(fresh_code(running.hub))
    assert station.send().tips
    station.key = old
    code = fresh_code(running.hub)
    answer = station.http.post("/api/enrol", content=station.request(code))
    assert (answer.status_code, answer.json()["code"]) == (409, "other_key")


def test_all_keys_are_kept(running: Running) -> None:
    station = running.station()
    keys = [station.key.verify_key]
    for seed in (7, 8):
        station.change_key(seed)
        keys.append(station.key.verify_key)
    station.send()
    with running.hub.database.reading() as rows:
        assert keys_of(rows, station.device) == tuple(keys)
        assert present_keys(rows, station.device) == (keys[-1],)


def test_what_was_held_apart_is_let_in_with_its_keys(running: Running) -> None:
    station, courier = running.station(1), running.station(2)
    station.send()
    revoke(running.hub, station.device, "lost")
    station.change_key(7)
    last = station.finalise()
    courier.send(station.chain)
    assert accept(running.hub, station.device).taken == 2
    said = station.read(courier.http.get(f"/api/devices/{station.device}/tips"))
    assert tips_of(said) == {last.hash}


def test_the_key_after_an_entry_follows_from_the_entry(running: Running) -> None:
    station = Station(running.url)
    before = station.key.verify_key
    note = station.finalise()
    assert key_after(note, before) == before
    change = station.change_key(7)
    assert key_after(change, before) == station.key.verify_key
    assert key_after(change, station.key.verify_key) is None


def test_a_workstation_that_changed_its_key_enrols_at_a_hub_that_does_not_know_it(
    running: Running,
) -> None:
    """A hub that was restored lost the enrolment, and must learn the first key again."""
    station = Station(running.url, 1)
    station.finalise()
    station.change_key(7)
    last = station.finalise()
    station.enrol(fresh_code(running.hub))
    station.enrol(fresh_code(running.hub))  # as after a lost answer
    ack = station.send()
    assert (ack.refused, tips_of(ack)) == ((), {last.hash})


def test_a_workstation_enrols_again_with_a_key_whose_change_the_hub_does_not_have(
    running: Running,
) -> None:
    station = running.station()
    station.send()
    old = station.key
    station.change_key(7)
    last = station.change_key(8)
    station.enrol(fresh_code(running.hub))
    assert tips_of(station.send()) == {last.hash}
    station.chain, station.key = station.chain[:1], old
    station.change_key(9)
    assert enrolment(station, running) == (409, "other_key"), "the old key opens nothing any more"


def test_a_first_key_that_does_not_lead_to_the_present_one_enrols_nobody(running: Running) -> None:
    station = Station(running.url, 1)
    station.first_key = SigningKey(bytes(32)).verify_key
    assert enrolment(station, running) == (400, "malformed")
