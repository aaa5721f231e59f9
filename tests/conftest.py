"""What every test can ask for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.workstation import Workstation
from tests.builders import Place

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A new workstation's folder."""
    return Place(tmp_path / "workstation")


@pytest.fixture
def ws(place: Place) -> Iterator[Workstation]:
    """A new workstation, open."""
    with place.open() as opened:
        yield opened
