"""Block L: photos, named by the SHA-256 of their original bytes."""

from __future__ import annotations

from typing import Annotated

from domain.ids import PhotoHash
from domain.interception.base import Block, Privacy, from_list, private


class Photo(Block, frozen=True):
    """One photo of the record; the bytes live in the photo store."""

    sha256: PhotoHash | None = None
    role: Annotated[str | None, from_list("photo_roles")] = None
    caption: str | None = None
    file_name: Annotated[str | None, private(Privacy.NOMINAL)] = None
    """People name files after persons, so it stays at the post."""
    size: int | None = None
    """Bytes of the original."""
    width: int | None = None
    """Pixels, after the orientation that the file names."""
    height: int | None = None
    captured_at: str | None = None
    """As the file says (EXIF), ISO 8601 without offset where the camera gave none."""
    source: Annotated[str | None, from_list("photo_sources")] = None
    readable: bool | None = None
    """False: kept as evidence, though it cannot be shown."""
