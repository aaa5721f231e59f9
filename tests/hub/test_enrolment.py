"""What the hub promises about one-time codes, tokens and packs."""

from __future__ import annotations

import json

import httpx2
import pytest

from domain.ids import PackHash
from domain.instant import Instant
from hub.build import open_registry
from hub.codes import accept_code, fresh_code
from hub.enrol import ATTEMPTS_LIMIT
from sync.wire.enrolment import read_answer
from tests.hub.conftest import Running
from tests.hub.station import Station

pytestmark = pytest.mark.rows


def test_a_code_opens_the_door_once(running: Running) -> None:
    code = fresh_code(running.hub)
    Station(running.url, 1).enrol(code)
    answer = httpx2.post(f"{running.url}/api/enrol", content=Station(running.url, 2).request(code))
    assert answer.status_code == 403
    assert "used up" in answer.json()["error"]


def test_the_device_whose_answer_was_lost_may_ask_again(running: Running) -> None:
    code = fresh_code(running.hub)
    station = Station(running.url)
    first = station.enrol(code).token
    assert station.enrol(code).token != first
    assert station.send().tips


def test_a_code_is_read_as_people_type_it(running: Running) -> None:
    code = fresh_code(running.hub)
    Station(running.url).enrol(" " + code.lower().replace("-", " "))


def test_after_enrolling_anew_the_old_token_is_void(running: Running) -> None:
    station = running.station()
    old = station.token
    station.enrol(fresh_code(running.hub))
    answer = httpx2.get(f"{running.url}/api/packs", headers={"Authorization": f"Bearer {old}"})
    assert answer.status_code == 401
    assert station.send().tips


def test_a_code_is_good_for_its_hours_by_the_hubs_clock(running: Running) -> None:
    past = open_registry(running.database, now=lambda: Instant.parse("2020-01-01T00:00Z"))
    code = fresh_code(past)
    past.database.close()
    answer = httpx2.post(f"{running.url}/api/enrol", content=Station(running.url).request(code))
    assert answer.status_code == 403


def test_wrong_codes_are_counted_and_then_not_even_looked_at(running: Running) -> None:
    station = Station(running.url)
    for number in range(ATTEMPTS_LIMIT):
        wrong = station.request(f"WRONG-{number}")
        assert station.http.post("/api/enrol", content=wrong).status_code == 403
    right = station.request(fresh_code(running.hub))
    assert station.http.post("/api/enrol", content=right).status_code == 429


def test_a_request_signed_by_another_key_is_refused(running: Running) -> None:
    station = Station(running.url)
    request = json.loads(station.request(fresh_code(running.hub)))
    request["statement"] = request["statement"].replace("Mail North 1", "Mail North 2")
    answer = station.http.post("/api/enrol", content=json.dumps(request))
    assert answer.status_code == 400


def test_an_id_with_another_key_is_not_taken_over(running: Running) -> None:
    victim, thief = running.station(1), Station(running.url, 2)
    thief.device = victim.device
    answer = thief.http.post("/api/enrol", content=thief.request(fresh_code(running.hub)))
    assert answer.status_code == 409
    assert victim.send().tips


@pytest.mark.parametrize("data", [b"", b"<html>", b"{}", b'{"statement":"{}","signature":"00"}'])
def test_rubbish_gets_one_clear_answer(running: Running, data: bytes) -> None:
    answer = httpx2.post(f"{running.url}/api/enrol", content=data)
    assert answer.status_code == 400
    assert "enrol" in answer.json()["error"]


def test_secrets_are_not_kept_as_they_are(running: Running) -> None:
    code = fresh_code(running.hub)
    station = Station(running.url)
    station.enrol(code)
    kept = b"".join(path.read_bytes() for path in running.folder.glob("hub.sqlite*"))
    assert code.replace("-", "").encode() not in kept
    assert station.token.encode() not in kept


def test_a_used_code_stays_used_when_it_is_offered_again(running: Running) -> None:
    accept_code(running.hub, "ABCD-EFGH-JKLM")
    Station(running.url, 1).enrol("ABCD-EFGH-JKLM")
    accept_code(running.hub, "ABCD-EFGH-JKLM")
    other = Station(running.url, 2)
    answer = other.http.post("/api/enrol", content=other.request("ABCD-EFGH-JKLM"))
    assert answer.status_code == 403


def test_packs_are_handed_out_byte_for_byte(running: Running) -> None:
    station = Station(running.url)
    answer = station.enrol(fresh_code(running.hub))
    assert {pack.id for pack in answer.packs} >= {"SAMPLE-MED", "SAMPLE-SYN"}
    for pack in answer.packs:
        data = station.http.get(f"/api/packs/{pack.id}/{pack.version}").content
        assert PackHash.of(data) == pack.sha256
    assert station.http.get("/api/packs/NONE/1.0.0").status_code == 404


def test_an_answer_is_never_mistaken(running: Running) -> None:
    page = httpx2.get(f"{running.pages}/").content
    with pytest.raises(Exception, match="not that of a hub"):
        read_answer(page)


def test_a_second_workstation_of_one_post_and_number_is_refused(running: Running) -> None:
    first = running.station(1)
    code = fresh_code(running.hub)
    second = Station(running.url, 2, number=1)
    answer = second.http.post("/api/enrol", content=second.request(code))
    assert answer.status_code == 409
    for words in (str(first.device), "number 1 of post MCN", "a number of its own"):
        assert words in answer.json()["error"]
    assert running.count("device") == 1
    second.number = 2
    second.enrol(code)  # the code was not used up
    first.enrol(fresh_code(running.hub))  # the same computer enrols anew


def test_who_is_refused_is_in_the_log_without_names_or_secrets(
    running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    station = running.station()
    with caplog.at_level("INFO", logger="tidewaiter.hub"):
        wrong = {"Authorization": "Bearer tw_wrong"}
        assert httpx2.get(f"{running.url}/api/packs", headers=wrong).status_code == 401
        assert station.http.post("/api/enrol", content=station.request("NO")).status_code == 403
        assert station.http.get("/api/nothing?name=Smith").status_code == 404
    facts = [record.__dict__["facts"] for record in caplog.records if record.msg == "refused"]
    assert [fact["status"] for fact in facts] == [401, 403, 404]
    said = str(facts)
    for secret in ("tw_wrong", "Smith", "127.0.0.1", str(station.device)):
        assert secret not in said
