"""The photos of the draft: added in the background, shown as thumbnails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from acts.errors import NotAPicture
from acts.interception.add_photo import read_photo
from acts.interception.save_draft import save_draft
from domain.changes import Changes
from domain.document import Document, DocumentPart, parts_at, text_at
from domain.encoding import to_plain
from domain.errors import TidewaiterError
from domain.ids import PhotoHash, RecordId
from domain.interception.media import Photo
from gui.bridge import Bridge
from gui.form.sheet import FormSheet
from gui.photos.cameras import CameraFrame
from gui.photos.dialogs import PhotoDialogs, pictures_folder
from gui.photos.jpeg import jpeg_of
from gui.photos.live import LiveCamera
from gui.photos.queue import Incoming, PhotoQueue
from gui.photos.watched import WatchedFolder
from gui.words import Words
from storage import drafts
from storage.settings import PHOTOS_LAST_FOLDER, write
from storage.workstation import Workstation

PATH = "photos"


@dataclass(frozen=True, slots=True)
class PhotoQuestion:
    """A file that cannot be shown: the officer keeps it as evidence, or leaves it out."""

    error: TidewaiterError
    incoming: Incoming


class PhotosModel(QObject):
    """`shown` carries (photo, image) when a thumbnail is ready; `asks` carries a
    `PhotoQuestion`.
    """

    shown = Signal(str, object)
    previewed = Signal(str, object)
    whole_read = Signal(str, object)
    asks = Signal(object)
    refused = Signal(object)
    busy = Signal(int)
    folder_wanted = Signal()
    """Sent when the officer wants to choose the watched folder."""
    before_wanted = Signal()
    """Sent when the officer wants the pictures that were in the watched folder before."""
    camera_wanted = Signal()
    """Sent when the officer wants to take photos by a camera."""

    def __init__(self, ws: Workstation, bridge: Bridge, sheet: FormSheet) -> None:
        super().__init__()
        self._ws, self._bridge, self._sheet = ws, bridge, sheet
        self.under_way = 0
        self._queue = PhotoQueue(ws, bridge, self._ended)
        self.questions: list[PhotoQuestion] = []
        self.dialogs = PhotoDialogs()
        self.folder = WatchedFolder(ws, bridge)
        self.folder.came.connect(lambda files: self.add_files(files, None))
        self._last_folder = PHOTOS_LAST_FOLDER.read(ws.db)
        self.live = LiveCamera(bridge)

    @property
    def photos(self) -> tuple[DocumentPart, ...]:
        """The photos in the document of the draft."""
        return parts_at(self._sheet.document, PATH)

    def required(self) -> tuple[str, ...]:
        """The roles for which this record needs a photo."""
        checklist, document = self._sheet.checklist, self._sheet.document
        if checklist is None:
            return ()
        categories = tuple(text_at(line, "category") for line in parts_at(document, "goods"))
        return checklist.required_photos(categories, text_at(document, "consignment.mode"))

    def missing(self) -> tuple[str, ...]:
        """Required roles without a photo."""
        there = {photo.get("role") for photo in self.photos}
        return tuple(role for role in self.required() if role not in there)

    def can_add(self) -> bool:
        """Whether a record is open, to which photos can be added."""
        return self._sheet.record is not None

    def add_files(self, files: Sequence[Path], role: str | None) -> None:
        """Add files, one after the other."""
        for file in files:
            self._add(partial(read_photo, file), file.name, role)

    def add_bytes(self, data: bytes, name: str, role: str | None) -> None:
        """Add what was pasted."""
        self._add(lambda: data, name, role)

    def add_frame(self, frame: CameraFrame) -> None:
        """Add what the camera shows, with all its pixels; the file is made in the background."""
        now = self._ws.now()
        name = f"camera-{now.local:%Y%m%d-%H%M%S}.jpg"
        self._add(lambda: jpeg_of(frame(), now), name, None, "camera")

    def keep(self, question: PhotoQuestion) -> None:
        """Keep a file that cannot be shown as evidence."""
        self.leave_out(question)
        self._enqueue(replace(question.incoming, role=None, keep=True, outcome=None))

    def leave_out(self, question: PhotoQuestion) -> None:
        """Do not add the file."""
        if question in self.questions:
            self.questions.remove(question)

    def opened(self) -> None:
        """Another draft is open, or none: forget all questions, and begin with the folder anew."""
        self.questions.clear()
        self.folder.begin(writing=self._sheet.record is not None)

    def start_folder(self) -> Path:
        """Where a dialog opens: the folder used last, else the watched one, else the system's."""
        held = [Path(self._last_folder)] if self._last_folder else []
        held += [self.folder.path] if self.folder.path else []
        return next((path for path in held if path.is_dir()), pictures_folder())

    def choose_files(self, parent: QWidget, words: Words, folder: Path | None = None) -> None:
        """Ask for files in the system's dialog, and add them."""
        files = self.dialogs.files(
            parent,
            words.say("Add photos"),
            folder or self.start_folder(),
            words.say("Pictures"),
            words.say("All files"),
        )
        if not files:
            return
        self.add_files(files, None)
        last = str(files[0].parent)
        if last != self._last_folder:
            self._last_folder = last
            self._bridge.write(lambda: write(self._ws.db, [PHOTOS_LAST_FOLDER.to(last)]))

    def put_role(self, index: int, role: str) -> None:
        """Set the role of the photo: a code of `photo_roles`."""
        self._sheet.put(f"{PATH}.{index}.role", role)

    def remove(self, index: int) -> None:
        """Take the photo out of the draft; its bytes stay in the store."""
        self._sheet.remove_item(PATH, index)

    def put_caption(self, index: int, text: str) -> None:
        """Set the caption of the photo on paper."""
        self._sheet.put(f"{PATH}.{index}.caption", text)

    def move(self, index: int, to: int) -> None:
        """Move the photo from one index to another."""
        self._sheet.move_item(PATH, index, to)

    def ask_preview(self, photo: str) -> None:
        """Load the large picture; `previewed` carries it, or None when it cannot be shown."""

        def work() -> QImage | None:
            large = self._ws.photos.preview(PhotoHash.parse(photo))
            return QImage.fromData(large) if large else None

        self._bridge.read(work, lambda image: self.previewed.emit(photo, image), self.refused.emit)

    def ask_whole(self, photo: str) -> None:
        """Load all pixels of the original; `whole_read` carries the picture, or None when it cannot
        be shown.
        """

        def work() -> QImage | None:
            whole = self._ws.photos.whole(PhotoHash.parse(photo))
            if not whole.pixels:
                return None
            width, height = whole.facts.shown_width, whole.facts.shown_height
            form = QImage.Format.Format_RGB888
            view = QImage(whole.pixels, width, height, 3 * width, form)
            return view.convertToFormat(QImage.Format.Format_RGB32)  # a copy, in the screen's form

        self._bridge.read(work, lambda image: self.whole_read.emit(photo, image), self.refused.emit)

    def ask_thumbnail(self, photo: str) -> None:
        """Load the thumbnail; `shown` carries it, or None when it cannot be shown."""

        def work() -> QImage | None:
            small = self._ws.photos.thumbnail(PhotoHash.parse(photo))
            return QImage.fromData(small) if small else None

        self._bridge.read(work, lambda image: self.shown.emit(photo, image), self.refused.emit)

    def _add(
        self, source: Callable[[], bytes], name: str, role: str | None, way: str = "file"
    ) -> None:
        record = self._sheet.record
        if record is not None:
            self._enqueue(Incoming(source, name, role, way, record))

    def _enqueue(self, incoming: Incoming) -> None:
        self._count(1)
        self._queue.add(incoming)

    def _ended(self, incoming: Incoming) -> None:
        outcome = incoming.outcome
        if isinstance(outcome, Photo):
            self._added(outcome, incoming.record)
        elif isinstance(outcome, NotAPicture):
            question = PhotoQuestion(outcome, incoming)
            self.questions.append(question)
            self.asks.emit(question)
        else:
            self.refused.emit(outcome)
        self._count(-1)

    def _added(self, photo: Photo, record: RecordId) -> None:
        item = to_plain(photo)
        if record != self._sheet.record:
            self._bridge.write(lambda: _put_into(self._ws, record, item), None, self.refused.emit)
            return
        if item.get("role") is None:
            item["role"] = next(iter(self.missing()), "contents")
        if any(held.get("sha256") == item["sha256"] for held in self.photos):
            return
        self._sheet.add_item(PATH, item)

    def _count(self, by: int) -> None:
        self.under_way += by
        self.busy.emit(self.under_way)


def _put_into(ws: Workstation, record: RecordId, item: Document) -> Changes:
    # The officer opened another draft meanwhile; the photo belongs to the first draft.
    document = drafts.draft(ws.db, record).document
    item.setdefault("role", "contents")
    return save_draft(ws, record, document | {PATH: [*parts_at(document, PATH), item]})
