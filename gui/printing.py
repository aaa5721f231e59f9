"""Prints pages in two steps: the printer must first answer, then it receives the pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

ChoosePrinter = Callable[[QWidget], QPrinter | None]
"""Returns the printer that the officer chose; None without a choice."""


def choose_printer(parent: QWidget) -> QPrinter | None:
    """Asks with the system's dialog."""
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
    """A print job. `begun` is False when the printer does not answer."""

    def __init__(self, printer: QPrinter) -> None:
        self._printer, self._painter = printer, QPainter()
        self.begun = self._painter.begin(printer)

    def put(self, pages: Sequence[QImage]) -> bool:
        """Print the pages at full size; False when the printer stopped before the end."""
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
        """Cancel the job: the printer receives no further page."""
        self._printer.abort()
        self._painter.end()
