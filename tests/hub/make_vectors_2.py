"""What tests/vectors/wire-2.json holds: the members of protocol 2, refusals, checksums."""

from __future__ import annotations

import base64
import hashlib
import json

import msgspec
import zstandard

from domain.encoding import to_json
from domain.entry import Entry, sign
from domain.ids import DeviceId, EntryHash, HubId, PhotoHash
from domain.instant import ClockState, Instant
from domain.signing import SigningKey
from domain.statement import (
    Acknowledgement,
    GivenTwice,
    HeldPhoto,
    Level,
    Refusal,
    RefusalCode,
    Tip,
)
from sync.wire.acknowledgement import sign_acknowledgement

HUB_SEED = bytes(range(32, 64))
AT = Instant.parse("2026-11-23T03:12:08.123+01:00")
HUB_AT = Instant.parse("2026-11-23T02:12:09.000+00:00")
HUB = HubId.from_random(bytes(range(10)))
PHOTOS = (b"never sent", b"received", b"safe")
CHECKED = (b"a piece of a photo", b"another one")
BARE = {"s": bytes(64)}


class Maker:
    """A workstation whose id and key follow from `number`."""

    def __init__(self, number: int) -> None:
        self.key = SigningKey(bytes([number]) * 32)
        self.device = DeviceId.from_random(bytes([number]) * 10)

    def entry(self, after: Entry | None, text: str) -> Entry:
        """An entry that follows `after`."""
        return sign(
            self.key,
            device=self.device,
            after=after,
            at=AT,
            clock=ClockState.UNKNOWN,
            actor="4417",
            kind="note.made",
            subject="vector",
            body={"text": text},
        )


ENROLLED, OTHER, STRANGER, ENDED = Maker(1), Maker(2), Maker(3), Maker(4)


def statements() -> dict[str, Acknowledgement]:
    """The statements of the file by name."""
    first = ENROLLED.entry(None, "first")
    bare = Acknowledgement(
        hub=HUB,
        epoch="1-example",
        device=ENROLLED.device,
        at=HUB_AT,
        tips=(Tip(first.hash, 1, Level.RECEIVED),),
        photos=(HeldPhoto(PhotoHash.of(PHOTOS[1]), Level.RECEIVED),),
        refused=(Refusal(EntryHash.of(b"poison"), "it is not an entry"),),
        branched=False,
    )
    full = msgspec.structs.replace(
        bare,
        refused=(
            Refusal(EntryHash.of(b"poison"), "it is not an entry", RefusalCode.UNREADABLE),
            Refusal(EntryHash.of(b"late"), "it is held apart", RefusalCode.HELD_APART, True),
        ),
        nonce="6f1d6d0c",
        given_twice=(GivenTwice("XA-MCN1-2026-00001-3", OTHER.device),),
        protocol=2,
        losses=17,
        lost=(PhotoHash.of(PHOTOS[2]),),
        recipient="age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs3290gq",
        ended_at=HUB_AT,
    )
    letters = msgspec.structs.replace(bare, photos=(), refused=(), protocol=2, levels="-rs")
    return {"of protocol 1": bare, "with every member": full, "photos as letters": letters}


def refused_batch() -> tuple[list[Entry], bytes, list[tuple[EntryHash, str, bool]]]:
    """What the hub holds before, a batch, and the lines that it gets."""
    first, other, ended = (maker.entry(None, "first") for maker in (ENROLLED, OTHER, ENDED))
    unknown = STRANGER.entry(None, "first")
    forged = Entry(ENROLLED.entry(first, "forged").bytes, bytes(64))
    misfit = ENROLLED.entry(other, "after another workstation's entry")
    late = ENDED.entry(ended, "after the end")
    taken = ENROLLED.entry(first, "taken")
    gap = ENROLLED.entry(ENROLLED.entry(taken, "not sent"), "after a gap")
    items: list[object] = [{"e": b"poison", "s": bytes(64)}, BARE]
    items += [{"e": e.bytes, "s": e.signature} for e in (unknown, forged, misfit, late, taken, gap)]
    lines = [
        (EntryHash.of(b"poison"), "unreadable", False),
        (EntryHash.of(msgspec.msgpack.encode(BARE)), "unreadable", False),
        (unknown.hash, "not_enrolled", True),
        (forged.hash, "wrong_signature", False),
        (misfit.hash, "misfit", False),
        (late.hash, "held_apart", True),
    ]
    packed = zstandard.compress(msgspec.msgpack.encode({"v": 1, "items": items}))
    return [first, other, ended], packed, lines


def make_2() -> dict[str, object]:
    """The vectors as JSON."""
    hub = SigningKey(HUB_SEED)
    before, batch, lines = refused_batch()
    photo = PHOTOS[1]
    return {
        "hub_seed": HUB_SEED.hex(),
        "hub_key": str(hub.verify_key),
        "device": str(ENROLLED.device),
        "statements": {
            name: {
                "signed": sign_acknowledgement(statement, hub).decode(),
                "says": json.loads(to_json(statement)),
            }
            for name, statement in statements().items()
        },
        "photos_question": {
            "photos": [photo.decode() for photo in PHOTOS],
            "body": b"".join(PhotoHash.of(photo).raw for photo in PHOTOS).hex(),
            "levels": "-rs",
        },
        "refusals": {
            "enrolled": {str(m.device): str(m.key.verify_key) for m in (ENROLLED, OTHER, ENDED)},
            "ended": str(ENDED.device),
            "held": [{"bytes": e.bytes.decode(), "signature": e.signature.hex()} for e in before],
            "batch": base64.b64encode(batch).decode(),
            "refused": [{"hash": str(h), "code": c, "curable": cure} for h, c, cure in lines],
        },
        "checksums": [
            {"piece": piece.decode(), "header": header(name, piece), "right": True}
            for piece in CHECKED
            for name in ("sha1", "sha256", "md5")
        ]
        + [{"piece": CHECKED[0].decode(), "header": header("sha1", CHECKED[1]), "right": False}],
        "computed_address": {
            "photo": photo.decode(),
            "address": f"/api/photos/{PhotoHash.of(photo)}-{len(photo)}",
        },
    }


def header(algorithm: str, piece: bytes) -> str:
    """The value of `Upload-Checksum` for a piece."""
    digest = hashlib.new(algorithm, piece, usedforsecurity=False).digest()
    return f"{algorithm} {base64.b64encode(digest).decode()}"
