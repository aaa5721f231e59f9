"""What was recorded counts as recorded, though the line that says so reaches nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.desk import MAIN, PATIENCE, Desk, a_record_file


@pytest.fixture
def files(desk: Desk, tmp_path: Path) -> list[Path]:
    """Two record files and a broken one between them."""
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    return [
        a_record_file(tmp_path / "one", shade=10),
        broken,
        a_record_file(tmp_path / "two", shade=20),
    ]


def record(desk: Desk, files: list[Path], out: int) -> tuple[int, str]:
    """The exit status and the errors of recording, with results going to the descriptor `out`."""
    words = [sys.executable, MAIN, *desk.words("record", *files)]
    done = subprocess.run(
        words, stdout=out, stderr=subprocess.PIPE, text=True, timeout=PATIENCE, check=False
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


def test_all_files_are_recorded_though_the_reader_of_the_results_has_left(
    desk: Desk, files: list[Path]
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    status, errors = record(desk, files, writing)
    os.close(writing)
    assert status == 2
    assert "broken.json" in errors
    assert len(desk.numbers()) == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_all_files_are_recorded_though_the_results_cannot_be_written(
    desk: Desk, files: list[Path]
) -> None:
    with Path("/dev/full").open("wb") as full:
        status, errors = record(desk, [files[0], files[2]], full.fileno())
    assert status == 0
    assert "the results cannot be written" in errors
    assert len(desk.numbers()) == 2


def test_a_file_whose_name_cannot_be_shown_is_recorded_all_the_same(
    desk: Desk, tmp_path: Path
) -> None:
    named = a_record_file(tmp_path)
    try:
        odd = named.rename(tmp_path / os.fsdecode(b"caf\xe9.json"))
    except OSError:
        pytest.skip("this file system takes no such name")
    strict = Desk(desk.home, desk.passphrase, {"PYTHONIOENCODING": "utf-8:strict"})
    said = strict.run("record", odd, a_record_file(tmp_path / "two", shade=20))
    assert said.status == 0, said.err
    assert len(said.lines) == 2
    assert len(desk.numbers()) == 2
