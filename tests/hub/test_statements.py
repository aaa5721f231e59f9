"""What the hub's statements say in protocol 2: losses, photos as letters, codes of refusals."""

from __future__ import annotations

from pathlib import Path

import httpx2
import msgspec
import pytest
import zstandard

from domain.entry import Entry
from domain.ids import EntryHash, PhotoHash
from domain.statement import PROTOCOL, RefusalCode
from hub.backup import back_up, prepare
from hub.codes import fresh_code
from hub.errors import CURABLE_CODES, ApiCode
from hub.statement import LOST_LIMIT
from tests.hub.conftest import Running
from tests.hub.station import Station
from tests.hub.test_photos import BODY, PHOTO, TUS, begin, patch

pytestmark = pytest.mark.rows

OTHER = PHOTO + b"another"
PAGE = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text(encoding="utf-8")


def bring(station: Station, data: bytes = PHOTO) -> PhotoHash:
    """The hub stores the photo."""
    patch(station, begin(station, data).headers["Location"], 0, data)
    return PhotoHash.of(data)


def lose(running: Running, photo: PhotoHash) -> None:
    """The file of a photo is gone from the hub's disk."""
    running.hub.objects.set_aside(photo)


def test_a_statement_names_the_protocol(running: Running) -> None:
    station = running.station()
    assert station.send().protocol == PROTOCOL == 2
    assert httpx2.get(f"{running.url}/api/health").json()["protocol"] == "2"


def test_photos_asked_for_as_bytes_are_answered_by_letters_in_their_order(
    running: Running, tmp_path: Path
) -> None:
    station = running.station()
    safe = bring(station)
    prepare(running.hub, tmp_path / "backup")
    back_up(running.hub, tmp_path / "backup")
    received, never = bring(station, OTHER), PhotoHash.of(b"never sent")
    answer = station.ask_as_bytes(never, received, safe, received)
    assert (answer.levels, answer.photos) == ("-rsr", ())
    assert station.ask(safe, received).levels == ""
    assert station.ask_as_bytes().levels == ""


@pytest.mark.parametrize("size", [31, 33, 5_001 * 32])
def test_bytes_that_are_no_hashes_or_too_many_are_refused(running: Running, size: int) -> None:
    station = running.station()
    answer = station.http.post(
        f"/api/devices/{station.device}/photos",
        content=bytes(size),
        headers={"Content-Type": "application/vnd.tidewaiter.hashes"},
    )
    assert answer.status_code in (400, 413)
    assert not answer.json()["curable"]


def test_a_photo_whose_bytes_are_gone_is_named_as_lost_once(running: Running) -> None:
    station, other = running.station(1), running.station(2)
    photo = bring(station)
    before = station.tips(losses=0)
    assert (before.losses, before.lost) == (0, ())
    lose(running, photo)
    assert other.ask_as_bytes(photo).levels == "-"
    for answer in (station.tips(losses=0), station.ask_as_bytes(losses=0), other.tips(losses=0)):
        assert (answer.losses, answer.lost) == (1, (photo,))
    assert station.tips(losses=1).lost == ()
    assert station.tips().lost == ()
    assert station.tips().losses == 1
    again = station.http.post("/api/batches", params={"losses": "0"}, content=b"")
    assert again.status_code == 400  # not a batch; the question itself is fine


def test_a_batch_is_answered_with_losses_too(running: Running) -> None:
    station = running.station()
    photo = bring(station)
    lose(running, photo)
    station.ask(photo)
    packed = zstandard.compress(msgspec.msgpack.encode({"v": 1, "items": []}))
    answer = station.http.post("/api/batches?losses=0&nonce=x", content=packed)
    statement = station.read(answer)
    assert (statement.lost, statement.losses, statement.nonce) == ((photo,), 1, "x")


def test_a_photo_lost_sent_again_and_lost_again_is_two_losses(running: Running) -> None:
    station = running.station()
    photo = bring(station)
    lose(running, photo)
    station.ask(photo)
    station.ask(photo)
    bring(station)
    assert station.ask_as_bytes(photo, losses=1).levels == "r"
    assert station.tips().losses == 1
    lose(running, photo)
    station.ask(photo)
    assert station.tips(losses=1).lost == (photo,)


