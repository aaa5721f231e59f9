"""Ejects a stick, so that it can be pulled out: the system's own program unmounts it.

On Linux that is `udisksctl`, for what hangs on USB or calls itself removable; on macOS `diskutil`,
for what is under `/Volumes`. Windows needs none: it writes to sticks without a cache.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
from pathlib import Path

from domain.words import mark, one_line
from system.errors import StickFailed
from system.program import run_child

PLATFORM: str = sys.platform
MOUNTS = Path("/proc/self/mountinfo")
BLOCKS = Path("/sys/class/block")
VOLUMES = Path("/Volumes")
PATIENCE = 60.0
"""Seconds for one program: to unmount a slow stick takes as long as what is not written yet."""
CAUSE_LIMIT = 200
_USB = re.compile(r"usb\d+")
_BUSY = re.compile(r"busy|in use|dissent", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([0-7]{3})")


def can_eject(folder: Path) -> bool:
    """Whether the folder is on a stick that this computer has a program to eject."""
    return bool(_commands(folder))


def eject(folder: Path) -> None:
    """Unmount the stick that the folder is on, and switch it off where that is possible.

    Raises `StickFailed` when a program still uses it, or the system refuses: nothing has changed.
    """
    unmount, *rest = _commands(folder) or [[]]
    if not unmount:
        raise StickFailed(
            mark("this computer has no way to eject it from here"),
            about=str(folder),
            hint=mark("What was written is on it: it can be pulled out."),
        )
    _run(unmount, folder)
    for command in rest:
        # it is unmounted, which is enough: a card reader cannot be switched off
        with contextlib.suppress(StickFailed):
            _run(command, folder)


def _commands(folder: Path) -> list[list[str]]:
    """What is called, one after the other; the first unmounts. Empty where there is no way."""
    folder = folder.resolve()
    if PLATFORM == "darwin" and folder.is_relative_to(VOLUMES) and folder != VOLUMES:
        found = shutil.which("diskutil")
        volume = VOLUMES / folder.relative_to(VOLUMES).parts[0]
        return [[found, "eject", str(volume)]] if found else []
    found = shutil.which("udisksctl") if PLATFORM == "linux" else None
    device = _device(folder) if found else ""
    if not found or not _is_stick(device):
        return []
    quiet = "--no-user-interaction"  # else it asks for a password at the terminal
    return [[found, deed, quiet, "-b", device] for deed in ("unmount", "power-off")]


def _device(folder: Path) -> str:
    """What is mounted where the folder is, by Linux's table of mounts; empty for the root."""
    best, device = Path("/"), ""
    with contextlib.suppress(OSError):
        for line in os.fsdecode(MOUNTS.read_bytes()).splitlines():
            before, _, after = line.partition(" - ")
            point, source = Path(_plain(before.split()[4])), _plain(after.split()[1])
            # of two at one place the later one is on top
            if folder.is_relative_to(point) and len(point.parts) >= len(best.parts):
                best, device = point, source
    return "" if best == Path("/") else device


def _plain(field: str) -> str:
    """The field without the escapes for spaces."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 8)), field)


def _is_stick(device: str) -> bool:
    """Whether the block device, or the disk of which it is a part, can be taken away."""
    if not device.startswith("/dev/"):
        return False
    block = (BLOCKS / Path(device).resolve().name).resolve()
    if any(_USB.fullmatch(part) for part in block.parts):
        return True
    return any(_says_removable(one / "removable") for one in (block, block.parent))


def _says_removable(file: Path) -> bool:
    try:
        return file.read_bytes().strip() == b"1"
    except OSError:
        return False


def _run(command: list[str], folder: Path) -> None:
    try:
        status, errors = run_child(command, seconds=PATIENCE, settings={"LC_ALL": "C"})
    except OSError as error:  # a TimeoutError is one too
        status, errors = 1, str(error)
    if status == 0:
        return
    if _BUSY.search(errors):
        raise StickFailed(
            mark("a program still uses it"),
            about=str(folder),
            hint=mark("Close that program, such as a window that shows the stick; eject it again."),
        )
    raise StickFailed(
        mark("it was not ejected: {cause}"),
        about=str(folder),
        hint=mark("What was written is on it: it can be pulled out."),
        cause=one_line(" ".join(errors.split()))[:CAUSE_LIMIT],
    )
