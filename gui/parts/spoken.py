"""What screen readers find: the rail is a list of screens, a pick field is a combo box."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

from gui.parts.pick import PickEntry
from gui.parts.rail import Rail, RailButton


class SpokenScreen(QAccessibleWidget):
    """A screen in the rail's list; the present one is selected, and it can be pressed."""

    def __init__(self, button: RailButton) -> None:
        super().__init__(button, QAccessible.Role.ListItem)
        self._button = button

    def state(self) -> QAccessible.State:
        """That of a control, and whether it is the present screen."""
        state = super().state()
        state.selectable = True
        state.selected = self._button.isChecked()
        return state

    def actionNames(self) -> list[str]:
        """It can be pressed."""
        return ["Press", *super().actionNames()]

    def doAction(self, name: str) -> None:
        """Press it, or what every control can do."""
        if name == "Press":
            self._button.click()
        else:
            super().doAction(name)


class SpokenPick(QAccessibleWidget):
    """A field with a list of choices around its text line."""

    def __init__(self, entry: PickEntry) -> None:
        super().__init__(entry, QAccessible.Role.ComboBox, entry.target().accessibleName())
        self._entry = entry

    def state(self) -> QAccessible.State:
        """That of a control, and whether the list is open."""
        state = super().state()
        state.expandable = state.hasPopup = state.editable = True
        state.expanded = self._entry.is_open
        state.collapsed = not self._entry.is_open
        return state


def spoken(_key: str, found: QObject) -> QAccessibleInterface | None:
    """What a screen reader finds at an object; None for what Qt knows better."""
    if isinstance(found, Rail):
        return QAccessibleWidget(found, QAccessible.Role.List)
    if isinstance(found, RailButton):
        return SpokenScreen(found)
    if isinstance(found, PickEntry):
        return SpokenPick(found)
    return None


@cache
def speak_plainly() -> None:
    """From now on screen readers find `spoken`; Qt has one such function for the process."""
    QAccessible.installFactory(spoken)
