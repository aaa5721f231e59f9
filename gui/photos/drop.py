"""Files that are dropped anywhere on the window are photos of the open record."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QWindow
from PySide6.QtWidgets import QWidget


class DropOnWindow(QObject):
    """Takes what is dropped on the window of `screen` while `screen` is in sight and `may` says so.

    It hears of a drop before the fields of the form do: one of them would take a file's name as
    text. `take` adds the photos; `show` is called when something is dragged in, and out again.
    """

    def __init__(
        self,
        screen: QWidget,
        may: Callable[[], bool],
        take: Callable[[QMimeData], bool],
        show: Callable[[bool], None],
    ) -> None:
        super().__init__(screen)
        self._screen, self._may, self._take, self._show = screen, may, take, show
        self._window: QWindow | None = None
        screen.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Find the window when the screen is first shown; take files that are dropped there."""
        if watched is self._screen:
            if event.type() is QEvent.Type.Show:
                self._find_window()
            return False
        if isinstance(event, QDropEvent):  # also a drag that enters or moves
            return self._hear(event)
        if event.type() is QEvent.Type.DragLeave:
            self._show(False)
        return False

    def _find_window(self) -> None:
        top = self._screen.nativeParentWidget()
        handle = top.windowHandle() if top is not None else None
        if top is not None and handle is not None and handle is not self._window:
            self._window = handle
            top.setAcceptDrops(True)  # some systems are told of it
            handle.installEventFilter(self)

    def _hear(self, event: QDropEvent) -> bool:
        held = event.mimeData()
        if not (self._screen.isVisible() and self._may() and _has_photos(held)):
            return False
        if not isinstance(event, QDragEnterEvent | QDragMoveEvent):
            self._show(False)
            self._take(held)
        elif isinstance(event, QDragEnterEvent):
            self._show(True)
        event.acceptProposedAction()
        return True


def _has_photos(held: QMimeData) -> bool:
    return held.hasImage() or any(url.isLocalFile() for url in held.urls())
