"""What Qt's layouts do not offer by themselves."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QWidget


def empty(layout: QLayout, *, keep: QWidget | None = None) -> None:
    """Take everything out of `layout` and delete the widgets; `keep` is only taken out."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item else None
        if widget is not None and widget is not keep:
            # Hidden at once: it is deleted only when the event loop runs again.
            widget.hide()
            widget.deleteLater()
