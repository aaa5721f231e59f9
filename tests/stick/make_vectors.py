"""Writes tests/vectors/bundle.json: `python -m tests.stick.make_vectors`, when the format changes.

An age file begins with random keys, so each run writes other bytes; all else follows from the
seeds.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path

from domain.ids import HubId
from domain.signing import SigningKey
from sync.wire.age import recipient_of
from tests.hub.make_vectors import DEVICE_SEED, chain
from tests.stick.evil import Forge, all_evil

FILE = Path(__file__).parent.parent / "vectors" / "bundle.json"
IDENTITY = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
"""The identity that the age format itself has in its examples of the bytes 0x42."""
REFUSED = (
    "a symbolic link",
    "a member named '../photos/x'",
    "a photo listed twice",
    "other bytes than listed",
    "a forged manifest",
    "for another hub",
    "of a workstation that is not enrolled",
    "a newer version",
    "the archive without encryption",
    "for somebody else",
    "the first chunk changed",
)


def make() -> dict[str, object]:
    """The vectors as JSON."""
    entries = chain()
    forge = Forge(
        hub=HubId.from_random(bytes(range(10))),
        recipient=recipient_of(IDENTITY),
        device=entries[0].head.device,
        key=SigningKey(DEVICE_SEED),
        entries=entries,
        photo=b"\xff\xd8\xff a small photo",
    )
    evil = all_evil(forge)
    return {
        "identity": IDENTITY,
        "recipient": forge.recipient,
        "hub": str(forge.hub),
        "device": str(forge.device),
        "device_seed": DEVICE_SEED.hex(),
        "device_key": forge.key.verify_key.raw.hex(),
        "members": {name: _text(data) for name, data in forge.members()},
        "bundle": _text(forge.seal(forge.tar())),
        "refused": {name: _text(evil[name][0]) for name in REFUSED},
    }


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


if __name__ == "__main__":
    FILE.write_text(json.dumps(make(), indent=1) + "\n", encoding="utf-8")
