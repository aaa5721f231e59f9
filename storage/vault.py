"""Encrypted files that are written once and named by the SHA-256 of their plain bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from domain.ids import Digest
from domain.words import mark
from storage.errors import NotFound
from storage.sealed_file import NotSealed, seal, unseal
from system.errors import Damaged
from system.files import cannot_write, write_durably, write_whole


class Vault:
    """One folder of such files; `kind` names what they are ("photo") in messages."""

    def __init__(self, folder: Path, key: bytes, random: Callable[[int], bytes], kind: str) -> None:
        self._folder = folder
        self._key = key
        self._random = random
        self._kind = kind

    def put(self, name: Digest, data: bytes, *, suffix: str = "") -> None:
        """Store `data` durably as `name`; the file is read back and compared.

        A file with a `suffix` is made from the one without and can be made again: it is not
        flushed to the disk, so a power cut may take it. Success when the same bytes are there
        already. Raises `CannotWrite`, or `Damaged` when the disk returned other bytes.
        """
        path = self._path(name, suffix)
        if self._unsealed(path) == data:
            return
        # an existing file is damaged, or a preview that is made again
        write = write_whole if suffix else write_durably
        write(path, seal(self._key, data, self._random(7)))
        if self._unsealed(path) != data:
            raise Damaged(mark("the disk returned other bytes than were written"), about=str(path))

    def get(self, name: Digest, *, suffix: str = "") -> bytes:
        """The bytes stored as `name`. Raises `NotFound` or `Damaged`."""
        path = self._path(name, suffix)
        data = self._unsealed(path)
        if data is None:
            if not path.exists():
                raise NotFound(
                    mark("there is no such {kind} here"), about=name.short, kind=self._kind
                )
            raise Damaged(
                mark("the {kind} is damaged on the disk"),
                about=str(path),
                kind=self._kind,
            ).with_way_out(
                "`main.py fetch` fetches it back from the hub or from a copy.",
                mark("“After a restore” in the settings fetches it back."),
            )
        if not suffix and Digest.of(data).raw != name.raw:
            raise Damaged(
                mark("the {kind} does not match its name"), about=str(path), kind=self._kind
            )
        return data

    def has(self, name: Digest, *, suffix: str = "") -> bool:
        """Whether a file of that name exists (it may be damaged)."""
        return self._path(name, suffix).exists()

    def size(self, name: Digest) -> int | None:
        """Bytes of the encrypted file; None when there is none."""
        try:
            return self._path(name, "").stat().st_size
        except OSError:
            return None

    def remove(self, name: Digest, *, suffix: str = "") -> None:
        """Delete a file; success when there is none. Raises `CannotWrite`."""
        path = self._path(name, suffix)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise cannot_write(error, path) from error

    def names(self) -> Iterator[str]:
        """The hexadecimal names of all files, suffixes left out."""
        for path in sorted(self._folder.glob("??/" + "[0-9a-f]" * 64)):
            yield path.name

    def _path(self, name: Digest, suffix: str) -> Path:
        text = str(name)
        return self._folder / text[:2] / (text + suffix)

    def _unsealed(self, path: Path) -> bytes | None:
        try:
            return unseal(self._key, path.read_bytes())
        except (NotSealed, FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise cannot_write(error, path) from error
