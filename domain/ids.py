"""Each kind of id has its own type, so that one kind is never used as another.

All of them print as text (`str(id)`) and are read with `parse`; a text that is not such an id
raises `Malformed`.
"""

from __future__ import annotations

import base64
import hashlib
import re
import uuid
from typing import ClassVar, Self

from domain.errors import Malformed
from domain.fault import FaultKind
from domain.instant import Instant
from domain.value import Value
from domain.words import mark

HASH_LENGTH_WRONG = FaultKind("hash_length_wrong", mark("a SHA-256 has 32 bytes, this has {count}"))
NOT_A_HASH = FaultKind("not_a_hash", mark("not a SHA-256 in 64 hexadecimal digits"))
NOT_A_DEVICE_ID = FaultKind("not_a_device_id", mark("not the id of a workstation"))
NOT_A_HUB_ID = FaultKind("not_a_hub_id", mark("not the id of a hub"))
NOT_A_RECORD_ID = FaultKind("not_a_record_id", mark("not the id of an interception"))


class Digest(Value):
    """A SHA-256, 32 bytes; as text 64 lower-case hexadecimal digits."""

    __slots__ = ("raw",)
    __match_args__ = ("raw",)
    raw: bytes

    def __init__(self, raw: bytes) -> None:
        if len(raw) != 32:
            raise Malformed(HASH_LENGTH_WRONG, count=len(raw))
        self._hold(raw)

    @classmethod
    def of(cls, data: bytes) -> Self:
        """The digest of `data`."""
        return cls(hashlib.sha256(data).digest())

    @classmethod
    def parse(cls, text: str) -> Self:
        """The digest in `text` (64 hexadecimal digits)."""
        try:
            raw = bytes.fromhex(text)
        except ValueError:
            raw = b""
        if len(raw) != 32 or raw.hex() != text:  # `fromhex` also reads capitals and spaces
            raise Malformed(NOT_A_HASH, about=text[:80])
        return cls(raw)

    def __str__(self) -> str:
        return self.raw.hex()

    @property
    def short(self) -> str:
        """The first 12 digits: enough for a person to compare."""
        return self.raw.hex()[:12]


class EntryHash(Digest):
    """Names a journal entry: the SHA-256 of the bytes that were signed."""

    __slots__ = ()


class PhotoHash(Digest):
    """Names a photo: the SHA-256 of its original bytes."""

    __slots__ = ()


class PaperHash(Digest):
    """Names a printed paper: the SHA-256 of the PDF file."""

    __slots__ = ()


class PackHash(Digest):
    """Names a pack: the SHA-256 of its file."""

    __slots__ = ()


NOTHING_BEFORE = EntryHash(bytes(32))
"""The name that the first entry of a chain has for the entry before it."""


class Name(Value):
    """An id that is a text of fixed shape."""

    __slots__ = ("text",)
    __match_args__ = ("text",)
    text: str
    shape: ClassVar[str] = ""
    unlike: ClassVar[FaultKind]
    """What is wrong with a text that is no such id."""
    _pattern: ClassVar[re.Pattern[str]]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls._pattern = re.compile(cls.shape)

    def __init__(self, text: str) -> None:
        if not self._pattern.fullmatch(text):
            raise Malformed(self.unlike, about=text[:80])
        self._hold(text)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The id in `text`."""
        return cls(text)

    def __str__(self) -> str:
        return self.text


class DeviceId(Name):
    """Names a workstation's installation: `D` and 16 base-32 letters (80 random bits)."""

    __slots__ = ()
    unlike = NOT_A_DEVICE_ID
    shape = r"D[A-Z2-7]{16}"

    @classmethod
    def from_random(cls, random: bytes) -> Self:
        """The id made of 10 random bytes."""
        return cls("D" + base64.b32encode(random[:10]).decode("ascii"))


class HubId(Name):
    """Names an operation hub: `H` and 16 base-32 letters."""

    __slots__ = ()
    unlike = NOT_A_HUB_ID
    shape = r"H[A-Z2-7]{16}"

    @classmethod
    def from_random(cls, random: bytes) -> Self:
        """The id made of 10 random bytes."""
        return cls("H" + base64.b32encode(random[:10]).decode("ascii"))


class RecordId(Name):
    """The permanent id of an interception: a UUID of version 7 (RFC 9562), made at the post."""

    __slots__ = ()
    unlike = NOT_A_RECORD_ID
    shape = r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"

    @classmethod
    def make(cls, at: Instant, random: bytes) -> Self:
        """The id of an interception begun at `at`, with 10 random bytes."""
        value = (at.millis & (1 << 48) - 1) << 80 | int.from_bytes(random[:10], "big")
        value = value & ~(0xF << 76) | 0x7 << 76
        value = value & ~(0x3 << 62) | 0x2 << 62
        return cls(str(uuid.UUID(int=value)))
