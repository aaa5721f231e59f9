"""Shows the pages of a receipt: fitted to the width, with zoom."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from gui.look.tokens import GAP_1, GAP_3
from gui.parts.text import label
from gui.words import Words

ZOOMS = (1.0, 1.25, 1.5, 2.0, 3.0)
"""Zoom factors, relative to the available width."""
WIDEST = 900
"""Maximum width of a page at zoom 1, in logical pixels: a wider page is not easier to read."""


class PaperView(QScrollArea):
    """Shows a text while there are no pages."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._pages: tuple[QImage, ...] = ()
        self._labels: list[QLabel] = []
        self._zoom = 0
        self.setWidgetResizable(True)
        self.setAccessibleName(words.say("The paper"))

    def say(self, text: str) -> None:
        """Show a text instead of pages."""
        self._pages, self._labels = (), []
        made = label(text, "label", wrap=True)
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWidget(made)

    def put(self, pages: tuple[QImage, ...]) -> None:
        """Show these pages from the top; the same pages keep their scroll position."""
        if pages is self._pages:
            return
        self._pages, self._labels, self._zoom = pages, [], 0
        sheet = QWidget()
        sheet.setProperty("look", "column")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(GAP_1, 0, GAP_1, GAP_3)
        column.setSpacing(GAP_1)
        for number in range(1, len(pages) + 1):
            text = self._words.say("Page {page} of {pages}", page=number, pages=len(pages))
            shown = label()
            shown.setAccessibleName(text)
            shown.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            # The picture has no minimum width, so that the window can become narrower.
            shown.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            column.addWidget(shown)
            below = label(text, "label")
            below.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(below)
            column.addSpacing(GAP_3)
            self._labels.append(shown)
        column.addStretch(1)
        self.setWidget(sheet)
        self.verticalScrollBar().setValue(0)
        self._draw()

    def zoom(self, steps: int) -> None:
        """Zoom in or out; 0 fits the page to the width."""
        self._zoom = max(0, min(len(ZOOMS) - 1, self._zoom + steps)) if steps else 0
        self._draw()

    def turn(self, pages: int) -> None:
        """Scroll to the top of a later or earlier page."""
        bar = self.verticalScrollBar()
        tops = [shown.y() for shown in self._labels]
        here = max((n for n, top in enumerate(tops) if top <= bar.value() + GAP_3), default=0)
        if tops:
            bar.setValue(tops[max(0, min(len(tops) - 1, here + pages))])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the new width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._draw()

    def _draw(self) -> None:
        ratio = self.devicePixelRatioF()
        # Always reserve room for the scroll bar, so that its appearance does not move the pages.
        room = self.width() - self.verticalScrollBar().sizeHint().width() - 2 * GAP_1 - 2
        width = min(max(room, 100), WIDEST) * ZOOMS[self._zoom]
        fits = width <= room
        self.setHorizontalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOff if fits else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        )
        sheet = self.widget()
        if sheet is not None:
            sheet.setMinimumWidth(0 if fits else round(width))
        for page, shown in zip(self._pages, self._labels, strict=True):
            height = width * page.height() / page.width()
            small = page.scaled(
                QSize(round(width * ratio), round(height * ratio)),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            small.setDevicePixelRatio(ratio)
            shown.setPixmap(QPixmap.fromImage(small))
