"""Whose folder a workstation is: root leaves files that the officer's account cannot use."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from domain.words import mark
from system.errors import NotYours


def refuse_root(home: Path) -> None:
    """Raises `NotYours` when root works on a folder of another account that can be written.

    On a disk that takes no writes root leaves nothing behind and may read.
    """
    if sys.platform == "win32" or os.geteuid() != 0:
        return
    try:
        owner = home.stat().st_uid
    except OSError:
        return  # the key file's own error says what is missing
    if owner != 0 and os.access(home, os.W_OK):
        raise NotYours(
            mark("this folder belongs to {owner}, and root would leave files that it cannot use"),
            about=str(home),
            hint=mark("Run the command as its owner: `sudo -u {owner} ...`."),
            owner=_name_of(owner),
        )


def nearest(path: Path) -> Path:
    """`path`, else the nearest folder above it that exists: what is made below has its owner."""
    return next((each for each in (path, *path.absolute().parents) if each.exists()), path)


def _name_of(owner: int) -> str:
    """The account's name, else the form in which sudo takes its number."""
    if sys.platform == "win32":
        return ""
    import pwd  # Windows has none

    try:
        return pwd.getpwuid(owner).pw_name
    except KeyError:
        return f"'#{owner}'"
