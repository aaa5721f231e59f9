"""The icons, drawn in the colour of the theme."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap, QTransform

SIDE = 20


def icon(
    folder: Path, name: str, colour: str, *, scale: float = 2.0, mirror: bool = False
) -> QPixmap:
    """The icon `name` (resources/icons/NAME.svg), 20 logical pixels square.

    `mirror`: for icons with a direction, in a language written from right to left.
    """
    side = round(SIDE * scale)
    source = (folder / f"{name}.svg").read_bytes().replace(b"currentColor", colour.encode("ascii"))
    image = QImage.fromData(source.replace(b'width="24" height="24"', _size(side)))
    if mirror:
        image = image.transformed(
            QTransform(-1, 0, 0, 1, 0, 0), Qt.TransformationMode.FastTransformation
        )
    pixmap = QPixmap.fromImage(image)
    pixmap.setDevicePixelRatio(scale)
    return pixmap


def _size(side: int) -> bytes:
    return f'width="{side}" height="{side}"'.encode("ascii")
