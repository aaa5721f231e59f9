"""Adds the photos of a record file, and removes them again when the file is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from acts.errors import NotAPicture, PhotoRefused
from acts.interception.add_photo import add_photo, read_photo
from acts.interception.record_source import RecordSource
from domain.document import Document, DocumentPart, JsonValue
from domain.encoding import to_plain
from domain.errors import ErrorKind, Malformed, TidewaiterError
from domain.fault import Fault, FaultKind, Shape
from domain.ids import PhotoHash
from domain.interception.media import Photo
from domain.words import filled, mark
from storage.workstation import Workstation

PHOTO_FILE_REFUSED = FaultKind("photo_file_refused", mark("{file}: {cause}"), shape=Shape.SENTENCE)
FILE_NOT_A_PICTURE = FaultKind(
    "file_not_a_picture",
    mark("{file}: {cause}"),
    mark('Take it again, or write "keep": true to keep the file as it is.'),
    shape=Shape.SENTENCE,
)
FACTS = ("sha256", "size", "width", "height", "readable")
"""Facts that come from the bytes of a photo; values in the file are ignored."""


@dataclass
class FilePhotos:
    """The photos as the record lists them, their faults, and those that are new here."""

    listed: JsonValue = None
    faults: list[Fault] = field(default_factory=list)
    new: list[PhotoHash] = field(default_factory=list)


@contextmanager
def photos_of(ws: Workstation, source: RecordSource) -> Iterator[FilePhotos]:
    """Store the photos of `source`; the new ones are removed again when the file is refused."""
    taken = FilePhotos()
    try:
        _take(ws, source, taken)
        yield taken
    except TidewaiterError as error:
        if error.kind is ErrorKind.PERSON:
            # Refused before anything was signed: no entry names them.
            for name in taken.new:
                ws.photos.remove(name)
        raise


def _take(ws: Workstation, source: RecordSource, taken: FilePhotos) -> None:
    listed = source.document.get("photos") or []
    if not isinstance(listed, list):
        taken.listed = listed
        return
    photos: list[JsonValue] = []
    taken.listed = photos
    for index, photo in enumerate(listed):
        if index not in source.photos or not isinstance(photo, dict):
            photos.append(_held(ws, photo))
            continue
        try:
            photos.append(_taken(ws, photo, source.photos[index], source.file.parent, taken))
        except PhotoRefused as error:
            kind = FILE_NOT_A_PICTURE if isinstance(error, NotAPicture) else PHOTO_FILE_REFUSED
            cause = filled(error.what, error.values)
            taken.faults.append(Fault(f"photos.{index}", kind, file=photo["file"], cause=cause))


def _held(ws: Workstation, photo: JsonValue) -> JsonValue:
    """A photo that is named by its hash alone: the facts of its bytes come from the store."""
    if not isinstance(photo, dict):
        return photo
    try:
        name = PhotoHash.parse(str(photo.get("sha256")))
    except Malformed:
        return photo
    if not ws.photos.has(name):
        return photo
    data = ws.photos.original(name)
    facts = ws.photos.look(data).facts
    measured = Photo(
        sha256=name,
        size=len(data),
        width=facts.width,
        height=facts.height,
        readable=None if facts.readable else False,
    )
    rest = {part: value for part, value in photo.items() if part not in FACTS}
    return {**rest, **to_plain(measured)}


def _taken(
    ws: Workstation, photo: DocumentPart, file: Path, folder: Path, taken: FilePhotos
) -> Document:
    keep = str(photo.get("keep")).lower() == "true"
    if keep and not file.resolve().is_relative_to(folder.resolve()):
        # a foreign record file must not be able to send any file of this computer to the hub
        raise PhotoRefused(
            mark("a file that is not a picture can be kept only from the folder of the record"),
            about=str(file),
        )
    data = read_photo(file)
    name = PhotoHash.of(data)
    new = not ws.photos.has(name)
    named = str(photo.get("sha256") or name)
    if not re.fullmatch(r"[0-9a-f]{64}", named):
        what = mark("sha256 is not a SHA-256 in 64 hexadecimal digits")
        raise PhotoRefused(what, about=str(file))
    if named != str(name):
        raise PhotoRefused(mark("the file is not the one whose SHA-256 is named"), about=str(file))
    stored = add_photo(
        ws,
        data,
        file_name=file.name.encode("utf-8", "replace").decode(),
        role=None,
        source="file",
        keep=keep,
    )
    if new:
        taken.new.append(name)
    stated = {
        part: value
        for part, value in photo.items()
        if part not in ("file", "keep", *FACTS) and value not in (None, "")
    }
    measured = to_plain(stored)
    return {**measured, **stated}
