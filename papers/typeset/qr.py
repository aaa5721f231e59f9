"""The seal as a QR code, drawn as runs of dark modules."""

from __future__ import annotations

import re
from typing import Any

import zxingcpp

from papers.typeset.sheet import Sheet
from papers.typeset.style import INK

_STRONG_UP_TO = 420
"""A code of up to so many characters is readable with 25 % damage (level Q), a longer one with
15 % (M)."""
_DARK = re.compile(rb"\x00+")


def draw_code(sheet: Sheet, text: str, x: float, y: float, side: float) -> None:
    """Draw the code of `text` in the square whose lower left corner is at `x`, `y`.

    The caller leaves four modules of white around it (ISO/IEC 18004, 6.3.8).
    """
    level = "Q" if len(text) <= _STRONG_UP_TO else "M"
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
    # It is a buffer, but Python has no type for that before 3.12.
    image: Any = code.to_image(scale=1, add_quiet_zones=False)
    modules = memoryview(image)
    count = modules.shape[0] if modules.shape else 0
    rows = modules.tobytes()
    path = [
        f"{run.start()} {count - 1 - number} {run.end() - run.start()} 1 re"
        for number in range(count)
        for run in _DARK.finditer(rows[number * count : (number + 1) * count])
    ]
    canvas = sheet.canvas
    canvas.saveState()
    canvas.setFillColor(INK)
    canvas.translate(x, y)
    canvas.scale(side / count, side / count)
    # One path for all modules: no seams between them, and a tenth of the calls of canvas.rect.
    canvas._code.append("\n".join(path) + "\nf")
    canvas.restoreState()
