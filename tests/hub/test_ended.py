"""What the hub promises about workstations that headquarters ended."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx2
import pytest

import main
from domain.ids import DeviceId
from domain.instant import Instant
from domain.statement import RefusalCode
from hub.codes import fresh_code
from hub.devices import revoke
from tests.hub.conftest import Running, run_hub
from tests.hub.station import Station, tips_of
from tests.hub.test_clashes import in_bag
from tests.hub.test_photos import TUS, begin

pytestmark = pytest.mark.rows


def device(running: Running, *words: str) -> int:
    """The exit status of `hub device WORDS`, beside the hub that serves."""
    database = running.database
    return main.main(["hub", "device", *words, "--database", database])


def end(running: Running, station: Station) -> None:
    assert device(running, "revoke", str(station.device), "--why", "stolen at the pier") == 0


def rows_of(running: Running) -> tuple[int, int]:
    return running.count("entry"), running.count("apart")


def test_the_token_of_an_ended_workstation_is_void_at_once(
    running: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    thief, other = running.station(1), running.station(2)
    thief.send()
    where = begin(thief).headers["Location"]
    end(running, thief)
    assert "stolen at the pier" in capsys.readouterr().out
    http = thief.http
    for answer in (
        http.post("/api/batches", content=b""),
        http.get(f"/api/devices/{thief.device}/tips"),
        http.get(f"/api/devices/{thief.device}/entries"),
        http.get("/api/packs"),
        begin(thief),
        http.patch(where, headers=TUS),
    ):
        assert answer.status_code == 401
        assert (answer.json()["code"], answer.json()["curable"]) == ("ended", False)
    assert other.send().tips


def test_an_ended_workstation_never_enrols_again_and_the_code_stays_valid(
    running: Running,
) -> None:
    thief = running.station(1)
    end(running, thief)
    code = fresh_code(running.hub)
    refused = thief.http.post("/api/enrol", content=thief.request(code))
    assert (refused.status_code, refused.json()["code"]) == (403, "ended")
    Station(running.url, 2).enrol(code)


def test_what_arrives_after_the_end_is_held_apart_and_what_came_before_stays(
    running: Running,
) -> None:
    thief, courier = running.station(1), running.station(2)
    before = thief.finalise()
    thief.send()
    end(running, thief)
    late = thief.finalise(case_ref="after the end")
    ack = courier.send(thief.chain)
    assert [(r.hash, r.code, r.curable) for r in ack.refused] == [
        (late.hash, RefusalCode.HELD_APART, True)
    ]
    assert rows_of(running) == (2, 1)
    courier.send(thief.chain)
    assert rows_of(running) == (2, 1)
    said = courier.http.get(f"/api/devices/{thief.device}/tips")
    statement = thief.read(said)
    assert tips_of(statement) == {before.hash}
    assert statement.ended_at is not None
    arrivals = courier.page("/").text
    assert before.head.subject in arrivals
    assert late.head.subject not in arrivals
    assert courier.page(f"/interceptions/{late.head.subject}").status_code == 404
    apart = courier.page("/apart").text
    assert "after the end" in apart
    assert f"main.py hub device accept {thief.device}" in apart
    stations = courier.page("/devices").text
    assert "stolen at the pier" in stations
    assert "1 held apart" in stations


def test_what_was_held_apart_is_let_in_after_judgement(
    running: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    retired, courier = running.station(1), running.station(2)
    retired.send()
    end(running, retired)
    lost = retired.finalise()
    late = retired.finalise()
    courier.send([late])
    assert device(running, "accept", str(retired.device)) == 0
    assert "still held apart: 1 entry" in capsys.readouterr().out
    courier.send([lost])
    assert device(running, "accept", str(retired.device)) == 0
    assert "let in: 2 entries" in capsys.readouterr().out
    assert rows_of(running) == (3, 0)
    page = courier.page(f"/interceptions/{late.head.subject}")
    assert page.status_code == 200
    assert "Nothing is held apart" in courier.page("/apart").text
    more = retired.finalise()
    assert [r.hash for r in courier.send([more]).refused] == [more.hash]


def test_post_and_number_of_an_ended_workstation_are_free_in_the_next_year(tmp_path: Path) -> None:
    """Its seizure numbers of this year are on paper; those of the next year begin anew."""
    clock = [Instant.parse("2026-11-23T02:12:09.000+00:00")]
    with run_hub(tmp_path, now=lambda: clock[0]) as running:
        retired = running.station(1)
        other = Station(running.url, 2, number=1, pages=running.pages)
        revoke(running.hub, retired.device, "retired")  # by the clock of this hub
        assert "same post and number" not in retired.page("/devices").text
        taken = other.http.post("/api/enrol", content=other.request(fresh_code(running.hub)))
        assert (taken.status_code, taken.json()["code"]) == (409, "station_taken")
        clock[0] = Instant.parse("2027-01-01T00:00:01.000+00:00")
        other.enrol(fresh_code(running.hub))
        assert "same post and number" not in other.page("/devices").text


def test_a_workstation_is_ended_once(running: Running, capsys: pytest.CaptureFixture[str]) -> None:
    station = running.station(1)
    end(running, station)
    first = capsys.readouterr().out
    assert device(running, "revoke", str(station.device), "--why", "again") == 0
    again = capsys.readouterr().out.splitlines()
    assert again[:1] == first.splitlines()
    assert again[1:] == ["it was ended before: the first reason stays, and this one is not kept"]


def test_a_new_name_stays_when_the_workstation_enrols_again(
    running: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    station = running.station(1)
    assert device(running, "rename", str(station.device), "Pier 4  left") == 0
    station.enrol(fresh_code(running.hub))
    capsys.readouterr()
    assert device(running, "list") == 0
    assert "\tPier 4 left\t" in capsys.readouterr().out
    assert "Pier 4 left" in station.page("/devices").text


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("revoke", "DAAAAAAAAAAAAAAAA", "--why", "x"), "does not know this workstation"),
        (("rename", "DAAAAAAAAAAAAAAAA", "x"), "does not know this workstation"),
        (("accept", "DAAAAAAAAAAAAAAAA"), "does not know this workstation"),
        (("accept", "nonsense"), "nonsense"),
    ],
)
def test_a_workstation_that_is_not_there_gets_one_clear_sentence(
    running: Running, words: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert device(running, *words) == 2
    assert message in capsys.readouterr().err


def test_a_name_of_no_characters_is_refused(
    running: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    station = running.station(1)
    assert device(running, "rename", str(station.device), "  ") == 2
    assert "1 to 200 characters" in capsys.readouterr().err


def test_an_ended_workstation_is_listed_as_ended(
    running: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    station, courier = running.station(1), running.station(2)
    end(running, station)
    courier.send(station.chain)
    capsys.readouterr()
    device(running, "list")
    (line,) = [li for li in capsys.readouterr().out.splitlines() if str(station.device) in li]
    assert "ended 20" in line
    assert "stolen at the pier" in line
    assert "1 held apart" in line


def test_an_end_between_check_and_write_counts(running: Running, monkeypatch: Any) -> None:
    """The end is read in the transaction that writes, so no batch slips in beside it."""
    thief = running.station(1)
    before = running.hub.database.writing

    def writing(*about: Any, **photos: Any) -> Any:
        monkeypatch.setattr(type(running.hub.database), "writing", original)
        revoke(running.hub, DeviceId(str(thief.device)), "meanwhile")
        return before(*about, **photos)

    original = type(running.hub.database).writing
    monkeypatch.setattr(
        type(running.hub.database),
        "writing",
        lambda self, *about, **photos: writing(*about, **photos),
    )
    ack = thief.send()
    assert [refusal.code for refusal in ack.refused] == [RefusalCode.HELD_APART]


def test_repeated_numbers_are_on_one_page(running: Running) -> None:
    first, second = running.station(1), running.station(2)
    one, other = first.finalise(**in_bag("XB0100001")), second.finalise(**in_bag("XB 0100001"))
    for station in (first, second):
        station.finalise(**in_bag("XB0100009" if station is first else "XB0100008"))
        station.send()
    page = first.page("/clashes").text
    assert "XB0100001" in page
    assert "XB0100009" not in page
    for entry in (one, other):
        assert f"/interceptions/{entry.head.subject}" in page
    assert str(first.device) in page
    assert "1 repeated number" in first.page("/devices").text


def test_a_number_given_twice_by_a_clone_is_called_so(running: Running) -> None:
    station = running.station(1)
    root = station.chain[0]
    station.finalise()
    ours, station.chain = station.chain, [root]
    station.finalise()
    station.send([*ours, *station.chain[1:]])
    page = httpx2.get(f"{running.pages}/clashes").text
    assert "number given twice" in page
    assert "a copy of it may be at work" in page


def test_a_postal_item_used_again_is_listed_and_not_counted(running: Running) -> None:
    station = running.station(1)
    station.finalise()
    station.finalise()
    station.send()
    assert "postal item seen before" in station.page("/clashes").text
    assert "repeated number</a>" not in station.page("/devices").text


def test_what_a_computer_was_before_it_enrolled_is_made_known_by_its_keys(
    running: Running, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It recorded before it ever enrolled, changed its key, and became another workstation."""
    before, now = Station(running.url, 3), running.station(2)
    first = before.key.verify_key
    before.finalise()
    before.change_key(7)
    before.finalise()
    assert {each.code for each in now.send(before.chain).refused} == {RefusalCode.NOT_ENROLLED}
    keys = [
        (before.device, first),
        (before.device, before.key.verify_key),
        (now.device, now.first_key),
    ]
    file = tmp_path / "public-key.txt"
    file.write_text("".join(f"tidewaiter-public-key {who} {key}\n" for who, key in keys))
    assert device(running, "add", str(file)) == 0
    assert capsys.readouterr().out.startswith(f"{before.device} is known now")
    ack = now.send(before.chain)
    assert (ack.refused, set(ack.brought)) == ((), {entry.hash for entry in before.chain})
    assert running.count("device_key") == 1
    assert device(running, "add", str(file)) == 0
    assert "nothing is new" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "D 1", "tidewaiter-public-key D1 00", "a b c d"])
def test_another_file_than_that_of_the_public_keys_adds_nobody(
    running: Running, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    file = tmp_path / "public-key.txt"
    file.write_text(text)
    assert device(running, "add", str(file)) == 2
    assert "public-key.txt in the folder of the workstation" in capsys.readouterr().err
    assert running.count("device") == 0


def test_a_name_cannot_write_on_the_terminal_of_headquarters(
    running: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    station = running.station(1)
    database = running.database
    evil = "\x1b]0;hub\x07\u202eC\x1b[31m"
    device = str(station.device)
    assert main.main(["hub", "device", "rename", device, evil, "--database", database]) == 0
    assert main.main(["hub", "device", "list", "--database", database]) == 0
    words = ["--post", "MCN", "--country", "XA", "--number", "9", "--url", running.url]
    assert main.main(["hub", "code", *words, "--name", evil, "--database", database]) == 0
    assert main.main(["hub", "code", "--list", "--database", database]) == 0
    said = capsys.readouterr().out
    assert "\\x1b[31m" in said
    assert not {"\x1b", "\x07", "\u202e"} & set(said)
