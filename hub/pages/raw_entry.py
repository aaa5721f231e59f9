"""An entry as it arrived, for people who examine entries that this version cannot read."""

from __future__ import annotations

import msgspec

from domain.entry import Entry

TEXT_LIMIT = 4_000
"""Characters of an entry that are shown at most."""


class RawEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry with its bytes as text, cut when they are long."""

    hash: str
    kind: str
    device: str
    seq: int
    text: str


def raw_entry(entry: Entry) -> RawEntry:
    """The entry as the pages show it."""
    text = entry.bytes.decode("utf-8", "replace")
    return RawEntry(
        hash=str(entry.hash),
        kind=entry.head.kind,
        device=str(entry.head.device),
        seq=entry.head.seq,
        text=text[:TEXT_LIMIT] + ("…" if len(text) > TEXT_LIMIT else ""),
    )
