"""Changes how a widget looks by its state (`bad`, `warn`, `ok`, `accent`, or none)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def set_mood(widget: QWidget, mood: str) -> None:
    """Set the mood of a widget; the style sheet decides how it looks."""
    if widget.property("mood") == mood:
        return
    widget.setProperty("mood", mood)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
