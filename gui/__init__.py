"""The desk: the windows and screens for officers and supervisors."""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401  (its import sets what is taken back below)

# PySide puts a function before every import, which looks for `__feature__`; no file here uses it.
# Without it the imports of the desk cost a sixth less.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
