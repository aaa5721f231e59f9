"""Makes the frozen program: a folder with Tidewaiter and everything that it needs, for a machine
without Python.

    python3 -m tools.freeze             the frozen program, in dist/tidewaiter
    python3 -m tools.freeze --hub       one for a hub, without Qt, in dist/tidewaiter
    python3 -m tools.freeze --camera    one whose desk takes photos by a camera too
    python3 -m tools.freeze --check     tests the existing frozen program, step by step
    python3 -m tools.freeze --archive   packs the existing frozen program as one file

PyInstaller comes from requirements/freeze.txt and has its own environment, `.venv-freeze`. The
frozen program runs on systems like this one or newer. docs/shipping.md describes its content.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path

from tools import environment
from tools.starting import ROOT, CannotStart, clean_environment, say

PROGRAM = "tidewaiter"
FROZEN = ROOT / "dist" / PROGRAM
VENV = ROOT / ".venv-freeze"
NOT_SHIPPED = ("tests", "tools", "benchmarks")


def main(arguments: Sequence[str]) -> int:
    """Exit status 0 after success, 1 when a step of the check failed."""
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("python3 -m tools.freeze", None, __doc__, formatter_class=form)
    parser.add_argument("--hub", action="store_true", help="a frozen program for a hub, without Qt")
    parser.add_argument("--camera", action="store_true", help="with what uses a camera")
    parser.add_argument("--check", action="store_true", help="try the frozen program that is there")
    parser.add_argument(
        "--archive", action="store_true", help="pack the frozen program that is there"
    )
    asked = parser.parse_args(arguments)
    try:
        make_ready()
        if not asked.check and not asked.archive:
            if asked.camera:
                add_camera()
            make(hub_only=asked.hub, camera=asked.camera)
        if asked.check:
            return run("-m", "tools.frozen_check", str(FROZEN), *(["--hub"] if asked.hub else []))
        if asked.archive:
            say(f"packed: {archive()}")
    except CannotStart as error:
        say(str(error))
        return 3
    return 0


def rooms() -> list[str]:
    """The names of the Python packages that are shipped."""
    found = sorted(file.parent.name for file in ROOT.glob("*/__init__.py"))
    return [name for name in found if name not in NOT_SHIPPED]


def read_files() -> list[Path]:
    """What the program reads beside its code: resources, the pages of the hub, the version."""
    found = [
        file for room in rooms() for file in sorted((ROOT / room).rglob("*")) if file.is_file()
    ]
    pages = [file for file in found if file.suffix not in (".py", ".pyc")]
    return [ROOT / "resources", *pages, ROOT / "pyproject.toml"]


def make_ready() -> None:
    """Make sure that `.venv-freeze` has the packages of its lock file. Raises `CannotStart`."""
    why = environment.wanting("freeze", VENV)
    if why:
        with environment.alone(why):
            if VENV.exists():
                shutil.rmtree(VENV)
            environment.make_environment(VENV, install_system=False)
            environment.install(VENV, "freeze")


def add_camera() -> None:
    """Add the packages of the extra `camera` to `.venv-freeze`. Raises `CannotStart`."""
    lock = str(environment.LOCKS["camera"])
    if run("-m", "pip", "install", "--require-hashes", "--only-binary", ":all:", "-r", lock):
        raise CannotStart("pip could not install the packages for a camera; its words are above")


def make(*, hub_only: bool, camera: bool = False) -> None:
    """Make a new frozen program that replaces the existing one. Raises `CannotStart`."""
    arguments = ["-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    arguments += ["--distpath", str(FROZEN.parent), "--workpath", str(ROOT / "build")]
    wanted = {"TIDEWAITER_HUB_ONLY": hub_only, "TIDEWAITER_CAMERA": camera}
    settings = {name: "1" for name, on in wanted.items() if on}
    say("freezing (a minute or two) ...")
    if run(*arguments, str(ROOT / "deploy" / "tidewaiter.spec"), **settings):
        raise CannotStart("PyInstaller failed; its arguments are above")
    files = [file for file in FROZEN.rglob("*") if file.is_file() and not file.is_symlink()]
    size = sum(file.stat().st_size for file in files)
    say(f"made {FROZEN}: {len(files)} files, {size / 1e6:.0f} MB")


def run(*arguments: str, **settings: str) -> int:
    """Exit status of the Python of `.venv-freeze` with these arguments."""
    python = str(environment.python_of(VENV))
    return subprocess.run(
        [python, *arguments], cwd=ROOT, env=clean_environment(**settings), check=False
    ).returncode


def archive() -> Path:
    """Pack the frozen program as one file beside it: .zip on Windows, .tar.xz elsewhere."""
    if sys.platform == "win32":
        return Path(shutil.make_archive(str(FROZEN), "zip", FROZEN.parent, FROZEN.name))
    packed = FROZEN.with_name(f"{PROGRAM}.tar.xz")
    with tarfile.open(packed, "w:xz") as tar:
        tar.add(FROZEN, FROZEN.name)
    return packed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
