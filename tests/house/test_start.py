"""start.py makes the place ready, once, and says in one line what it cannot do."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import start
from tests.house.source import ROOT


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libX11.so.6", "libx11-6"),
        ("libxcb-cursor.so.0", "libxcb-cursor0"),
        ("libEGL.so.1", "libegl1"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
    ],
)
def test_a_missing_library_is_named_by_its_package(library: str, package: str) -> None:
    assert start.package_of(library) == package


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("WARNING: Retrying ... NewConnectionError('<pip ...>')\nERROR: No matching", "no network"),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
            "not the one",
        ),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: something new\nmore", "something new"),
    ],
)
def test_pips_many_words_become_one_line(output: str, words: str) -> None:
    assert words in start.why_pip_failed(output)
    assert "\n" not in start.why_pip_failed(output)


def test_the_larger_lock_serves_for_the_smaller(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python, stamp = tmp_path / "python", tmp_path / "stamp"
    python.touch()
    monkeypatch.setattr("start.PYTHON", python)
    monkeypatch.setattr("start.STAMP", stamp)
    assert not start.satisfied("run")

    stamp.write_text(start.stamp_of("dev"), encoding="utf-8")
    assert start.satisfied("run")

    stamp.write_text(start.stamp_of("run"), encoding="utf-8")
    assert not start.satisfied("dev")


def test_a_word_it_does_not_know_gets_the_list_of_those_it_does() -> None:
    done = subprocess.run(
        [sys.executable, "start.py", "dance"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert "python3 start.py demo" in done.stderr


def test_it_asks_nothing_of_the_place_but_python() -> None:
    """It runs before anything is installed, so it imports the standard library alone."""
    text = (ROOT / "start.py").read_text(encoding="utf-8")
    named = set(re.findall(r"^\s*(?:from|import) (\w+)", text, re.M))
    assert named <= sys.stdlib_module_names


@pytest.mark.parametrize("name", ["run", "dev"])
def test_every_locked_package_has_its_hashes_and_no_address(name: str) -> None:
    text = start.LOCKS[name].read_text(encoding="utf-8")
    packages = re.findall(
        r"^([a-z0-9-]+)==[^ ]+.*(\n    --hash=sha256:[0-9a-f]{64}.*)?", text, re.M
    )

    assert len(packages) > 30
    assert [package for package, hashed in packages if not hashed] == []
    assert "://" not in text


def test_the_lock_for_tests_holds_all_that_the_program_needs() -> None:
    run, dev = (
        set(re.findall(r"^([a-z0-9-]+==[^ ;\\]+)", start.LOCKS[name].read_text("utf-8"), re.M))
        for name in ("run", "dev")
    )
    assert run <= dev


def test_the_lock_knows_every_package_that_the_project_names() -> None:
    """Who adds a dependency makes the locks again (CONTRIBUTING.md says how)."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    named = {
        "run": project["project"]["dependencies"],
        "dev": project["dependency-groups"]["dev"],
    }
    for lock, asked in named.items():
        names = {re.split(r"[^A-Za-z0-9._-]", line)[0].lower() for line in asked}
        locked = set(re.findall(r"^([a-z0-9-]+)==", start.LOCKS[lock].read_text("utf-8"), re.M))
        assert names <= locked
