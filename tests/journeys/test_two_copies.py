"""Two copies of a folder were used: one goes on, the other becomes a new workstation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import main
from domain.ids import DeviceId
from hub.codes import fresh_code, put_address
from hub.devices import accept, revoke
from storage import hub_memory
from storage.keys import Passphrase
from storage.workstation import open_workstation
from sync.stick.export import export
from sync.wire.enrolment_file import GivenStation
from system.database import transaction
from system.shipped import shipped_packs
from tests.builders import OFFICER
from tests.journeys.conftest import WORDS, Pair, copy_of
from tests.journeys.desk import Desk, a_record_file, an_item

BY = ("--officer", OFFICER)


def recorded(desk: Desk, folder: Path, shade: int) -> str:
    """Record an interception of its own; its number."""
    consignment = {"postal_item_id": an_item(shade)}
    done = desk.run("record", a_record_file(folder, f"r{shade}", shade=shade,
                                            consignment=consignment))  # fmt: skip
    assert done.status == 0, done.err
    return done.out.split()[0]


def given(pair: Pair, number: int) -> str:
    """A code that gives a station at MCN."""
    put_address(pair.hub.hub, pair.hub.url, "")
    return fresh_code(pair.hub.hub, GivenStation(post="MCN", country="XA", number=number))


def device_of(desk: Desk) -> DeviceId:
    with open_workstation(desk.home, Passphrase(WORDS)) as ws:
        return ws.device


@pytest.fixture
def copies(pair: Pair, tmp_path: Path) -> tuple[Pair, Pair]:
    """Two copies of a folder with one record; each has recorded one more and met the hub."""
    first = pair
    shared = recorded(first.desk, tmp_path, 10)
    assert first.desk.run("receipt", shared, "--out", tmp_path / "shared.pdf").status == 0
    second = Pair(copy_of(first.desk, tmp_path / "copy"), pair.hub)
    recorded(first.desk, tmp_path, 20)
    recorded(second.desk, tmp_path, 30)
    assert first.sync().status == 0
    assert second.sync().status == 1
    assert first.sync().status == 1
    return first, second


def test_nothing_is_signed_in_either_copy_before_somebody_chose(
    copies: tuple[Pair, Pair], tmp_path: Path
) -> None:
    number = copies[0].desk.numbers()[0]
    for pair in copies:
        desk = pair.desk
        file = a_record_file(tmp_path, "new", shade=90)
        deeds: tuple[tuple[str | Path, ...], ...] = (
            ("record", file),
            ("receipt", number, "--out", tmp_path / "no.pdf"),
            ("cancel", number, "twice", *BY),
            ("review", number, "--approve", *BY),
            ("amend", file, "--number", number, "--reason", "typing_error", *BY),
        )
        for deed in deeds:
            said = desk.run(*deed)
            assert (said.status, said.err.count("\n")) == (2, 1), said.err
            assert "two copies of this workstation's folder were used" in said.err
            assert "`main.py station keep`" in said.err
            assert "`main.py station renew ENROLMENT`" in said.err
        assert not (tmp_path / "no.pdf").exists()
        shown = desk.run("station")
        assert shown.status == 1
        assert "branches into 2" in shown.out
        assert str(device_of(desk)) in shown.out
    assert copies[0].hub.count("entry") == 6 + len(shipped_packs())


def test_one_copy_goes_on_and_the_other_becomes_a_new_workstation(
    copies: tuple[Pair, Pair], tmp_path: Path
) -> None:
    first, second = copies
    before = device_of(second.desk)
    assert first.desk.run("station", "keep", *BY).status == 0
    assert recorded(first.desk, tmp_path, 40).startswith("XA-MCN1-")
    assert first.sync().status == 0
    examined = first.desk.run("doctor").out
    assert "It was chosen that this copy goes on" in examined
    assert "station keep" not in examined

    assert second.desk.run("station", "renew", *BY).status == 2
    renewed = second.desk.run("station", "renew", given(second, 2), "--hub", second.hub.url, *BY)
    assert renewed.status == 0, renewed.err
    assert device_of(second.desk) != before
    number = recorded(second.desk, tmp_path, 50)
    assert number.startswith("XA-MCN2-")
    assert number.split("-")[3] == "00001"
    assert second.desk.run("receipt", number, "--out", tmp_path / "own.pdf").status == 0
    said = second.sync()
    assert said.status == 0, said.err
    assert second.hub.count("device") == 2
    assert second.hub.count("interception") == 5

    shown = second.desk.run("station")
    assert shown.status == 0
    assert f"before\t{before}\tpost MCN (XA), number 1" in shown.out
    for paper in ("shared.pdf", "own.pdf"):
        assert second.desk.run("verify", tmp_path / paper).status == 0
    verified = second.desk.run("verify")
    assert verified.status == 0, verified.out
    assert "WRONG" not in verified.out
    assert second.desk.run("rebuild").status == 0
    assert len(second.desk.numbers()) == 4
    assert second.desk.run("verify").status == 0


def test_what_an_earlier_workstation_recorded_is_shown_and_printed_and_not_changed(
    copies: tuple[Pair, Pair], tmp_path: Path
) -> None:
    _, second = copies
    desk = second.desk
    assert desk.run("station", "renew", given(second, 2), "--hub", second.hub.url, *BY).status == 0
    old = json.loads(desk.run("show", desk.numbers()[0]).out)
    number, receipt = old["number"], old["receipts"][0]
    file = a_record_file(tmp_path, "new", shade=90)
    for deed in (
        ("cancel", number, "twice", *BY),
        ("review", number, "--approve", *BY),
        ("amend", file, "--number", number, "--reason", "typing_error", *BY),
        ("receipt", number, "--out", tmp_path / "fr.pdf", "--language", "fr"),
    ):
        said = desk.run(*deed)
        assert (said.status, said.err.count("\n")) == (2, 1), said.err
        assert "recorded this interception, and this one is" in said.err
    assert not (tmp_path / "fr.pdf").exists()
    seen = set()
    for copy in ("a.pdf", "b.pdf"):
        assert desk.run("receipt", receipt, "--out", tmp_path / copy).status == 0
        judged = desk.run("verify", tmp_path / copy)
        assert judged.status == 0, judged.out
        seen.add((tmp_path / copy).read_bytes())
    assert len(seen) == 2  # copy 2 and copy 3: they are counted on
    assert "WRONG" not in desk.run("verify").out


def test_a_copy_that_is_used_on_after_the_choice_blocks_again(
    copies: tuple[Pair, Pair], tmp_path: Path
) -> None:
    first, second = copies
    for pair in copies:
        assert pair.desk.run("station", "keep", *BY).status == 0
    recorded(second.desk, tmp_path, 40)
    assert second.sync().status == 0
    recorded(first.desk, tmp_path, 50)
    assert first.sync().status == 1
    assert "two copies" in first.desk.run("record", a_record_file(tmp_path, "x", shade=90)).err


def test_entries_that_waited_when_the_folder_became_another_still_arrive_once(
    copies: tuple[Pair, Pair], tmp_path: Path
) -> None:
    """They travel by courier: the new workstation brings them."""
    first, second = copies
    assert second.desk.run("station", "keep", *BY).status == 0
    recorded(second.desk, tmp_path, 40)
    code = given(second, 2)
    assert second.desk.run("station", "renew", code, "--hub", second.hub.url, *BY).status == 0
    recorded(second.desk, tmp_path, 50)
    said = second.sync()
    assert (said.status, said.out) == (0, "hub has 5 of 5 records, 10 of 10 photos\n"), said.err
    assert first.hub.count("interception") == 5


def test_an_ended_workstation_is_told_how_its_folder_goes_on(pair: Pair, tmp_path: Path) -> None:
    hub = pair.hub.hub
    recorded(pair.desk, tmp_path, 10)
    assert pair.sync().status == 0
    recorded(pair.desk, tmp_path, 20)
    before = device_of(pair.desk)
    revoke(hub, before, "stolen at the pier")

    for said in (pair.sync(), pair.desk.run("enrol", fresh_code(hub), "--hub", pair.hub.url)):
        assert (said.status, said.err.count("\n")) == (2, 1), said.err
        assert "headquarters ended this workstation" in said.err
        assert "`main.py station renew FILE`" in said.err
    code = given(pair, 2)
    assert pair.desk.run("station", "renew", code, "--hub", pair.hub.url, *BY).status == 0

    waits = pair.sync()
    assert waits.status == 1
    assert "does not take 1 entry or photo yet: headquarters ended its workstation" in waits.err
    assert "sync --again" not in waits.err
    assert accept(hub, before).taken == 1
    assert pair.sync().status == 0


def test_what_the_hub_refuses_for_good_is_named_so_that_it_can_go_alone(
    pair: Pair, tmp_path: Path
) -> None:
    assert pair.sync().status == 0
    number = recorded(pair.desk, tmp_path, 10)
    with open_workstation(pair.desk.home, Passphrase(WORDS)) as ws, transaction(ws.db):
        photo = hub_memory.waiting_photos(ws.db)[0]
        hub_memory.refuse_photo(ws.db, photo, "it is not\na photo", ws.now())
    said = pair.sync()
    assert said.status == 1
    assert f"{number} {photo}: the hub refuses it: it is not\\na photo" in said.err
    alone = tmp_path / "alone"
    alone.mkdir()
    with open_workstation(pair.desk.home, Passphrase(WORDS)) as ws:
        assert [part.photos for part in export(ws, alone, only=str(photo)).written] == [1]


def test_a_lost_answer_does_not_use_up_the_code(copies: tuple[Pair, Pair], tmp_path: Path) -> None:
    """The folder asks again as the same new workstation."""
    _, second = copies
    code = given(second, 2)
    nowhere = second.desk.run("station", "renew", code, "--hub", "http://127.0.0.1:9", *BY)
    assert nowhere.status == 3
    words = ("station", "renew", code, "--hub", second.hub.url, *BY)
    second.desk.killed_at(60, *words)
    done = second.desk.run(*words)
    assert done.status == 0 or "has given numbers as XA MCN 2" in done.err, done.err
    enrolled = second.desk.run("enrol", code, "--hub", second.hub.url)
    assert enrolled.status == 0, enrolled.err
    assert second.hub.count("device") == 2
    recorded(second.desk, tmp_path, 50)
    assert second.sync().status == 0


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("renew",), "needs the enrolment file or code that headquarters gives"),
        (("keep", "x"), "belongs to `renew`"),
        (("renew", "/nowhere.enrolment"), "cannot be read"),
    ],
)
def test_a_word_too_few_or_too_many_gets_one_sentence(
    pair: Pair, words: tuple[str, ...], why: str
) -> None:
    said = pair.desk.run("station", *words, *BY)
    assert (said.status, said.err.count("\n")) == (2, 1)
    assert why in said.err


@pytest.mark.parametrize("before", [True, False])
def test_options_stand_before_the_word_of_station_or_after_it(
    desk: Desk, capsys: pytest.CaptureFixture[str], before: bool
) -> None:
    options = ["--home", str(desk.home), "--passphrase-file", str(desk.passphrase), *BY]
    first, then = (options, []) if before else ([], options)
    assert main.main(["station", *first, "keep", *then]) == 0
    assert capsys.readouterr().out.startswith(str(device_of(desk)))
    assert main.main(["station", *first, "renew", *then, "/nowhere.enrolment"]) == 2
    assert "/nowhere.enrolment" in capsys.readouterr().err


def test_a_file_that_is_missing_is_named_before_a_badge_is_asked_for(pair: Pair) -> None:
    said = pair.desk.run("station", "renew", "/nowhere.enrolment")
    assert (said.status, said.err.count("\n")) == (2, 1)
    assert "/nowhere.enrolment" in said.err
    assert pair.desk.run("station", "keep").status == 0


def test_a_folder_does_not_become_the_station_that_it_is(pair: Pair) -> None:
    put_address(pair.hub.hub, pair.hub.url, "")
    for code, why in (
        (fresh_code(pair.hub.hub), "gives no station"),
        (given(pair, 7), ""),
    ):
        said = pair.desk.run("station", "renew", code, "--hub", pair.hub.url, *BY)
        assert (said.status, why in said.err) == (2 if why else 0, True), said.err
    with pair.hub.hub.database.writing() as rows:
        rows.execute("DELETE FROM token")
        rows.execute("UPDATE device SET station = 9 WHERE station = 1")
    said = pair.desk.run("station", "renew", given(pair, 1), "--hub", pair.hub.url, *BY)
    assert said.status == 2
    assert "has given numbers as XA MCN 1 already" in said.err


def test_fetch_names_a_branch_with_the_words_and_the_status_of_sync(
    pair: Pair, tmp_path: Path
) -> None:
    recorded(pair.desk, tmp_path, 10)
    other = Pair(copy_of(pair.desk, tmp_path / "copy"), pair.hub)
    recorded(pair.desk, tmp_path, 20)
    recorded(other.desk, tmp_path, 30)
    assert pair.sync().status == 0
    secret = ("--from-passphrase-file", pair.desk.passphrase)

    apart = other.desk.run("fetch", "--from", pair.desk.home, *secret)
    assert apart.status == 1
    assert "has entries that this journal lacks, and lacks some of this journal" in apart.err
    assert "`main.py station renew`" in apart.err

    from_hub = other.desk.run("fetch", "--hub", pair.hub.url)
    assert from_hub.status == 1
    from_copy = other.desk.run("fetch", "--from", pair.desk.home, *secret)
    assert from_copy.status == 1
    warning = next(line for line in other.sync().err.splitlines() if "branches into 2" in line)
    for fetched in (from_hub, from_copy):
        assert warning in fetched.err.splitlines()
    assert "still missing" not in from_copy.out

    assert other.desk.run("station", "keep", *BY).status == 0
    assert other.desk.run("fetch", "--from", pair.desk.home, *secret).status == 0


def test_fetch_takes_nothing_from_the_folder_of_another_workstation(
    copies: tuple[Pair, Pair], tmp_path: Path
) -> None:
    first, second = copies
    stranger = Desk(tmp_path / "stranger", first.desk.passphrase)
    words = ("--post", "MCN", "--country", "XA", "--number", "7", *BY)
    assert stranger.run("init", *words).status == 0
    secret = ("--from-passphrase-file", first.desk.passphrase)
    refused = first.desk.run("fetch", "--from", stranger.home, *secret)
    assert refused.status == 2
    assert f"another workstation, {device_of(stranger)}" in refused.err
    assert str(device_of(first.desk)) in refused.err
    assert refused.err.count("\n") == 1
    before = device_of(second.desk)
    assert second.desk.run("station", "renew", given(second, 2), "--hub", second.hub.url,
                           *BY).status == 0  # fmt: skip
    assert device_of(second.desk) != before
    assert second.desk.run("fetch", "--from", first.desk.home, *secret).status == 0
