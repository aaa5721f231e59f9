"""Tidewaiter is shipped as a frozen program: pip says so, and the check of one can fail."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOMS, ROOT
from tools import freeze, frozen_check
from tools.no_wheel import REFUSAL


@pytest.mark.parametrize("way", [[], ["--editable"]])
def test_pip_is_told_in_one_line_how_it_is_shipped(tmp_path: Path, way: list[str]) -> None:
    (tmp_path / "tools").mkdir()
    for name in ("pyproject.toml", "README.md", "tools/no_wheel.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    pip = [sys.executable, "-I", "-m", "pip", "install", "--no-deps", "--no-index"]
    done = subprocess.run(
        [*pip, *way, "."], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "Traceback" not in said
    assert [line.strip() for line in said.splitlines() if "tools.freeze" in line] == [REFUSAL]


def test_every_room_is_in_the_frozen_program() -> None:
    """main.py finds commands by name, so nothing else tells PyInstaller of them."""
    assert set(freeze.rooms()) == set(ROOMS)


def test_every_page_and_resource_is_in_the_frozen_program() -> None:
    read = {path.relative_to(ROOT).as_posix() for path in freeze.read_files()}
    pages = {file.relative_to(ROOT).as_posix() for file in (ROOT / "hub").rglob("*.html")}
    assert pages
    assert {"resources", "pyproject.toml", "hub/pages/static/style.css", *pages} <= read


def test_a_frozen_program_that_does_not_start_fails_the_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert frozen_check.main([str(tmp_path)]) == 1
    assert "version      FAILED" in capsys.readouterr().out


@pytest.mark.skipif(os.name == "nt", reason="the liar is a script of a shell")
def test_the_check_believes_no_status_alone(tmp_path: Path) -> None:
    """A program that ends well and says nothing has not recorded anything."""
    liar = tmp_path / "tidewaiter"
    liar.write_text("#!/bin/sh\nexit 0\n")
    liar.chmod(0o755)
    for step in (frozen_check.init, frozen_check.record, frozen_check.screenshots):
        trial = frozen_check.Trial(tmp_path, tmp_path)
        trial.numbers = ["1"]
        with pytest.raises(frozen_check.Failed):
            step(trial)
