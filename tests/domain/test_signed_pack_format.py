"""Signed packs and the keys of operations, as docs/pack-format.md describes them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from domain.encoding import to_json
from domain.errors import PackUntrusted
from domain.pack.signature import is_trusted, opened, read_operation_key
from tests.domain.pack_files import as_file, small
from tests.signing import Operation

OLD = Path(__file__).parents[1] / "old" / "signed-pack-1"
FINGERPRINT = "FE2T-AC5T-V5VZ-G4M4-YWLF-W2R2"
PACK = "a780699744cfa6111970077372131e55d8785ad84d8088309700ef069894baa1"


def test_files_of_version_1_are_read_for_ever() -> None:
    key = read_operation_key((OLD / "north.key.pub").read_bytes(), "north.key.pub")
    assert key.fingerprint == FINGERPRINT
    first, later = (
        opened((OLD / f"gloves-{version}.signed.json").read_bytes(), version)
        for version in ("1.0.0", "1.1.0")
    )
    assert hashlib.sha256(first[0]).hexdigest() == PACK
    for pack, signature in (first, later):
        assert signature is not None
        assert signature.is_over(pack)
        assert is_trusted(signature.signer, [key])


def test_the_page_is_enough_to_verify_a_signed_pack() -> None:
    """With the bytes of the page alone: label, operation, pack."""
    file = json.loads((OLD / "gloves-1.1.0.signed.json").read_bytes())
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(file["key"]))
    signed = f"tidewaiter pack 1\n{file['operation']}\n{file['pack']}".encode()
    key.verify(bytes.fromhex(file["signature"]), signed)
    (step,) = file["former"]
    before = Ed25519PublicKey.from_public_bytes(bytes.fromhex(step["before"]))
    words = f"{file['operation']}\n{step['before']}\n{step['after']}"
    label = "tidewaiter operation key change 1"
    before.verify(bytes.fromhex(step["signature"]), f"{label}\n{words}".encode())
    digest = hashlib.sha256(f"{file['operation']}\n".encode() + bytes.fromhex(step["before"]))
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    bits = "".join(f"{byte:08b}" for byte in digest.digest())
    typed = "".join(letters[int(bits[5 * n : 5 * n + 5], 2)] for n in range(24))
    assert typed == FINGERPRINT.replace("-", "")


def test_a_pack_that_speaks_of_signed_packs_is_a_pack() -> None:
    data = as_file(small(title={"en": "tidewaiter-signed-pack/1", "fr": "x"}))
    assert opened(data, "pack") == (data, None)


def test_a_key_that_nobody_named_does_not_follow(north: Operation) -> None:
    """The step is there, and its signature is another's."""
    stranger = Operation.make(north.folder, "NORTH-SEA", 9)
    following = north.followed_by(8)
    (step,) = following.key.former
    forged = msgspec.structs.replace(step, after=stranger.key.key)
    key = msgspec.structs.replace(stranger.key, former=(forged,))
    assert not is_trusted(key, [north.key])
    with pytest.raises(PackUntrusted, match="did not name it"):
        read_operation_key(to_json(key), "key")
    assert is_trusted(following.key, [north.key])
    assert is_trusted(north.key, [following.key])
    elsewhere = msgspec.structs.replace(following.key, operation="SOUTH-SEA")
    assert not is_trusted(elsewhere, [north.key])
