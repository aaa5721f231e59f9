"""PDFium, which opens and draws PDF files, behind one lock for the whole program.

Two threads must never be inside PDFium at once, whatever they do there (its README says so). So
every room opens its documents here, and the lock is held until the document is closed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, TypeAlias

from pypdfium2 import PdfDocument, PdfiumError, PdfPage, raw

__all__ = ["Handle", "PdfDocument", "PdfPage", "PdfiumError", "open_pdf", "raw"]

Handle: TypeAlias = Any
"""What a function of `raw` takes and gives: pypdfium2 has no types for it."""
_ONE_AT_A_TIME = Lock()


@contextmanager
def open_pdf(data: bytes) -> Iterator[PdfDocument]:
    """The PDF document in `data`; other threads wait until it is closed. Raises `PdfiumError`.

    Use it, its pages and everything of `raw` within the `with` block only. A thread that opens a
    second document inside the block waits for ever.
    """
    with _ONE_AT_A_TIME:
        document = PdfDocument(data)
        try:
            yield document
        finally:
            document.close()
