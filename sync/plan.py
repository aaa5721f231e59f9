"""What to send next. Pure: the journal and what the hub stores are arguments.

Entries go first, then photos; parents before children; every branch in the journal is sent, not
only the one that this workstation works on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from domain.entry import Entry
from domain.ids import EntryHash

T = TypeVar("T")
ENTRIES_AT_ONCE, BYTES_AT_ONCE = 500, 4 * 1024 * 1024
"""Limits of one batch: a slow link can finish it, and the hub stores it in one transaction."""
PHOTOS_ASKED_AT_ONCE = 2_000
"""Photos in one question at most: 64 KB of hashes as bytes."""
TRIES_OF_ONE = 3
"""Times that one thing is sent before a proxy that refuses its size is believed: an answer may be
garbled.
"""
LANES_AT_FIRST, LANES_ON_NARROW, LANES_ON_WIDE = 4, 3, 6
NARROW = 64_000
"""Bytes a second; a link of 512 kbit/s."""
PHOTOS_SENT_AT_ONCE = 40
"""Photos that are sent before the hub is asked again which photos it stores."""


@dataclass(frozen=True, slots=True)
class FetchEntries:
    """Our entries that follow `held` are at the hub and missing here: fetch them first."""

    held: tuple[EntryHash, ...]


@dataclass(frozen=True, slots=True)
class SendEntries:
    """These entries are missing at the hub; parents come first."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class NothingToSend:
    """The hub stores every entry of our journal."""


Step = FetchEntries | SendEntries | NothingToSend


def next_step(
    ours: Sequence[EntryHash],
    named: Collection[EntryHash],
    known: Collection[EntryHash],
    lacking: Iterable[Entry],
    *,
    fetches: bool = True,
) -> Step:
    """The next step that makes our journal and the hub's copy of it equal.

    `ours` are the branch ends in our journal (of use only when some of `named` are not known),
    `named` those at the hub, `known` those of `named`
    that our journal has too; `lacking` are the entries that are missing at the hub, parents first,
    of which at most one batch is read. `fetches` is False for a hub that lists entries but does not
    return them: the missing entries are still sent to it.
    """
    if fetches and len(known) < len(named):
        return FetchEntries(tuple(ours))
    batch = cut_batch(lacking)
    return SendEntries(batch) if batch else NothingToSend()


def cut_batch(
    entries: Iterable[Entry], *, count: int = ENTRIES_AT_ONCE, size: int = BYTES_AT_ONCE
) -> tuple[Entry, ...]:
    """The first entries: at most `count`, and no further entry once `size` bytes are reached.

    The first entry is always taken, however large it is. Only entries that are taken are read.
    """
    batch: list[Entry] = []
    for entry in entries:
        batch.append(entry)
        size -= len(entry.bytes)
        if size <= 0 or len(batch) == count:
            break
    return tuple(batch)


def lanes_for(arrived: int, seconds: float) -> int:
    """How many photos to send at the same time, after `arrived` bytes in so many seconds.

    One stream cannot fill a link that is slow to answer or loses packets; but on a narrow one each
    further connection costs its handshake after every cut.
    """
    if not arrived or seconds <= 0:
        return LANES_AT_FIRST
    return LANES_ON_NARROW if arrived / seconds < NARROW else LANES_ON_WIDE


def is_within(minute: int, start: str, end: str) -> bool:
    """Whether the minute of the day lies in the time from `start` to `end` (HH:MM), which may go
    over midnight. Without a start or an end, or where one is no time, every minute does.
    """
    first, last = _minute(start), _minute(end)
    if first is None or last is None or first == last:
        return True
    return first <= minute < last if first < last else minute >= first or minute < last


def _minute(text: str) -> int | None:
    hours, _, minutes = text.partition(":")
    if not (hours.isdecimal() and minutes.isdecimal() and int(hours) < 24 and int(minutes) < 60):
        return None
    return int(hours) * 60 + int(minutes)
