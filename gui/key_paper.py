"""Prints the list of keys, always in light colours."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QScrollArea, QWidget

from gui.look.sheet import sheet
from gui.look.tokens import LIGHT
from gui.parts.key_list import KeyList
from gui.printing import choose_printer

WIDTH = 900
"""Pixels of the list that fill the width of a page."""


def print_on_chosen(parent: QWidget, keys: KeyList) -> None:
    """Ask for a printer with the system's dialog, and print the list."""
    printer = choose_printer(parent)
    if printer is not None:
        print_keys(printer, keys)


def print_keys(printer: QPrinter, keys: KeyList) -> bool:
    """Print the list over as many pages as it needs; False when the printer does not answer."""
    keys.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    keys.setStyleSheet(sheet(LIGHT))
    keys.resize(WIDTH, WIDTH)
    keys.show()
    inner = keys.findChildren(QScrollArea)[0].widget()
    painter = QPainter()
    if inner is None or not painter.begin(printer):
        keys.close()
        return False
    inner.resize(WIDTH, inner.sizeHint().height())
    area = painter.viewport()
    scale = area.width() / WIDTH
    step = int(area.height() / scale)
    for index, top in enumerate(range(0, inner.height(), step)):
        if index:
            printer.newPage()
        painter.resetTransform()
        painter.scale(scale, scale)
        part = QRect(0, top, WIDTH, min(step, inner.height() - top))
        inner.render(painter, QPoint(0, 0), QRegion(part))
    keys.close()
    return painter.end()
