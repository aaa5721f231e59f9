"""Add a photo: its unchanged bytes are hashed and stored durably before a record names it."""

from __future__ import annotations

import os
from pathlib import Path

from acts.errors import NotAPicture, PhotoRefused
from domain.interception.media import Photo
from domain.words import mark
from storage.photos.store import SIZE_LIMIT
from storage.workstation import Workstation

WHY = {
    "not a picture": mark("this is not a picture"),
    "cut short": mark("the picture is cut short"),
    "damaged": mark("the picture is damaged"),
    "too large": mark("the picture is too large to be shown"),
    "took too long": mark("the picture takes too long to read"),
    "crashed": mark("the picture cannot be read"),
}


def add_photo(
    ws: Workstation,
    data: bytes,
    *,
    file_name: str,
    role: str | None,
    source: str,
    keep: bool = False,
) -> Photo:
    """Store the photo durably, with its previews; returns it as a record lists it.

    `source` is a code of the list `photo_sources`. Raises `PhotoRefused` for a file that cannot be
    shown, unless `keep` is true (it is evidence all the same); `CannotWrite` when the disk is full;
    `CannotDecode` when the decoder does not start, also with `keep`, since a photo that was not
    decoded must not be marked as unreadable.
    """
    _check_size(len(data), file_name)
    decoded = ws.photos.look(data)
    facts = decoded.facts
    if not facts.readable and not keep:
        raise NotAPicture(
            WHY.get(facts.why, WHY["crashed"]),
            about=file_name,
            hint=mark("Take it again, or keep the file as evidence as it is."),
        )
    return Photo(
        sha256=ws.photos.keep(data, decoded),
        role=role,
        file_name=file_name[-200:],
        size=len(data),
        width=facts.width,
        height=facts.height,
        captured_at=facts.captured_at or None,
        source=source,
        readable=None if facts.readable else False,
    )


def read_photo(file: Path) -> bytes:
    """The bytes of a photo's file, whose size is asked first: a file that is too large is not read.

    Raises `PhotoRefused` when it is empty, too large, or cannot be read.
    """
    try:
        if file.is_dir():
            raise PhotoRefused(mark("is a folder"), about=str(file))
        if not file.is_file():
            what = mark("is not a regular file") if file.exists() else mark("there is no such file")
            raise PhotoRefused(what, about=str(file))
        with file.open("rb") as opened:
            _check_size(os.fstat(opened.fileno()).st_size, file.name)
            return opened.read(SIZE_LIMIT + 1)
    except (OSError, ValueError) as error:
        cause = getattr(error, "strerror", None) or mark("the name is not a valid file name")
        raise PhotoRefused(
            mark("cannot be read: {cause}"),
            about=str(file),
            hint=mark("Check that the stick or the folder is still there."),
            cause=cause,
        ) from error


def _check_size(size: int, file_name: str) -> None:
    if not 0 < size <= SIZE_LIMIT:
        raise PhotoRefused(
            mark("the file is larger than {limit} MB") if size else mark("the file is empty"),
            about=file_name,
            hint=mark("Choose another file."),
            limit=SIZE_LIMIT // 1024 // 1024,
        )
