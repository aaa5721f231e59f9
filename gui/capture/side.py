"""The narrow column of the capture screen: what is missing, below it badge, reason and photos, and
at the bottom what can be done with the record.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gui.action import Action
from gui.capture.amending import AmendingCard
from gui.capture.badge import BadgeCard
from gui.capture.before import BeforeCard
from gui.capture.find import CASE
from gui.capture.find_card import FindOfDraftCard
from gui.capture.model import CaptureModel
from gui.look.tokens import GAP_3, SIDE_WIDEST, SIDE_WIDTH
from gui.parts.button import ActionBar
from gui.parts.column import GrowingColumn
from gui.parts.scroll import FollowingScroll
from gui.photos.card import PhotosCard
from gui.words import Words

SIDE_LEAST, FORM_WISHED = 268, 600
LOW = 320
"""Pixels of height below which the column has no room for two rows of actions."""


class Side(QWidget):
    """`wanted` carries the path of a fault that was pressed. What is missing never scrolls away."""

    wanted = Signal(str)
    amended_for = Signal(str, str)
    """Carries the reason of the amendment, a code, and the comment."""

    def __init__(self, model: CaptureModel, words: Words, actions: Sequence[Action]) -> None:
        super().__init__()
        self.setMinimumWidth(SIDE_LEAST)
        # as wide as its share of a wide window, for larger photos
        self.setMaximumWidth(SIDE_WIDEST)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(GAP_3)
        self.before = BeforeCard(words)
        self.before.wanted.connect(self.wanted)
        outer.addWidget(self.before)
        self._scroll = FollowingScroll()
        outer.addWidget(self._scroll, 1)
        inner = GrowingColumn()
        self._column = column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_3)
        self._model, self._words = model, words
        self._badge: BadgeCard | None = None
        self._amending: AmendingCard | None = None
        self.same_find = FindOfDraftCard(model.find, words)
        column.addWidget(self.same_find)
        self.photos = PhotosCard(model.photos, words)
        column.addWidget(self.photos)
        column.addStretch(1)
        self._scroll.setWidget(inner)
        # Here and not below the form, which needs all the height that there is.
        self.bar = ActionBar(actions, words)
        outer.addWidget(self.bar)

    @property
    def amending(self) -> AmendingCard:
        """The card that asks for the reason of an amendment; made when it is first needed."""
        if self._amending is None:
            self._amending = AmendingCard(self._words)
            self._amending.changed.connect(self.amended_for)
            self._column.insertWidget(self._column.indexOf(self.photos), self._amending)
        return self._amending

    def hide_questions(self) -> None:
        """Another record is open: hide the cards that ask for the badge number and for a reason."""
        self.same_find.begin(asks=self._model.amends)
        for card in (self._badge, self._amending):
            if card is not None:
                card.hide()

    def go_to(self, path: str) -> bool:
        """Set the focus to the field at `path`, if it is on one of the cards."""
        if path.startswith("amend."):
            self.amending.take_focus(path)
        elif path == CASE:
            self.same_find.take_focus()
        elif path.startswith("photos"):
            self.photos.focus_first()
        else:
            return False
        return True

    def ask_badge(self) -> None:
        """Ask for the badge number: scroll to the line and put the focus there."""
        if self._badge is None:
            self._badge = BadgeCard(self._words)
            self._badge.given.connect(self._model.session.sign_in)
            self._column.insertWidget(0, self._badge)
        self._badge.ask()
        self._scroll.ensureWidgetVisible(self._badge)

    def fit_beside(self, width: int) -> None:
        """Leave the form its room on a page of this width; it is never narrower than its words."""
        self.setMinimumWidth(max(SIDE_LEAST, min(SIDE_WIDTH, width - FORM_WISHED)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is missing leaves room for the photos, and they fill the column; its scroll bar
        comes and goes beside them.
        """
        super().resizeEvent(event)
        self.before.set_room(self.height())
        self.bar.set_low(low=self.height() < LOW)
        self.photos.fit(self.width() - self._scroll.verticalScrollBar().sizeHint().width())
