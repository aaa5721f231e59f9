"""One photo, large: its preview at once, and all its pixels when somebody looks closer."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.look.tokens import GAP_1
from gui.parts.text import label, name_it
from gui.parts.zoomable import Zoomable
from gui.photos.model import PhotosModel
from gui.words import Words


class PhotoPane(QWidget):
    """`index` is the index of the shown photo. `entered` is sent when its picture has the focus."""

    entered = Signal()

    def __init__(self, model: PhotosModel, words: Words) -> None:
        super().__init__()
        self._model, self._words = model, words
        self.index, self._sha, self._name = 0, "", ""
        self._preview_width = 0
        self._whole_asked = self._actual_wanted = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_1)
        self._title = label("", "section")
        column.addWidget(self._title)
        self.picture = Zoomable()
        self.picture.changed.connect(self._changed)
        self.picture.focused.connect(self.entered)
        column.addWidget(self.picture, 1)
        model.previewed.connect(self._show_preview)
        model.whole_read.connect(self._show_whole)

    def show_photo(self, index: int) -> None:
        """Show the photo at `index` of the draft, which has one there."""
        photos = self._model.photos
        self.index, photo = index, photos[index]
        title = self._words.say("Photo {number} of {count}", number=index + 1, count=len(photos))
        name = str(photo.get("file_name") or "")
        self._name = f"{title} · {name}" if name else title
        name_it(self.picture, title, self._words.say("+ and − zoom in and out"))
        if self._sha != photo.get("sha256"):
            self.clear()
            self._sha = str(photo.get("sha256"))
            self.picture.put(None, "…")
            self._model.ask_preview(self._sha)
        self._changed()

    def show_actual(self) -> None:
        """Show each pixel of the original as one of the screen."""
        self._actual_wanted = True
        self._ask_whole()
        self.picture.show_actual()

    def clear(self) -> None:
        """Let the picture go, which may be large."""
        self._sha, self._preview_width = "", 0
        self._whole_asked = self._actual_wanted = False
        self.picture.put(None, "")

    def _ask_whole(self) -> None:
        if self._sha and not self._whole_asked:
            self._whole_asked = True
            self._model.ask_whole(self._sha)

    def _show_preview(self, sha: str, image: QImage | None) -> None:
        if sha == self._sha and not self._preview_width:
            self._preview_width = image.width() if image is not None else 0
            self.picture.put(image, self._words.say("cannot be shown"), self._original_size())
            if self._actual_wanted:
                self.picture.show_actual()

    def _show_whole(self, sha: str, image: QImage | None) -> None:
        if sha == self._sha and image is not None:
            self.picture.sharpen(image, "", self._original_size())
            if self._actual_wanted:
                self.picture.show_actual()
            self._changed()

    def _original_size(self) -> QSize | None:
        photo = self._model.photos[self.index] if self.index < len(self._model.photos) else {}
        width, height = photo.get("width"), photo.get("height")
        return QSize(width, height) if isinstance(width, int) and isinstance(height, int) else None

    def _changed(self) -> None:
        """Say the scale; ask for all pixels where the preview has too few."""
        percent, original = self.picture.percent, self._original_size()
        scale = self._words.say("{percent} %", percent=self._words.number(percent))
        self._title.setText(f"{self._name} · {scale}" if percent else self._name)
        if original is not None and percent * original.width() > 110 * self._preview_width > 0:
            self._ask_whole()
