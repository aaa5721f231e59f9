"""What stands on the screen of the desk, as plain data for the driver."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget

from gui.build import Desk
from gui.parts.chips import ChipRow
from gui.parts.field import FieldBox
from gui.parts.message import MessageLine


def sight_of(desk: Desk) -> dict[str, Any]:
    """The field with the focus, the messages, the state of the record, and what was used for it."""
    view, model = desk.capture_view, desk.capture
    here, record = view.here(), model.sheet.record
    box = view.fields().get(here)
    lines = [one for one in view.findChildren(MessageLine) if one.isVisibleTo(view)]
    return {
        "dialog": isinstance(QApplication.activeModalWidget(), QFileDialog),
        "screen": desk.window.here,
        "record": str(record or ""),
        "path": here,
        "text": _text_of(QApplication.focusWidget()),
        "chips": _chips_of(box) if box else [],
        "document": model.sheet.document if record else {},
        "faults": [fault.path for fault in model.faults if not fault.warns],
        "messages": [_words_of(line) for line in lines],
        "ways": [len(line.findChildren(QPushButton)) for line in lines],
        "saved": model.saved_at is not None,
        "number": model.last_number,
        "photos": len(model.photos.photos),
        "taking": model.photos.under_way,
        "finals": desk._ws.db.execute("SELECT count(*) FROM record").fetchone()[0],
        "busy": desk.bridge.busy,
        "waiting": len(desk.outbox.waiting),
        "focus": type(QApplication.focusWidget()).__name__,
        "kilobytes": _kilobytes(),
    }


def _text_of(holder: QWidget | None) -> str:
    return holder.text() if isinstance(holder, QLineEdit) else ""


def _chips_of(box: FieldBox) -> list[str]:
    """The codes whose chips have the numbers 1, 2 … in the field."""
    rows = box.findChildren(ChipRow)
    return list(rows[0].codes) if rows else []


def _words_of(line: MessageLine) -> str:
    return " ".join(label.text() for label in line.findChildren(QLabel))


def _kilobytes() -> int:
    """The memory of this process; 0 where the system does not say."""
    file = Path("/proc/self/status")
    lines = file.read_text(encoding="ascii").splitlines() if file.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)
