"""A Qt window, shown and painted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QMainWindow

from benchmarks.starts.ready import ready


def show(fill: Callable[[QMainWindow], None]) -> None:
    """Show a window that `fill` has filled, and report when it is painted."""
    app = QApplication([])
    window = QMainWindow()
    fill(window)
    window.resize(1462, 900)
    window.show()
    app.processEvents()
    window.repaint()
    ready()


if __name__ == "__main__":
    show(lambda _: None)
