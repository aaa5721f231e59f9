"""What a deed changed, as a value; every screen decides itself whether that concerns it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.ids import EntryHash


@dataclass(frozen=True, slots=True)
class Changes:
    """The subjects (record ids, draft ids) and kinds of thing that are new or different.

    `entries` are the journal entries made, in order; `hub` is true when what the hub is known to
    hold changed.
    """

    subjects: frozenset[str] = frozenset()
    entries: tuple[EntryHash, ...] = ()
    drafts: bool = False
    hub: bool = False
    packs: bool = False
    number: str = ""
    """The seizure or receipt number that the deed gave, if it gave one."""


def joined(several: Iterable[Changes]) -> Changes:
    """What several deeds changed together; the number is that of the last one that gave one."""
    parts = tuple(several)
    return Changes(
        subjects=frozenset().union(*(part.subjects for part in parts)),
        entries=tuple(entry for part in parts for entry in part.entries),
        drafts=any(part.drafts for part in parts),
        hub=any(part.hub for part in parts),
        packs=any(part.packs for part in parts),
        number=next((part.number for part in reversed(parts) if part.number), ""),
    )
