"""The photos of a hub as somebody sees them who is not the hub: a folder, or a bucket."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from domain.ids import PhotoHash
from tests.s3 import Bucket


class Stored(Protocol):
    """Bytes under names such as `photos/ab/abcd...`; without uploads that are not finished."""

    def names(self) -> list[str]:
        """All names, sorted."""

    def read(self, name: str) -> bytes:
        """The bytes of a name."""

    def write(self, name: str, data: bytes) -> None:
        """Other bytes for a name."""

    def remove(self, name: str) -> None:
        """Delete a name."""


class InFolder:
    """Below the folder for photos."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def names(self) -> list[str]:
        files = [path for path in self._root.rglob("*") if path.is_file()]
        names = [path.relative_to(self._root).as_posix() for path in files]
        return sorted(name for name in names if not name.startswith(("arriving/", "serve.lock")))

    def read(self, name: str) -> bytes:
        return (self._root / name).read_bytes()

    def write(self, name: str, data: bytes) -> None:
        (self._root / name).write_bytes(data)

    def remove(self, name: str) -> None:
        (self._root / name).unlink()


class InBucket:
    """In a bucket."""

    def __init__(self, bucket: Bucket) -> None:
        self._store = bucket.store

    def names(self) -> list[str]:
        return sorted(each["path"] for batch in self._store.list() for each in batch)

    def read(self, name: str) -> bytes:
        return bytes(self._store.get(name).bytes())

    def write(self, name: str, data: bytes) -> None:
        self._store.put(name, data)

    def remove(self, name: str) -> None:
        self._store.delete(name)


def stored_as(photo: bytes) -> str:
    """The name of a photo's bytes."""
    name = str(PhotoHash.of(photo))
    return f"photos/{name[:2]}/{name}"
