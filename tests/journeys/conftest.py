"""One workstation is made for all journeys; each works on a copy of its folder."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from hub.codes import fresh_code
from storage.key_file import key_file
from storage.key_memory import remember
from storage.keys import Passphrase
from storage.workstation import open_workstation
from system.database import transaction
from tests.builders import known_at
from tests.hub.conftest import Running, run_hub
from tests.journeys.desk import Desk, Said

WORDS = "harbour lantern sevenfold quartz meadow"
INIT = ("--post", "MCN", "--country", "XA", "--number", "1", "--officer", "admin")
"""What `init` does not guess."""


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, Said]:
    """A workstation as `init` makes it, and what that said."""
    folder = tmp_path_factory.mktemp("made")
    passphrase = folder / "passphrase"
    passphrase.write_text(WORDS + "\n", encoding="utf-8")
    passphrase.chmod(0o600)
    desk = Desk(folder / "home", passphrase)
    said = desk.run("init", *INIT)
    assert said.status == 0, said.err
    make_lighter(desk.home / "keys.json", said.out.split()[-1])
    with open_workstation(desk.home, Passphrase(WORDS)) as ws, transaction(ws.db):
        remember(ws.db, key_file(desk.home))  # the lighter slot is no damage
    return desk, said


def make_lighter(keys: Path, recovery: str) -> None:
    """Let the passphrase slot cost next to nothing, by what docs/storage.md says of it."""
    file = json.loads(keys.read_text())
    held = {slot["kind"]: slot for slot in file["slots"]}
    raw = {name: base64.b64decode(held["recovery"][name]) for name in ("salt", "nonce", "wrapped")}
    secret = base64.b32decode(recovery.replace("-", ""))[:32]
    info = b"tidewaiter recovery 1"
    wrapping = HKDF(SHA256(), 32, None, info).derive(secret + raw["salt"])
    label = b"tidewaiter slot 1 "
    master = AESGCM(wrapping).decrypt(raw["nonce"], raw["wrapped"], label + b"recovery")
    slot = held["passphrase"] | {"iterations": 1, "memory_kib": 64, "lanes": 1}
    salt, nonce = base64.b64decode(slot["salt"]), base64.b64decode(slot["nonce"])
    cheap = Argon2id(salt=salt, length=32, iterations=1, lanes=1, memory_cost=64)
    light = cheap.derive(WORDS.encode())
    wrapped = AESGCM(light).encrypt(nonce, master, label + b"passphrase")
    slot["wrapped"] = base64.b64encode(wrapped).decode()
    file["slots"] = [slot, held["recovery"]]
    keys.write_text(json.dumps(file))


@pytest.fixture
def desk(made: tuple[Desk, Said], tmp_path: Path) -> Desk:
    """A workstation of its own."""
    return copy_of(made[0], tmp_path / "home")


def copy_of(desk: Desk, home: Path) -> Desk:
    """The same folder at another place."""
    shutil.copytree(desk.home, home)
    return Desk(home, desk.passphrase)


def at_address(desk: Desk, url: str) -> None:
    """From now on the hub of the workstation is at `url`, as if it had enrolled there."""
    with open_workstation(desk.home, Passphrase(WORDS)) as ws:
        known_at(ws, url)


@dataclass
class Pair:
    """A workstation and the hub it is enrolled at."""

    desk: Desk
    hub: Running

    def sync(self, *words: str) -> Said:
        """Bring the hub up to date."""
        return self.desk.run("sync", "--hub", self.hub.url, *words)


@pytest.fixture(scope="session")
def paired(made: tuple[Desk, Said], tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A workstation that has enrolled; the hub's folder, at rest, is beside its own."""
    folder = tmp_path_factory.mktemp("paired")
    desk = copy_of(made[0], folder / "home")
    (folder / "hub").mkdir()
    with run_hub(folder / "hub") as hub:
        said = desk.run("enrol", "--hub", hub.url, fresh_code(hub.hub))
    assert said.status == 0, said.err
    return desk


@pytest.fixture
def pair(paired: Desk, tmp_path: Path) -> Iterator[Pair]:
    """A workstation and a running hub of its own."""
    shutil.copytree(paired.home.parent / "hub", tmp_path / "hub")
    with run_hub(tmp_path / "hub") as hub:
        yield Pair(copy_of(paired, tmp_path / "home"), hub)
