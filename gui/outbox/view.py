"""The outbox: what the hub stores, what waits and since when, what it refuses and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from domain.errors import TidewaiterError
from domain.words import mark
from gui.action import bind_keys
from gui.look.tokens import GAP_3, GAP_4
from gui.outbox.actions import outbox_actions
from gui.outbox.count import Count
from gui.outbox.model import OutboxModel
from gui.outbox.progress import SyncProgressBar
from gui.outbox.sentence import hub_sentence, link_words
from gui.outbox.stick_card import StickCard, stick_actions, write_one
from gui.outbox.stick_model import StickModel
from gui.outbox.stick_words import (
    Sentence,
    ejected_sentence,
    export_sentences,
    import_sentences,
)
from gui.outbox.waiting_list import WaitingList
from gui.parts.button import ActionBar
from gui.parts.card import Card
from gui.parts.column import GrowingColumn
from gui.parts.head import ScreenHead
from gui.parts.message import Messages
from gui.parts.mood import Mood
from gui.parts.scroll import FollowingScroll
from gui.parts.text import label
from gui.words import Words
from storage.finding import Finding
from storage.hub_memory import HubSummary

STICK, REFUSED, PROBLEM, FORK = "stick", "refused", "problem", "fork"
"""Subjects of the messages: a stick, what the hub refuses, why the last work failed, and copies of
this folder that were used.
"""


class OutboxView(QWidget):
    """`record_wanted` carries the id of the interception to show."""

    record_wanted = Signal(str)

    def __init__(self, model: OutboxModel, stick: StickModel, words: Words) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self._model, self._words = model, words
        self._shown_problem: TidewaiterError | None = None
        self._shown_refused = 0
        self._shown_forks: tuple[Finding, ...] = ()
        self._by_stick = stick

        by_stick = stick_actions(stick, model, self, words)
        self.actions_here = (*outbox_actions(model, stick), *by_stick)
        page = QVBoxLayout(self)
        page.setContentsMargins(GAP_4 + 4, GAP_3, GAP_4 + 4, GAP_4)
        page.setSpacing(GAP_3)
        self._head = ScreenHead(words.say("Outbox"))
        page.addWidget(self._head)
        self._messages = Messages(words)
        page.addWidget(self._messages)
        self._progress = SyncProgressBar(words)
        page.addWidget(self._progress)
        self._stick = StickCard(stick, by_stick, words)
        self._waits = Card(words.say("What waits"))
        self._listed: object = None
        self._nothing = label("", wrap=True)
        self._list = WaitingList(words)
        self._list.chosen.connect(self.record_wanted)
        self._waits.body.addWidget(self._nothing, 0, Qt.AlignmentFlag.AlignTop)
        self._waits.body.addWidget(self._list, 1)
        self._area = FollowingScroll()
        self._area.setWidget(self._column())
        page.addWidget(self._area, 1)
        self._bar = ActionBar(self.actions_here, words)
        page.addWidget(self._bar)
        bind_keys(self.actions_here, self)
        model.read.connect(self._show)
        model.refused.connect(self._refused)
        stick.moved.connect(self._bar.refresh)
        stick.refused.connect(self._refused)
        stick.written.connect(lambda outcome: self._tell(export_sentences(outcome, words)))
        stick.taken.connect(lambda outcome: self._tell(import_sentences(outcome, words)))
        stick.ejected.connect(lambda: self._tell([ejected_sentence(words)]))
        self._show()

    def enter(self) -> None:
        """The screen came to the front."""
        self._model.refresh()

    def _make_counts(self) -> QHBoxLayout:
        say = self._words.say
        self._numbers = {
            "records": Count(say("Records at the hub")),
            "photos": Count(say("Photos at the hub")),
            "safe": Count(say("Photos safe in a second copy")),
            "hub": Count(say("Hub"), small=True),
        }
        row = QHBoxLayout()
        row.setSpacing(GAP_3)
        for card in self._numbers.values():
            row.addWidget(card, 1)
        return row

    def showEvent(self, event: QShowEvent) -> None:
        """Show what has changed while the screen was not in sight."""
        super().showEvent(event)
        self._show()

    def _column(self) -> GrowingColumn:
        holder = GrowingColumn()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_3)
        column.addLayout(self._make_counts())
        column.addWidget(self._waits, 1)
        column.addWidget(self._stick)
        return holder

    def _show(self) -> None:
        model, summary = self._model, self._model.summary
        if summary is None or not self.isVisible():
            return
        self._show_counts(summary)
        self._show_run(summary)
        self._show_problem()
        self._show_refused(summary)
        self._show_forks()
        now = (model.waiting, hub_sentence(summary, self._words)[0])
        if now != self._listed:
            self._listed = now
            self._list.put(model.waiting)
            self._list.setVisible(bool(model.waiting))
            self._nothing.setText(now[1])
            self._nothing.setVisible(not model.waiting)
        self._bar.refresh()
        self._stick.refresh()

    def _show_counts(self, summary: HubSummary) -> None:
        say, number, held = self._words.say, self._words.number, self._numbers
        of = mark("{held} of {all}")
        for name, has, wanted in (
            ("records", summary.records_held, summary.records),
            ("photos", summary.photos_held, summary.photos),
            ("safe", summary.photos_safe, summary.photos),
        ):
            note = say("complete") if wanted and has == wanted else ""
            if name == "safe" and wanted and not has:
                note = say("none yet: originals stay here until then")
            held[name].put(say(of, held=number(has), all=number(wanted)), note)
        last = self._words.moment(summary.last_contact) or say("never")
        held["hub"].put(
            summary.hub or say("none is set up: settings, F10"),
            say("last contact: {when}", when=last),
        )

    def _show_run(self, summary: HubSummary) -> None:
        schedule = self._model.schedule
        text, mood = link_words(schedule, self._words)
        self._head.chip("run", text.rstrip("."), Mood.ACCENT if schedule.running else mood)
        self._progress.setVisible(schedule.running)
        if schedule.running:
            self._progress.put(
                summary.records_held + summary.photos_held, summary.records + summary.photos
            )

    def _show_refused(self, summary: HubSummary) -> None:
        """What the hub refuses waits for a person; there is a way out for each."""
        if summary.refused == self._shown_refused:
            return
        self._shown_refused = summary.refused
        self._messages.drop(REFUSED)
        if not summary.refused:
            return
        say = self._words.say
        ways = [(say("Send again"), self._model.try_again)]
        ways += [
            (say("Write {number} to a stick", number=one.number), self._writer(one.number))
            for one in self._model.waiting
            if one.refused
        ][:1]
        text = self._words.count(
            "The hub refuses 1 entry or photo. It waits here; nothing else waits for it.",
            "The hub refuses {count} entries or photos. They wait here; nothing else waits for"
            " them.",
            summary.refused,
        )
        self._messages.tell(text, Mood.WARN, ways, REFUSED)

    def _show_forks(self) -> None:
        """A message that stays: only a choice at the command line takes it away."""
        if self._model.forks == self._shown_forks:
            return
        self._shown_forks = self._model.forks
        self._messages.drop(FORK)
        if not self._shown_forks:
            return
        say = self._words.say
        text = say(
            "Two copies of this folder were used. Nothing is lost; nothing is signed here until the"
            " administrator chooses which one goes on: `main.py station` names both ways."
        )
        twice = [str(found.about) for found in self._shown_forks if "records" in dict(found.values)]
        if twice:
            text += " " + say(
                "Given twice: {numbers}. Write on the papers of each which one is meant.",
                numbers=", ".join(twice),
            )
        self._messages.stay(text, Mood.BAD, FORK)

    def _writer(self, number: str) -> Callable[[], None]:
        def write() -> None:
            write_one(self._by_stick, number, self, self._words)

        return write

    def _show_problem(self) -> None:
        error = self._model.schedule.failure
        if error is self._shown_problem:
            return
        self._shown_problem = error
        self._messages.drop(PROBLEM)
        if error is not None:
            self._refused(error)

    def _tell(self, sentences: Iterable[Sentence]) -> None:
        self._messages.drop(STICK)
        # The newest message is shown first.
        for text, mood in reversed(tuple(sentences)):
            self._messages.inform(text, mood, STICK)

    def _refused(self, error: TidewaiterError) -> None:
        self._messages.drop(PROBLEM)
        self._messages.inform(self._words.error(error), Mood.WARN, PROBLEM)
