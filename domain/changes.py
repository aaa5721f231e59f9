"""What a deed changed, as a value. Each screen checks whether it shows something of that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.ids import EntryHash


@dataclass(frozen=True, slots=True)
class Changes:
    """The subjects (record ids, draft ids) and kinds of thing that are new or changed.

    `entries` are the journal entries that the deed made, in order. `hub` is true when the
    workstation's list of what the hub stores changed, `settings` when headquarters gave a setting.
    """

    subjects: frozenset[str] = frozenset()
    entries: tuple[EntryHash, ...] = ()
    drafts: bool = False
    hub: bool = False
    packs: bool = False
    settings: bool = False
    number: str = ""
    """The seizure or receipt number that the deed assigned, if any."""


def joined(several: Iterable[Changes]) -> Changes:
    """The changes of several deeds together; `number` is the last one that was assigned."""
    parts = tuple(several)
    return Changes(
        subjects=frozenset().union(*(part.subjects for part in parts)),
        entries=tuple(entry for part in parts for entry in part.entries),
        drafts=any(part.drafts for part in parts),
        hub=any(part.hub for part in parts),
        packs=any(part.packs for part in parts),
        settings=any(part.settings for part in parts),
        number=next((part.number for part in reversed(parts) if part.number), ""),
    )
