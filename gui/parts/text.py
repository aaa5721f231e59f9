"""Labels with plain text only, so that typed text is never used as markup."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui.parts.mood import Mood, set_mood, text_mood


def label(text: str = "", look: str = "", *, wrap: bool = False, mood: Mood = Mood.NONE) -> QLabel:
    """A label in one of the looks of the style sheet; `mood` is the colour of its text."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if look:
        made.setProperty("look", look)
    if mood:
        made.setProperty("mood", text_mood(mood))
    if wrap:
        made.setWordWrap(True)
        # A wrapped label may be narrow; without this line it would widen its column.
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    begin_at_its_side(made)
    return made


def begin_at_its_side(made: QLabel) -> None:
    """Let a text begin at the side of the desk's language, whatever its own direction is: a number
    below a field stands below the beginning of the field.
    """
    if QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
        made.setAlignment(align | Qt.AlignmentFlag.AlignVCenter)


def chip(text: str = "") -> QLabel:
    """A small coloured label for a state; hidden while it has no text."""
    made = label(text, "chip")
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    if not text:
        made.hide()
    return made


def put_chip(made: QLabel, text: str, mood: Mood) -> None:
    """Change the text of a chip; an empty text hides it."""
    made.setText(text)
    set_mood(made, mood)
    made.setVisible(bool(text))


def name_it(widget: QWidget, name: str, description: str = "") -> None:
    """Set the name of a control for screen readers."""
    widget.setAccessibleName(name)
    if description:
        widget.setAccessibleDescription(description)


def breakable(text: str) -> str:
    """`text` with places where a long path or word may be wrapped, which is cut off without."""
    return re.sub(r"([/\\])(?=[^/\\\s])|(\S{24})(?=\S)", lambda m: f"{m.group()}\u200b", text)
