"""What the parts of start.py share: how it speaks, what it cannot do, and what its children get.

This file, `verbs.py`, `environment.py`, `installed.py` and `system_packages.py` run before anything
is installed: they import the standard library alone.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class CannotStart(Exception):
    """One line for the person who called."""


def say(text: str) -> None:
    """One line of progress, on standard error."""
    print(f"start: {text}", file=sys.stderr, flush=True)


def last_line(text: str) -> str:
    """The last line that says something."""
    return next((line for line in reversed(text.splitlines()) if line.strip()), "no reason given")


LEAKS = ("PYTHONPATH", "PYTHONHOME", "PYTHONSAFEPATH", "PYTHONPLATLIBDIR", "PYTHONUSERBASE",
         "PYTHONEXECUTABLE", "__PYVENV_LAUNCHER__", "VIRTUAL_ENV")  # fmt: skip
"""Settings of this account that would let a child load other modules than those of `.venv`."""

PIP_PLACES = ("TARGET", "PREFIX", "ROOT", "USER", "PYTHON", "DRY_RUN", "REQUIREMENT", "EDITABLE",
              "NO_DEPS", "REPORT")  # fmt: skip
"""Settings of pip that say where or what it installs. Those that say from where stay."""


def clean_environment(**more: str) -> dict[str, str]:
    """This account's environment for a child, without what would change what the child loads."""
    unwanted = {*LEAKS, *(f"PIP_{name}" for name in PIP_PLACES)}
    return {name: value for name, value in os.environ.items() if name not in unwanted} | more
