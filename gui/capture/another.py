"""Begins another record of the same find, under the checklist that the officer chooses."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from acts.interception.begin_of_find import BegunOfFind
from acts.session import Session
from domain.document import JsonValue
from domain.ids import RecordId
from domain.pack.checklist import Checklist
from domain.remark import Remark
from domain.words import in_language, mark
from gui.action import key_words
from gui.capture.model import CaptureModel
from gui.parts.button import push_button
from gui.parts.card import Card
from gui.parts.chips import ChipRow
from gui.parts.focus import FocusReturn
from gui.parts.message import Messages, Way
from gui.parts.mood import Mood
from gui.parts.option import Option
from gui.parts.own_keys import keeps_key
from gui.words import Words

WHICH = mark("Another record of this find: under which checklist?")
LEFT_OUT = mark("This checklist does not have these values of the other record; they are left out:")


class AnotherOfFind(Card):
    """Hidden until it has to ask; a number or Enter chooses, Esc closes it."""

    def __init__(self, model: CaptureModel, words: Words, messages: Messages) -> None:
        super().__init__(words.say(WHICH))
        self._model, self._words, self._messages = model, words, messages
        self._of: RecordId | None = None
        self._focus = FocusReturn(self)
        self._chips = ChipRow((), many=False)
        self._chips.name(words.say(WHICH))
        self._chips.typed.connect(self._chosen)
        self.body.addWidget(self._chips)
        close = push_button(words.say("Close"), "quiet", key_words("Esc", words))
        close.clicked.connect(self._close)
        self.add_to_head(close)
        model.find.another_wanted.connect(self.ask)
        self.hide()

    def ask(self, record: RecordId) -> None:
        """Begin one of the find of `record`; ask for the checklist when several are adopted."""
        adopted, language = self._model.packs.adopted, self._words.language
        if len(adopted) == 1:
            self._begin(record, adopted[0])
            return
        self._of = record
        self._chips.offer([Option(c.pack.id, in_language(c.pack.title, language)) for c in adopted])
        self._chips.put("")
        self.show()
        self._chips.target().setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        self._focus.give_back()
        self.hide()

    def _chosen(self, pack_id: JsonValue) -> None:
        record, adopted = self._of, self._model.packs.adopted
        checklist = next((c for c in adopted if c.pack.id == pack_id), None)
        if record is not None and checklist is not None:
            self.hide()
            self._begin(record, checklist)

    def _begin(self, record: RecordId, checklist: Checklist) -> None:
        begun: list[BegunOfFind] = []
        model, language = self._model, self._words.language

        def make(acting: Session) -> RecordId:
            begun.append(model.find.begin(record, checklist, acting, language))
            return begun[0].record

        model.begin_with(make, lambda: self._name(begun[0].left_out))

    def _name(self, left_out: tuple[Remark, ...]) -> None:
        say = self._words.say
        if left_out:
            lines = (f"· {say(line.what, **dict(line.values))}" for line in left_out)
            ways: list[Way] = [(say("Understood"), lambda: None)]
            self._messages.tell("\n".join((say(LEFT_OUT), *lines)), Mood.WARN, ways)

    def event(self, event: QEvent) -> bool:
        """While it is open, Esc does not put the draft away."""
        own = keeps_key(event, lambda key: key.key() == Qt.Key.Key_Escape)
        return own or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)
