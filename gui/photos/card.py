"""The card with the photos of the draft: tiles, missing required photos, dropped and pasted
files.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog, QGridLayout, QPushButton

from domain.document import text_at
from domain.fields import label_of
from domain.pack.checklist import Checklist
from gui.action import key_words
from gui.look.tokens import GAP_2, TILE_HEIGHT, TILE_WIDTH
from gui.parts.card import Card
from gui.parts.layouts import empty
from gui.parts.mood import Mood, set_mood
from gui.parts.photo_tile import PhotoTile
from gui.parts.text import label, name_it
from gui.photos.model import PhotosModel
from gui.words import Words

ADD_KEY, PASTE_KEY = "Ctrl+P", "Ctrl+Shift+V"


class PhotosCard(Card):
    """`chosen` carries the index of the photo to open."""

    chosen = Signal(int)

    def __init__(self, model: PhotosModel, words: Words) -> None:
        super().__init__(words.say(label_of("photos")))
        self._model, self._words = model, words
        self._tiles: list[tuple[str, PhotoTile]] = []
        self._images: dict[str, QImage | None] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP_2)
        self._grid.setColumnStretch(2, 1)
        self.body.addLayout(self._grid)
        self._needed = label("", "hint", wrap=True)
        self.body.addWidget(self._needed)
        self._drop = QPushButton(
            words.say("{key}  choose files\nor drop, or paste them", key=key_words(ADD_KEY, words))
        )
        self._drop.setProperty("look", "drop")
        self._drop.setFixedSize(TILE_WIDTH, TILE_HEIGHT)
        name_it(self._drop, words.say("Add photos"))
        self._drop.clicked.connect(self.choose_files)
        self.setAcceptDrops(True)
        model.shown.connect(self._show_image)
        model.busy.connect(self._busy)
        self._checklist: Checklist | None = None
        self._at: tuple[tuple[str, str], ...] | None = None

    def _busy(self, _count: int) -> None:
        self._say_needed(self._checklist)

    def refresh(self, checklist: Checklist | None) -> None:
        """Show the present photos of the draft."""
        self._checklist = checklist
        photos = self._model.photos
        now = tuple((str(p.get("sha256")), f"{p.get('role')} {p.get('caption')}") for p in photos)
        if now != self._at:
            self._at = now
            self._build(checklist)
        self._say_needed(checklist)

    def _build(self, checklist: Checklist | None) -> None:
        self._grid.removeWidget(self._drop)
        empty(self._grid)
        self._tiles = []
        say = self._words.say
        for index, photo in enumerate(self._model.photos):
            sha, role = text_at(photo, "sha256"), text_at(photo, "role")
            shown = self._words.label(checklist, "photo_roles", role) if checklist else role
            caption = text_at(photo, "caption")
            below = f"✓ {shown} · {caption}" if caption else f"✓ {shown}"
            tile = PhotoTile(below, text_at(photo, "file_name") or shown, say("Take out"))
            tile.removed.connect(lambda index=index: self._model.remove(index))
            tile.opened.connect(lambda index=index: self.chosen.emit(index))
            self._grid.addWidget(tile, index // 2, index % 2)
            self._tiles.append((sha, tile))
            if sha in self._images:
                tile.show_image(self._images[sha], say("cannot be shown"))
            else:
                self._model.ask_thumbnail(sha)
        index = len(self._tiles)
        self._grid.addWidget(self._drop, index // 2, index % 2)

    def _show_image(self, sha: str, image: QImage | None) -> None:
        self._images[sha] = image
        for held, tile in self._tiles:
            if held == sha:
                tile.show_image(image, self._words.say("cannot be shown"))

    def _say_needed(self, checklist: Checklist | None) -> None:
        required, missing = self._model.required(), self._model.missing()
        say = self._words.say
        self.set_chip(
            say("{there} of {all} required", there=len(required) - len(missing), all=len(required))
            if required
            else "",
            Mood.OK if not missing else Mood.WARN,
        )
        names = [self._words.label(checklist, "photo_roles", r) for r in missing if checklist]
        lines = [say("still needed: {list}", list=", ".join(names))] if names else []
        if self._model.under_way:
            lines.append(
                self._words.count("1 is being added", "{count} are being added",
                                  self._model.under_way)
            )  # fmt: skip
        self._needed.setText("\n".join(lines))
        self._needed.setVisible(bool(lines))

    def focus_first(self) -> None:
        """Set the focus to the area for adding photos."""
        self._drop.setFocus()

    def focus_tile(self, index: int) -> None:
        """Set the focus to the tile of a photo."""
        if index < len(self._tiles):
            self._tiles[index][1].take_focus()

    def choose_files(self) -> None:
        """Open the system's file dialog."""
        names, _ = QFileDialog.getOpenFileNames(self, self._words.say("Add photos"))
        self._model.add_files([Path(name) for name in names], None)

    def paste(self) -> bool:
        """Add pictures or files from the clipboard."""
        return self._take(QGuiApplication.clipboard().mimeData())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files and pictures."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()
            set_mood(self._drop, Mood.ACCENT)

    def dragLeaveEvent(self, _event: object) -> None:
        """Show the drop area as usual again."""
        set_mood(self._drop, Mood.NONE)

    def dropEvent(self, event: QDropEvent) -> None:
        """Add the dropped files or picture."""
        set_mood(self._drop, Mood.NONE)
        if self._take(event.mimeData()):
            event.acceptProposedAction()

    def _take(self, held: QMimeData) -> bool:
        files = [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()]
        if files:
            self._model.add_files(files, None)
            return True
        image = held.imageData()
        if isinstance(image, QImage) and not image.isNull():
            buffer = QBuffer()
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            QImageWriter(buffer, QByteArray(b"png")).write(image)
            self._model.add_bytes(bytes(buffer.data().data()), self._words.say("pasted.png"), None)
            return True
        return False
