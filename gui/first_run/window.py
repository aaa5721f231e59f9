"""The window of a folder without a workstation: it leads through the steps of the first run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from domain.errors import TidewaiterError
from gui.bridge import Bridge
from gui.first_run.join import JoinStep
from gui.first_run.model import FirstRunModel
from gui.first_run.start import StartStep
from gui.first_run.station import StationStep
from gui.first_run.step import Step
from gui.look.theme import Theme
from gui.parts.card import Card
from gui.parts.chosen_file import ChooseFile, choose_file, choose_folder
from gui.parts.mood import Mood
from gui.parts.text import label
from gui.recovery import RecoveryPaper
from gui.words import Words
from storage.first_look import holds_workstation
from storage.keys import USUAL_COST, PassphraseCost
from storage.workstation import Workstation

SIZE = QSize(760, 660)
AROUND = 48
"""Pixels of the screen that the window leaves to its frame."""


class FirstRun(QWidget):
    """Sends `finished` when it closes; `opened` is the workstation, None without one, and `leads`
    the folder to open instead. `elsewhere` is sent when another folder is to be chosen.
    """

    finished = Signal()
    elsewhere = Signal()

    def __init__(
        self,
        home: Path,
        words: Words,
        theme: Theme,
        *,
        file_of: ChooseFile = choose_file,
        folder_of: ChooseFile = choose_folder,
        cost: PassphraseCost = USUAL_COST,
    ) -> None:
        super().__init__()
        self._home, self._words = home, words
        self._file_of, self._folder_of, self._cost = file_of, folder_of, cost
        self.bridge = Bridge()
        self.opened: Workstation | None = None
        self.leads: Path | None = None
        self.setWindowTitle("Tidewaiter")
        self.setProperty("look", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setLayoutDirection(words.direction)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget()
        page.addWidget(self._stack)
        self.setStyleSheet(theme.sheet)
        self.resize(SIZE.boundedTo(self.screen().availableGeometry().size() - QSize(0, AROUND)))
        self._begin()

    def _new_model(self, home: Path) -> FirstRunModel:
        model = FirstRunModel(home, self.bridge, self._words.language, self._cost)
        model.moved.connect(self._show_work)
        model.found.connect(lambda _found: self._ask_station())
        model.made.connect(self._show_recovery)
        model.opened.connect(self._take)
        model.restored.connect(self._lead)
        model.refused.connect(self._refuse)
        return model

    @property
    def step(self) -> Step:
        """The step in front."""
        step = self._stack.currentWidget()
        assert isinstance(step, Step)
        return step

    @property
    def busy(self) -> bool:
        """Whether something is being done."""
        return self._model.under_way

    def _bring(self, step: Step, back: Callable[[], None]) -> None:
        """Show a step in place of the present one; `back` is what its button does."""
        before = self._stack.currentWidget()
        self._stack.addWidget(step)
        self._stack.setCurrentWidget(step)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()
        step.back.connect(lambda: self._go_back(back))
        step.enter()

    def _go_back(self, back: Callable[[], None]) -> None:
        """Stop what is being done, else go to the step before."""
        if self._model.under_way:
            self._model.stop()
            self.step.tell(self._words.say("Stopping …"), Mood.MUTE)
        else:
            back()

    def _begin(self) -> None:
        self._model = self._new_model(self._home)
        step = StartStep(str(self._home), self._words)
        step.chosen.connect(self._choose)
        self._bring(step, self._leave)

    def _choose(self, way: str) -> None:
        if way == "join":
            self._ask_what_was_given()
        elif way == "restore":
            self._ask_copy()
        elif way == "elsewhere":
            self.elsewhere.emit()
        elif way == "practice":
            self._practise()
        else:
            self._ask_station()

    def _practise(self) -> None:
        beside = self._home.with_name(f"{self._home.name}-practice")
        if holds_workstation(beside):
            self._lead(beside)
            return
        self._model = self._new_model(beside)
        self._model.practice = True
        self._ask_station()

    def _ask_what_was_given(self) -> None:
        step = JoinStep(self._words, self._file_of)
        step.given.connect(self._model.look_up)
        self._bring(step, self._begin)

    def _ask_station(self) -> None:
        model = self._model
        try:
            posts = model.posts()
        except TidewaiterError as error:  # a file of the program is damaged
            self._refuse(error)
            return
        step = StationStep(posts, self._words, given=model.enrolment, practice=model.practice)
        step.forward.connect(lambda: self._make(step))
        self._bring(step, self._begin)

    def _make(self, step: StationStep) -> None:
        if model := self._model if not self._model.under_way else None:
            passphrase = "" if step.lacks() else step.secret.take()
            if passphrase:
                model.make(step.facts, passphrase)

    def _show_recovery(self, key: str) -> None:
        say = self._words.say
        step = Step(say("Recovery key"), self._words, main=say("I have it"), back=say("Close"))
        card = Card(say("Keep this key"))
        paper = RecoveryPaper(key, str(self._model.home), self._words, self.bridge)
        paper.known.connect(self._model.open)
        card.body.addWidget(paper)
        step.column.addWidget(card)
        step.end()

        def on() -> None:
            if paper.asks:
                paper.check()
            else:
                paper.ask()
                step.name_main(say("Check"))

        def shown() -> None:
            step.name_main(say("I have it"))

        warned: list[bool] = []

        def leave() -> None:
            if warned:
                self.close()
            warned.append(True)
            text = say(
                "The workstation is made, and nobody has shown that this key is on paper. Press Esc"
                " once more to close; the settings can make another key later."
            )
            step.tell(text, Mood.WARN)

        paper.again.connect(shown)
        step.forward.connect(on)
        self._bring(step, leave)
        step.main_button.setFocus()

    def _ask_copy(self) -> None:
        say = self._words.say
        step = Step(say("Restore"), self._words, main=say("Choose the copy …"))
        card = Card(say("A backup copy"))
        for text in (
            say(
                "The copy is the whole folder of the workstation, the one that contains keys.json."
                " It is copied here and stays as it is."
            ),
            say(
                "What came after the copy comes back from the hub at the next synchronisation."
                " The copy and this folder must not both be worked on."
            ),
        ):
            card.body.addWidget(label(text, wrap=True))
        step.column.addWidget(card)
        step.end()
        step.forward.connect(self._restore)
        self._bring(step, self._begin)
        step.main_button.setFocus()

    def _restore(self) -> None:
        copy = self._folder_of(self, self._words.say("The copy of the workstation's folder"))
        if copy is not None:
            self._model.restore(copy)

    def _show_work(self) -> None:
        model, say = self._model, self._words.say
        text = say("Working …") if model.under_way else ""
        if model.total:
            done, total = (self._words.number(n >> 10) for n in (model.done, model.total))
            text = say("{done} of {total} MB copied. Esc stops.", done=done, total=total)
        self.step.busy(text if model.under_way else "", model.done, model.total)
        if not model.under_way:
            self.step.tell("")

    def _refuse(self, error: TidewaiterError) -> None:
        self.step.tell(self._words.error(error), Mood.BAD)
        if self._model.made_here:
            self._offer_without_hub()

    def _offer_without_hub(self) -> None:
        """The workstation is made and the hub did not take it: the desk can open all the same."""
        say = self._words.say
        if self.step.main_button.accessibleName() == say("Try again"):
            return
        self.step.name_main(say("Try again"))
        button = self.step.add_button(say("Open without the hub"))
        button.clicked.connect(lambda: self._model.open(enrols=False))

    def _leave(self) -> None:
        self.close()

    def _lead(self, folder: Path) -> None:
        self.leads = folder
        self.close()

    def _take(self, ws: Workstation) -> None:
        self.opened = ws
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Send `finished`. What is being done is stopped."""
        super().closeEvent(event)
        self.bridge.close()
        self.finished.emit()
