"""Folders that a passphrase opens at once: the real cost of a passphrase is half a second."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.first_look import FILE
from storage.key_file import key_file
from storage.key_memory import remember
from storage.keys import USUAL_COST, Passphrase, PassphraseCost
from storage.workstation import open_workstation
from system.database import transaction

LIGHT = PassphraseCost(iterations=1, memory_kib=64, lanes=1)
"""What a passphrase may cost in a test."""


@contextmanager
def light_passphrases() -> Iterator[None]:
    """Within it, what is made for a passphrase is `LIGHT` unless it names its cost.

    Tests of how dear a guess is must stay outside (`tests/storage/test_opening.py`), and a command
    that starts Python anew is outside anyway.
    """
    held = Passphrase.__init__.__defaults__
    assert held == (USUAL_COST,)
    Passphrase.__init__.__defaults__ = (LIGHT,)
    try:
        yield
    finally:
        Passphrase.__init__.__defaults__ = held


def make_lighter(home: Path, recovery: str, words: str) -> None:
    """Let the passphrase slot cost next to nothing, by what docs/storage.md says of it."""
    keys = home / FILE
    file = json.loads(keys.read_text())
    held = {slot["kind"]: slot for slot in file["slots"]}
    raw = {name: base64.b64decode(held["recovery"][name]) for name in ("salt", "nonce", "wrapped")}
    secret = base64.b32decode(recovery.replace("-", ""))[:32]
    info = b"tidewaiter recovery 1"
    wrapping = HKDF(SHA256(), 32, None, info).derive(secret + raw["salt"])
    label = b"tidewaiter slot 1 "
    master = AESGCM(wrapping).decrypt(raw["nonce"], raw["wrapped"], label + b"recovery")
    slot = held["passphrase"] | LIGHT._asdict()
    salt, nonce = base64.b64decode(slot["salt"]), base64.b64decode(slot["nonce"])
    cheap = Argon2id(salt=salt, length=32, iterations=1, lanes=1, memory_cost=64)
    light = cheap.derive(words.encode())
    wrapped = AESGCM(light).encrypt(nonce, master, label + b"passphrase")
    slot["wrapped"] = base64.b64encode(wrapped).decode()
    file["slots"] = [slot, held["recovery"]]
    keys.write_text(json.dumps(file))
    with open_workstation(home, Passphrase(words)) as ws, transaction(ws.db):
        remember(ws.db, key_file(home))  # the lighter slot is no damage
