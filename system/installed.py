"""Where the program is installed: in a checkout, run by Python, or frozen by `tools/freeze.py`.

Frozen, it is one folder with several programs and all their files.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

FROZEN: bool = getattr(sys, "frozen", False)
"""Whether this is a frozen program. PyInstaller sets it."""
FOLDER = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent))
"""The folder of the checkout, or the frozen program's folder of files, which PyInstaller sets."""
INSTALL_AGAIN = (
    "install the program again"
    if FROZEN
    else "delete the folder .venv and call start.py again, or install the program again"
)
"""The hint when a part of the program is missing."""
FIND_LIBRARY = "install the system's package of it" if FROZEN else "start.py names its package"
"""What helps when a library of the system is missing: a frozen program leaves out those of the
graphics.
"""


def at_a_terminal(stream: IO[str] | None) -> bool:
    """Whether a standard stream of this process is a terminal.

    A program without a console has no standard streams at all: they are None.
    """
    return stream is not None and stream.isatty()
