"""A batch: entries of any devices, parents before children, as one compressed file.

Zstandard around MessagePack: `{"v": 1, "items": [{"e": bytes, "s": signature}, ...]}`. An item may
carry `"n": {"salt": ..., "part": ...}`, the nominal part of an entry whose pack lets it travel;
version 1 sends none and ignores it. The format is described in docs/protocol.md.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import zstandard

from domain.entry import Entry
from domain.errors import EntryRefused
from domain.ids import EntryHash
from domain.words import mark
from sync.wire.errors import BatchRefused

VERSION = 1
PACKED_LIMIT = 16 * 1024 * 1024
"""Bytes of a compressed batch at most."""
OPENED_LIMIT = 64 * 1024 * 1024
"""Bytes of an unpacked batch at most; a larger one is refused while it is unpacked."""
ITEMS_LIMIT = 100_000
WINDOW_LIMIT = 8 * 1024 * 1024
MEDIA_TYPE = "application/vnd.tidewaiter.batch"
TOO_MANY = mark(
    "{count} entry is too many for one batch", "{count} entries are too many for one batch"
)


class Nominal(msgspec.Struct, frozen=True):
    """Salt and bytes of a nominal part; the hash of both is the commitment in the entry."""

    salt: bytes
    part: bytes


class Item(msgspec.Struct, frozen=True, omit_defaults=True):
    """One entry of a batch: `e` its bytes, `s` its signature, `n` its nominal part."""

    e: bytes
    s: bytes
    n: Nominal | None = None


class _Packed(msgspec.Struct, frozen=True):
    v: int
    items: list[msgspec.Raw]


class RefusedItem(msgspec.Struct, frozen=True):
    """An item that is not an entry. `hash` is that of its bytes, without bytes that of the item."""

    hash: EntryHash
    reason: str


class Batch(msgspec.Struct, frozen=True):
    """The contents of a batch: the entries in their order, and the items that could not be read."""

    entries: tuple[Entry, ...]
    refused: tuple[RefusedItem, ...] = ()


def pack_batch(entries: Sequence[Entry]) -> bytes:
    """A batch of these entries, which must be in the order parents before children.

    Raises `BatchRefused` when the batch is larger than the hub accepts.
    """
    items = [Item(entry.bytes, entry.signature) for entry in entries]
    opened = msgspec.msgpack.encode({"v": VERSION, "items": items})
    packed = zstandard.ZstdCompressor(level=9, write_content_size=True).compress(opened)
    if len(opened) > OPENED_LIMIT or len(packed) > PACKED_LIMIT or len(items) > ITEMS_LIMIT:
        raise BatchRefused(TOO_MANY, count=len(entries))
    return packed


def read_batch(data: bytes) -> Batch:
    """The entries in `data`; items that cannot be read are listed separately.

    Signatures are not checked here. Raises `BatchRefused` when `data` is not a batch of a known
    version, or is larger than the limits.
    """
    packed = _decoded(_opened(data))
    if packed.v != VERSION:
        raise BatchRefused(
            mark("the batch is of version {version}, this program reads {known}"),
            hint=mark("Install the newer version of the program at this end."),
            version=packed.v,
            known=VERSION,
        )
    if len(packed.items) > ITEMS_LIMIT:
        raise BatchRefused(TOO_MANY, count=len(packed.items))
    entries: list[Entry] = []
    refused: list[RefusedItem] = []
    for raw in packed.items:
        read = _read_item(raw)
        if isinstance(read, Entry):
            entries.append(read)
        else:
            refused.append(read)
    return Batch(tuple(entries), tuple(refused))


def _opened(data: bytes) -> bytes:
    if len(data) > PACKED_LIMIT:
        raise BatchRefused(mark("the batch is larger than {limit} MB"), limit=PACKED_LIMIT >> 20)
    opened = bytearray()
    try:
        # the window limits the memory of the decompressor
        reader = zstandard.ZstdDecompressor(max_window_size=WINDOW_LIMIT).stream_reader(
            data, read_across_frames=False
        )
        while chunk := reader.read(1 << 20):
            opened += chunk
            if len(opened) > OPENED_LIMIT:
                raise BatchRefused(
                    mark("the batch grows beyond {limit} MB"), limit=OPENED_LIMIT >> 20
                )
    except zstandard.ZstdError as error:
        raise BatchRefused(mark("not a batch, or cut short")) from error
    return bytes(opened)


def _decoded(opened: bytes) -> _Packed:
    try:
        return msgspec.msgpack.decode(opened, type=_Packed)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise BatchRefused(mark("not a batch, or cut short")) from error


def _read_item(raw: msgspec.Raw) -> Entry | RefusedItem:
    try:
        item = msgspec.msgpack.decode(raw, type=Item)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return RefusedItem(
            EntryHash.of(bytes(raw)), "an item without the bytes and the signature of an entry"
        )
    try:
        return Entry(item.e, item.s)
    except (EntryRefused, RecursionError) as error:
        return RefusedItem(EntryHash.of(item.e), str(error)[:300])
