"""The bytes of the journal stay what docs/journal.md and tests/vectors/journal.json say."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from domain.entry import Entry, Head
from domain.errors import EntryRefused
from domain.fold import Status, fold
from domain.interception.nominal import commit, join
from domain.kinds import BODIES, InterceptionFinalised, read_body
from domain.signing import VerifyKey
from tests.domain.make_journal_vectors import FILE, interception, vectors
from tests.house.source import ROOT

HELD: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
PAGE = (ROOT / "docs" / "journal.md").read_text(encoding="utf-8")
ENTRIES = [Entry(e["bytes"].encode(), bytes.fromhex(e["signature"])) for e in HELD["entries"]]
KEY = VerifyKey(bytes.fromhex(HELD["public_key"]))


def test_the_vectors_are_made_again_byte_for_byte() -> None:
    assert vectors() == HELD


def test_a_stranger_judges_the_entries_by_the_page_alone() -> None:
    """Hash, label, signature and chain with nothing of ours: what the page tells to do."""
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(HELD["public_key"]))
    seqs = {"0" * 64: 0}
    for entry in HELD["entries"]:
        data = entry["bytes"].encode()
        assert hashlib.sha256(data).hexdigest() == entry["hash"]
        key.verify(bytes.fromhex(entry["signature"]), b"tidewaiter entry 1\n" + data)
        head = json.loads(data)
        assert head["seq"] == seqs[head["prev"]] + 1
        seqs[entry["hash"]] = head["seq"]
    made = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(HELD["seed"]))
    first = HELD["entries"][0]
    assert made.sign(b"tidewaiter entry 1\n" + first["bytes"].encode()).hex() == first["signature"]
    nominal = HELD["nominal"]
    hashed = hashlib.sha256(bytes.fromhex(nominal["salt"]) + nominal["part"].encode())
    assert hashed.hexdigest() == nominal["commitment"]
    assert json.loads(HELD["entries"][2]["bytes"])["body"]["nominal"] == nominal["commitment"]


def test_we_judge_them_the_same() -> None:
    assert [str(entry.hash) for entry in ENTRIES] == [e["hash"] for e in HELD["entries"]]
    assert all(entry.signed_by(KEY) for entry in ENTRIES)
    case = fold(ENTRIES[2:])
    assert case is not None
    assert case.status is Status.CANCELLED
    body = read_body(ENTRIES[2])
    assert isinstance(body, InterceptionFinalised)
    nominal = HELD["nominal"]
    assert commit(bytes.fromhex(nominal["salt"]), nominal["part"].encode()) == body.nominal
    assert join(body.shared, json.loads(nominal["part"])) == interception()


@pytest.mark.parametrize("bad", HELD["bad"], ids=lambda bad: bad["why"])
def test_a_bad_entry_is_refused(bad: dict[str, str]) -> None:
    try:
        entry = Entry(bad["bytes"].encode(), bytes.fromhex(bad["signature"]))
    except EntryRefused:
        assert "names nothing before it" in bad["why"]
    else:
        assert not entry.signed_by(KEY)
        key = Ed25519PublicKey.from_public_bytes(KEY.raw)
        with pytest.raises(InvalidSignature):
            key.verify(entry.signature, b"tidewaiter entry 1\n" + entry.bytes)


def test_the_page_describes_every_kind_and_every_field() -> None:
    for kind, body in BODIES.items():
        assert f"`{kind}`" in PAGE, kind
        for name in body.__struct_fields__:
            assert f"`{name}`" in PAGE, f"{kind}.{name}"
    for name in Head.__struct_fields__:
        assert f"`{name}`" in PAGE, name
