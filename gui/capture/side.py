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
from gui.capture.model import CaptureModel
from gui.look.tokens import GAP_3, SIDE_WIDEST, SIDE_WIDTH
from gui.parts.button import ActionBar
from gui.parts.column import GrowingColumn
from gui.parts.scroll import FollowingScroll
from gui.photos.card import PhotosCard
from gui.words import Words

SIDE_LEAST, FORM_WISHED = 268, 600


class Side(QWidget):
    """`wanted` carries the path of a fault that was pressed. What is missing never scrolls away."""

    wanted = Signal(str)

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
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_3)
        self.badge = BadgeCard(words)
        self.badge.given.connect(model.session.sign_in)
        self.amending = AmendingCard(words)
        self.photos = PhotosCard(model.photos, words)
        for widget in (self.badge, self.amending, self.photos):
            column.addWidget(widget)
        column.addStretch(1)
        self._scroll.setWidget(inner)
        # Here and not below the form, which needs all the height that there is.
        self.bar = ActionBar(actions, words)
        outer.addWidget(self.bar)

    def ask_badge(self) -> None:
        """Ask for the badge number: scroll to the line and put the focus there."""
        self.badge.ask()
        self._scroll.ensureWidgetVisible(self.badge)

    def fit_beside(self, width: int) -> None:
        """Leave the form its room on a page of this width; it is never narrower than its words."""
        self.setMinimumWidth(max(SIDE_LEAST, min(SIDE_WIDTH, width - FORM_WISHED)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is missing leaves room for the photos, and they fill the column; its scroll bar
        comes and goes beside them.
        """
        super().resizeEvent(event)
        self.before.set_room(self.height())
        self.photos.fit(self.width() - self._scroll.verticalScrollBar().sizeHint().width())
