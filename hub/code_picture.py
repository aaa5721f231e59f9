"""A QR code as a PNG file, for an enrolment file on paper or on a screen."""

from __future__ import annotations

import io
from typing import Any

import zxingcpp
from PIL import Image

from domain.words import mark
from hub.errors import RequestRefused

MODULE = 6
"""Pixels of one module."""
LIMITS = (("M", 3391), ("L", 4296))
"""Letters that fit into the largest code at each level of error correction (ISO/IEC 18004)."""


def code_picture(text: str) -> bytes:
    """The PNG of the QR code of `text`. Raises `RequestRefused` when it is too long for one."""
    level = next((name for name, most in LIMITS if len(text) <= most), None)
    if level is None:
        raise RequestRefused(
            mark("the enrolment file is too long for a QR code"),
            hint=mark("Hand out the file (--out); a long chain of certificates does not fit."),
        )
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
    # It is a buffer, but Python has no type for that before 3.12.
    image: Any = code.to_image(scale=MODULE, add_quiet_zones=True)
    modules = memoryview(image)
    height, width = modules.shape or (0, 0)
    picture = Image.frombytes("L", (width, height), modules.tobytes()).convert("1")
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()
