"""Reads a file in the exchange format (docs/exchange-format.md); its fields are not checked yet."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from acts.errors import FileRefused, NoChecklist
from domain.document import Document, JsonValue
from domain.errors import Malformed
from domain.ids import RecordId
from domain.instant import Instant
from domain.interception.record import PackRef
from domain.pack.checklist import Checklist
from domain.words import mark
from storage import packs
from storage.workstation import Workstation

FORMAT = "tidewaiter-record/1"
SIZE_LIMIT = 16 * 1024 * 1024
HINT = mark("docs/exchange-format.md shows how it must look.")
_BOM = b"\xef\xbb\xbf"
_PACK_FIELDS = {"id", "version", "sha256", "unsigned"}


class _FieldTwice(ValueError):
    """A field occurs twice in one group."""


@dataclass(frozen=True)
class RecordSource:
    """The content of a file: its document without `format` and `pack`, and these two values."""

    file: Path
    data: bytes
    document: Document
    pack: JsonValue

    @cached_property
    def photos(self) -> dict[int, Path]:
        """The photo files, by their index in the list."""
        listed = self.document.get("photos")
        return {
            index: self.file.parent / name
            for index, photo in enumerate(listed if isinstance(listed, list) else [])
            if isinstance(photo, dict) and isinstance(name := photo.get("file"), str)
        }

    @cached_property
    def photo_digests(self) -> dict[int, bytes]:
        """The SHA-256 of each photo's bytes, by its index."""
        return {index: _digest(photo) for index, photo in self.photos.items()}

    @cached_property
    def digest(self) -> bytes:
        """The SHA-256 over the bytes of the file and the digests of its photos."""
        whole = hashlib.sha256(self.data)
        for photo in self.photo_digests.values():
            whole.update(photo)
        return whole.digest()

    @property
    def named(self) -> RecordId | None:
        """The record id in the file. Raises `FileRefused` when it is not valid."""
        written = self.document.get("record_id")
        if written in (None, ""):
            return None
        try:
            return RecordId.parse(str(written).lower())  # RFC 9562 allows capital letters
        except Malformed as error:
            raise FileRefused(
                mark("record_id is not a UUID of version 7"), about=str(self.file)
            ) from error

    @property
    def record(self) -> RecordId:
        """The record id in the file, else the one computed from its bytes."""
        if self.named is not None:
            return self.named
        occasion = self.document.get("occasion")
        seized = occasion.get("seized_at") if isinstance(occasion, dict) else None
        try:
            at = Instant.parse(str(seized))
        except Malformed:
            at = Instant(0)
        return RecordId.make(at, self.digest)

    def checklist(self, ws: Workstation, unnamed: PackRef | None = None) -> Checklist:
        """The checklist of the pack named in the file.

        For a missing name or version `unnamed` is used, else the only pack and the newest version.
        Raises `NoChecklist` or `FileRefused`.
        """
        asked: JsonValue = {"id": self.pack} if isinstance(self.pack, str) else self.pack or {}
        if not isinstance(asked, dict) or set(asked) - _PACK_FIELDS:
            raise FileRefused(
                mark("pack is neither a name nor a group of id and version"), about=str(self.file)
            )
        newest = {checklist.pack.id: checklist for checklist in ws.checklists()}
        name, version = (str(asked.get(part) or "") for part in ("id", "version"))
        if unnamed is not None and name in ("", unnamed.id):
            name, version = unnamed.id, version or unnamed.version
        elif not name and len(newest) == 1:
            name = next(iter(newest))
        ref = PackRef(id=name, version=version)
        found = ws.checklist(ref) if version else newest.get(name)
        if found is None:
            raise self._no_pack(ws, f"{name} {version}".strip())
        asked_bytes = str(asked.get("sha256") or found.sha256)
        if asked_bytes != str(found.sha256):
            raise NoChecklist(
                mark("the pack {pack} at this workstation has another SHA-256 than {sha256}"),
                about=str(self.file),
                hint=mark("Its SHA-256 is {held}."),
                pack=f"{found.pack.id} {found.pack.version}",
                sha256=asked_bytes[:80],
                held=str(found.sha256),
            )
        return found

    def _no_pack(self, ws: Workstation, name: str) -> NoChecklist:
        held = ", ".join(f"{ref.id} {ref.version}" for ref in packs.all_held(ws.db)) or "-"
        what = mark("there is no pack {pack} at this workstation")
        if not name:
            what = mark("the file names no pack, and this workstation has several")
        hint = mark("It has: {known}.")
        return NoChecklist(what, about=str(self.file), hint=hint, pack=name, known=held)


