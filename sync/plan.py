"""What to send next. Pure: the journal and what the hub holds are given.

Entries go first, then photos; parents before children; every branch that is held here is offered,
not only the one that this workstation works on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from domain.entry import Entry
from domain.ids import EntryHash

T = TypeVar("T")
ENTRIES_AT_ONCE, BYTES_AT_ONCE = 500, 4 * 1024 * 1024
"""At most in one batch: a slow link can finish it, and the hub takes it in one transaction."""
PHOTOS_ASKED_AT_ONCE = 2_000
"""At most in one question: about 130 KB of hashes."""
PHOTOS_SENT_AT_ONCE = 40
"""Photos between two questions to the hub which ones it holds."""


@dataclass(frozen=True, slots=True)
class FetchEntries:
    """The hub holds entries of ours that we lack: fetch what lies beyond `held` first."""

    held: tuple[EntryHash, ...]


@dataclass(frozen=True, slots=True)
class SendEntries:
    """The hub lacks these entries; parents come first."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class NothingToSend:
    """The hub holds every entry that we hold."""


Step = FetchEntries | SendEntries | NothingToSend


def next_step(
    ours: Sequence[EntryHash],
    named: Collection[EntryHash],
    known: Collection[EntryHash],
    lacking: Iterable[Entry],
    *,
    fetches: bool = True,
) -> Step:
    """What brings the journal here and the hub's copy of it together.

    `ours` are the branch ends held here, `named` those that the hub names, `known` the ones among
    them that are held here too; `lacking` is what the hub lacks, parents first, and is read no
    further than one batch. `fetches` is False for a hub that names entries and does not give them
    out: it is sent the rest all the same.
    """
    if fetches and len(known) < len(named):
        return FetchEntries(tuple(ours))
    batch = cut_batch(lacking)
    return SendEntries(batch) if batch else NothingToSend()


def cut_batch(
    entries: Iterable[Entry], *, count: int = ENTRIES_AT_ONCE, size: int = BYTES_AT_ONCE
) -> tuple[Entry, ...]:
    """The first entries: at most `count`, and none after `size` bytes are reached.

    One entry is always taken, however large it is. No more entries are read than are taken.
    """
    batch: list[Entry] = []
    for entry in entries:
        batch.append(entry)
        size -= len(entry.bytes)
        if size <= 0 or len(batch) == count:
            break
    return tuple(batch)


def in_groups(items: Sequence[T], size: int) -> Iterator[tuple[T, ...]]:
    """The items in their order, at most `size` at a time."""
    for start in range(0, len(items), size):
        yield tuple(items[start : start + size])
