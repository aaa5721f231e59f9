"""A stick that is plugged in: the tables of Linux name it, and `udisksctl` is a script on PATH."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

SCRIPT = """#!{python}
import sys
from pathlib import Path
here = Path({here!r})
with (here / "calls").open("a") as calls:
    print(*sys.argv[1:], file=calls)
said = here / sys.argv[1]
if said.exists():
    sys.exit(said.read_text())
"""


@dataclass
class Plugged:
    """The script's answers and what it was called with."""

    folder: Path

    @property
    def calls(self) -> list[str]:
        """The words of each call so far."""
        file = self.folder / "calls"
        return file.read_text().splitlines() if file.exists() else []

    def refuses(self, deed: str, words: str) -> None:
        """From now on `deed` fails with these words; without words it succeeds."""
        (self.folder / deed).unlink(missing_ok=True)
        if words:
            (self.folder / deed).write_text(words)


def plug_in(
    folder: Path,
    stick: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    bus: str = "usb2",
    program: str = "udisksctl",
) -> Plugged:
    """`stick` is where the first part of a disk on that bus is mounted; `folder` is made for what
    the system says of it.
    """
    disk = folder / "devices" / bus / "block" / "sdy"
    (disk / "sdy1").mkdir(parents=True)
    (disk / "removable").write_text("0\n")
    (folder / "block").mkdir(parents=True)
    (folder / "block" / "sdy1").symlink_to(disk / "sdy1")
    point = str(stick.resolve()).replace(" ", "\\040")
    (folder / "mountinfo").write_text(
        "27 1 259:2 / / rw shared:1 - ext4 /dev/nvme0n1p2 rw\n"
        f"88 27 8:401 / {point} rw,nosuid shared:9 - vfat /dev/sdy1 rw\n"
    )
    script = folder / "bin" / program
    script.parent.mkdir()
    script.write_text(SCRIPT.format(python=sys.executable, here=str(folder)))
    script.chmod(0o755)
    monkeypatch.setattr("system.eject.PLATFORM", "linux")
    monkeypatch.setattr("system.eject.MOUNTS", folder / "mountinfo")
    monkeypatch.setattr("system.eject.BLOCKS", folder / "block")
    monkeypatch.setenv("PATH", str(script.parent), prepend=os.pathsep)
    return Plugged(folder)
