"""A new recovery key: shown, printed or saved, and then asked back from the paper."""

from __future__ import annotations

import random
from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from domain.document import JsonValue
from domain.errors import TidewaiterError
from gui.bridge import Bridge
from gui.look.tokens import GAP_2, GAP_3
from gui.parts.announce import announce
from gui.parts.button import push_button
from gui.parts.chosen_file import ChooseFile, choose_target
from gui.parts.entry import LineEntry
from gui.parts.field import FieldBox
from gui.parts.mood import Mood, set_text_mood
from gui.parts.text import label
from gui.printing import ChoosePrinter, choose_printer
from gui.words import Words
from system.files import write_durably

PROPOSED = "recovery-key.txt"
ASKED = 2
"""Groups that are asked back: who has them has the paper."""
ROW = 4
"""Groups in one line."""


class RecoveryPaper(QWidget):
    """`known` is sent when the groups that were asked back are right, `again` when the key is
    shown once more.
    """

    known = Signal()
    again = Signal()

    def __init__(
        self,
        key: str,
        about: str,
        words: Words,
        bridge: Bridge,
        *,
        printer: ChoosePrinter = choose_printer,
        target: ChooseFile = lambda parent, title: choose_target(parent, title, PROPOSED),
        chance: Callable[[list[int], int], list[int]] = random.sample,
    ) -> None:
        """`about` names the workstation, for the paper."""
        super().__init__()
        self._words, self._bridge, self._about = words, bridge, about
        self._printer, self._target, self._chance = printer, target, chance
        self._groups = key.split("-")
        self._asked: list[int] = []
        self._typed: dict[int, str] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP_3)
        self._shown, self._asks = self._shows(), QWidget()
        self._boxes: dict[int, FieldBox] = {}
        self._message = label("", wrap=True)
        self._message.hide()
        self._column.addWidget(self._shown)
        self._column.addWidget(self._message)

    @property
    def asks(self) -> bool:
        """Whether groups are asked back at this moment."""
        return bool(self._asked)

    def _shows(self) -> QWidget:
        say = self._words.say
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_2)
        text = say(
            "It opens the workstation when the passphrase is lost. It is shown only now. Print it,"
            " or write it down, and keep it away from this computer."
        )
        column.addWidget(label(text, wrap=True))
        lines = [self._groups[at : at + ROW] for at in range(0, len(self._groups), ROW)]
        for groups in lines:
            line = label("  ".join(groups), "big")
            line.setAccessibleName(", ".join(" ".join(group) for group in groups))
            line.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByKeyboard
                | Qt.TextInteractionFlag.TextSelectableByMouse
            )
            line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            column.addWidget(line)
        row = QHBoxLayout()
        row.setSpacing(GAP_3)
        for name, deed in (
            (say("Print it …"), self._print),
            (say("Save it to a file …"), self._save),
        ):
            button = push_button(name)
            button.clicked.connect(deed)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        return page

    def ask(self) -> None:
        """Hide the key and ask for some of its groups."""
        say = self._words.say
        self._tell("", Mood.NONE)
        self._shown.hide()
        self._asked = sorted(self._chance(list(range(len(self._groups))), ASKED))
        self._typed = {}
        self._asks = QWidget()
        column = QVBoxLayout(self._asks)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_2)
        column.addWidget(label(say("Type these groups of letters from your paper."), wrap=True))
        row = QHBoxLayout()
        row.setSpacing(GAP_3)
        self._boxes = {number: self._box(number) for number in self._asked}
        boxes = list(self._boxes.values())
        for box, after in zip(boxes, [*boxes[1:], None], strict=True):
            row.addWidget(box, 1)
            to_next = after.entry.target().setFocus if after else self.check
            box.entry.entered.connect(to_next)
        row.addStretch(1)
        column.addLayout(row)
        again = push_button(say("Show it again"))
        again.clicked.connect(self.show_again)
        foot = QHBoxLayout()
        foot.addWidget(again)
        foot.addStretch(1)
        column.addLayout(foot)
        self._column.insertWidget(1, self._asks)
        boxes[0].entry.target().setFocus()

    def _box(self, number: int) -> FieldBox:
        entry = LineEntry()

        def keep(text: JsonValue) -> None:
            self._typed[number] = str(text or "")

        entry.typed.connect(keep)
        entry.select_when_entered()
        name = self._words.say("Group {number} of {all}", number=number + 1, all=len(self._groups))
        return FieldBox(name, entry)

    def show_again(self) -> None:
        """Show the key once more; other groups may be asked then."""
        self._asked = []
        self._asks.hide()
        self._asks.deleteLater()
        self._shown.show()
        self._tell("", Mood.NONE)
        self.again.emit()

    def check(self) -> None:
        """Compare what was typed with the key."""
        wrong = [n for n in self._asked if _plain(self._typed.get(n, "")) != self._groups[n]]
        if wrong:
            what = self._words.say(
                "Group {number} is not what was shown. Look at the paper, or show the key again.",
                number=wrong[0] + 1,
            )
            self._tell(what, Mood.BAD)
            self._boxes[wrong[0]].entry.target().setFocus()
            return
        self.known.emit()

    def _print(self) -> None:
        printer = self._printer(self)
        if printer is None:
            return
        say = self._words.say
        if _print(printer, say("Recovery key"), self._about, self._lines()):
            self._tell(say("Sent to the printer. Look at the paper before you go on."), Mood.OK)
        else:
            self._tell(say("The printer does not answer."), Mood.BAD)

    def _lines(self) -> list[str]:
        return ["  ".join(self._groups[at : at + ROW]) for at in range(0, len(self._groups), ROW)]

    def _save(self) -> None:
        say = self._words.say
        file = self._target(self, say("Where the recovery key is written to"))
        if file is None:
            return
        text = f"Tidewaiter {self._about}\n{'-'.join(self._groups)}\n".encode()

        def then(_: object) -> None:
            what = say("Written to {file}. Take the file away from this computer.", file=file)
            self._tell(what, Mood.OK)

        def failed(error: TidewaiterError) -> None:
            self._tell(self._words.error(error), Mood.BAD)

        self._bridge.write(lambda: write_durably(file, text), then, failed, shown_in=self)

    def _tell(self, text: str, mood: Mood) -> None:
        self._message.setText(text)
        set_text_mood(self._message, mood)
        self._message.setVisible(bool(text))
        announce(self, text, urgent=mood is Mood.BAD)


def _plain(text: str) -> str:
    """As the key itself is read: capitals, `0` as `O` and `1` as `I`."""
    return "".join(text.upper().split()).replace("-", "").replace("0", "O").replace("1", "I")


def _print(printer: QPrinter, title: str, about: str, lines: list[str]) -> bool:
    """Print one page; False when the printer does not answer."""
    painter = QPainter()
    if not painter.begin(printer):
        return False
    area = painter.viewport()
    unit = area.height() // 40
    rows = [(title, unit), (about, unit // 2), *((line, unit * 3 // 4) for line in lines)]
    at = unit * 3
    for text, size in rows:
        font = QFont("Noto Sans")
        font.setPixelSize(size)
        painter.setFont(font)
        box = QRect(unit * 2, at, area.width() - unit * 4, size * 2)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft), text)
        at += size * 2
    return painter.end()
