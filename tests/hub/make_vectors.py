"""Writes tests/vectors/wire.json and wire-2.json: `python -m tests.hub.make_vectors`.

Everything in it follows from the two seeds and the fixed times, so that an implementation by
strangers can make or read the same.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path

import msgspec
import zstandard

from domain.entry import Entry, sign
from domain.ids import DeviceId, HubId, PhotoHash
from domain.instant import ClockState, Instant
from domain.signing import SigningKey
from domain.statement import Acknowledgement, HeldPhoto, Level, Refusal, Tip
from sync.wire.acknowledgement import sign_acknowledgement, sign_successor
from sync.wire.batch import pack_batch
from sync.wire.enrolment import make_request
from tests.hub.make_vectors_2 import make_2

FILE = Path(__file__).parent.parent / "vectors" / "wire.json"
FILE_2 = FILE.with_name("wire-2.json")
DEVICE_SEED = bytes(range(32))
HUB_SEED = bytes(range(32, 64))
NEXT_SEED = bytes(range(64, 96))
AT = Instant.parse("2026-11-23T03:12:08.123+01:00")


def chain() -> list[Entry]:
    """Three entries, the last two on two branches."""
    key, device = SigningKey(DEVICE_SEED), DeviceId.from_random(bytes(range(10)))

    def after(before: Entry | None, body: object) -> Entry:
        return sign(
            key,
            device=device,
            after=before,
            at=AT,
            clock=ClockState.TRUSTED,
            actor="4417",
            kind="note.made",
            subject="vector",
            body=body,
        )

    first = after(None, {"text": "first"})
    return [first, after(first, {"text": "left"}), after(first, {"text": "right · é"})]


def statement(entries: list[Entry]) -> Acknowledgement:
    """What a hub that holds the chain would say."""
    return Acknowledgement(
        hub=HubId.from_random(bytes(range(10))),
        epoch="1-example",
        device=entries[0].head.device,
        at=Instant.parse("2026-11-23T02:12:09.000+00:00"),
        tips=tuple(Tip(e.hash, e.head.seq, Level.RECEIVED) for e in entries[1:]),
        photos=(HeldPhoto(PhotoHash.of(b"photo"), Level.SAFE),),
        refused=(Refusal(entries[0].hash.of(b"poison"), "not signed by its workstation"),),
        branched=True,
    )


def make() -> dict[str, object]:
    """The vectors as JSON."""
    entries, hub, successor = chain(), SigningKey(HUB_SEED), SigningKey(NEXT_SEED)
    said = statement(entries)
    succession = sign_successor(said.hub, said.epoch, successor.verify_key, hub)
    items: list[object] = [{"e": e.bytes, "s": e.signature} for e in entries]
    poison = msgspec.msgpack.encode({"v": 1, "items": [{"e": b"poison", "s": bytes(64)}, *items]})
    request = make_request(
        SigningKey(DEVICE_SEED),
        code="ABCD-EFGH-JKLM",
        device=entries[0].head.device,
        name="Mail North 1",
        post="MCN",
        station=1,
    )
    return {
        "device_seed": DEVICE_SEED.hex(),
        "device_key": SigningKey(DEVICE_SEED).verify_key.raw.hex(),
        "hub_seed": HUB_SEED.hex(),
        "hub_key": hub.verify_key.raw.hex(),
        "entries": [
            {"bytes": e.bytes.decode(), "signature": e.signature.hex(), "hash": str(e.hash)}
            for e in entries
        ],
        "batches": {
            "three entries": _text(pack_batch(entries)),
            "an item that is no entry, then the three": _text(zstandard.compress(poison)),
        },
        "batches_refused": {
            "no bytes": "",
            "a web page": _text(b"<html></html>"),
            "cut short": _text(pack_batch(entries)[:-5]),
            "version 2": _text(zstandard.compress(msgspec.msgpack.encode({"v": 2, "items": []}))),
            "80 MB of nothing": _text(zstandard.compress(bytes(80 * 1024 * 1024))),
        },
        "acknowledgements": {
            "by the first key": sign_acknowledgement(said, hub).decode(),
            "by the key that followed": sign_acknowledgement(
                said, successor, [succession]
            ).decode(),
        },
        "acknowledgements_refused": {
            "by a key that nobody named": sign_acknowledgement(said, successor).decode(),
            "altered": sign_acknowledgement(said, hub).decode().replace("received", "safe"),
            "cut short": sign_acknowledgement(said, hub).decode()[:-9],
            "a web page": "<html></html>",
        },
        "enrolment_request": request.decode(),
    }


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


if __name__ == "__main__":
    for file, vectors in ((FILE, make()), (FILE_2, make_2())):
        text = json.dumps(vectors, indent=1, ensure_ascii=False) + "\n"
        file.write_text(text, encoding="utf-8")
