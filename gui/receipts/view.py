"""The receipts screen: the interceptions on the left, the receipt on the right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from domain.errors import TidewaiterError
from domain.languages import own_name
from gui.action import bind_keys
from gui.look.tokens import GAP_3, GAP_4, SIDE_WIDTH
from gui.parts.button import ActionBar
from gui.parts.card import Card
from gui.parts.chips import ChipRow
from gui.parts.head import ScreenHead
from gui.parts.message import Messages
from gui.parts.mood import Mood
from gui.parts.option import Option
from gui.parts.text import label
from gui.printing import ChoosePrinter, PrintJob, choose_printer
from gui.receipts.actions import receipts_actions
from gui.receipts.model import ReceiptsModel
from gui.receipts.paper import PaperView
from gui.receipts.recent_list import RecentList
from gui.words import Words

ChooseFile = Callable[[QWidget, str, str], Path | None]
"""Returns the file that the officer chose, given a title and a proposed name; None without a
choice.
"""


def choose_file(parent: QWidget, title: str, proposed: str) -> Path | None:
    """Asks with the system's dialog."""
    start = str(Path.home() / proposed)
    name, _ = QFileDialog.getSaveFileName(parent, title, start, "PDF (*.pdf)")
    return Path(name) if name else None


class ReceiptsView(QWidget):
    """The screen shows the stored PDF, byte for byte."""

    def __init__(
        self,
        model: ReceiptsModel,
        words: Words,
        *,
        printer_of: ChoosePrinter = choose_printer,
        file_of: ChooseFile = choose_file,
    ) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self._model, self._words = model, words
        self._printer_of, self._file_of = printer_of, file_of
        self._job: PrintJob | None = None
        self.paper = PaperView(words)
        self.actions_here = receipts_actions(model, self)
        for key in ("Ctrl+=", "Ctrl+Shift+="):
            # For keyboards on which plus needs the Shift key.
            QShortcut(QKeySequence(key), self).activated.connect(lambda: self.paper.zoom(1))
        page = QVBoxLayout(self)
        page.setContentsMargins(GAP_4 + 4, GAP_3, GAP_4 + 4, GAP_4)
        page.setSpacing(GAP_3)
        self._head = ScreenHead(words.say("Receipts"))
        page.addWidget(self._head)
        self._messages = Messages(words)
        page.addWidget(self._messages)
        body = QHBoxLayout()
        body.setSpacing(GAP_3)
        body.addWidget(self._left_side())
        body.addWidget(self.paper, 1)
        page.addLayout(body, 1)
        self._bar = ActionBar(self.actions_here, words)
        page.addWidget(self._bar)
        bind_keys(self.actions_here, self)
        model.shown.connect(self._show)
        model.refused.connect(self._refused)
        model.issued.connect(self._issued)
        model.saved.connect(self._saved)
        model.to_print.connect(self._print_pages)
        self._show()

    def _left_side(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(SIDE_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_3)
        self._language = Card(self._words.say("Language of the paper"))
        self._chips = ChipRow((), many=False)
        self._codes: tuple[str, ...] = ()
        self._chips.name(self._words.say("Language of the paper"))
        self._chips.typed.connect(self._choose_language)
        self._language.body.addWidget(self._chips)
        column.addWidget(self._language)
        card = Card(self._words.say("Interceptions made last"))
        self._none = label(
            self._words.say("Receipts are made from final interceptions."), "label", wrap=True
        )
        self._list = RecentList(self._words)
        self._list.chosen.connect(self._model.choose)
        card.body.addWidget(self._none)
        card.body.addWidget(self._list, 1)
        column.addWidget(card, 1)
        return side

    def enter(self) -> None:
        """The screen came to the front."""
        self._model.read_recent()

    def _show(self) -> None:
        model, say = self._model, self._words.say
        number = model.number
        self._head.chip("number", number, Mood.OK)
        record = model.row.number if model.row else ""
        self._head.chip("record", record, Mood.ACCENT)
        self._language.setVisible(model.row is not None and not number)
        codes = model.languages()
        if codes != self._codes:
            self._codes = codes
            self._chips.offer([Option(c, own_name(c)) for c in codes])
        self._chips.put(model.paper_language)
        self._list.put(model.recent, model.row.record if model.row else None)
        self._none.setVisible(not model.recent)
        if model.pages:
            self.paper.put(model.pages)
        elif model.row is None:
            self.paper.say(say("Choose an interception in the list: Enter shows its receipt."))
        elif model.busy:
            self.paper.say(say("The paper is being drawn …"))
        else:
            self.paper.say(
                say("{number} has no receipt yet. Choose its language, then issue it.",
                    number=record)
            )  # fmt: skip
        self._bar.refresh()

    def _choose_language(self, code: str) -> None:
        self._model.language = code or self._model.language
        self._chips.put(self._model.paper_language)

    def save(self) -> None:
        """Ask for a file and save the receipt there."""
        file = self._file_of(self, self._words.say("Save as a file"), f"{self._model.number}.pdf")
        if file is not None:
            self._model.save(file)

    def print_out(self) -> None:
        """Ask for a printer; when it answers, log the copy, then print it."""
        printer = self._printer_of(self)
        if printer is None:
            return
        job = PrintJob(printer)
        if not job.begun:
            self._tell(
                self._words.say("The printer does not answer. Nothing is printed, nothing logged."),
                Mood.BAD,
            )
            return
        self._job = job
        self._model.print_out()

    def _print_pages(self, pages: tuple[QImage, ...], copy: int) -> None:
        job, self._job = self._job, None
        if job is None:
            return
        say = self._words.say
        if job.put(pages):
            number = self._model.number
            if copy == 1:
                done = say("{number} is printed: the original, and logged.", number=number)
            else:
                done = say(
                    "{number} is printed: copy {copy}, and logged.", number=number, copy=copy
                )
            self._tell(done, Mood.OK)
        else:
            self._tell(
                say("The printer stopped. This copy is in the log; the next print is "
                    "another copy and is marked as such."),
                Mood.BAD,
            )  # fmt: skip

    def _issued(self, number: str) -> None:
        self._tell(self._words.say("Receipt {number} is issued.", number=number), Mood.OK)

    def _saved(self, name: str, copy: int) -> None:
        say = self._words.say
        if copy == 1:
            self._tell(say("{name} is saved: the original, and logged.", name=name), Mood.OK)
        else:
            self._tell(
                say("{name} is saved: copy {copy}, and logged.", name=name, copy=copy), Mood.OK
            )

    def _refused(self, error: TidewaiterError) -> None:
        if self._job is not None:
            self._job.leave()
            self._job = None
        self._tell(self._words.error(error), Mood.BAD)

    def _tell(self, text: str, mood: Mood) -> None:
        self._messages.clear()
        self._messages.inform(text, mood)
