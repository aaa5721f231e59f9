"""Block L: photos, named by the SHA-256 of their original bytes."""

from typing import Annotated

from domain.ids import PhotoHash
from domain.interception.base import NOMINAL, Block, Text, field
from domain.words import mark


class Photo(Block, frozen=True):
    """One photo of the record; the photo store has its bytes."""

    sha256: Annotated[PhotoHash | None, field(mark("SHA-256 of the photo"))] = None
    role: Annotated[Text, field(mark("Kind of photo"), codes="photo_roles")] = None
    caption: Annotated[Text, field(mark("Caption"))] = None
    file_name: Annotated[Text, field(mark("File name"), privacy=NOMINAL)] = None
    """It may contain the name of a person, so it stays at the post."""
    size: Annotated[int | None, field(mark("Size"), unit=mark("bytes"))] = None
    """Bytes of the original."""
    width: Annotated[int | None, field(mark("Width"), unit=mark("pixels"))] = None
    """Pixels, after turning the picture as the file's orientation says."""
    height: Annotated[int | None, field(mark("Height"), unit=mark("pixels"))] = None
    captured_at: Annotated[Text, field(mark("Time of the camera"))] = None
    """As the file says (EXIF), ISO 8601 without offset where the camera gave none."""
    source: Annotated[Text, field(mark("Source"), codes="photo_sources")] = None
    readable: Annotated[bool | None, field(mark("Readable"))] = None
    """False when the file cannot be shown and is kept as evidence."""
