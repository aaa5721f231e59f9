"""The files of an export, in each form, and its manifest."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from enum import StrEnum
from typing import BinaryIO

import msgspec

from domain.encoding import to_json
from domain.words import mark
from hub.errors import CannotServe
from hub.export.columns import FORMAT, TABLES
from hub.export.documents import document_of
from hub.export.records import ExportedInterception
from hub.export.tables import Cells, harmless, rows_of
from hub.hub import Hub
from hub.packs import Library


class ExportForm(StrEnum):
    """The form of the files."""

    CSV = "csv"
    JSON = "json"
    """One list."""
    JSONL = "jsonl"
    """One interception in each line."""


class ExportedFile(msgspec.Struct, frozen=True):
    """A file of the export; `rows` of a table without its heading."""

    name: str
    size: int
    sha256: str
    rows: int | None = None


class ExportManifest(msgspec.Struct, frozen=True, kw_only=True):
    """`manifest.json`."""

    format: str
    hub: str
    epoch: str
    made_at: str
    asked: dict[str, str]
    language: str
    interceptions: int
    held: int
    """Interceptions that the hub has of what was asked, counted apart: the same number."""
    not_readable: int
    """Interceptions whose entries this version cannot combine; they are named, without fields."""
    photos: int
    photos_missing: tuple[str, ...]
    """Photos of these interceptions that are not whole at the hub."""
    files: tuple[ExportedFile, ...]


class ExportedPhotos(msgspec.Struct, frozen=True):
    """The photos of an export; `missing` are not whole at the hub."""

    count: int = 0
    missing: tuple[str, ...] = ()
    files: tuple[ExportedFile, ...] = ()


NO_PHOTOS = ExportedPhotos()


class HashedFile:
    """A file that is hashed while it is written."""

    def __init__(self, name: str, file: BinaryIO) -> None:
        self.name, self.file = name, file
        self._sha, self._size = hashlib.sha256(), 0
        self.rows = 0

    def write(self, data: bytes) -> None:
        """Add the bytes."""
        self._sha.update(data)
        self._size += len(data)
        self.file.write(data)

    def summary(self) -> ExportedFile:
        """What was written, with its rows."""
        return ExportedFile(self.name, self._size, self._sha.hexdigest(), self.rows)


def tables_of(form: ExportForm) -> tuple[str, ...]:
    """The names of the files of a form, without their suffix."""
    return tuple(TABLES) if form is ExportForm.CSV else ("interceptions",)


class _Table:
    """The lines of a table, as a spreadsheet reads them without running any of it."""

    def __init__(self, file: HashedFile) -> None:
        self._file = file
        self._lines = csv.writer(self, lineterminator="\r\n")

    def write(self, line: str) -> None:
        """Take one line of the writer of CSV."""
        self._file.write(line.encode("utf-8", "backslashreplace"))

    def add(self, cells: Cells) -> None:
        """Write the cells as one line."""
        self._lines.writerow([cell and harmless(cell) for cell in cells])


class ExportWriter:
    """Writes interceptions into the files of the form that is wanted."""

    def __init__(
        self,
        library: Library,
        form: ExportForm,
        language: str,
        files: Mapping[str, HashedFile],
        *,
        bom: bool = False,
    ) -> None:
        self._library, self._form, self._language = library, form, language
        self._files = files
        self.count = 0
        """Interceptions that were added."""
        self._not_readable = 0
        self._tables: dict[str, _Table] = {}
        if form is ExportForm.CSV:
            for name, file in files.items():
                file.write(b"\xef\xbb\xbf" if bom else b"")
                self._tables[name] = _Table(file)
                self._tables[name].add(TABLES[name])

    def add(self, found: ExportedInterception, photos: dict[str, str]) -> None:
        """Write one interception; `photos` are the files of its photos by their hash."""
        self.count += 1
        self._not_readable += found.case is None
        if self._form is ExportForm.CSV:
            for table, cells in rows_of(found, self._library, self._language, photos):
                self._tables[table].add(cells)
                self._files[table].rows += 1
            return
        file = self._files["interceptions"]
        if self._form is ExportForm.JSON:
            file.write(b",\n" if file.rows else b"[\n")
        document = document_of(found, self._library, self._language)
        file.write(to_json(document | {"photo_files": photos}))
        if self._form is ExportForm.JSONL:
            file.write(b"\n")
        file.rows += 1

    def finish(self) -> None:
        """End the files."""
        if self._form is ExportForm.JSON:
            file = self._files["interceptions"]
            file.write(b"\n]\n" if file.rows else b"[]\n")

    def manifest(
        self,
        hub: Hub,
        asked: Mapping[str, str],
        expected: int,
        hint: str,
        photos: ExportedPhotos = NO_PHOTOS,
    ) -> ExportManifest:
        """The manifest of the finished files. Raises `CannotServe`, with the hint, when `expected`,
        which counts what the hub has of what was asked, is another number than was added.
        """
        if self.count != expected:
            raise CannotServe(
                mark("{count} interceptions were written, and the hub has {expected}"),
                hint=hint,
                count=self.count,
                expected=expected,
            )
        return ExportManifest(
            format=FORMAT,
            hub=str(hub.identity.hub),
            epoch=hub.identity.epoch,
            made_at=str(hub.now()),
            asked=dict(asked),
            language=self._language,
            interceptions=self.count,
            held=expected,
            not_readable=self._not_readable,
            photos=photos.count,
            photos_missing=photos.missing,
            files=(*(file.summary() for file in self._files.values()), *photos.files),
        )
