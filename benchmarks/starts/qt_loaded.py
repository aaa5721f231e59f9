"""Qt loaded, no window."""

from __future__ import annotations

from PySide6 import QtWidgets

from benchmarks.starts.ready import ready

assert QtWidgets
ready()
