"""The way through the screens: which one Esc leads back to, and where the focus was on each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from gui.parts.focus import can_take
from gui.parts.tab_order import controls


class WayBack(QObject):
    """`view_of` returns the widget of a screen; None while it is not built."""

    def __init__(self, view_of: Callable[[str], QWidget | None], parent: QObject) -> None:
        super().__init__(parent)
        self._view_of = view_of
        self.here = ""
        self._before: list[str] = []
        """The screens that Esc goes back through, the latest last."""
        self._focus: dict[str, QWidget] = {}
        """The control of each screen that had the focus last."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._watch)

    def forget(self) -> None:
        """The screens are built anew."""
        self._focus.clear()

    def go(self, name: str) -> None:
        """This screen is in front now."""
        if name in self._before:
            del self._before[self._before.index(name) :]
        elif self.here and name != self.here:
            self._before.append(self.here)
        self.here = name

    @property
    def before(self) -> str:
        """The screen that Esc leads to; empty at the first one."""
        return self._before[-1] if self._before else ""

    def take_focus(self) -> None:
        """Set the focus to the control of this screen that had it last, else to its first."""
        view, holder = self._view_of(self.here), QApplication.focusWidget()
        if view is None or not view.isVisible() or (holder and view.isAncestorOf(holder)):
            return
        last = self._focus.get(self.here)
        target = last if last and can_take(last) else next(filter(can_take, controls(view)), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def control_number(self) -> int:
        """The how-manieth control of this screen has the focus; -1 for none of them."""
        view, holder = self._view_of(self.here), QApplication.focusWidget()
        shown = list(controls(view)) if view is not None and holder is not None else []
        return shown.index(holder) if holder in shown else -1

    def focus_control(self, number: int) -> None:
        """Set the focus to that control, after the screens were built anew in another language."""
        view = self._view_of(self.here)
        for index, control in enumerate(controls(view) if view is not None else ()):
            if index == number and can_take(control):
                control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _watch(self, _before: QWidget | None, now: QWidget | None) -> None:
        view = self._view_of(self.here)
        if now is not None and view is not None and view.isAncestorOf(now):
            self._focus[self.here] = now
