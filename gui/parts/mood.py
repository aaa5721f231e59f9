"""Changes how a widget looks by its state (`bad`, `warn`, `ok`, `accent`, or none)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def set_mood(widget: QWidget, mood: str) -> None:
    """Put the widget in that mood; the style sheet decides what it looks like."""
    if widget.property("mood") == mood:
        return
    widget.setProperty("mood", mood)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
