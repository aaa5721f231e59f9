"""A restored workstation gets back what it lacks: from the hub, and from a copy of the folder."""

from __future__ import annotations

import json
from pathlib import Path

import httpx2
import pytest

from acts.hub.join_hub import enrolled_hub
from domain.ids import PhotoHash
from storage.keys import Passphrase
from storage.workstation import open_workstation
from sync.http.downloads import download
from sync.http.exchange import client
from tests.journeys.conftest import WORDS, Pair, copy_of
from tests.journeys.desk import Desk, a_record_file
from tests.sync.lines import Asked, a_server, again, an_answer, passed_on

NAME = "Zebulonowicz"


def names(desk: Desk) -> list[Path]:
    """The files of the photos here."""
    return [file for file in (desk.home / "photos").glob("??/*") if len(file.name) == 64]


@pytest.fixture
def restored(pair: Pair, tmp_path: Path) -> tuple[Pair, str]:
    """A backup from before a record with a person, photos and a receipt; and its number."""
    backup = copy_of(pair.desk, tmp_path / "backup")
    person = {"role": "consignee", "name": f"Ada {NAME}"}
    file = a_record_file(tmp_path / "in", persons={"involved": 1, "parties": [person]})
    number = pair.desk.run("record", file).out.split()[0]
    assert pair.desk.run("receipt", number, "--out", tmp_path / "first.pdf").status == 0
    assert pair.sync().status == 0
    return Pair(backup, pair.hub), number


def test_entries_and_photos_come_back_from_the_hub_names_and_papers_from_a_copy(
    restored: tuple[Pair, str], pair: Pair, tmp_path: Path
) -> None:
    (place, number), desk = restored, restored[0].desk
    assert not names(desk)
    fetched = desk.run("fetch", "--hub", place.hub.url)
    assert fetched.status == 1
    assert fetched.lines[0] == "came back from the hub: 3 entries, 2 photos"
    assert fetched.lines[1] == "still missing: 1 record's names, 1 paper, 0 photos"
    assert "fetch --from FOLDER" in fetched.out
    assert len(names(desk)) == 2
    assert not json.loads(desk.run("show", number).out)["names_held"]

    secret = ("--from-passphrase-file", pair.desk.passphrase)
    taken = desk.run("fetch", "--from", pair.desk.home, *secret)
    assert taken.status == 0, taken.err
    assert "1 record's names, 1 paper, 0 photos" in taken.out
    assert NAME in desk.run("show", number).out
    verified = desk.run("verify")
    assert verified.status == 0
    assert "look at" not in verified.out
    assert number in desk.run("list", NAME).out
    assert desk.run("receipt", number, "--out", tmp_path / "again.pdf").status == 0
    assert desk.run("verify", tmp_path / "again.pdf").status == 0


def test_what_does_not_match_is_not_taken(
    restored: tuple[Pair, str], pair: Pair, tmp_path: Path
) -> None:
    """A copy in which names, a paper and a photo were exchanged."""
    desk = restored[0].desk
    assert desk.run("sync", "--hub", restored[0].hub.url).status == 0
    forged = copy_of(pair.desk, tmp_path / "forged")
    with open_workstation(forged.home, Passphrase(WORDS)) as ws:
        ws.db.execute("DROP TRIGGER nominal_is_never_changed")
        ws.db.execute('UPDATE nominal SET part = CAST(\'{"persons.note":"x"}\' AS BLOB)')
    photo, other = names(forged)
    photo.write_bytes(other.read_bytes())
    paper = next((forged.home / "papers").glob("??/*"))
    paper.write_bytes(other.read_bytes())
    secret = ("--from-passphrase-file", forged.passphrase)
    taken = desk.run("fetch", "--from", forged.home, *secret)
    assert taken.status == 1
    assert "0 records' names, 0 papers, 1 photo\n" in taken.out
    assert "still missing: 1 record's names, 1 paper, 1 photo" in taken.out
    assert "WRONG" not in desk.run("verify").out


def test_a_photo_goes_on_after_a_cut_and_other_bytes_are_refused(
    restored: tuple[Pair, str],
) -> None:
    place, _ = restored
    asked: list[str] = []

    def cut(request: Asked) -> bytes:
        whole = again(*passed_on(place.hub.url, request))
        if request.method == "GET" and request.route.startswith("/api/photos/"):
            asked.append(request.headers["range"])
            return b"" if len(asked) % 2 else whole
        return whole

    def forged(request: Asked) -> bytes:
        status, headers, body = passed_on(place.hub.url, request)
        if request.method == "GET" and request.route.startswith("/api/photos/"):
            body = body[:-1] + bytes([body[-1] ^ 1])
        return again(status, headers, body)

    with a_server(forged) as url:
        refused = place.desk.run("fetch", "--hub", url)
        assert refused.status == 1
        assert refused.err.count("the received bytes are not those of the photo") == 2
        assert not names(place.desk)
    with a_server(cut) as url:
        fetched = place.desk.run("fetch", "--hub", url)
        assert "0 entries, 2 photos" in fetched.out
    assert len(asked) == 4


def test_the_hub_gives_a_photo_to_its_own_workstation_in_ranges(pair: Pair, tmp_path: Path) -> None:
    assert pair.desk.run("record", a_record_file(tmp_path)).status == 0
    assert pair.sync().status == 0
    with open_workstation(pair.desk.home, Passphrase(WORDS)) as ws:
        photo, hub = ws.photos.names()[0], enrolled_hub(ws)
        data = ws.photos.original(photo)
    path = f"/api/photos/{photo}"
    with client(pair.hub.url, {"Authorization": f"Bearer {hub.token}"}) as http:
        assert http.get(path).content == data
        some = http.get(path, headers={"Range": "bytes=5-9"})
        assert (some.status_code, some.content) == (206, data[5:10])
        assert some.headers["content-range"] == f"bytes 5-9/{len(data)}"
        rest = http.get(path, headers={"Range": f"bytes={len(data) - 3}-"})
        assert (rest.status_code, rest.content) == (206, data[-3:])
        assert http.get(path, headers={"Range": f"bytes={len(data)}-"}).status_code == 416
        assert http.get(f"/api/photos/{PhotoHash.of(b'x')}").status_code == 404
        assert download(http, path, tries=1) == data
    assert httpx2.get(pair.hub.url + path).status_code == 401
    stranger = pair.hub.station(5)
    assert stranger.http.get(path).status_code == 404


def test_a_piece_that_did_not_come_is_asked_for_after_pauses_that_grow() -> None:
    answers = iter((b"", an_answer(503, b"", Retry_After="2"), b"", an_answer(200, b"all")))
    pauses: list[float] = []
    with a_server(lambda _: next(answers)) as url, client(url, {}) as http:
        assert download(http, "/photo", tries=4, rest=pauses.append) == b"all"
    bars = [(0.25, 0.3), (2.0, 2.4), (1.5, 1.8)]
    assert all(least <= one <= most for one, (least, most) in zip(pauses, bars, strict=True))
