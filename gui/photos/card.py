"""The card with the photos of the draft: tiles, missing required photos, dropped and pasted
files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from domain.document import text_at
from domain.fields import label_of
from domain.pack.checklist import Checklist
from gui.action import key_words
from gui.look.tokens import GAP_2, GAP_4, TILE_HEIGHT, TILE_WIDTH
from gui.parts.button import push_button
from gui.parts.card import Card
from gui.parts.mood import Mood, set_mood
from gui.parts.photo_tile import PhotoTile, SizedButton
from gui.parts.text import label, name_it
from gui.photos.cameras import is_installed
from gui.photos.drop import DropOnWindow
from gui.photos.folder_row import FolderRow
from gui.photos.model import PhotosModel
from gui.words import Words

ADD_KEY, PASTE_KEY, CAMERA_KEY = "Ctrl+P", "Ctrl+Shift+V", "F9"
COLUMNS = 2
FRAME = 1
"""Width of the line around the card."""
LEADING = Qt.AlignmentFlag.AlignLeft
"""The left, or the right in a language that is written from there."""
_Key = tuple[str, int]
"""The photo's hash, and the how-manieth time the record lists it."""


class PhotosCard(Card):
    """`chosen` carries the index of the photo to open."""

    chosen = Signal(int)

    def __init__(self, model: PhotosModel, words: Words) -> None:
        super().__init__(words.say(label_of("photos")))
        self._model, self._words = model, words
        self._tiles: dict[_Key, PhotoTile] = {}
        """By photo, in the order of the record."""
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP_2)
        self._grid.setColumnStretch(COLUMNS - 1, 1)
        self.body.addLayout(self._grid)
        self._needed = label("", "hint", wrap=True)
        self.body.addWidget(self._needed)
        key = key_words(ADD_KEY, words)
        self._drop_words = (words.say("{key}  choose files\nor drop, or paste them", key=key), key)
        """On a tile with room for it, and on a small one."""
        self._drop = SizedButton(self._drop_words[0])
        self._drop.setProperty("look", "drop")
        name_it(self._drop, words.say("Add photos"))
        self._drop.clicked.connect(self.choose_files)
        self._grid.addWidget(self._drop, 0, 0)
        if is_installed():
            camera = push_button(words.say("Camera"), "", key_words(CAMERA_KEY, words))
            camera.clicked.connect(model.camera_wanted)
            self.body.addWidget(camera)
        self.body.addWidget(FolderRow(model, words, offers=True))
        self._size = QSize()
        self.fit(0)
        self._window_drop = DropOnWindow(self, model.can_add, self.take, self._highlight)
        model.shown.connect(self._show_image)
        model.busy.connect(self._busy)
        self._checklist: Checklist | None = None
        self._at: tuple[tuple[_Key, str, str], ...] | None = None

    def _busy(self, _count: int) -> None:
        self._say_needed(self._checklist)

    def refresh(self, checklist: Checklist | None) -> None:
        """Show the present photos of the draft."""
        self._checklist = checklist
        now = tuple(self._lines(checklist))
        if now != self._at:
            self._at = now
            self._put_tiles(now)
        self._say_needed(checklist)

    def _lines(self, checklist: Checklist | None) -> Iterator[tuple[_Key, str, str]]:
        """For each photo its key, its caption and its name."""
        times: Counter[str] = Counter()
        for photo in self._model.photos:
            sha, role = text_at(photo, "sha256"), text_at(photo, "role")
            shown = self._words.label(checklist, "photo_roles", role) if checklist else role
            caption = text_at(photo, "caption")
            below = f"✓ {shown} · {caption}" if caption else f"✓ {shown}"
            yield (sha, times[sha]), below, text_at(photo, "file_name") or shown
            times[sha] += 1

    def _put_tiles(self, lines: Sequence[tuple[_Key, str, str]]) -> None:
        """Keep the tiles of photos that are still here; the others get other photos, or go."""
        before, keys = self._tiles, [key for key, _, _ in lines]
        free = [self._freed(tile) for key, tile in before.items() if key not in keys]
        self._tiles = {}
        for key in keys:
            self._tiles[key] = before.get(key) or self._tile_for(key, free)
        for tile in free:
            self._remove(tile)
        for index, (key, caption, name) in enumerate(lines):
            tile = self._tiles[key]
            tile.call_it(caption, name)
            self._put_at(tile, index)
        self._put_at(self._drop, len(lines))
        shown = [tile for tile in before.values() if tile in self._tiles.values()]
        if shown != list(self._tiles.values())[: len(shown)]:
            for one, next_one in pairwise(self._tiles.values()):
                self.setTabOrder(one.ends()[1], next_one.ends()[0])

    def _tile_for(self, key: _Key, free: list[PhotoTile]) -> PhotoTile:
        """A tile for a photo that has none: the first free one, else a new one."""
        tile = free.pop(0) if free else self._new_tile()
        self._model.ask_thumbnail(key[0])
        return tile

    def _new_tile(self) -> PhotoTile:
        tile = PhotoTile(self._words.say("Take out"))
        tile.make_wide(self._size)
        tile.removed.connect(lambda: self._model.remove(self._index(tile)))
        tile.opened.connect(lambda: self.chosen.emit(self._index(tile)))
        return tile

    def _index(self, tile: PhotoTile) -> int:
        return list(self._tiles.values()).index(tile)

    def _freed(self, tile: PhotoTile) -> PhotoTile:
        """The tile without its photo."""
        if tile.isAncestorOf(QApplication.focusWidget() or self):
            self._drop.setFocus()
        tile.show_image(None, "…")
        return tile

    def _remove(self, tile: PhotoTile) -> None:
        self._grid.removeWidget(tile)
        tile.hide()
        tile.deleteLater()

    def _put_at(self, widget: QWidget, index: int) -> None:
        at = self._grid.indexOf(widget)
        cell = divmod(index, COLUMNS)
        if at < 0 or self._grid.getItemPosition(at)[:2] != cell:  # type: ignore[index]
            self._grid.removeWidget(widget)
            self._grid.addWidget(widget, *cell, Qt.AlignmentFlag.AlignTop | LEADING)

    def fit(self, width: int) -> None:
        """Let the tiles fill a card of this width."""
        room = width - 2 * GAP_4 - 2 * FRAME - (COLUMNS - 1) * GAP_2
        wide = room // COLUMNS if room > TILE_WIDTH else TILE_WIDTH
        size = QSize(wide, wide * TILE_HEIGHT // TILE_WIDTH)
        if size != self._size:
            self._size = size
            self._grid.setColumnMinimumWidth(0, wide)
            self._drop.make_wide(size)
            for tile in self._tiles.values():
                tile.make_wide(size)
        whole, short = self._drop_words
        wants = self._drop.fontMetrics().size(0, whole).width() + GAP_2
        self._drop.setText(whole if wants <= wide else short)

    def _show_image(self, sha: str, image: QImage | None) -> None:
        for (held, _), tile in self._tiles.items():
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
            list(self._tiles.values())[index].take_focus()

    def choose_files(self) -> None:
        """Open the system's file dialog."""
        self._model.choose_files(self, self._words)

    def paste(self) -> bool:
        """Add pictures or files from the clipboard."""
        return self.take(QGuiApplication.clipboard().mimeData())

    def _highlight(self, on: bool) -> None:
        set_mood(self._drop, Mood.ACCENT if on else Mood.NONE)

    def take(self, held: QMimeData) -> bool:
        """Add the files, or the picture, that were dropped or pasted; False when there are none."""
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
