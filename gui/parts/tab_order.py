"""Makes the Tab key follow the reading order, not the order in which widgets were created."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLayout, QScrollArea, QWidget

from gui.parts.flow import FlowArea


def chain(root: QWidget) -> None:
    """Set the tab order of `root` to the order of its layouts."""
    before: QWidget | None = None
    for widget in controls(root):
        if before is not None:
            QWidget.setTabOrder(before, widget)
        before = widget


def controls(root: QWidget) -> Iterator[QWidget]:
    """The widgets in `root` that accept the focus, in reading order."""
    accepts = root.focusPolicy() is not Qt.FocusPolicy.NoFocus
    if accepts and not isinstance(root, QScrollArea):
        yield root
    if isinstance(root, QLabel):
        return  # every second widget; nothing is in it
    if isinstance(root, QScrollArea):
        inner = root.widget()
        if inner is not None:
            yield from controls(inner)
    if isinstance(root, FlowArea):
        for widget in root.widgets():
            yield from controls(widget)
    layout = root.layout()
    if layout is not None:
        yield from _of_layout(layout)


def _of_layout(layout: QLayout) -> Iterator[QWidget]:
    for index in range(layout.count()):
        item = layout.itemAt(index)
        widget, inner = (item.widget(), item.layout()) if item else (None, None)
        if widget is not None:
            yield from controls(widget)
        elif inner is not None:
            yield from _of_layout(inner)
