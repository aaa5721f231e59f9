"""The rail: a button for each screen with its key, and the officer at the bottom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout

from gui.look.tokens import GAP_1, GAP_3, GAP_4, RAIL_NARROW, RAIL_WIDTH
from gui.parts.text import label, name_it

IconOf = Callable[[str, bool], QPixmap]


@dataclass(frozen=True, slots=True)
class Destination:
    """A button of the rail. `last`: it is at the bottom."""

    name: str
    words: str
    key: str
    icon: str
    last: bool = False


class RailButton(QPushButton):
    """A button of the rail; for screen readers it is an item of a list."""


class Rail(QFrame):
    """`chosen` carries the name of the destination."""

    chosen = Signal(str)

    def __init__(
        self, brand: str, post: str, destinations: Sequence[Destination], icon_of: IconOf
    ) -> None:
        super().__init__()
        self.setProperty("look", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._icon_of = icon_of
        self._destinations = tuple(destinations)
        self._buttons: dict[str, RailButton] = {}
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(GAP_3, GAP_4, GAP_3, GAP_3)
        column.setSpacing(GAP_1)
        self._wide = [label(brand, "brand"), label(post, wrap=True)]
        for widget in self._wide:
            widget.setContentsMargins(GAP_3, 0, 0, 0)
            column.addWidget(widget)
        column.addSpacing(GAP_3)
        group = QButtonGroup(self)
        for destination in (
            *(s for s in destinations if not s.last),
            None,
            *(s for s in destinations if s.last),
        ):
            if destination is None:
                column.addStretch(1)
                continue
            button = self._button(destination)
            group.addButton(button)
            column.addWidget(button)
        self.set_narrow(narrow=False)

    def _button(self, destination: Destination) -> RailButton:
        button = RailButton()
        button.setProperty("look", "rail")
        button.setCheckable(True)
        button.setAutoDefault(True)
        button.setIconSize(QSize(20, 20))
        button.setToolTip(f"{destination.words}  {destination.key}".strip())
        name_it(button, destination.words, destination.key)
        button.clicked.connect(lambda: self.chosen.emit(destination.name))
        self._buttons[destination.name] = button
        return button

    def set_narrow(self, *, narrow: bool) -> None:
        """Show only icons, or icons with labels."""
        self.setFixedWidth(RAIL_NARROW if narrow else RAIL_WIDTH)
        for widget in self._wide:
            widget.setVisible(not narrow)
        side = GAP_1 if narrow else GAP_3
        self._column.setContentsMargins(side, GAP_4, side, GAP_3)
        for destination in self._destinations:
            text = f"  {destination.words}".replace("&", "&&")
            self._buttons[destination.name].setText("" if narrow else text)

    def choose(self, name: str) -> None:
        """Mark the present screen."""
        for destination in self._destinations:
            here = destination.name == name
            self._buttons[destination.name].setChecked(here)
            self._buttons[destination.name].setIcon(QIcon(self._icon_of(destination.icon, here)))
