"""Asks why a record is amended: a reason from the list, and a comment."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal

from domain.fault import Fault, FaultKind, Shape
from domain.pack.checklist import Checklist
from domain.words import mark
from gui.parts.card import Card
from gui.parts.choices import ChoicesEntry
from gui.parts.entry import LineEntry
from gui.parts.field import FieldBox
from gui.parts.option import Option
from gui.words import Words

REASON_PATH, COMMENT_PATH = "amend.reason", "amend.comment"
AMEND_REASON_MISSING = FaultKind(
    "amend_reason_missing",
    mark("an amendment needs its reason"),
    mark("Choose why the record changes."),
    shape=Shape.SENTENCE,
)
AMEND_COMMENT_MISSING = FaultKind(
    "amend_comment_missing",
    mark("this reason needs a comment"),
    mark("Say in the comment why the record changes."),
    shape=Shape.SENTENCE,
)


def no_reason(checklist: Checklist, reason: str, comment: str) -> tuple[Fault, ...]:
    """What an amendment with this reason, a code of `amend_reasons`, and comment still lacks."""
    if not checklist.has("amend_reasons", reason):
        return (Fault(REASON_PATH, AMEND_REASON_MISSING),)
    if checklist.is_other("amend_reasons", reason) and not comment.strip():
        return (Fault(COMMENT_PATH, AMEND_COMMENT_MISSING),)
    return ()


class AmendingCard(Card):
    """`changed` carries the reason's code and the comment."""

    changed = Signal(str, str)

    def __init__(self, words: Words) -> None:
        super().__init__(words.say("Why it is amended"))
        self._reason, self._comment = "", ""
        self._chips = ChoicesEntry((), many=False)
        self._line = LineEntry()
        self.body.addWidget(FieldBox(words.say("Reason"), self._chips))
        self.body.addWidget(FieldBox(words.say("Comment"), self._line))
        self._chips.typed.connect(self._take_reason)
        self._line.typed.connect(self._take_comment)
        self.hide()

    def ask(self, options: Sequence[Option], reason: str, comment: str) -> None:
        """Show these reasons; `reason` and `comment` are the present answers."""
        self._reason, self._comment = reason, comment
        self._chips.offer(options)
        self._chips.put(reason)
        self._line.put(comment)
        self.show()

    def take_focus(self, path: str) -> None:
        """Set the focus to the comment or to the reasons."""
        entry = self._line if path == COMMENT_PATH else self._chips
        entry.target().setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_reason(self, code: str) -> None:
        self._reason = code
        self.changed.emit(self._reason, self._comment)

    def _take_comment(self, text: str) -> None:
        self._comment = text
        self.changed.emit(self._reason, self._comment)
