"""One workstation is made for all journeys; each works on a copy of its folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from hub.codes import fresh_code
from storage.keys import Passphrase
from storage.workstation import open_workstation
from tests.builders import known_at
from tests.hub.conftest import Running, run_hub
from tests.journeys.desk import Desk, Said
from tests.light_keys import make_lighter

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
    make_lighter(desk.home, said.out.split()[-1], WORDS)
    return desk, said


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
