"""How a widget looks by its state."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtWidgets import QLabel, QWidget


class Mood(StrEnum):
    """The states that the style sheet knows, by the names that it uses."""

    NONE = ""
    OK = "ok"
    WARN = "warn"
    """Something to know; the officer can go on."""
    BAD = "bad"
    """Something to put right."""
    ACCENT = "accent"
    MUTE = "mute"


def set_mood(widget: QWidget, mood: Mood) -> None:
    """Set the mood of a widget, with the background that belongs to it."""
    _set(widget, mood.value)


def set_text_mood(label: QLabel, mood: Mood) -> None:
    """Set the mood of a label that shows it by the colour of its text alone."""
    _set(label, text_mood(mood))


def text_mood(mood: Mood) -> str:
    """What the style sheet calls the mood of a text without a background."""
    return f"plain-{mood.value}" if mood else ""


def _set(widget: QWidget, mood: str) -> None:
    if widget.property("mood") == mood:
        return
    widget.setProperty("mood", mood)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
