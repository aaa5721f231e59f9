"""The card that says from which folder new photos come by themselves."""

from __future__ import annotations

from domain.fields import label_of
from gui.parts.card import Card
from gui.parts.text import label
from gui.photos.folder_row import FolderRow
from gui.photos.model import PhotosModel
from gui.words import Words


class PhotosFolderCard(Card):
    """The folder may be one that a phone, a camera or a scanner writes to."""

    def __init__(self, photos: PhotosModel, words: Words) -> None:
        super().__init__(words.say(label_of("photos")))
        text = words.say("Pictures that appear in the watched folder while a record is open come "
                         "into that record. The files stay where they are.")  # fmt: skip
        self.body.addWidget(label(text, wrap=True))
        self.body.addWidget(FolderRow(photos, words, offers=False))
