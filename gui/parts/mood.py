"""The mood of a widget: how it looks in a certain state."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


class Mood(StrEnum):
    """The states, with their names in the style sheet."""

    NONE = ""
    OK = "ok"
    WARN = "warn"
    """A warning; the officer can continue."""
    BAD = "bad"
    """An error that must be corrected."""
    ACCENT = "accent"
    MUTE = "mute"


def set_mood(widget: QWidget, mood: Mood) -> None:
    """Set the mood of a widget, which changes its background."""
    _set(widget, mood.value)


def set_text_mood(label: QLabel, mood: Mood) -> None:
    """Set the mood of a label, which changes only the colour of its text."""
    _set(label, text_mood(mood))


def text_mood(mood: Mood) -> str:
    """The name in the style sheet for the mood of a text without background."""
    return f"plain-{mood.value}" if mood else ""


def set_look(widget: QWidget, look: str) -> None:
    """Set the look of a widget, a name in the style sheet."""
    _set(widget, look, "look")


def _set(widget: QWidget, value: str, name: str = "mood") -> None:
    if (widget.property(name) or "") == value:
        return
    widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished) or not _has_sheet(widget):
        return  # it gets its style when it comes to a page, or is first shown
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _has_sheet(widget: QWidget) -> bool:
    """Whether the widget is in a page with a style sheet already."""
    above: QWidget | None = widget
    while above is not None and not above.styleSheet():
        above = above.parentWidget()
    return above is not None
