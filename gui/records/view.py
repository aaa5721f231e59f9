"""The records screen: search and list on the left, the chosen interception on the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from domain.errors import TidewaiterError
from domain.ids import RecordId
from domain.words import mark
from gui.action import bind_keys
from gui.look.tokens import GAP_2, GAP_3, GAP_4
from gui.parts.button import ActionBar
from gui.parts.head import ScreenHead
from gui.parts.message import Messages
from gui.parts.mood import Mood
from gui.records.actions import cancel_it, open_draft, records_actions, send_back
from gui.records.detail import Detail
from gui.records.found import FoundList
from gui.records.model import Chosen, RecordsModel
from gui.records.reason import ReasonLine
from gui.records.review_bar import ReviewBar
from gui.records.strip import PhotoReader, PhotoStrip
from gui.words import Words
from storage.drafts import Draft

DETAIL_WIDTH = 430


class RecordsView(QWidget):
    """`receipt_wanted` carries the record whose receipt will be shown."""

    receipt_wanted = Signal(object)

    def __init__(self, model: RecordsModel, reader: PhotoReader, words: Words) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self._model, self._words = model, words
        self._read: RecordId | None = None
        self.actions_here = records_actions(model, self)
        page = QVBoxLayout(self)
        page.setContentsMargins(GAP_4 + 4, GAP_3, GAP_4 + 4, GAP_4)
        page.setSpacing(GAP_3)
        page.addWidget(ScreenHead(words.say("Interceptions")))
        self._messages = Messages(words)
        page.addWidget(self._messages)
        body = QHBoxLayout()
        body.setSpacing(GAP_3)
        self._found = FoundList(model, words)
        self._found.draft_opened.connect(lambda: open_draft(model))
        body.addWidget(self._found, 5)
        self._detail, self._strip = Detail(words), PhotoStrip(reader, words)
        self._detail.wanted.connect(model.open_of_find)
        self._strip.setParent(self._detail)
        self._strip.hide()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setMinimumWidth(340)
        self._area.setMaximumWidth(DETAIL_WIDTH)
        self._area.setAccessibleName(words.say("The chosen interception"))
        self._area.setWidget(self._detail)
        self._review_bar = ReviewBar(self.actions_here[1:4], words)
        right = QVBoxLayout()
        right.setSpacing(GAP_2)
        right.addWidget(self._review_bar)
        right.addWidget(self._area, 1)
        body.addLayout(right, 2)
        page.addLayout(body, 1)
        self._reason = ReasonLine(words)
        page.addWidget(self._reason)
        self._bar = ActionBar(self.actions_here, words)
        page.addWidget(self._bar)
        self._detail.show_nothing(self._strip)
        bind_keys(self.actions_here, self)
        model.chosen.connect(self._show)
        model.refused.connect(self._refused)
        model.deleted.connect(self._deleted)
        if model.now is not None:
            self._show(model.now)

    def enter(self) -> None:
        """The screen came to the front."""
        self._model.freshen()
        self._model.choose_newest()
        self.focus_search()

    def focus_search(self) -> None:
        """Set the focus to the search line."""
        self._found.focus_search()

    def focus_states(self) -> None:
        """Set the focus to the row of states."""
        self._found.focus_states()

    def ask_return(self) -> None:
        """Ask in the page for the reason of the return."""
        self._ask(mark("What must be corrected in {number}?"), mark("Return"),
                  lambda text: send_back(self._model, text))  # fmt: skip

    def ask_cancel(self) -> None:
        """Ask in the page for the reason of the cancellation."""
        self._ask(mark("Why is {number} cancelled? It stays in the journal, marked as cancelled."),
                  mark("Cancel it"), lambda text: cancel_it(self._model, text))  # fmt: skip

    def receipt(self) -> None:
        """Open the receipt of the chosen interception."""
        if self._model.record is not None:
            self.receipt_wanted.emit(self._model.record)

    def _ask(self, question: str, deed: str, then: Callable[[str], None]) -> None:
        now = self._model.now
        if now is not None:
            say = self._words.say
            self._reason.ask(say(question, number=now.case.number), say(deed), then)

    def _show(self, found: Chosen | None) -> None:
        self._bar.refresh()
        self._review_bar.refresh()
        self._review_bar.setVisible(found is not None)
        draft = self._model.draft
        if draft is not None:
            self._read = None
            self._reason.leave()
            self._strip.hide()
            self._detail.show_draft(draft, self._strip)
        elif found is None:
            self._read = None
            self._strip.hide()
            self._detail.show_nothing(self._strip)
        if found is None:
            return
        if found.case.record != self._read:
            self._read = found.case.record
            self._reason.leave()
            self._messages.clear()
            self._area.verticalScrollBar().setValue(0)
        self._detail.show_chosen(found, self._strip)
        self._strip.show_chosen(found)

    def _deleted(self, draft: Draft) -> None:
        say, model = self._words.say, self._model
        ways = [(say("Undo"), lambda: model.put_back(draft)), (say("Understood"), lambda: None)]
        self._messages.tell(say("The draft is deleted."), Mood.OK, ways)

    def _refused(self, error: TidewaiterError) -> None:
        self._messages.clear()
        self._messages.inform(self._words.error(error), Mood.BAD)
