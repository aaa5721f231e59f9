"""Draws the pages of a PDF as pictures: screen and printer show the stored PDF itself."""

from __future__ import annotations

from PySide6.QtGui import QImage

from system.pdfium import PdfPage, open_pdf


def pages_of(pdf: bytes, dpi: int) -> tuple[QImage, ...]:
    """One picture for each page."""
    with open_pdf(pdf) as document:
        return tuple(_image(page, dpi) for page in document)


def _image(page: PdfPage, dpi: int) -> QImage:
    bitmap = page.render(scale=dpi / 72, rev_byteorder=True, prefer_bgrx=True)
    image = QImage(
        bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride,
        QImage.Format.Format_RGBX8888,
    )  # fmt: skip
    # The picture must outlive the buffer that PDFium drew into.
    return image.copy()
