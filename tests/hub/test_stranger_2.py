"""The run that docs/protocol.md describes step by step, as a stranger would write it."""

from __future__ import annotations

import hashlib
import json
import urllib.error
from typing import Any

import msgspec
import zstandard

from domain.ids import PhotoHash
from hub.codes import fresh_code
from tests.hub.conftest import Running
from tests.hub.test_stranger import DEVICE, PHOTO, TUS, Stranger

Signed = tuple[bytes, bytes]
BODY = {"Content_Type": "application/offset+octet-stream", **TUS}


class Client(Stranger):
    """Keeps a journal with branches: all entries by hash, and the hashes of waiting photos."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.own: dict[str, Signed] = {}
        self.apart: set[str] = set()
        self.photos: dict[str, bytes] = {}
        self.losses = 0
        self.asked = 0
        self.people: list[str] = []

    def add(self, kind: str, subject: str, body: dict[str, Any]) -> str:
        name = super().add(kind, subject, body)
        self.own[name] = self.chain[-1]
        return name

    def copied(self) -> Client:
        """The same workstation again, as a copied folder is."""
        copy = Client(self.url)
        copy.token, copy.hub_key = self.token, self.hub_key
        copy.chain, copy.own = list(self.chain), dict(self.own)
        return copy

    def question(self, method: str, path: str, data: bytes | None, kind: str) -> dict[str, Any]:
        """A question with a fresh nonce; the verified statement."""
        self.asked += 1
        path = f"{path}?nonce={id(self)}-{self.asked}&losses={self.losses}"
        statement = self.read(self.ask(method, path, data, Content_Type=kind)[0])
        assert statement["nonce"] == f"{id(self)}-{self.asked}"
        self.losses = statement.get("losses", 0)
        return statement

    def held(self, statement: dict[str, Any]) -> set[str]:
        """Step 2: the own tips of the hub with all their ancestors."""
        found: set[str] = set()
        for tip in statement["tips"]:
            step = tip["hash"]
            while step in self.own and step not in found:
                found.add(step)
                step = json.loads(self.own[step][0])["prev"]
        return found

    def fetch(self) -> None:
        """Step 3: the entries that this journal lacks."""
        parents = {json.loads(data)["prev"] for data, _ in self.own.values()}
        left = 1
        while left:
            after = "&".join(f"after={name}" for name in self.own if name not in parents)
            packed, headers = self.ask("GET", f"/api/devices/{DEVICE}/entries?{after}", None)
            left = int(headers["tidewaiter-remaining"])
            opened = zstandard.ZstdDecompressor().stream_reader(packed).read()
            for item in msgspec.msgpack.decode(opened)["items"]:
                self.key.public_key().verify(item["s"], b"tidewaiter entry 1\n" + item["e"])
                self.own[hashlib.sha256(item["e"]).hexdigest()] = (item["e"], item["s"])
        self.people.append("two copies of this workstation were at work")

    def run(self) -> dict[str, Any]:
        """Steps 1 to 8; the last statement."""
        statement = self.question("GET", f"/api/devices/{DEVICE}/tips", None, "")
        while True:
            if any(tip["hash"] not in self.own for tip in statement["tips"]):
                self.fetch()
            held = self.held(statement)
            lacking = [
                signed
                for name, signed in self.own.items()
                if name not in held and name not in self.apart
            ]
            lacking.sort(key=lambda signed: json.loads(signed[0])["seq"])
            if not lacking:
                break
            items = [{"e": data, "s": signature} for data, signature in lacking[:2]]
            packed = zstandard.compress(msgspec.msgpack.encode({"v": 1, "items": items}))
            statement = self.question(
                "POST", "/api/batches", packed, "application/vnd.tidewaiter.batch"
            )
            self.apart |= {line["hash"] for line in statement["refused"]}
            assert self.held(statement) - held or statement["refused"]
        return self.send_photos()

    def send_photos(self) -> dict[str, Any]:
        """Steps 7 and 8."""
        statement = self.ask_photos()
        for letter, photo in zip(statement.get("levels", ""), list(self.photos), strict=True):
            if letter == "-":
                self.upload_by_address(self.photos[photo])
        return self.ask_photos()

    def ask_photos(self) -> dict[str, Any]:
        body = b"".join(bytes.fromhex(photo) for photo in self.photos)
        path = f"/api/devices/{DEVICE}/photos"
        return self.question("POST", path, body, "application/vnd.tidewaiter.hashes")

    def upload_by_address(self, data: bytes) -> None:
        """Goes on at the computed address, or begins."""
        digest = hashlib.sha256(data).hexdigest()
        where = f"/api/photos/{digest}-{len(data)}"
        try:
            at = int(self.ask("HEAD", where, None, **TUS)[1]["upload-offset"])
        except urllib.error.HTTPError:  # 404
            self.upload(data)
        else:
            self.ask("PATCH", where, data[at:], Upload_Offset=str(at), **BODY)


def a_client(running: Running) -> Client:
    client = Client(running.url)
    client.enrol(fresh_code(running.hub))
    opened = {"public_key": client.public, "name": "Elsewhere", "post": "MCN", "station": 7}
    client.add("station.opened", DEVICE, opened)
    return client


def test_a_run_sends_what_the_hub_lacks_and_nothing_twice(running: Running) -> None:
    client = a_client(running)
    tips = [client.add("note.made", "x", {"n": n}) for n in range(5)]
    client.photos[hashlib.sha256(PHOTO).hexdigest()] = PHOTO
    statement = client.run()
    assert [tip["hash"] for tip in statement["tips"]] == tips[-1:]
    assert statement["levels"] == "r"
    before = client.asked
    client.run()
    assert client.asked == before + 3


def test_two_copies_end_with_the_same_branches(running: Running) -> None:
    client = a_client(running)
    client.run()
    copy = client.copied()
    ours = [client.add("note.made", "x", {"ours": n}) for n in range(3)]
    theirs = [copy.add("note.made", "x", {"theirs": n}) for n in range(4)]
    client.run()
    statement = copy.run()
    assert {tip["hash"] for tip in statement["tips"]} == {ours[-1], theirs[-1]}
    assert statement["branched"]
    assert copy.people
    client.run()
    assert client.own.keys() == copy.own.keys()
    assert running.count("entry") == 8


def test_a_lost_photo_is_sent_again(running: Running) -> None:
    client = a_client(running)
    digest = hashlib.sha256(PHOTO).hexdigest()
    client.photos[digest] = PHOTO
    client.run()
    running.hub.objects.set_aside(PhotoHash.parse(digest))
    statement = client.ask_photos()
    assert (statement["lost"], statement["levels"]) == ([digest], "-")
    assert client.run()["levels"] == "r"