def test_many_losses_come_in_parts(running: Running) -> None:
    station = running.station()
    hashes = [PhotoHash.of(bytes([n % 256, n // 256])) for n in range(LOST_LIMIT + 5)]
    with running.hub.database.writing() as rows:
        rows.executemany(
            "INSERT INTO loss (hash, at) VALUES (?, 0)", [(photo.raw,) for photo in hashes]
        )
    first = station.tips(losses=0)
    assert (len(first.lost), first.losses) == (LOST_LIMIT, LOST_LIMIT)
    second = station.tips(losses=first.losses)
    assert (second.lost, second.losses) == (tuple(hashes[LOST_LIMIT:]), LOST_LIMIT + 5)


@pytest.mark.parametrize("number", ["-1", "x", "1" * 20, "²"])
def test_losses_that_are_no_number_are_refused(running: Running, number: str) -> None:
    station = running.station()
    path = f"/api/devices/{station.device}/tips"
    answer = station.http.get(path, params={"losses": number})
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


def test_each_refusal_has_its_code_and_says_whether_it_is_curable(running: Running) -> None:
    station, stranger = running.station(1), Station(running.url, 2)
    other = running.station(3)
    other.send()
    forged = Entry(station.finalise().bytes, bytes(64))
    grafted = station.add("note.made", "x", {}, after=other.chain[0])
    bare = {"s": bytes(3)}
    items: list[object] = [
        {"e": e.bytes, "s": e.signature}
        for e in (station.chain[0], stranger.chain[0], forged, grafted)
    ]
    items += [{"e": b"not json", "s": bytes(64)}, bare, "nothing like an item"]
    packed = zstandard.compress(msgspec.msgpack.encode({"v": 1, "items": items}))
    refused = {each.hash: each for each in station.read(station.post(packed)).refused}
    assert {entry: (each.code, each.curable) for entry, each in refused.items()} == {
        stranger.chain[0].hash: (RefusalCode.NOT_ENROLLED, True),
        forged.hash: (RefusalCode.WRONG_SIGNATURE, False),
        grafted.hash: (RefusalCode.MISFIT, False),
        EntryHash.of(b"not json"): (RefusalCode.UNREADABLE, False),
        EntryHash.of(msgspec.msgpack.encode(bare)): (RefusalCode.UNREADABLE, False),
        EntryHash.of(msgspec.msgpack.encode("nothing like an item")): (
            RefusalCode.UNREADABLE,
            False,
        ),
    }
    assert all(each.reason for each in refused.values())


def test_an_entry_that_is_taken_after_all_is_no_longer_listed_as_refused(
    running: Running,
) -> None:
    courier, distant = running.station(1), Station(running.url, 2)
    courier.send(distant.chain)
    assert running.count("refusal") == 1
    distant.enrol(fresh_code(running.hub))
    courier.send(distant.chain)
    assert running.count("refusal") == 0


def test_errors_have_stable_codes(running: Running) -> None:
    station = running.station()
    where = begin(station).headers["Location"]
    http = station.http
    plain = {"Authorization": ""}
    unknown = {"Authorization": "Bearer tw_unknown"}
    chunk = {**BODY, "Upload-Offset": "5"}
    text = {"Content-Type": "text/plain"}
    found = [
        http.get(f"/api/devices/{station.device}/tips", headers=plain),
        http.get(f"/api/devices/{station.device}/tips", headers=unknown),
        http.get("/api/packs/none/1"),
        http.get("/api/nothing"),
        http.put("/api/batches"),
        http.put(where, headers=TUS),
        http.post(where, headers=TUS),
        http.post("/api/batches", content=b"no batch"),
        http.post("/api/batches", content=bytes(17 << 20)),
        http.post("/api/enrol", content=b"{}"),
        http.get(f"/api/devices/{running.station(2).device}/entries"),
        http.patch(where, headers=chunk, content=b"x"),
        http.patch(where, headers={**chunk, **text}, content=b"x"),
        http.patch("/api/photos/" + "0" * 64, headers=chunk, content=b"x"),
        http.head(where, headers={"Tus-Resumable": "0.2"}),
    ]
    assert [answer.status_code for answer in found] == [
        401, 401, 404, 404, 405, 405, 405, 400, 413, 400, 403, 409, 415, 404, 412,
    ]  # fmt: skip
    bodies = [answer.json() for answer in found[:-1]]
    assert [body["code"] for body in bodies] == [
        "unknown_token", "unknown_token", "not_here", "not_here", "wrong_method", "wrong_method",
        "wrong_method", "malformed", "too_large", "malformed", "not_allowed", "wrong_offset",
        "wrong_type", "no_upload",
    ]  # fmt: skip
    for body in bodies:
        assert body["curable"] == (body["code"] in CURABLE_CODES)
        assert body["error"]
        assert body["kind"]


@pytest.mark.folder
def test_a_hub_whose_photos_are_away_says_when_to_come_back(running: Running) -> None:
    station = running.station()
    (running.folder / "objects" / "photos" / "hub.json").unlink()
    answer = begin(station)
    assert (answer.status_code, answer.json()["code"]) == (503, "photos_away")
    assert answer.headers["Retry-After"] == "60"


def test_the_page_lists_every_code() -> None:
    listed = {line.split("`")[1] for line in PAGE.splitlines() if line.startswith("| `")}
    assert {code.value for code in ApiCode} <= listed
    assert {code.value for code in RefusalCode if code} <= listed
