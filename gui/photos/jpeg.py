"""A picture of a camera as a JPEG file that says when it was taken."""

from __future__ import annotations

import struct

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from domain.instant import Instant

QUALITY = 92
"""Of 100: at 12 megapixels a file of about 3 MB."""
EXIF_BLOCK, EXIF_TAKEN, EXIF_OFFSET = 0x8769, 0x9003, 0x9011
ASCII, LONG = 2, 4


def jpeg_of(picture: QImage, taken: Instant) -> bytes:
    """The picture with all its pixels; empty when it cannot be written."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(QUALITY)
    if not writer.write(picture):
        return b""
    data = bytes(buffer.data().data())
    return data[:2] + _exif(taken) + data[2:]  # behind the two bytes that begin every JPEG


def _exif(taken: Instant) -> bytes:
    """A segment with local time and offset, as EXIF 2.31 describes it."""
    local = taken.local.isoformat(timespec="seconds")
    at = local[:19].replace("-", ":").replace("T", " ").encode() + b"\0"
    zone = local[19:].encode() + b"\0"
    block = 26
    """Where the second table begins: behind the head (8 bytes) and the first table (18)."""
    texts = block + 30
    tables = (
        struct.pack(">2sHLHHHLLL", b"MM", 42, 8, 1, EXIF_BLOCK, LONG, 1, block, 0),
        struct.pack(">HHHLL", 2, EXIF_TAKEN, ASCII, len(at), texts),
        struct.pack(">HHLLL", EXIF_OFFSET, ASCII, len(zone), texts + len(at), 0),
        at,
        zone,
    )
    body = b"Exif\0\0" + b"".join(tables)
    return struct.pack(">2sH", b"\xff\xe1", 2 + len(body)) + body
