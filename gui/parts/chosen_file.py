"""Asks for a file with the system's dialog, which is no dialog of ours.

It begins at the officer's own files, not in the folder of the program.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

ChooseFile = Callable[[QWidget, str], Path | None]
"""Returns the file that the officer chose, given a title; None without a choice."""


def choose_file(parent: QWidget, title: str) -> Path | None:
    """A file to read."""
    name, _ = QFileDialog.getOpenFileName(parent, title, str(Path.home()))
    return Path(name) if name else None


def choose_folder(parent: QWidget, title: str) -> Path | None:
    """A folder."""
    name = QFileDialog.getExistingDirectory(parent, title, str(Path.home()))
    return Path(name) if name else None


def choose_target(parent: QWidget, title: str, proposed: str = "") -> Path | None:
    """A file to write; `proposed` is its name."""
    name, _ = QFileDialog.getSaveFileName(parent, title, str(Path.home() / proposed))
    return Path(name) if name else None
