"""A field: a label, the entry, and below it a hint, a note or a fault."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gui.look.tokens import GAP_2, TARGET
from gui.parts.button import push_button
from gui.parts.entry import FieldEntry
from gui.parts.mood import Mood, set_mood
from gui.parts.text import label

UNDER_ENTRY = 1
"""The row of the hint and of the note, which are never shown together: below the entry."""
NOTE_PADDING = 20
"""Pixels of the style sheet's padding around a note, and some room."""
NO_BOUND = 16_777_215
"""Qt's greatest width of a widget."""


class FieldBox(QWidget):
    """`way_out` is sent when the officer presses the button that the note offers, `noted` when
    another note is shown.
    """

    way_out = Signal()
    noted = Signal()

    def __init__(
        self,
        title: str,
        entry: FieldEntry,
        *,
        badge: str = "",
        hint: str = "",
        hint_inside: bool = False,
    ) -> None:
        """`hint_inside`: the hint stands in the empty entry, if that can show it, and not below."""
        super().__init__()
        self.entry = entry
        self._spoken = hint
        self._hint = "" if hint_inside and entry.take_hint(hint) else hint
        self._words, self._mood = "", Mood.NONE
        self._unmatched = ""
        """The entry's sentence that nothing matches what is typed; it goes before the note."""
        self._elsewhere = False
        """Whether somebody else shows the note, who has more room."""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._outer = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(2)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(GAP_2)
        self._title = label(title, "label")
        self._head.addWidget(self._title)
        self._badge = label(badge, "label", mood=Mood.WARN) if badge else None
        if self._badge is not None:
            self._head.addWidget(self._badge)
        self._head.addStretch(1)
        self._outer.addLayout(self._head)
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        self._column.addWidget(entry)
        # Two labels, because a label that changes its look keeps the old padding. They and the
        # button are made when they have something to say: most fields never need them.
        self._below: QLabel | None = None
        self._note: QLabel | None = None
        self._offer: QPushButton | None = None
        self._column.addStretch(1)
        self._outer.addLayout(self._column, 1)
        entry.name(f"{title}, {badge}" if badge else title)
        entry.unmatched.connect(self._say_unmatched)
        self.say()
        self._show_note()

    @property
    def least_width(self) -> int:
        """Pixels that the label needs above the entry, with what stands beside it."""
        margins = self._outer.contentsMargins()
        badge = self._badge.sizeHint().width() + GAP_2 if self._badge is not None else 0
        words = self._title.fontMetrics().horizontalAdvance(self._title.text())
        return words + badge + margins.left() + margins.right() + 2

    def set_margins(self, side: int, above: int) -> None:
        """Leave so many pixels free at both sides and above."""
        self._outer.setContentsMargins(side, above, side, 2)

    def set_beside(self, width: int, lower: int = 0) -> None:
        """Show the label beside the entry, `width` pixels wide and `lower` pixels further down; 0
        is above the entry.
        """
        directions = QBoxLayout.Direction
        beside = width > 0
        self._outer.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self._outer.setSpacing(0 if beside else 2)
        self._head.setDirection(directions.TopToBottom if beside else directions.LeftToRight)
        self._head.setSpacing(0 if beside else GAP_2)
        self._head.setContentsMargins(0, lower, 0, 0)
        self._title.setWordWrap(beside)
        self._title.setFixedWidth(width) if beside else _free(self._title)
        self._title.setMinimumHeight(TARGET if beside and not lower else 0)

    def say(self, text: str = "", mood: Mood = Mood.NONE, offer: str = "", key: str = "") -> None:
        """Show a note below the field, with a button for `offer`; an empty text shows the hint
        again. `mood`: `bad` must be corrected, `warn` is only a warning, `ok`, or none for other
        notes.
        """
        shown = text or self._hint
        self.entry.target().setAccessibleDescription(shown or self._spoken)
        if self.entry.work_out(text if mood is Mood.ACCENT else ""):
            shown = self._hint
        self.entry.mood(Mood.BAD if mood is Mood.BAD else Mood.NONE)
        self._put_offer(offer, key)
        if (shown, mood) != (self._words, self._mood):
            self._words, self._mood = shown, mood
            self._show_note()
            self.noted.emit()

    @property
    def note(self) -> tuple[str, Mood]:
        """What is said below the field, and how loud."""
        return (self._unmatched, Mood.WARN) if self._unmatched else (self._words, self._mood)

    def _say_unmatched(self, words: str) -> None:
        self._unmatched = words
        self.entry.target().setAccessibleDescription(words or self._words or self._spoken)
        self._show_note()
        self.noted.emit()

    def note_width(self) -> int:
        """Pixels that the note needs on one line; 0 without a note."""
        words, mood = self.note
        if not words:
            return 0
        shown = self._line(words, mood)
        shown.ensurePolished()
        advance = shown.fontMetrics().horizontalAdvance(words)
        return advance + (NOTE_PADDING if mood else 2)

    def leave_note(self, elsewhere: bool) -> None:
        """Let somebody with more room show the note, or show it here again."""
        if elsewhere != self._elsewhere:
            self._elsewhere = elsewhere
            self._show_note()

    def _show_note(self) -> None:
        words, mood = self.note
        words = "" if self._elsewhere else words
        shown = self._line(words, mood) if words else None
        for line in (self._below, self._note):
            if line is not None:
                line.setText(words if line is shown else "")
                line.setVisible(line is shown)
        if self._note is not None:
            set_mood(self._note, mood)

    def _line(self, words: str, mood: Mood) -> QLabel:
        """The label for a note of this mood, made when it is first needed."""
        made = self._note if mood else self._below
        if made is None:
            made = label(words, "note" if mood else "hint", wrap=True)
            made.hide()
            self._column.insertWidget(UNDER_ENTRY, made)
            if mood:
                self._note = made
            else:
                self._below = made
        return made

    def _put_offer(self, offer: str, key: str) -> None:
        if self._offer is None and offer:
            self._offer = push_button("", "link")
            self._offer.clicked.connect(self.way_out)
            below = self._column.count() - 1
            self._column.insertWidget(below, self._offer, 0, Qt.AlignmentFlag.AlignLeft)
        if self._offer is not None:
            self._offer.setVisible(bool(offer))
            if offer:
                self._offer.setText(f"{offer}   {key}" if key else offer)
                self._offer.setAccessibleName(offer)


def _free(shown: QLabel) -> None:
    shown.setMinimumWidth(0)
    shown.setMaximumWidth(NO_BOUND)
