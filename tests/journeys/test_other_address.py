"""At another address than that of the enrolment the hub proves its key before it gets the token."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from acts.hub.join_hub import enrolled_hub
from domain.ids import PhotoHash
from storage.keys import Passphrase
from storage.workstation import open_workstation
from sync.http.downloads import fetch_photos
from sync.wire.errors import OtherHub
from tests.hub.conftest import run_hub
from tests.journeys.conftest import WORDS, Pair, at_address
from tests.journeys.desk import a_record_file
from tests.sync.lines import Answer, Asked, Relay, a_server, an_answer

PAGE = b"<html><body>Welcome to the hotel. Please accept our terms.</body></html>"


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Relay]:
    """The way to another hub, which notes what it was asked."""
    (tmp_path / "other").mkdir()
    with run_hub(tmp_path / "other") as hub:
        yield Relay(hub.url)


def tokens(asked: list[Asked]) -> list[str]:
    """The requests that had a token."""
    return [one.route for one in asked if "authorization" in one.headers]


@pytest.mark.parametrize("command", ["sync", "fetch"])
def test_another_hub_at_the_address_is_named_and_gets_no_token(
    pair: Pair, other: Relay, tmp_path: Path, command: str
) -> None:
    assert pair.desk.run("record", a_record_file(tmp_path)).status == 0
    with a_server(other) as url:
        said = pair.desk.run(command, "--hub", url)
    assert said.status == 2
    assert f"{url}: another hub answers there" in said.err
    assert "Nothing secret was sent" in said.err
    assert "main.py enrol" in said.err
    assert said.err.count("\n") == 1
    assert tokens(other.asked) == []
    assert {one.route for one in other.asked} == {"/api/introduction"}
    assert pair.sync().out == "hub has 1 of 1 records, 2 of 2 photos\n"


STRANGERS: dict[str, tuple[Answer, str]] = {
    "a page": (lambda _: an_answer(200, PAGE, "text/html"), "not that of a hub"),
    "a hub of protocol 1": (
        lambda _: an_answer(404, b'{"error": "not here", "kind": "input"}'),
        "does not prove which hub it is",
    ),
    "no access": (lambda _: an_answer(401, b'{"error": "no token"}'), "does not prove which hub"),
}


@pytest.mark.parametrize("name", STRANGERS)
def test_who_does_not_prove_the_key_gets_no_token(pair: Pair, name: str) -> None:
    asked: list[Asked] = []
    answer, words = STRANGERS[name]

    def note(one: Asked) -> bytes:
        asked.append(one)
        return answer(one)

    with a_server(note) as url:
        said = pair.desk.run("sync", "--hub", url, "--tries", "1")
    assert said.status == 2
    assert words in said.err
    assert tokens(asked) == []


def test_the_hub_itself_is_met_once_at_another_address_and_never_at_its_own(pair: Pair) -> None:
    relay = Relay(pair.hub.url)
    with a_server(relay) as url:
        assert pair.desk.run("sync", "--hub", url).status == 0
        assert relay.routes()[0] == "GET /api/introduction"
        assert relay.routes().count("GET /api/introduction") == 1
        assert tokens(relay.asked[:1]) == []
        relay.asked.clear()
        at_address(pair.desk, url)
        for words in ([], ["--hub", url], ["--hub", f"{url}/"]):
            assert pair.desk.run("sync", *words).status == 0
    assert "GET /api/introduction" not in relay.routes()


def test_photos_are_asked_for_where_the_hub_proved_its_key(pair: Pair, other: Relay) -> None:
    lost = [PhotoHash.of(b"lost")]
    with a_server(other) as url, open_workstation(pair.desk.home, Passphrase(WORDS)) as ws:
        with pytest.raises(OtherHub):
            list(fetch_photos(ws, lost, hub=enrolled_hub(ws).at(url)))
        assert list(fetch_photos(ws, (), hub=enrolled_hub(ws).at(url))) == []
    assert tokens(other.asked) == []


def test_a_link_that_is_cut_while_the_hub_is_met_is_tried_again(pair: Pair) -> None:
    cuts = iter([True] * 2)
    relay = Relay(pair.hub.url, lambda _: b"" if next(cuts, False) else None)
    with a_server(relay) as url:
        said = pair.desk.run("sync", "--hub", url, "--tries", "5")
    assert said.status == 0, said.err


def test_a_file_that_is_not_there_is_named_and_no_code(pair: Pair) -> None:
    said = pair.desk.run("enrol", "nosuchfile")
    assert said.status == 2
    assert "nosuchfile: there is no such file" in said.err
    assert "--hub URL" in said.err
    code = pair.desk.run("enrol", "ABCD-EFGH-JKLM")
    assert code.status == 2
    assert "ABCD" not in code.err
    assert "a typed code needs the address of the hub" in code.err


def test_a_hub_that_took_the_place_of_ours_is_named_as_another_one(
    pair: Pair, other: Relay
) -> None:
    with a_server(other) as url:
        at_address(pair.desk, url)
        said = pair.desk.run("sync")
        examined = pair.desk.run("doctor")
    assert said.status == 2
    assert said.err.startswith(f"tidewaiter: {url}: another hub answers there: its key is not that")
    assert "main.py enrol" in said.err
    assert "another hub answers there" in examined.out


def test_fetch_meets_the_hub_once_at_another_address(pair: Pair, tmp_path: Path) -> None:
    assert pair.desk.run("record", a_record_file(tmp_path)).status == 0
    assert pair.sync().status == 0
    for photo in (pair.desk.home / "photos").glob("??/*"):
        photo.unlink()
    relay = Relay(pair.hub.url)
    with a_server(relay) as url:
        said = pair.desk.run("fetch", "--hub", url)
    assert "0 entries, 2 photos" in said.out
    assert relay.routes().count("GET /api/introduction") == 1
