"""Writes an export into a folder, which appears whole or not at all, with a manifest."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

import msgspec

from domain.encoding import to_json
from domain.ids import PhotoHash
from domain.words import mark
from hub.errors import CannotServe, HubError
from hub.export.columns import FORMAT, TABLES
from hub.export.documents import document_of
from hub.export.records import ExportedInterception, exported
from hub.export.tables import Cells, harmless, rows_of
from hub.hub import Hub
from hub.packs import Library
from hub.people.actor import AT_THE_MACHINE, note
from hub.progress import Progress, WorkStep, unheard
from hub.store.sql.exported import ChosenInterceptions, count_chosen
from hub.store.sql.photos import PictureForm
from hub.uploads import form_of
from system.files import cannot_write, put_in_place, write_durably

SUFFIX = {PictureForm.JPEG: ".jpg", PictureForm.PNG: ".png", PictureForm.WEBP: ".webp"}


class ExportForm(StrEnum):
    """The form of the files."""

    CSV = "csv"
    JSON = "json"
    """One list."""
    JSONL = "jsonl"
    """One interception in each line."""


class WantedExport(msgspec.Struct, frozen=True, kw_only=True):
    """What is exported, and how."""

    chosen: ChosenInterceptions
    form: ExportForm
    language: str = "en"
    """Of the words for codes (BCP 47)."""
    photos: bool = False
    bom: bool = False
    """Whether CSV files begin with a byte order mark, as some spreadsheets want it."""
    asked: dict[str, str] = {}
    """What a person asked for, in their words, for the manifest."""


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


def export_to(
    hub: Hub, library: Library, wanted: WantedExport, folder: Path, progress: Progress = unheard
) -> ExportManifest:
    """Write the export to `folder`, which must not be there or be empty.

    All of it is one moment of the hub. Raises `CannotServe` when the folder is not empty, and when
    what was written is not what the hub counts; `CannotWrite` when the disk is full. Nothing is
    left then.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotServe(
            mark("the folder for the export is not empty"),
            about=str(folder),
            hint=mark("Name a new folder with --out."),
        )
    folder = folder.resolve()
    part = folder.with_name(f".{folder.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(mode=0o700, parents=True)
        made = _write(hub, library, wanted, part, progress)
        write_durably(part / "manifest.json", msgspec.json.format(to_json(made), indent=1) + b"\n")
        _note(hub, made)
        put_in_place(part, folder)
    except OSError as error:
        raise cannot_write(error, folder) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return made


def _note(hub: Hub, made: ExportManifest) -> None:
    """Note the export in the audit, before it appears."""
    asked = ", ".join(f"{name} {value}" for name, value in made.asked.items())
    subject = f"interceptions: {made.interceptions}, photos: {made.photos}"
    with hub.database.writing(("audit",)) as rows:
        note(hub, rows, AT_THE_MACHINE, "exported", subject, detail=asked)


def _write(
    hub: Hub, library: Library, wanted: WantedExport, part: Path, progress: Progress
) -> ExportManifest:
    photos = _PhotoFiles(hub, part, wanted=wanted.photos)
    count = not_readable = 0
    with hub.database.reading() as rows, ExitStack() as held:
        expected = count_chosen(rows, wanted.chosen)
        writer = held.enter_context(_writer(library, wanted, part))
        for each in exported(rows, wanted.chosen):
            writer.add(each, photos.bring(each))
            count += 1
            not_readable += each.case is None
            progress(WorkStep.RECORDS, count, expected)
        files = writer.finish()
    if count != expected:
        raise CannotServe(
            mark("{count} interceptions were written, and the hub has {expected}"),
            hint=mark("Tell whoever maintains the program; nothing was exported."),
            count=count,
            expected=expected,
        )
    return ExportManifest(
        format=FORMAT,
        hub=str(hub.identity.hub),
        epoch=hub.identity.epoch,
        made_at=str(hub.now()),
        asked=wanted.asked,
        language=wanted.language,
        interceptions=count,
        held=expected,
        not_readable=not_readable,
        photos=photos.count,
        photos_missing=tuple(photos.missing),
        files=(*files, *photos.files),
    )


class _HashedFile:
    """A file that is hashed while it is written."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self._path, self._file = path, file
        self._sha, self._size = hashlib.sha256(), 0
        self.rows = 0

    def write(self, data: bytes) -> None:
        self._sha.update(data)
        self._size += len(data)
        self._file.write(data)

    def finish(self, *, table: bool) -> ExportedFile:
        """Flush it to the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())
        rows = self.rows if table else None
        return ExportedFile(self._path.name, self._size, self._sha.hexdigest(), rows)


