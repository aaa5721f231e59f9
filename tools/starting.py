"""What the parts of start.py share: its output, its error, and the environment of its children.

This file, `verbs.py`, `environment.py`, `installed.py` and `system_packages.py` run before anything
is installed: they import only the standard library.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class CannotStart(Exception):
    """The command cannot run; the text is one line for the person who called it."""


def say(text: str) -> None:
    """One line of progress, on standard error."""
    print(f"start: {text}", file=sys.stderr, flush=True)


def last_line(text: str) -> str:
    """The last line that is not empty."""
    return next((line for line in reversed(text.splitlines()) if line.strip()), "no reason given")


LEAKS = ("PYTHONPATH", "PYTHONHOME", "PYTHONSAFEPATH", "PYTHONPLATLIBDIR", "PYTHONUSERBASE",
         "PYTHONEXECUTABLE", "__PYVENV_LAUNCHER__", "VIRTUAL_ENV")  # fmt: skip
"""Variables that would let a child load other modules than those in `.venv`."""

PIP_PLACES = ("TARGET", "PREFIX", "ROOT", "USER", "PYTHON", "DRY_RUN", "REQUIREMENT", "EDITABLE",
              "NO_DEPS", "REPORT")  # fmt: skip
"""Variables that change what or where pip installs. Those for the package index are kept."""


def clean_environment(**more: str) -> dict[str, str]:
    """The environment for a child process, without variables that would change what it loads."""
    unwanted = {*LEAKS, *(f"PIP_{name}" for name in PIP_PLACES)}
    return {name: value for name, value in os.environ.items() if name not in unwanted} | more
