"""A workstation enrolled at a running hub."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from hub.codes import fresh_code
from storage.workstation import Workstation
from sync.http.enrol import enrol
from sync.open import open_carrier
from sync.run import SyncOutcome, synchronise
from tests.builders import BEGUN, Place, a_final, known_at
from tests.hub.conftest import Running, run_hub


def brought(ws: Workstation, url: str = "", authority: str = "") -> SyncOutcome:
    """One run of synchronisation with the hub of the workstation, whose address is `url` now."""
    at = known_at(ws, url) if url else ws
    return synchronise(at, lambda: open_carrier(at, authority=authority), tries=1)


@dataclass
class Post:
    """A workstation's folder and the hub that it is enrolled at."""

    place: Place
    hub: Running

    def sync(self, url: str = "") -> SyncOutcome:
        """Open the folder, bring the hub up to date, close it."""
        with self.place.open() as ws:
            return brought(ws, url or self.hub.url)

    def record(self, count: int = 1) -> None:
        """Record so many interceptions."""
        with self.place.open() as ws:
            for _ in range(count):
                a_final(ws)


@pytest.fixture
def post(place: Place, tmp_path: Path) -> Iterator[Post]:
    """A workstation at a running hub, with three records that wait."""
    (tmp_path / "hub").mkdir()
    with run_hub(tmp_path / "hub") as hub:
        with place.open() as ws:
            enrol(ws, hub.url, fresh_code(hub.hub))
        post = Post(place, hub)
        post.record(3)
        yield post


def counted(hub: Running) -> tuple[int, int, int]:
    """Entries after those with which a workstation begins, interceptions and photos at the hub."""
    return hub.count("entry") - BEGUN, hub.count("interception"), hub.count("photo")
