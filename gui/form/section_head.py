"""The head of a card of the form: title, what is folded, and the buttons of the card."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from gui.look.tokens import GAP_2, TARGET
from gui.parts.button import push_button
from gui.parts.one_line import OneLineLabel
from gui.parts.text import label, name_it
from gui.words import Words


class SectionHead(QWidget):
    """Stands beside the fields of a wide card, and above those of a narrow one. `side`: pixels
    that it leaves free before its title.
    """

    def __init__(self, words: Words, side: int) -> None:
        super().__init__()
        self._words = words
        self._outer = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._outer.setContentsMargins(side, 0, 0, 0)
        self._title = label("", "section", wrap=True)
        self._title.setMinimumHeight(TARGET)
        self.more = push_button("+", "sign")
        self.more.setFixedWidth(TARGET)
        self._summary = OneLineLabel("hint")
        self._first = QHBoxLayout()
        self._first.setSpacing(0)
        self._first.addWidget(self._title, 1)
        self._first.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        self._outer.addLayout(self._first)
        self._outer.addWidget(self._summary, 1)
        self._outer.addStretch(0)  # In a row without a summary it takes what is left.
        self._buttons: list[QPushButton] = []
        self.offer_more(offered=False, is_open=False)

    def add(self, button: QPushButton) -> None:
        """A button for the item that the card shows."""
        self._buttons.append(button)
        self._outer.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)

    def put_title(self, title: str) -> None:
        """Change the title."""
        self._title.setText(title)
        self._name_more()

    def put_summary(self, words: str) -> None:
        """Name what is folded; an empty text hides the line."""
        self._summary.put(words)
        self._summary.setVisible(bool(words))

    def offer_more(self, *, offered: bool, is_open: bool) -> None:
        """Offer to show the further fields of the card, or to fold them again."""
        self.more.setText("−" if is_open else "+")
        self.more.setVisible(offered or is_open)
        self._is_open = is_open
        self._name_more()

    def _name_more(self) -> None:
        say = self._words.say
        words = say("Fewer fields") if self._is_open else say("More fields")
        self.more.setToolTip(words)
        name_it(self.more, f"{self._title.text()}: {words}")

    def stand(self, *, beside: bool) -> None:
        """Beside the fields, or above them."""
        directions = QBoxLayout.Direction
        self._outer.setDirection(directions.TopToBottom if beside else directions.LeftToRight)
        self._outer.setSpacing(0 if beside else GAP_2)
        self._title.setWordWrap(beside)
        policies = QSizePolicy.Policy
        wide = policies.Ignored if beside else policies.Preferred
        self._title.setSizePolicy(wide, policies.Preferred)
