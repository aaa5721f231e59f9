"""The pages of a PDF as pictures: what is shown and printed is the stored paper itself."""

from __future__ import annotations

from threading import Lock

from PySide6.QtGui import QImage

# PDFium may be used by one thread at a time.
_ONE_AT_A_TIME = Lock()


def pages_of(pdf: bytes, dpi: int) -> tuple[QImage, ...]:
    """One picture per page."""
    # 60 ms, and only for those who look at paper.
    import pypdfium2

    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return tuple(_image(page, dpi) for page in document)
        finally:
            document.close()


def _image(page: object, dpi: int) -> QImage:
    bitmap = page.render(scale=dpi / 72, rev_byteorder=True, prefer_bgrx=True)  # type: ignore[attr-defined]
    image = QImage(
        bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride,
        QImage.Format.Format_RGBX8888,
    )  # fmt: skip
    # The picture must outlive the buffer that PDFium drew into.
    return image.copy()
