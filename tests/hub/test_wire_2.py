"""What tests/vectors/wire-2.json says of protocol 2 is so, at a real hub."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
import zstandard

from domain.entry import Entry
from domain.ids import DeviceId, PhotoHash
from domain.signing import VerifyKey
from hub.devices import revoke
from hub.store.sql import devices
from hub.uploads import address_of, begin
from sync.wire.acknowledgement import read_acknowledgement
from tests.hub.conftest import Running
from tests.hub.make_vectors import FILE_2
from tests.hub.make_vectors_2 import PHOTOS, make_2, statements
from tests.hub.test_photos import BODY, TUS

VECTORS: dict[str, Any] = json.loads(FILE_2.read_text(encoding="utf-8"))


def test_the_vectors_are_made_as_they_stand() -> None:
    made = json.loads(json.dumps(make_2()))
    batches = [each["refusals"].pop("batch") for each in (made, json.loads(json.dumps(VECTORS)))]
    assert zstandard.decompress(base64.b64decode(batches[0])) == zstandard.decompress(
        base64.b64decode(batches[1])  # another version of the library compresses otherwise
    )
    assert made == {**VECTORS, "refusals": made["refusals"]}
    assert made["refusals"].items() <= VECTORS["refusals"].items()


@pytest.mark.parametrize("name", VECTORS["statements"])
def test_a_statement_says_what_the_vectors_say(name: str) -> None:
    vector = VECTORS["statements"][name]
    key = VerifyKey(bytes.fromhex(VECTORS["hub_key"]))
    assert read_acknowledgement(vector["signed"].encode(), key) == statements()[name]
    assert json.loads(json.loads(vector["signed"])["statement"]) == vector["says"]


def test_a_hub_answers_the_question_about_photos_as_bytes(running: Running) -> None:
    station = running.station()
    for photo in PHOTOS[1:]:
        headers = {**BODY, "Upload-Length": str(len(photo))}
        station.http.post("/api/photos", headers=headers, content=photo)
    with running.hub.database.writing() as rows:
        rows.execute(
            "INSERT INTO safe (epoch, hash) VALUES (?, ?)",
            (running.hub.identity.epoch, PhotoHash.of(PHOTOS[2]).raw),
        )
    question = VECTORS["photos_question"]
    hashes = bytes.fromhex(question["body"])
    asked = [PhotoHash(hashes[at : at + 32]) for at in range(0, len(hashes), 32)]
    assert asked == [PhotoHash.of(photo.encode()) for photo in question["photos"]]
    assert station.ask_as_bytes(*asked).levels == question["levels"]


def test_a_hub_refuses_what_the_vectors_say(running: Running) -> None:
    courier = running.station(9)
    vector = VECTORS["refusals"]
    with running.hub.database.writing() as rows:
        for number, (device, key) in enumerate(vector["enrolled"].items()):
            known = VerifyKey(bytes.fromhex(key))
            devices.enrol(
                rows,
                devices.Device(
                    DeviceId(device), known, "x", "MCN", 20 + number, enrolled_at=0, seen_at=0
                ),
            )
    held = [Entry(e["bytes"].encode(), bytes.fromhex(e["signature"])) for e in vector["held"]]
    assert not courier.send(held).refused
    revoke(running.hub, DeviceId(vector["ended"]), "in the vectors")
    answer = courier.read(courier.post(base64.b64decode(vector["batch"])))
    found = [
        {"hash": str(each.hash), "code": each.code.value, "curable": each.curable}
        for each in answer.refused
    ]
    assert sorted(found, key=str) == sorted(vector["refused"], key=str)
    assert running.count("entry") == len(held) + 1


@pytest.mark.parametrize("vector", VECTORS["checksums"])
def test_a_hub_checks_the_checksums(running: Running, vector: dict[str, Any]) -> None:
    station = running.station()
    piece = vector["piece"].encode()
    where = station.http.post("/api/photos", headers={**TUS, "Upload-Length": "100"})
    headers = {**BODY, "Upload-Offset": "0", "Upload-Checksum": vector["header"]}
    answer = station.http.patch(where.headers["Location"], headers=headers, content=piece)
    assert (answer.status_code == 204) == vector["right"]


def test_the_address_of_an_upload_is_the_computed_one(running: Running) -> None:
    station = running.station()
    photo = VECTORS["computed_address"]["photo"].encode()
    upload = begin(running.hub, station.device, len(photo), PhotoHash.of(photo))
    assert f"/api/photos/{address_of(upload)}" == VECTORS["computed_address"]["address"]
