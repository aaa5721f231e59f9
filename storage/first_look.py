"""What a folder tells before it is opened: whether there is a workstation, and what opens it.

The first window needs no more, so this imports nothing that takes time.
"""

from __future__ import annotations

import json
from pathlib import Path

FILE = "keys.json"
"""The file name of the key file, in the folder."""
DATABASE = "workstation.db"
"""The file name of the database, in the folder."""


def holds_workstation(home: Path) -> bool:
    """Whether a workstation was made in this folder; its parts may be damaged."""
    return (home / FILE).exists() or (home / DATABASE).exists()


def opens_without_a_question(home: Path) -> bool:
    """Whether the system's key store has a way to open the folder, so that nobody types a secret.

    True also for a folder whose key file cannot be read: opening it reports why.
    """
    try:
        slots = json.loads((home / FILE).read_bytes())["slots"]
        return any(slot["kind"] == "keystore" for slot in slots)
    except (OSError, ValueError, TypeError, LookupError):
        return True
