"""Refuses root on another account's folder: that account could not use root's files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from domain.words import mark
from system.errors import NotYours


def refuse_root(home: Path) -> None:
    """Raises `NotYours` when root works on a folder of another account that can be written.

    On a read-only disk root makes no files, and may read.
    """
    if sys.platform == "win32" or os.geteuid() != 0:
        return
    try:
        owner = home.stat().st_uid
    except OSError:
        return  # reading the key file reports what is missing
    if owner != 0 and os.access(home, os.W_OK):
        raise NotYours(
            mark("this folder belongs to {owner}, and root would leave files that it cannot use"),
            about=str(home),
            hint=mark("Run the command as its owner: `sudo -u {owner} ...`."),
            owner=_name_of(owner),
        )


def nearest(path: Path) -> Path:
    """`path`, or its nearest existing parent, which gives its owner to new folders."""
    return next((each for each in (path, *path.absolute().parents) if each.exists()), path)


def _name_of(owner: int) -> str:
    """The account's name, else its number as sudo accepts it."""
    if sys.platform == "win32":
        return ""
    import pwd  # not on Windows

    try:
        return pwd.getpwuid(owner).pw_name
    except KeyError:
        return f"'#{owner}'"
