"""A part of all photos and entries, for work that is done in turns."""

from __future__ import annotations

import msgspec

from domain.ids import PhotoHash


class EqualPart(msgspec.Struct, frozen=True):
    """Part `number` (from 1) of `of` parts of about the same size."""

    number: int = 1
    of: int = 1

    def has(self, photo: PhotoHash) -> bool:
        """Whether the photo is in this part; its hash decides, so that it always is in the same."""
        return int.from_bytes(photo.raw[:4], "big") % self.of == self.number % self.of


ALL = EqualPart()
