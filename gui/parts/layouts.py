"""Functions that Qt's layouts do not have."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QWidget


def empty(layout: QLayout, *, keep: QWidget | None = None) -> None:
    """Remove all items from `layout` and delete the widgets; `keep` is removed but not deleted."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item else None
        if widget is not None and widget is not keep:
            # Hidden at once, because it is deleted only when the event loop runs again.
            widget.hide()
            widget.deleteLater()
