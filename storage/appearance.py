"""What the window looks like before the folder is open: a plain file beside the database.

The settings are in the encrypted database. This copy of four of them lets the first frame be
painted in the officer's language, colours and place while the folder is being opened. It says
nothing of a person or a record. Without it, or when it cannot be read, the window is shown later.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from system.files import write_private

FILE = "window.json"


class Appearance(NamedTuple):
    """A language (BCP 47), a theme by its name, and the shape of the window on a screen."""

    language: str
    theme: str
    screen: str
    shape: tuple[int, ...]


def read_appearance(home: Path) -> Appearance | None:
    """What was stored when the desk was closed last; None when nothing can be read."""
    try:
        held = json.loads((home / FILE).read_bytes())
        language, theme, screen = (held[name] for name in ("language", "theme", "screen"))
        shape = tuple(map(int, held["shape"]))
        return Appearance(str(language), str(theme), str(screen), shape)
    except (OSError, ValueError, TypeError, LookupError):
        return None


def write_appearance(home: Path, look: Appearance) -> None:
    """Store it for the next start. Raises `OSError`."""
    write_private(home / FILE, json.dumps(look._asdict()).encode())
