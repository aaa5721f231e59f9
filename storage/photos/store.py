"""Stores photos, encrypted: the unchanged original, and its preview and thumbnail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from domain.ids import PhotoHash
from storage.errors import NotFound
from storage.vault import Vault
from system.decode import Decoded, Facts, Whole, shared_decoders
from system.errors import Damaged

SIZE_LIMIT = 256 * 1024 * 1024
_PREVIEW, _THUMBNAIL = ".preview", ".thumbnail"


class PhotoStore:
    """The photos of one workstation."""

    def __init__(self, folder: Path, key: bytes, random: Callable[[int], bytes]) -> None:
        self._vault = Vault(folder, key, random, "photo")
        self._decoders = shared_decoders()

    def look(self, data: bytes) -> Decoded:
        """Decode the bytes before anything is stored. Raises `CannotDecode`."""
        return self._decoders.decode(data)

    def keep(self, data: bytes, decoded: Decoded) -> PhotoHash:
        """Store the original durably, then its preview and thumbnail. Raises `CannotWrite`."""
        name = PhotoHash.of(data)
        self._vault.put(name, data)
        self._derive(name, decoded)
        return name

    def original(self, photo: PhotoHash) -> bytes:
        """The original bytes. Raises `NotFound` or `Damaged`."""
        return self._vault.get(photo)

    def has(self, photo: PhotoHash) -> bool:
        """Whether the original is here."""
        return self._vault.has(photo)

    def size(self, photo: PhotoHash) -> int | None:
        """Bytes of the stored file, a little more than those of the original; None when the
        original is not here.
        """
        return self._vault.size(photo)

    def preview(self, photo: PhotoHash) -> bytes | None:
        """A JPEG of up to 1600 pixels; None when the photo cannot be shown.

        Raises `NotFound`, `Damaged`, or `CannotDecode` when it must be made and cannot.
        """
        return self._derived(photo, _PREVIEW)

    def thumbnail(self, photo: PhotoHash) -> bytes | None:
        """A JPEG of up to 256 pixels; None when the photo cannot be shown. Raises as `preview`."""
        return self._derived(photo, _THUMBNAIL)

    def whole(self, photo: PhotoHash) -> Whole:
        """All pixels of the original, which cost memory; none when it cannot be shown. Raises as
        `preview`.
        """
        return self._decoders.whole(self.original(photo))

    def small_preview(self, photo: PhotoHash) -> bytes:
        """A coarse JPEG of up to 900 pixels, about 60 KB; empty when there is none.

        Raises as `preview`.
        """
        preview = self.preview(photo)
        return self.look(preview).small if preview else b""

    def facts(self, photo: PhotoHash) -> Facts:
        """The decoder's facts about the stored original. Raises as `preview`."""
        return self.look(self.original(photo)).facts

    def names(self) -> tuple[PhotoHash, ...]:
        """All originals here."""
        return tuple(PhotoHash.parse(name) for name in self._vault.names())

    def remove(self, photo: PhotoHash) -> None:
        """Delete a photo that no entry or draft names, with its preview and thumbnail."""
        for suffix in ("", _PREVIEW, _THUMBNAIL):
            self._vault.remove(photo, suffix=suffix)

    def _derived(self, photo: PhotoHash, suffix: str) -> bytes | None:
        try:
            return self._vault.get(photo, suffix=suffix)
        except (NotFound, Damaged):
            pass  # derived files may be lost or damaged: they are made again from the original
        decoded = self.look(self.original(photo))
        self._derive(photo, decoded)
        return (decoded.preview if suffix == _PREVIEW else decoded.thumbnail) or None

    def _derive(self, name: PhotoHash, decoded: Decoded) -> None:
        if decoded.facts.readable:
            self._vault.put(name, decoded.preview, suffix=_PREVIEW)
            self._vault.put(name, decoded.thumbnail, suffix=_THUMBNAIL)
