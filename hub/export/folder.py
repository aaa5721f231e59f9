"""Writes an export into a folder, which appears whole or not at all, with a manifest."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec

from domain.encoding import to_json
from domain.ids import PhotoHash
from domain.words import mark
from hub.errors import CannotServe, HubError
from hub.export.records import ExportedInterception, exported
from hub.export.writer import (
    ExportedFile,
    ExportedPhotos,
    ExportForm,
    ExportManifest,
    ExportWriter,
    HashedFile,
    tables_of,
)
from hub.hub import Hub
from hub.packs import Library
from hub.people.actor import AT_THE_MACHINE, note
from hub.progress import Progress, WorkStep, unheard
from hub.store.sql.exported import ChosenInterceptions, count_chosen
from hub.store.sql.photos import PictureForm
from hub.uploads import form_of
from system.files import cannot_write, put_in_place, write_durably

SUFFIX = {PictureForm.JPEG: ".jpg", PictureForm.PNG: ".png", PictureForm.WEBP: ".webp"}


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
    with hub.database.reading() as rows, ExitStack() as held:
        expected = count_chosen(rows, wanted.chosen)
        files = held.enter_context(_files(wanted.form, part))
        writer = ExportWriter(library, wanted.form, wanted.language, files, bom=wanted.bom)
        for each in exported(rows, wanted.chosen):
            writer.add(each, photos.bring(each))
            progress(WorkStep.RECORDS, writer.count, expected)
        writer.finish()
    hint = mark("Tell whoever maintains the program; nothing was exported.")
    made = ExportedPhotos(photos.count, tuple(photos.missing), tuple(photos.files))
    return writer.manifest(hub, wanted.asked, expected, hint, made)


@contextmanager
def _files(form: ExportForm, part: Path) -> Iterator[dict[str, HashedFile]]:
    """The files of the form, open in the block and flushed to the disk at its end."""
    with ExitStack() as held:
        files = {}
        for name in tables_of(form):
            path = part / f"{name}.{form.value}"
            files[name] = HashedFile(path.name, held.enter_context(path.open("wb")))
        yield files
        for file in files.values():
            file.file.flush()
            os.fsync(file.file.fileno())


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
