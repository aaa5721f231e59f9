"""The items of a repeated section: the few that are worked on are cards, the others are lines."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from gui.form.folded import FoldedItem
from gui.form.layout import FormSection
from gui.form.section import SectionCard

CARDS = 1
"""Most items that are cards at one time; with more items the others are lines."""


class ItemCards(QObject):
    """Cards that are not needed for one item are kept for the next; `wanted` carries the prefix of
    an item whose line was pressed.
    """

    wanted = Signal(str)

    def __init__(
        self, section: FormSection, add: QPushButton, new_card: Callable[[str], SectionCard]
    ) -> None:
        super().__init__()
        self.section, self._block = section, section.block
        self.add, self._new_card = add, new_card
        self._cards: dict[int, SectionCard] = {}
        self._spare: list[SectionCard] = []
        self._lines: list[FoldedItem] = []
        self._count = 0
        """How many items were laid last."""
        self._worked_on: list[int] = []
        """Indexes of items, the one that was worked on last at the end."""

    def renew(self) -> None:
        """Be the items of another record."""
        self._worked_on.clear()
        for index, card in self._cards.items():
            card.renew(self._prefix(index))

    def unfold(self, index: int) -> None:
        """Let the item be a card at the next `lay`."""
        if index in self._worked_on:
            self._worked_on.remove(index)
        self._worked_on.append(index)

    def unfold_for(self, path: str) -> bool:
        """Let the item of this path be a card; whether it was none."""
        name = path.removeprefix(f"{self._block}.").partition(".")[0]
        if not name.isdigit() or int(name) in self._cards:
            return False
        self.unfold(int(name))
        return True

    def lay(self, count: int) -> list[SectionCard | FoldedItem]:
        """The widget of each of `count` items; the caller fills it."""
        self._count = count
        worked_on = [index for index in self._worked_on if index < count]
        unfolded = set(range(count) if count <= CARDS else worked_on[-CARDS:] or [0])
        for index in [index for index in self._cards if index not in unfolded]:
            self._put_away(self._cards.pop(index))
        while len(self._lines) < count and len(unfolded) < count:
            self._lines.append(self._new_line(len(self._lines)))
        return [
            self._card(index) if index in unfolded else self._lines[index] for index in range(count)
        ]

    def cards(self) -> list[SectionCard]:
        """The items that are cards, in their order."""
        return [self._cards[index] for index in sorted(self._cards)]

    def line_of(self, path: str) -> tuple[FoldedItem | None, int]:
        """The line that stands for the item that `path` is in, and the item's index; None when the
        item is a card, or `path` is elsewhere.
        """
        name = path.removeprefix(f"{self._block}.").partition(".")[0]
        index = int(name) if name.isdigit() else -1
        is_line = 0 <= index < self._count and index not in self._cards
        return (self._lines[index] if is_line else None), index

    def _card(self, index: int) -> SectionCard:
        if index not in self._cards:
            if self._spare:
                card = self._spare.pop()
                card.renew(self._prefix(index))
            else:
                card = self._new_card(self._prefix(index))
            self._cards[index] = card
        return self._cards[index]

    def _put_away(self, card: SectionCard) -> None:
        card.hide()
        if len(self._spare) < CARDS:
            self._spare.append(card)
        else:
            card.deleteLater()

    def _new_line(self, index: int) -> FoldedItem:
        line = FoldedItem()
        line.clicked.connect(lambda: self.wanted.emit(self._prefix(index)))
        return line

    def _prefix(self, index: int) -> str:
        return f"{self._block}.{index}."
