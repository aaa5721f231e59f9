"""Where this user's folders are when none is named."""

from __future__ import annotations

from pathlib import Path

import platformdirs


def default_home() -> Path:
    """The folder of this user's workstation."""
    return Path(platformdirs.user_data_dir("tidewaiter", appauthor=False)) / "workstation"


def log_folder() -> Path:
    """The folder for logs of a program that has no workstation's folder."""
    return Path(platformdirs.user_log_dir("tidewaiter", appauthor=False))
