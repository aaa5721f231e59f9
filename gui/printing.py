"""Prints pages in two steps: first the printer must answer, then it gets the pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

ChoosePrinter = Callable[[QWidget], QPrinter | None]
"""The printer that the officer chose; None when none was."""


def choose_printer(parent: QWidget) -> QPrinter | None:
    """Asks with the system's own dialog."""
    printer = a4_printer()
    dialog = QPrintDialog(printer, parent)
    return printer if dialog.exec() else None


def a4_printer() -> QPrinter:
    """A printer set to whole A4 pages."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    return printer


class PrintJob:
    """A printer that was asked to begin. `begun` is False when it does not answer."""

    def __init__(self, printer: QPrinter) -> None:
        self._printer, self._painter = printer, QPainter()
        self.begun = self._painter.begin(printer)

    def put(self, pages: Sequence[QImage]) -> bool:
        """Print the pages at their full size; False when the printer stopped on the way."""
        for index, page in enumerate(pages):
            if index and not self._printer.newPage():
                self.leave()
                return False
            area = self._painter.viewport()
            size = page.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
            self._painter.drawImage(QRect(area.topLeft(), size), page)
        ended = self._painter.end()
        return ended and self._printer.printerState() is not QPrinter.PrinterState.Error

    def leave(self) -> None:
        """Give the job up: the printer gets no further page."""
        self._printer.abort()
        self._painter.end()
