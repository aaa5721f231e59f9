"""The program that docs/protocol.md prints, run as it is printed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hub.conftest import Running
from tests.hub.station import Station
from tests.hub.test_photos import PHOTO, begin, held, patch

PAGE = Path(__file__).parents[2] / "docs" / "protocol.md"


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The printed program in a file."""
    (text,) = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    file = tmp_path / "send.py"
    file.write_text(text, encoding="utf-8")
    return file


def run(program: Path, running: Running, station: Station, photo: Path) -> None:
    """Run it as the page says; it must end well."""
    words = [sys.executable, str(program), running.url, station.token, str(photo)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_printed_program_runs_twice(running: Running, program: Path, tmp_path: Path) -> None:
    station = running.station()
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(PHOTO)
    run(program, running, station, photo)
    assert held(station)
    run(program, running, station, photo)
    assert running.count("upload") == running.count("photo") == 1


def test_the_printed_program_goes_on_after_a_crash(
    running: Running, program: Path, tmp_path: Path
) -> None:
    station = running.station()
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(PHOTO)
    # what a run leaves that was killed after its first piece
    patch(station, begin(station).headers["Location"], 0, PHOTO[:100_000])
    run(program, running, station, photo)
    assert held(station)
    assert running.count("upload") == 1