def read_source(file: Path) -> RecordSource:
    """Read `file`. Raises `FileRefused` when it is not in the exchange format."""
    data = _bytes(file)
    document = _document(data, file)
    if not isinstance(document, dict):
        raise FileRefused(
            mark("not an interception in the format {format}"),
            about=str(file),
            hint=HINT,
            format=FORMAT,
        )
    written = document.pop("format", "")
    if written not in (FORMAT, "", None):
        raise FileRefused(
            mark("format is {written}, and this program reads {format}"),
            about=str(file),
            hint=HINT,
            written=str(written)[:80],
            format=FORMAT,
        )
    return RecordSource(file, data, document, document.pop("pack", None))


def _bytes(file: Path) -> bytes:
    try:
        if file.is_dir():
            raise FileRefused(
                mark("is a folder"), about=str(file), hint=mark("Name the files in it.")
            )
        if not file.is_file():
            what = mark("is not a regular file") if file.exists() else mark("there is no such file")
            raise FileRefused(what, about=str(file))
        if file.stat().st_size > SIZE_LIMIT:
            raise FileRefused(
                mark("the file is larger than {limit} MB, too large for a record"),
                about=str(file),
                limit=SIZE_LIMIT >> 20,
            )
        return file.read_bytes()
    except (OSError, ValueError) as error:
        cause = getattr(error, "strerror", None) or mark("the name is not a valid file name")
        raise FileRefused(mark("cannot be read: {cause}"), about=str(file), cause=cause) from error


def _document(data: bytes, file: Path) -> JsonValue:
    """The JSON in the bytes; numbers keep their written digits."""

    def refused(what: str, hint: str = HINT, **values: object) -> FileRefused:
        return FileRefused(what, about=str(file), hint=hint, **values)

    try:
        text = data.removeprefix(_BOM).decode("utf-8")
        if "\0" in text:
            raise refused(mark("is not in UTF-8"), mark("Save it as UTF-8."))
        document: JsonValue = json.loads(
            text, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_object
        )
        json.dumps(document, ensure_ascii=False).encode()  # as it is stored and signed
    except UnicodeDecodeError as error:
        raise refused(mark("is not in UTF-8"), mark("Save it as UTF-8.")) from error
    except UnicodeEncodeError as error:
        raise refused(mark("contains an incomplete character")) from error
    except json.JSONDecodeError as error:
        what = mark("not valid JSON at line {line}, column {column}")
        raise refused(what, line=error.lineno, column=error.colno) from error
    except _FieldTwice as error:
        what = mark("the field {field} occurs twice in one group")
        raise refused(what, mark("Leave one of them out."), field=str(error)) from error
    except RecursionError as error:
        raise refused(mark("not JSON of a record: it is nested too deeply")) from error
    return document


def _object(pairs: list[tuple[str, JsonValue]]) -> Document:
    """A JSON object; a field that occurs twice is refused, since one value would be lost."""
    held: Document = {}
    for name, value in pairs:
        if name in held:
            raise _FieldTwice(name[:80])
        held[name] = value
    return held


def _digest(photo: Path) -> bytes:
    """The SHA-256 of the file, read in blocks; of no bytes when the file cannot be read."""
    try:
        if photo.is_file():
            with photo.open("rb") as opened:
                return hashlib.file_digest(opened, "sha256").digest()
    except (OSError, ValueError):
        pass  # `file_photos` reports why
    return hashlib.sha256().digest()
