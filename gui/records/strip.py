"""The photos of a recorded interception, in a strip."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage, QResizeEvent

from domain.errors import TidewaiterError
from domain.fields import label_of
from domain.ids import PhotoHash
from gui.bridge import Bridge
from gui.look.tokens import GAP_2
from gui.parts.card import Card
from gui.parts.flow import FlowArea
from gui.parts.picture import CaptionedPicture
from gui.records.model import Chosen
from gui.words import Words
from storage.workstation import Workstation

LEAST = 120
"""Pixels of the narrowest tile."""


class PhotoReader:
    """Reads thumbnails in the background."""

    def __init__(self, ws: Workstation, bridge: Bridge) -> None:
        self._ws, self._bridge = ws, bridge

    def show_in(self, picture: CaptionedPicture, photo: PhotoHash, words: Words) -> None:
        """Show the thumbnail of `photo` in `picture` when it is ready, or the reason why there is
        none.
        """

        def work() -> QImage | None:
            small = self._ws.photos.thumbnail(photo)
            return QImage.fromData(small) if small else None

        def failed(error: TidewaiterError) -> None:
            picture.show_image(None, words.error(error))

        self._bridge.read(work, picture.show_image, failed, shown_in=picture)


class PhotoStrip(Card):
    """One picture for each photo, with its role below it."""

    def __init__(self, reader: PhotoReader, words: Words) -> None:
        super().__init__(words.say(label_of("photos")))
        self._reader, self._words = reader, words
        self._area = FlowArea(GAP_2)
        self.body.addWidget(self._area)

    def show_chosen(self, found: Chosen) -> None:
        """Show the photos of this interception."""
        self._area.clear()
        for photo in found.what.photos:
            role = ""
            if found.checklist is not None:
                role = self._words.label(found.checklist, "photo_roles", photo.role)
            picture = CaptionedPicture(
                role, photo.caption or "", self._words.say("cannot be shown")
            )
            picture.make_wide(self._tile())
            self._area.add(picture)
            if photo.sha256 is not None:
                self._reader.show_in(picture, photo.sha256, self._words)
        self.set_chip(self._words.number(len(found.what.photos)))
        self.setVisible(bool(found.what.photos))

    def _tile(self) -> int:
        """As many tiles in a row as have room, which fill it."""
        room = self._area.width()
        columns = max(1, (room + GAP_2) // (LEAST + GAP_2))
        return max(LEAST, (room - (columns - 1) * GAP_2) // columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tiles grow with the room."""
        super().resizeEvent(event)
        # Later, when the area has its new width.
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        for picture in self._area.widgets():
            if isinstance(picture, CaptionedPicture):
                picture.make_wide(self._tile())
        self._area.arrange()
