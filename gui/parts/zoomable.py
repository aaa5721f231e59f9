"""A picture that fills its widget; it can be zoomed, moved and turned. Only the view changes."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

STEPS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0)
STRIDE = 0.15
"""How far an arrow key moves, as a share of the widget."""


class Zoomable(QWidget):
    """Shows `words` without a picture.

    `changed` is sent when zoom or turning change, `focused` when it gets the focus.
    """

    changed = Signal()
    focused = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._words = ""
        self._pixels = QSize()
        self._middle = QPointF(0.5, 0.5)
        self.factor = 1.0
        """The zoom: 1 shows the whole picture."""
        self.turns = 0
        """Quarters of a turn to the right."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """A useful minimum size."""
        return QSize(480, 360)

    def put(self, image: QImage | None, words: str, pixels: QSize | None = None) -> None:
        """Show another picture, whole and not turned; None shows `words`.

        `pixels` is the size of the original, when `image` is a smaller one.
        """
        self.factor, self.turns, self._middle = 1.0, 0, QPointF(0.5, 0.5)
        self.sharpen(image, words, pixels)
        self.changed.emit()

    def sharpen(self, image: QImage | None, words: str, pixels: QSize | None) -> None:
        """Show the same picture with more pixels, as it is zoomed and turned now."""
        self._image = None if image is None or image.isNull() else image
        self._words = words
        own = self._image.size() if self._image is not None else QSize()
        self._pixels = own if pixels is None else pixels
        self.update()

    @property
    def percent(self) -> int:
        """The scale: at 100 each pixel of the original is one of the screen. 0: no picture."""
        if self._image is None:
            return 0
        return round(100 * self.factor / self._actual_factor())

    def show_actual(self) -> None:
        """Show each pixel of the original as one of the screen."""
        if self._image is not None:
            self._zoom(self._actual_factor())

    def show_whole(self) -> None:
        """Show the whole picture."""
        self._zoom(1.0)

    def closer(self, by: int) -> None:
        """Zoom in by so many steps (negative: out)."""
        factor = self.factor
        for _ in range(abs(by)):
            steps = [s for s in STEPS if (s > factor if by > 0 else s < factor)]
            factor = (min(steps) if by > 0 else max(steps)) if steps else factor
        self._zoom(max(factor, 1.0) if by < 0 else factor)

    def turn(self, by: int) -> None:
        """Turn the view by so many quarters to the right."""
        self.turns = (self.turns + by) % 4
        self._zoom(1.0)

    def _zoom(self, factor: float) -> None:
        self.factor = factor
        self._move(0, 0)
        self.changed.emit()

    def _move(self, right: float, down: float) -> None:
        half = min(0.5, 0.5 / self.factor)
        x = min(max(self._middle.x() + right / self.factor, half), 1 - half)
        y = min(max(self._middle.y() + down / self.factor, half), 1 - half)
        self._middle = QPointF(x, y)
        self.update()

    def _turned_size(self) -> QSizeF:
        size = QSizeF(self._image.size()) if self._image else QSizeF(1, 1)
        return size.transposed() if self.turns % 2 else size

    def _actual_factor(self) -> float:
        """The zoom at which each pixel of the original is one of the screen."""
        shown = self._turned_size().scaled(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio)
        original = self._pixels.height() if self.turns % 2 else self._pixels.width()
        return original / self.devicePixelRatioF() / max(shown.width(), 1.0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, and a frame while the widget has the focus."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.AlternateBase))
        if self._image is None:
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.percent != 100)
            self._draw(painter, self._image)
        if self.hasFocus():
            pen = painter.pen()
            pen.setColor(self.palette().color(QPalette.ColorRole.Highlight))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _draw(self, painter: QPainter, image: QImage) -> None:
        size = self._turned_size().scaled(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio)
        size *= self.factor
        painter.save()
        painter.translate(
            self.width() / 2 + size.width() * (0.5 - self._middle.x()),
            self.height() / 2 + size.height() * (0.5 - self._middle.y()),
        )
        painter.rotate(90 * self.turns)
        if self.turns % 2:
            size.transpose()
        painter.drawImage(
            QRectF(-size.width() / 2, -size.height() / 2, size.width(), size.height()), image
        )
        painter.restore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """+ and − zoom; 0 shows the whole picture; arrows move one that is larger than the
        widget.
        """
        arrows = {
            Qt.Key.Key_Left: (-STRIDE, 0.0), Qt.Key.Key_Right: (STRIDE, 0.0),
            Qt.Key.Key_Up: (0.0, -STRIDE), Qt.Key.Key_Down: (0.0, STRIDE),
        }  # fmt: skip
        if event.text() in ("+", "="):
            self.closer(1)
        elif event.text() in ("-", "−"):
            self.closer(-1)
        elif event.text() == "0":
            self.show_whole()
        elif event.key() in arrows and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._move(*arrows[Qt.Key(event.key())])
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press zooms in; after the last step it shows the whole picture again."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.setFocus()
            if self.factor < STEPS[-1]:
                self.closer(1)
            else:
                self.show_whole()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel zooms in and out."""
        self.closer(1 if event.angleDelta().y() > 0 else -1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell who has the focus now."""
        super().focusInEvent(event)
        self.focused.emit()
