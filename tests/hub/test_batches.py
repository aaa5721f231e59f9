"""What the hub promises about batches, over real HTTP."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
import zstandard

from domain.entry import Entry, sign
from domain.ids import RecordId
from domain.instant import ClockState
from domain.statement import Level
from sync.wire.batch import pack_batch, read_batch
from tests.hub.conftest import Running
from tests.hub.station import NIGHT, Station, tips_of

pytestmark = pytest.mark.rows


def test_a_batch_is_taken_and_its_tip_acknowledged(running: Running) -> None:
    station = running.station()
    last = station.finalise()
    ack = station.send()
    assert [(tip.hash, tip.seq, tip.level) for tip in ack.tips] == [(last.hash, 2, Level.RECEIVED)]
    assert not ack.branched
    assert not ack.refused


def test_the_same_batch_again_is_success_and_changes_nothing(running: Running) -> None:
    station = running.station()
    station.finalise()
    first, second = station.send(), station.send()
    assert first.tips == second.tips
    assert running.count("entry") == 2
    assert running.count("interception") == 1


def test_five_equal_posts_at_once_make_one_row_each(running: Running) -> None:
    station = running.station()
    for _ in range(20):
        station.finalise()
    batch = pack_batch(station.chain)
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda _: station.post(batch), range(5)))
    assert [answer.status_code for answer in answers] == [200] * 5
    assert len({station.read(answer).tips for answer in answers}) == 1
    assert running.count("entry") == 21
    assert running.count("interception") == 20


def test_after_a_gap_the_answer_says_what_is_held(running: Running) -> None:
    station = running.station()
    held = station.finalise()
    station.send()
    station.finalise()
    lost = station.chain[-1]
    after = station.finalise()
    ack = station.send([after])
    assert tips_of(ack) == {held.hash}
    assert not ack.refused
    assert tips_of(station.send([lost, after])) == {after.hash}


def test_a_batch_in_the_wrong_order_is_taken_whole(running: Running) -> None:
    station = running.station()
    station.finalise()
    station.finalise()
    assert tips_of(station.send(station.chain[::-1])) == {station.chain[-1].hash}


def test_a_branch_is_held_whole_and_said(running: Running) -> None:
    station = running.station()
    root = station.finalise()
    left = station.finalise()
    right = station.add("note.made", "x", {"text": "a clone worked on"}, after=root)
    ack = station.send()
    assert ack.branched
    assert tips_of(ack) == {left.hash, right.hash}
    assert "2 branches" in station.page("/devices").text


def test_a_forged_signature_is_refused_and_hides_no_other(running: Running) -> None:
    station = running.station()
    good = station.finalise()
    forged = Entry(station.finalise().bytes, bytes(64))
    ack = station.send([*station.chain[:2], forged])
    assert tips_of(ack) == {good.hash}
    assert [refusal.hash for refusal in ack.refused] == [forged.hash]


def test_an_entry_under_another_devices_id_is_refused(running: Running) -> None:
    thief, victim = running.station(1), running.station(2)
    victim.send()
    fake = sign(
        thief.key,
        device=victim.device,
        after=victim.chain[-1],
        at=NIGHT,
        clock=ClockState.TRUSTED,
        actor="1",
        kind="note.made",
        subject="x",
        body={},
    )
    ack = thief.send([*thief.chain, fake])
    assert [refusal.hash for refusal in ack.refused] == [fake.hash]
    assert running.count("entry") == 2


def test_a_courier_brings_another_devices_entries(running: Running) -> None:
    courier, distant = running.station(1), running.station(2)
    distant.finalise()
    courier.send(distant.chain)
    answer = distant.http.get(f"/api/devices/{distant.device}/tips")
    assert tips_of(distant.read(answer)) == {distant.chain[-1].hash}


def test_entries_of_a_device_that_is_not_enrolled_are_refused(running: Running) -> None:
    courier, stranger = running.station(1), Station(running.url, 2)
    ack = courier.send(stranger.chain)
    assert "not enrolled" in ack.refused[0].reason


def test_a_poison_item_is_refused_alone(running: Running) -> None:
    station = running.station()
    good = station.finalise()
    items = [{"e": e.bytes, "s": e.signature} for e in station.chain]
    items[1:1] = [
        {"e": b"not json", "s": bytes(64)},
        {"e": b"[" * 100_000, "s": bytes(64)},
        {"s": bytes(3)},
        "nothing like an item",  # type: ignore[list-item]
    ]
    packed = msgspec.msgpack.encode({"v": 1, "items": items})
    answer = station.post(zstandard.compress(packed))
    assert answer.status_code == 200
    assert tips_of(station.read(answer)) == {good.hash}
    assert len(station.read(answer).refused) == 4


@pytest.mark.parametrize(
    "body",
    [
        {"record": "no such id", "number": "1", "revision": 1, "shared": {}},
        {"record": 7},
        {"unknown": "\x00\x00"},
    ],
)
def test_a_body_that_cannot_be_read_is_held_and_listed_raw(
    running: Running, body: dict[str, object]
) -> None:
    station = running.station()
    station.add("interception.finalised", "x\x00y", body)
    after = station.finalise()
    assert tips_of(station.send()) == {after.hash}
    assert running.count("interception") == 1
    page = station.page("/unread").text
    assert "interception.finalised" in page


def test_an_unknown_kind_is_held_and_listed_raw(running: Running) -> None:
    station = running.station()
    entry = station.add("bulletin.answered", "B-1", {"seen": True})
    assert tips_of(station.send()) == {entry.hash}
    assert "bulletin.answered" in station.page("/unread").text


def test_absurd_numbers_break_no_page(running: Running) -> None:
    station = running.station()
    entry = station.finalise()
    text = entry.body.decode().replace('"revision":1', f'"revision":{2**64 - 1}')
    text = text.replace('"packs":40', '"quantity":"1E+999999999"')
    other = str(RecordId.make(NIGHT, bytes(10)))
    text = text.replace(entry.head.subject, other)
    station.add("interception.finalised", other, msgspec.Raw(text.encode()))
    station.send()
    assert station.page("/").status_code == 200
    assert station.page(f"/interceptions/{other}").status_code == 200


def test_a_bomb_is_refused_before_it_grows(running: Running) -> None:
    station = running.station()
    bomb = zstandard.ZstdCompressor(level=3).compress(bytes(300 * 1024 * 1024))
    answer = station.post(bomb)
    assert answer.status_code == 400
    assert "grows beyond" in answer.json()["error"]


@pytest.mark.parametrize("data", [b"", b"<html>", zstandard.compress(b"\xc1"), b"\x28\xb5\x2f\xfd"])
def test_bytes_that_are_no_batch_get_one_clear_answer(running: Running, data: bytes) -> None:
    answer = running.station().post(data)
    assert answer.status_code == 400
    assert "not a batch" in answer.json()["error"]


def test_a_batch_over_the_limit_is_refused(running: Running) -> None:
    assert running.station().post(bytes(17 * 1024 * 1024)).status_code == 413


def test_a_restored_device_fetches_back_what_it_lost(running: Running) -> None:
    station = running.station()
    for _ in range(4):
        station.finalise()
    station.add("note.made", "x", {}, after=station.chain[2])
    station.send()
    path = f"/api/devices/{station.device}/entries"
    everything = station.http.get(path)
    assert set(read_batch(everything.content).entries) == set(station.chain)
    held = station.chain[2].hash
    found = read_batch(station.http.get(path, params={"after": str(held)}).content).entries
    assert set(found) == set(station.chain[3:])
    assert [entry.head.seq for entry in found] == sorted(entry.head.seq for entry in found)


def test_another_devices_entries_are_not_given_out(running: Running) -> None:
    one, other = running.station(1), running.station(2)
    assert one.http.get(f"/api/devices/{other.device}/entries").status_code == 403


def test_without_a_token_no_device_route_opens(running: Running) -> None:
    stranger = Station(running.url)
    for method, path in (
        ("POST", "/api/batches"),
        ("GET", f"/api/devices/{stranger.device}/tips"),
        ("POST", f"/api/devices/{stranger.device}/photos"),
        ("GET", "/api/packs"),
    ):
        assert stranger.http.request(method, path).status_code == 401
    assert stranger.http.get("/api/health").status_code == 200


def test_a_batch_is_known_by_its_bytes_whatever_media_type_it_names(running: Running) -> None:
    station = running.station()
    for kind in ("", "text/plain", "application/vnd.tidewaiter.batch"):
        station.finalise()
        packed = pack_batch(station.chain)
        answer = station.http.post("/api/batches", content=packed, headers={"Content-Type": kind})
        assert {tip.hash for tip in station.read(answer).tips} == {station.chain[-1].hash}


def test_of_a_nonce_that_is_too_long_the_first_64_characters_are_repeated(running: Running) -> None:
    station = running.station()
    assert station.tips(nonce="n" * 64).nonce == "n" * 64
    assert station.tips(nonce="n" * 64 + "more").nonce == "n" * 64
    answer = station.http.get(f"/api/introduction?nonce={'n' * 65}").json()
    assert f'"nonce":"{"n" * 64}"' in answer["statement"]
