"""Where the window opens and how large: it fits the screen, and each screen keeps its own shape."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

USUAL = QSize(1462, 900)
LEAST = QSize(960, 560)
"""The least size, on a screen that has this room."""
FRAME = QSize(8, 40)
"""What a window manager draws around a window that is not maximised, at most."""
MAXIMISED_BELOW = 1500
"""On a screen with fewer pixels of width the window is maximised."""

Shape = tuple[int, ...]


def screen_key(screen: QScreen) -> str:
    """The name of a screen and its room: another scale of the same screen is another one."""
    room = screen.availableGeometry()
    return f"{screen.name()} {room.width()}x{room.height()}"


def opening(room: QRect, kept: Shape) -> tuple[QRect, bool]:
    """Where the window opens in `room`, with its frame, and whether it is maximised.

    `kept` is the shape in which it was closed there: x and y from the corner of the room, width,
    height, and 1 when it was maximised; () when it was never there.
    """
    size = USUAL
    corner = None
    maximised = room.width() < MAXIMISED_BELOW
    if len(kept) == len(("x", "y", "width", "height", "maximised")):
        x, y, width, height, most = kept
        size, corner, maximised = QSize(width, height), (x, y), bool(most)
    size = size.expandedTo(LEAST).boundedTo(room.size() - FRAME)
    free = room.size() - size - FRAME
    x, y = corner or (free.width() // 2, free.height() // 2)
    x, y = min(max(x, 0), free.width()), min(max(y, 0), free.height())
    return QRect(room.topLeft() + QPoint(x, y), size), maximised


def show_on_screen(window: QWidget, last: str, kept: Callable[[str], Shape]) -> None:
    """Show the window on the screen where it was closed last, if that is there, in its shape.

    `last` is the key of that screen, empty for none; `kept` returns the shape on a screen.
    """
    screens = {screen_key(screen): screen for screen in QGuiApplication.screens()}
    screen = screens.get(last, window.screen())
    room = screen.availableGeometry()
    window.setMinimumSize(LEAST.boundedTo(room.size() - FRAME))
    frame, maximised = opening(room, kept(screen_key(screen)))
    window.setScreen(screen)
    window.resize(frame.size())
    # Unlike `setGeometry` this counts the frame, so that the title is on the screen too.
    window.move(frame.topLeft())
    if maximised:
        window.showMaximized()
    else:
        window.show()


def is_there(screen: str) -> bool:
    """Whether the screen with that key is connected now."""
    return any(screen_key(one) == screen for one in QGuiApplication.screens())


def shape_of(window: QWidget) -> tuple[str, Shape]:
    """The key of the window's screen, and its shape there, to be stored."""
    screen = window.screen()
    size, most = window.normalGeometry().size(), window.isMaximized()
    corner = window.normalGeometry().topLeft() if most else window.pos()
    corner -= screen.availableGeometry().topLeft()
    return screen_key(screen), (corner.x(), corner.y(), size.width(), size.height(), int(most))
