"""A client written from docs/protocol.md alone: it imports nothing of ours but the hub's start."""

from __future__ import annotations

import base64
import hashlib
import json
import urllib.request
from typing import Any

import httpx2
import msgspec
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from hub.codes import fresh_code
from tests.hub.conftest import Running

DEVICE = "D" + "A2" * 8
PHOTO = b"\xff\xd8\xff" + bytes(300_000)
DIGEST = hashlib.sha256(PHOTO).hexdigest()
RECORD = "019aaf2c-8d5b-7c3e-8a51-0123456789ab"
TUS = {"Tus_Resumable": "1.0.0"}


class Stranger:
    """A workstation of another make."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
        self.public = self.key.public_key().public_bytes_raw().hex()
        self.token = ""
        self.hub_key = ""
        self.chain: list[tuple[bytes, bytes]] = []

    def ask(
        self, method: str, path: str, data: bytes | None, **headers: str
    ) -> tuple[bytes, dict[str, str]]:
        """Body and headers (names in small letters) of a good answer."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            named["Authorization"] = f"Bearer {self.token}"
        request = urllib.request.Request(self.url + path, data, named, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read(), {name.lower(): value for name, value in answer.headers.items()}

    def sign(self, label: str, data: bytes) -> bytes:
        """A signature under a label."""
        return self.key.sign(label.encode() + b"\n" + data)

    def enrol(self, code: str) -> None:
        """Show the code and the key; keep the hub's key and the token."""
        said = {"v": 1, "code": code, "device": DEVICE, "public_key": self.public}
        text = json.dumps({**said, "name": "Elsewhere", "post": "MCN", "station": 7})
        signature = self.sign("tidewaiter enrolment 1", text.encode()).hex()
        body = json.dumps({"statement": text, "signature": signature}).encode()
        answer = json.loads(self.ask("POST", "/api/enrol", body)[0])
        self.token, self.hub_key = answer["token"], answer["public_key"]

    def add(self, kind: str, subject: str, body: dict[str, Any]) -> str:
        """One more entry of the chain; its hash."""
        before = hashlib.sha256(self.chain[-1][0]).hexdigest() if self.chain else "0" * 64
        entry = {
            "v": 1, "device": DEVICE, "seq": len(self.chain) + 1, "prev": before,
            "at": "2026-11-23T03:12:08.123+01:00", "clock": "unknown", "actor": "9",
            "kind": kind, "subject": subject, "body": body,
        }  # fmt: skip
        data = json.dumps(entry, indent=2).encode()  # no canonical form is asked for
        self.chain.append((data, self.sign("tidewaiter entry 1", data)))
        return hashlib.sha256(data).hexdigest()

    def batch(self) -> bytes:
        """The whole chain as it travels."""
        items = [{"e": data, "s": signature} for data, signature in self.chain]
        return zstandard.compress(msgspec.msgpack.encode({"v": 1, "items": items}))

    def read(self, answer: bytes) -> dict[str, Any]:
        """An acknowledgement, once its signature is found to be the hub's."""
        envelope = json.loads(answer)
        assert "keys" not in envelope
        label = b"tidewaiter acknowledgement 1\n"
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.hub_key)).verify(
            bytes.fromhex(envelope["signature"]), label + envelope["statement"].encode()
        )
        statement: dict[str, Any] = json.loads(envelope["statement"])
        return statement

    def upload(self, data: bytes) -> None:
        """A photo by tus, in two pieces, the second after asking where it stands."""
        promised = base64.b64encode(hashlib.sha256(data).hexdigest().encode()).decode()
        length = {"Upload_Length": str(len(data)), "Upload_Metadata": f"sha256 {promised}"}
        where = self.ask("POST", "/api/photos", b"", **TUS, **length)[1]["location"]
        kind = {"Content_Type": "application/offset+octet-stream", **TUS}
        self.ask("PATCH", where, data[:100_000], Upload_Offset="0", **kind)
        at = self.ask("HEAD", where, None, **TUS)[1]["upload-offset"]
        _, headers = self.ask("PATCH", where, data[int(at) :], Upload_Offset=at, **kind)
        assert headers["upload-offset"] == str(len(data))


def test_a_client_written_from_the_page_brings_a_record_and_its_photo(running: Running) -> None:
    stranger = Stranger(running.url)
    stranger.enrol(fresh_code(running.hub))
    opened = {"public_key": stranger.public, "name": "Elsewhere", "post": "MCN", "station": 7}
    stranger.add("station.opened", DEVICE, opened)
    shared = {
        "record_id": RECORD,
        "occasion": {"seized_at": "2026-11-23T03:12:08.000+01:00"},
        "goods": [{"description": "capsules", "quantity": "560", "unit": "capsule"}],
        "photos": [{"sha256": DIGEST, "role": "overview"}],
    }
    body = {"record": RECORD, "number": "XA-ELSE-1", "revision": 1, "shared": shared}
    tip = stranger.add("interception.finalised", RECORD, body)

    kind = "application/vnd.tidewaiter.batch"
    said = stranger.read(
        stranger.ask("POST", "/api/batches", stranger.batch(), Content_Type=kind)[0]
    )

    assert said["device"] == DEVICE
    assert said["tips"] == [{"hash": tip, "seq": 2, "level": "received"}]
    assert (said["refused"], said["branched"]) == ([], False)

    stranger.upload(PHOTO)

    asked = json.dumps({"hashes": [DIGEST, "0" * 64]}).encode()
    said = stranger.read(stranger.ask("POST", f"/api/devices/{DEVICE}/photos", asked)[0])
    assert said["photos"] == [{"hash": DIGEST, "level": "received"}]
    assert "XA-ELSE-1" in httpx2.get(f"{running.pages}/interceptions/{RECORD}").text

    packed, headers = stranger.ask("GET", f"/api/devices/{DEVICE}/entries", None)
    opened_again = zstandard.ZstdDecompressor().stream_reader(packed).read()
    items = msgspec.msgpack.decode(opened_again)["items"]
    assert [(item["e"], item["s"]) for item in items] == stranger.chain
    assert headers["tidewaiter-remaining"] == "0"
