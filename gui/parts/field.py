"""A field: a label, the entry, and below it a hint, a note or a fault."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gui.look.tokens import GAP_2
from gui.parts.button import push_button
from gui.parts.entry import FieldEntry
from gui.parts.mood import Mood, set_mood
from gui.parts.text import label

UNDER_ENTRY = 2
"""The row of the hint and of the note, which are never shown together: below label and entry."""


class FieldBox(QWidget):
    """`way_out` is sent when the officer presses the button that the note offers."""

    way_out = Signal()

    def __init__(self, title: str, entry: FieldEntry, *, badge: str = "", hint: str = "") -> None:
        super().__init__()
        self.entry = entry
        self._hint = hint
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(GAP_2)
        self._head = head
        head.addWidget(label(title, "label"))
        if badge:
            head.addWidget(label(badge, "label", mood=Mood.WARN))
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(entry)
        # Two labels, because a label that changes its look keeps the old padding. They and the
        # button are made when they have something to say: most fields never need them.
        self._below: QLabel | None = None
        self._note: QLabel | None = None
        self._offer: QPushButton | None = None
        column.addStretch(1)
        entry.name(f"{title}, {badge}" if badge else title)
        self.say()

    @property
    def least_width(self) -> int:
        """Pixels that the label needs, with what stands beside it."""
        margins = self._column.contentsMargins()
        return self._head.sizeHint().width() + margins.left() + margins.right()

    def set_side(self, free: int) -> None:
        """Leave so many pixels free at both sides."""
        self._column.setContentsMargins(free, 0, free, 0)

    def say(self, text: str = "", mood: Mood = Mood.NONE, offer: str = "", key: str = "") -> None:
        """Show a note below the field, with a button for `offer`; an empty text shows the hint
        again. `mood`: `bad` must be corrected, `warn` is only a warning, `ok`, or none for other
        notes.
        """
        shown = text or self._hint
        self.entry.target().setAccessibleDescription(shown)
        if self.entry.work_out(text if mood is Mood.ACCENT else ""):
            shown = self._hint
        quiet, loud = ("", shown) if mood else (shown, "")
        self._below = self._line(self._below, quiet, "hint")
        self._note = self._line(self._note, loud, "note")
        if self._note is not None:
            set_mood(self._note, mood)
        self.entry.mood(Mood.BAD if mood is Mood.BAD else Mood.NONE)
        if self._offer is None and offer:
            self._offer = push_button("", "quiet")
            self._offer.clicked.connect(self.way_out)
            below = self._column.count() - 1
            self._column.insertWidget(below, self._offer, 0, Qt.AlignmentFlag.AlignLeft)
        if self._offer is not None:
            self._offer.setVisible(bool(offer))
            if offer:
                self._offer.setText(f"{offer}   {key}" if key else offer)
                self._offer.setAccessibleName(offer)

    def _line(self, line: QLabel | None, words: str, look: str) -> QLabel | None:
        """The line with these words, made when it first has some; hidden without."""
        if line is None and words:
            line = label(words, look, wrap=True)
            self._column.insertWidget(UNDER_ENTRY, line)
        if line is not None:
            line.setText(words)
            line.setVisible(bool(words))
        return line
