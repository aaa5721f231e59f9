"""The deeds on receipts, for background threads.

This file loads the PDF library, which takes as long as the rest of the desk. So the model imports
it at the first deed, in the background thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage

from acts.receipt.issue_receipt import issue_receipt
from acts.receipt.print_receipt import find, original, print_receipt
from acts.receipt.save_receipt import save_receipt
from acts.session import Session
from domain.changes import Changes
from domain.ids import RecordId
from gui.receipts.pages import pages_of
from storage.workstation import Workstation

SCREEN_DPI, PRINTER_DPI = 160, 300


@dataclass(frozen=True, slots=True)
class DrawnCopy:
    """The pages of a copy; `copy` 1 is the original."""

    pages: tuple[QImage, ...]
    copy: int


class ReceiptDeeds:
    """The deeds on receipts, for one workstation."""

    def __init__(self, ws: Workstation) -> None:
        self._ws = ws

    def preview(self, number: str) -> tuple[QImage, ...]:
        """The pages of the issued receipt. Raises `NotFound`."""
        return pages_of(original(self._ws, number), SCREEN_DPI)

    def issue(self, record: RecordId, session: Session, language: str) -> Changes:
        """Issue the receipt of a record; the changes carry its number."""
        return issue_receipt(self._ws, record, session, language)

    def save(self, number: str, session: Session, file: Path) -> tuple[Changes, int]:
        """Save the receipt as `file` and log the copy; returns its number (1 is the original)."""
        changes = save_receipt(self._ws, number, session, file)
        return changes, find(self._ws, number)[1].copies[-1].copy

    def draw_to_print(self, number: str, session: Session) -> tuple[Changes, DrawnCopy]:
        """Draw the pages of a copy for the printer, then log it."""
        drawn: list[DrawnCopy] = []

        def draw(pdf: bytes, copy: int) -> None:
            drawn.append(DrawnCopy(pages_of(pdf, PRINTER_DPI), copy))

        _, changes = print_receipt(self._ws, number, session, "printer", prepare_output=draw)
        return changes, drawn[-1]
