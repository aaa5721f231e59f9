"""The outbox: what the hub holds, what waits and since when, what it refuses and why."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from domain.errors import TidewaiterError
from domain.words import mark
from gui.action import Action, bind_keys
from gui.look.tokens import GAP_3, GAP_4
from gui.outbox.model import OutboxModel
from gui.outbox.sentence import hub_sentence
from gui.parts.button import ActionBar
from gui.parts.card import Card
from gui.parts.head import Head
from gui.parts.line_button import LineButton
from gui.parts.message import Messages
from gui.parts.text import label
from gui.words import Words
from storage.projections.hub import HubSummary, Waiting


class OutboxView(QWidget):
    """`record_wanted` carries the id of the interception that is to be read."""

    record_wanted = Signal(str)

    def __init__(self, model: OutboxModel, words: Words) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self._model, self._words = model, words

        def may_send() -> bool:
            return bool(model.summary and model.summary.hub) and not model.under_way

        self.actions_here = (
            Action(mark("Stop"), "Escape", model.stop, lambda: model.under_way),
            Action(mark("Synchronise now"), "Ctrl+Return", model.sync, may_send, main=True),
        )  # fmt: skip
        page = QVBoxLayout(self)
        page.setContentsMargins(GAP_4 + 4, GAP_3, GAP_4 + 4, GAP_4)
        page.setSpacing(GAP_3)
        self._head = Head(words.say("Outbox"))
        page.addWidget(self._head)
        self._messages = Messages()
        page.addWidget(self._messages)
        self._counts = QHBoxLayout()
        self._counts.setSpacing(GAP_3)
        page.addLayout(self._counts)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page.addWidget(self._area, 1)
        self._bar = ActionBar(self.actions_here, words)
        page.addWidget(self._bar)
        bind_keys(self.actions_here, self)
        model.read.connect(self._show)
        model.running.connect(self._run_changed)
        model.refused.connect(self._refused)
        self._show()

    def enter(self) -> None:
        """The screen came to the front."""
        self._model.refresh()

    def _show(self) -> None:
        summary = self._model.summary
        if summary is None:
            return
        while self._counts.count():
            item = self._counts.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for card in self._count_cards(summary):
            self._counts.addWidget(card, 1)
        self._area.setWidget(self._list(self._model.waiting, summary))
        self._bar.refresh()

    def _count_cards(self, summary: HubSummary) -> list[Card]:
        say, number = self._words.say, self._words.number
        of = mark("{held} of {all}")
        records = Card(say("Records at the hub"))
        records.body.addWidget(
            label(say(of, held=number(summary.records_held), all=number(summary.records)), "big")
        )
        photos = Card(say("Photos at the hub"))
        photos.body.addWidget(
            label(say(of, held=number(summary.photos_held), all=number(summary.photos)), "big")
        )
        safe = Card(say("Photos safe in a second copy"))
        safe.body.addWidget(
            label(say(of, held=number(summary.photos_safe), all=number(summary.photos)), "big")
        )
        where = Card(say("Hub"))
        where.body.addWidget(label(summary.hub or say("none is set up"), wrap=True))
        last = self._words.moment(summary.last_contact) or say("never")
        where.body.addWidget(label(say("heard last: {when}", when=last), "label"))
        return [records, photos, safe, where]

    def _list(self, waiting: tuple[Waiting, ...], summary: HubSummary) -> QWidget:
        holder = QWidget()
        holder.setProperty("look", "column")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card(self._words.say("What waits"))
        if not waiting:
            card.body.addWidget(label(hub_sentence(summary, self._words)[0], wrap=True))
        for item in waiting:
            button = LineButton("●" if item.refused else "○", self._line(item),
                                "bad" if item.refused else "")  # fmt: skip
            button.clicked.connect(
                lambda _=False, record=item.record: self.record_wanted.emit(record)
            )
            card.body.addWidget(button)
        column.addWidget(card)
        column.addStretch(1)
        return holder

    def _line(self, item: Waiting) -> str:
        words = self._words
        parts = [item.number]
        if item.entries:
            parts.append(words.say("the record"))
        if item.photos:
            parts.append(words.count("1 photo", "{count} photos", item.photos))
        parts.append(words.say("since {when}", when=words.moment(item.since)))
        if item.refused:
            parts.append(words.say("refused: {why}", why=item.refused))
        return " · ".join(parts)

    def _run_changed(self, running: bool) -> None:
        self._head.chip("run", self._words.say("sending") if running else "", "accent")
        if running:
            self._messages.clear()
        self._bar.refresh()

    def _refused(self, error: TidewaiterError) -> None:
        self._messages.clear()
        self._messages.tell(
            self._words.error(error), "warn", [(self._words.say("Understood"), lambda: None)]
        )
