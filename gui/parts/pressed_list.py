"""A list whose rows are pressed: by the mouse, or by Enter on the present one."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListView

from gui.parts.entry import is_enter
from gui.parts.text import name_it

Index = QModelIndex | QPersistentModelIndex


class PressedList(QListView):
    """A subclass says what pressing a row does."""

    def __init__(self, model: QAbstractListModel, name: str) -> None:
        super().__init__()
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        name_it(self, name)
        self.clicked.connect(self.press)

    def press(self, index: Index) -> None:
        """Called when the row at `index` is pressed."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the present row."""
        if is_enter(event) and self.currentIndex().isValid():
            self.press(self.currentIndex())
            return
        super().keyPressEvent(event)
