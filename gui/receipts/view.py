"""The receipts: what has paper and what has not, on the left; the paper itself, on the right."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from domain.errors import TidewaiterError
from domain.words import mark
from gui.action import Action, bind_keys
from gui.look.tokens import GAP_3, GAP_4, SIDE_WIDTH
from gui.parts.button import ActionBar
from gui.parts.card import Card
from gui.parts.chips import ChipRow
from gui.parts.head import Head
from gui.parts.line_button import LineButton
from gui.parts.message import Messages
from gui.parts.option import Option
from gui.parts.text import label
from gui.receipts.model import ReceiptsModel
from gui.receipts.printing import choose_printer, print_pages
from gui.words import Words

LANGUAGE_NAMES = {"en": "English", "fr": "Français", "es": "Español", "ar": "العربية"}


class ReceiptsView(QWidget):
    """The paper that is shown is the stored one, byte for byte."""

    def __init__(self, model: ReceiptsModel, words: Words) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self._model, self._words = model, words
        self._printer: QPrinter | None = None

        def has() -> bool:
            return bool(model.number) and not model.busy

        self.actions_here = (
            Action(mark("Save as a file"), "Ctrl+S", self._save, has),
            Action(mark("Print"), "Ctrl+P", self._print, has),
            Action(mark("Issue the receipt"), "Ctrl+Return", model.issue,
                   lambda: model.may_issue and not model.number, main=True),
        )  # fmt: skip
        page = QVBoxLayout(self)
        page.setContentsMargins(GAP_4 + 4, GAP_3, GAP_4 + 4, GAP_4)
        page.setSpacing(GAP_3)
        self._head = Head(words.say("Receipts"))
        page.addWidget(self._head)
        self._messages = Messages()
        page.addWidget(self._messages)
        body = QHBoxLayout()
        body.setSpacing(GAP_3)
        body.addWidget(self._left_side())
        self._paper = QScrollArea()
        self._paper.setWidgetResizable(True)
        self._paper.setAccessibleName(words.say("The paper"))
        body.addWidget(self._paper, 1)
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

    def _left_side(self) -> QScrollArea:
        side = QWidget()
        side.setProperty("look", "column")
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_3)
        self._language = Card(self._words.say("Language of the paper"))
        self._chips = ChipRow((), many=False)
        self._chips.name(self._words.say("Language of the paper"))
        self._chips.typed.connect(self._choose_language)
        self._language.body.addWidget(self._chips)
        column.addWidget(self._language)
        self._list = Card(self._words.say("Interceptions made last"))
        column.addWidget(self._list)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedWidth(SIDE_WIDTH)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(side)
        self._listed: object = None
        return area

    def enter(self) -> None:
        """The screen came to the front."""
        self._model.read_recent()

    def _show(self) -> None:
        model, say = self._model, self._words.say
        number = model.number
        self._head.chip("number", number, "ok")
        record = model.row.number if model.row else ""
        self._head.chip("record", record, "accent")
        self._language.setVisible(model.row is not None and not number)
        codes = model.languages()
        self._chips.offer([Option.make(c, LANGUAGE_NAMES.get(c, c)) for c in codes])
        self._chips.put(model.language if model.language in codes else "en")
        self._show_list()
        if model.pages:
            self._paper.setWidget(_paper(model.pages))
        elif model.row is None:
            self._paper.setWidget(_hint(say("Choose an interception on the left.")))
        elif model.busy:
            self._paper.setWidget(_hint(say("The paper is being drawn …")))
        else:
            self._paper.setWidget(
                _hint(say("{number} has no receipt yet. Choose its language, then issue it.",
                          number=record))
            )  # fmt: skip
        self._bar.refresh()

    def _show_list(self) -> None:
        now = (self._model.recent, self._model.row and self._model.row.record)
        if now == self._listed:
            return
        self._listed = now
        while self._list.body.count():
            item = self._list.body.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row in self._model.recent:
            sign, mood = ("✓", "ok") if row.receipt else ("○", "")
            text = f"{row.number}\n{row.receipt or self._words.say('no receipt yet')}"
            button = LineButton(sign, text, mood)
            button.clicked.connect(lambda _=False, record=row.record: self._model.choose(record))
            self._list.body.addWidget(button)
        if not self._model.recent:
            self._list.body.addWidget(
                label(self._words.say("Receipts are made from final interceptions."), "label",
                      wrap=True)
            )  # fmt: skip

    def _choose_language(self, code: str) -> None:
        self._model.language = code or "en"

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self._words.say("Save as a file"), f"{self._model.number}.pdf", "PDF (*.pdf)"
        )
        if name:
            self._model.save(Path(name))

    def _print(self) -> None:
        self._printer = choose_printer(self)
        if self._printer is not None:
            self._model.print_out()

    def _print_pages(self, pages: tuple[QImage, ...]) -> None:
        if self._printer is not None and not print_pages(self._printer, pages):
            self._tell(self._words.say("The printer does not answer. Choose another one."), "bad")

    def _issued(self, number: str) -> None:
        self._tell(self._words.say("Receipt {number} is issued.", number=number), "ok")

    def _saved(self, name: str) -> None:
        self._tell(self._words.say("{name} is saved; the copy is logged.", name=name), "ok")

    def _refused(self, error: TidewaiterError) -> None:
        self._tell(self._words.error(error), "bad")

    def _tell(self, text: str, mood: str) -> None:
        self._messages.clear()
        self._messages.tell(text, mood, [(self._words.say("Understood"), lambda: None)])


def _hint(text: str) -> QWidget:
    made = label(text, "label", wrap=True)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made


def _paper(pages: tuple[QImage, ...]) -> QWidget:
    sheet = QWidget()
    column = QVBoxLayout(sheet)
    column.setSpacing(GAP_3)
    for place, page in enumerate(pages, 1):
        shown = label()
        shown.setAccessibleName(str(place))
        shown.setPixmap(QPixmap.fromImage(page))
        shown.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(shown)
    column.addStretch(1)
    return sheet
