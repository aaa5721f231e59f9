"""The default folders of this user."""

from __future__ import annotations

from pathlib import Path

import platformdirs


def default_home() -> Path:
    """The default folder of this user's workstation."""
    return Path(platformdirs.user_data_dir("tidewaiter", appauthor=False)) / "workstation"


def log_folder() -> Path:
    """The folder for logs when there is no workstation's folder."""
    return Path(platformdirs.user_log_dir("tidewaiter", appauthor=False))
