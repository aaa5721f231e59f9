"""The narrow column of the capture screen: badge, reason, photos, and what is missing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from gui.capture.amending import AmendingCard
from gui.capture.badge import BadgeCard
from gui.capture.before import BeforeCard
from gui.capture.model import CaptureModel
from gui.look.tokens import GAP_3, SIDE_WIDEST, SIDE_WIDTH
from gui.parts.column import GrowingColumn
from gui.parts.scroll import FollowingScroll
from gui.photos.card import PhotosCard
from gui.words import Words


class Side(FollowingScroll):
    """`wanted` carries the path of a fault that was pressed."""

    wanted = Signal(str)

    def __init__(self, model: CaptureModel, words: Words) -> None:
        super().__init__()
        # as wide as its share of a wide window, for larger photos
        self.setMinimumWidth(SIDE_WIDTH)
        self.setMaximumWidth(SIDE_WIDEST)
        inner = GrowingColumn()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_3)
        self.badge = BadgeCard(words)
        self.badge.given.connect(model.session.sign_in)
        self.amending = AmendingCard(words)
        self.photos = PhotosCard(model.photos, words)
        self.before = BeforeCard(words)
        self.before.wanted.connect(self.wanted)
        for widget in (self.badge, self.amending, self.photos, self.before):
            column.addWidget(widget)
        column.addStretch(1)
        self.setWidget(inner)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The photos fill the column; its scroll bar comes and goes beside them."""
        super().resizeEvent(event)
        self.photos.fit(self.width() - self.verticalScrollBar().sizeHint().width())

    def ask_badge(self) -> None:
        """Ask for the badge number: scroll to the line and put the focus there."""
        self.badge.ask()
        self.ensureWidgetVisible(self.badge)