class _Writer:
    """The files of the form that is wanted."""

    def __init__(
        self, library: Library, wanted: WantedExport, files: dict[str, _HashedFile]
    ) -> None:
        self._library, self._wanted, self._files = library, wanted, files

    def add(self, found: ExportedInterception, photos: dict[str, str]) -> None:
        """Write one interception; `photos` are the files of its photos by their hash."""
        if self._wanted.form is ExportForm.CSV:
            language = self._wanted.language
            for table, cells in rows_of(found, self._library, language, photos):
                self._files[table].write(_line(cells))
                self._files[table].rows += 1
            return
        file = self._files["interceptions"]
        if self._wanted.form is ExportForm.JSON:
            file.write(b",\n" if file.rows else b"[\n")
        document = document_of(found, self._library, self._wanted.language)
        file.write(to_json(document | {"photo_files": photos}))
        if self._wanted.form is ExportForm.JSONL:
            file.write(b"\n")
        file.rows += 1

    def finish(self) -> tuple[ExportedFile, ...]:
        """End the files, and flush them."""
        if self._wanted.form is ExportForm.JSON:
            file = self._files["interceptions"]
            file.write(b"\n]\n" if file.rows else b"[]\n")
        return tuple(file.finish(table=True) for file in self._files.values())


@contextmanager
def _writer(library: Library, wanted: WantedExport, part: Path) -> Iterator[_Writer]:
    """Files with their headings, open in the block."""
    with ExitStack() as held:
        names = TABLES if wanted.form is ExportForm.CSV else ("interceptions",)
        files = {}
        for name in names:
            path = part / f"{name}.{wanted.form.value}"
            files[name] = _HashedFile(path, held.enter_context(path.open("wb")))
            if wanted.form is ExportForm.CSV:
                files[name].write(b"\xef\xbb\xbf" if wanted.bom else b"")
                files[name].write(_line(TABLES[name]))
        yield _Writer(library, wanted, files)


def _line(cells: Cells) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow([harmless(cell) for cell in cells])
    return text.getvalue().encode("utf-8", "backslashreplace")


class _PhotoFiles:
    """The photos of the export: each is copied once, and hashed on the way."""

    def __init__(self, hub: Hub, part: Path, *, wanted: bool) -> None:
        self._hub, self._folder, self._wanted = hub, part / "photos", wanted
        self.files: list[ExportedFile] = []
        self.missing: list[str] = []
        self.count = 0

    def bring(self, found: ExportedInterception) -> dict[str, str]:
        """The files of its photos by their hash; none when photos are not wanted."""
        if not self._wanted or found.case is None:
            return {}
        brought = {}
        named = {photo.sha256 for photo in found.case.interception.photos if photo.sha256}
        for photo in sorted(named, key=str):
            file = self._one(photo) if photo in found.held else None
            if file is None:
                self.missing.append(str(photo))
            else:
                brought[str(photo)] = file
        return brought

    def _one(self, photo: PhotoHash) -> str | None:
        """The file of the photo; None when its bytes are not whole."""
        folder = self._folder / str(photo)[:2]
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        there = next(folder.glob(f"{photo}*"), None)
        if there is not None:
            return there.relative_to(self._folder.parent).as_posix()
        path = folder / str(photo)
        sha, start = hashlib.sha256(), b""
        try:
            with path.open("wb") as file:
                for piece in self._hub.objects.read(photo):
                    start = start or piece[:16]
                    sha.update(piece)
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
        except HubError:
            path.unlink(missing_ok=True)
            return None
        if sha.digest() != photo.raw:
            path.unlink()
            return None
        named = path.rename(path.with_name(f"{photo}{SUFFIX.get(form_of(start), '')}"))
        name = named.relative_to(self._folder.parent).as_posix()
        self.files.append(ExportedFile(name, named.stat().st_size, str(photo)))
        self.count += 1
        return name
