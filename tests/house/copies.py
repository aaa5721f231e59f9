"""Copies of start.py at work on small packages of their own, installed by a real pip."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.house.source import ROOT

PARTS = ("start.py", "tools/__init__.py", "tools/starting.py", "tools/verbs.py",
         "tools/environment.py", "tools/installed.py", "tools/system_packages.py")  # fmt: skip
"""All that start.py is made of."""

MAIN = """
import os, sys
import one
print(one.__file__, sorted(name for name in os.environ if name.startswith("PYTHON")), *sys.argv[1:])
"""
"""What stands for the program: it says which package it loaded."""

PATIENCE = 100.0


@dataclass(frozen=True)
class Ended:
    """What start.py said and how it ended."""

    status: int
    out: str
    err: str


@dataclass(frozen=True)
class Copy:
    """A project's folder with start.py, two locks, and wheels beside it as the only index."""

    root: Path

    @property
    def wheels(self) -> Path:
        """The folder that pip takes packages from."""
        return self.root.parent / "wheels"

    @property
    def packages(self) -> Path:
        """Where `.venv` has its packages."""
        return next((self.root / ".venv").glob("[Ll]ib/**/site-packages"))

    def names(self) -> set[str]:
        """Our packages in `.venv`."""
        return {path.name for path in self.packages.iterdir()} & {"one", "two", "three"}

    def start(
        self, *words: str, by: Sequence[str] = (), account: Mapping[str, str] | None = None
    ) -> Ended:
        """Run start.py with the settings `account`, by the program `by` when one is named."""
        settings = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_RETRIES": "0",
                    "PIP_FIND_LINKS": str(self.wheels)}  # fmt: skip
        unwanted = ("PIP_", "PYTHON", "DISPLAY", "WAYLAND_DISPLAY")
        kept = {name: text for name, text in os.environ.items() if not name.startswith(unwanted)}
        done = subprocess.run(
            [*by, sys.executable, str(self.root / "start.py"), *words],
            input="an answer to whoever asks\n",
            capture_output=True,
            text=True,
            env=kept | settings | dict(account or {}),
            timeout=PATIENCE,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Ended(done.returncode, done.stdout, done.stderr)

    def lock(self, *packages: str, name: str = "run") -> None:
        """Let the lock name these packages, in version 1.0."""
        lines = []
        for package in packages:
            digest = hashlib.sha256((self.wheels / wheel_name(package)).read_bytes()).hexdigest()
            lines.append(f"{package}==1.0 \\\n    --hash=sha256:{digest}\n")
        (self.root / "requirements" / f"{name}.txt").write_text("".join(lines))


def wheel_name(package: str) -> str:
    """The name of its file."""
    return f"{package}-1.0-py3-none-any.whl"


def new_copy(folder: Path) -> Copy:
    """A copy in `folder`; nothing is installed in it yet."""
    copy = Copy(folder / "the project")
    for part in PARTS:
        (copy.root / part).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / part, copy.root / part)
    (copy.root / "main.py").write_text(MAIN)
    (copy.root / "requirements").mkdir()
    copy.wheels.mkdir()
    for package in ("one", "two", "three"):
        _write_wheel(copy.wheels, package)
    copy.lock("one", name="hub")
    copy.lock("one", "three", name="central")
    copy.lock("one", "two")
    copy.lock("one", "two", "three", name="dev")
    return copy


def moved(copy: Copy, folder: Path) -> Copy:
    """The same, ready as it is, at another place: a set-up costs seconds, this does not."""
    shutil.copytree(copy.root.parent, folder, symlinks=True, dirs_exist_ok=True)
    again = Copy(folder / copy.root.name)
    stamp = again.root / ".venv" / "installed-from"
    stamp.write_text(stamp.read_text().replace(str(copy.root), str(again.root)))
    return again


def _write_wheel(folder: Path, package: str) -> None:
    info = f"{package}-1.0.dist-info"
    files = {
        f"{package}/__init__.py": f"def main():\n    print('{package} speaks')\n",
        f"{package}/part.py": "",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\n"
        "Tag: py3-none-any\n",
        f"{info}/entry_points.txt": f"[console_scripts]\n{package} = {package}:main\n",
    }
    record = ""
    for name, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode()
        record += f"{name},sha256={digest.rstrip('=')},{len(text)}\n"
    files[f"{info}/RECORD"] = record + f"{info}/RECORD,,\n"
    with zipfile.ZipFile(folder / wheel_name(package), "w") as wheel:
        for name, text in files.items():
            wheel.writestr(name, text)
