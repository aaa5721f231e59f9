"""How long it takes to add a 12-megapixel photo, compared with Qt's scaled reader on the same
file.

    python -m benchmarks.photo [count]

Our time is for the whole deed: child process, preview of 1600 and thumbnail of 256 pixels as JPEG,
SHA-256, encryption, durable write, read back. Qt's time is only for the scaled decoding and two
JPEGs. Then how many photos a second come in one after the other, and two side by side as at a desk.
"""

from __future__ import annotations

import io
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImageReader

from acts.interception.add_photo import add_photo
from gui.photos.queue import SIDE_BY_SIDE
from storage.workstation import Workstation
from tests.builders import Place


def main(count: int) -> None:
    """Print the table."""
    data = _picture()
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        place = Place(Path(folder) / "workstation")
        with place.open() as ws:
            ws.photos.look(data)  # the child process is already running, as at a desk
            decode = _timed(lambda _: ws.photos.look(data), count)
            whole = _timed(
                lambda n: add_photo(
                    # an extra byte at the end makes a different photo
                    ws, data + n.to_bytes(2, "big"), file_name="a.jpg", role=None, source="file"
                ),
                count,
            )  # fmt: skip
            rates = {side: _rate(ws, data, side, count) for side in (1, SIDE_BY_SIDE)}
    qt = _timed(lambda _: _by_qt(data), count)
    print(f"12-megapixel JPEG of {len(data) / 1e6:.1f} MB, {count} times, medians")
    for name, value in (
        ("Qt: scaled decode, 2 JPEGs", qt),
        ("child: the same", decode),
        ("add_photo, all of it", whole),
    ):
        print(f"{name:28} {value:7.1f} ms  {value / qt:5.2f} x Qt")
    for side, rate in rates.items():
        print(f"add_photo, {side} side by side    {rate:7.1f} a second")


def _rate(ws: Workstation, data: bytes, side: int, count: int) -> float:
    """Photos a second, with so many side by side."""
    with ThreadPoolExecutor(side) as threads:
        list(threads.map(ws.photos.look, [data] * side))  # the child processes are running
        start = time.perf_counter()
        made = threads.map(
            lambda n: add_photo(
                ws, data + bytes([side]) + n.to_bytes(2, "big"), file_name="a.jpg", role=None,
                source="file",
            ),
            range(count),
        )  # fmt: skip
        list(made)
        return count / (time.perf_counter() - start)


def _picture() -> bytes:
    coarse = Image.effect_noise((400, 300), 80).resize((4000, 3000), Image.Resampling.BICUBIC)
    out = io.BytesIO()
    Image.merge("RGB", [coarse, coarse.rotate(180), coarse]).save(out, "JPEG", quality=88)
    return out.getvalue()


def _by_qt(data: bytes) -> None:
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"jpeg"))
    reader.setScaledSize(QSize(1600, 1200))
    image = reader.read()
    small = image.scaled(256, 192, mode=Qt.TransformationMode.SmoothTransformation)
    for picture in (image, small):
        out = QBuffer()
        out.open(QIODevice.OpenModeFlag.WriteOnly)
        picture.save(out, "JPG", 80)  # type: ignore[call-overload]


def _timed(work: Callable[[int], object], count: int) -> float:
    times = []
    for n in range(count):
        start = time.perf_counter()
        work(n)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
