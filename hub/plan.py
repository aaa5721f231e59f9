"""What a set of verified entries changes at the hub, worked out before anything is written.

A plan is made from one view of the database, without a lock: to combine the entries of records
takes most of the time. It is carried out in one transaction, which first looks whether all that the
plan is based on is still so; otherwise another plan is made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from domain.entry import Entry
from domain.ids import NOTHING_BEFORE, DeviceId, EntryHash, PhotoHash
from domain.kinds import read_body
from domain.words import mark
from hub import wanted_packs
from hub.errors import Unavailable
from hub.listing import Listing, listings
from hub.signers import VerifiedEntry, note_change
from hub.store.sql import entries, interceptions, margins, news, numbers
from hub.store.sql.entries import Basis, NewEntry, Position
from hub.store.sql.margins import Counted, CountedInterception
from system.database import Connection

ABOUT_INTERCEPTIONS = ("interception.", "receipt.")
TRIES = 10


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of the entries, and what that is based on."""

    new: tuple[NewEntry, ...]
    """To be stored, parents before children."""
    stored: tuple[Entry, ...]
    """The new ones and those that were stored before, in their order."""
    late: tuple[Entry, ...] = ()
    """Of ended workstations: to be held apart."""
    misfits: tuple[EntryHash, ...]
    """The entry before it is here, but belongs to another device, or has the wrong number."""
    gaps: int
    """How many continue an entry that is missing; their device must send from an earlier one."""
    changes: tuple[VerifiedEntry, ...]
    """New entries, each of which may change the key of its workstation."""
    listings: tuple[Listing, ...]
    asked: tuple[EntryHash, ...]
    before: Counted
    """Those of the listings that are listed already, as they are counted now."""
    after: Counted
    """The listings as they are counted when this is carried out."""
    devices: frozenset[DeviceId]
    """Whose entries they are."""
    based_on: Basis
    """What is stored of `asked`, of the touched subjects, and of `devices`."""

    @property
    def names(self) -> tuple[str, ...]:
        """What the transaction is about: nobody else changes it meanwhile."""
        about = {str(each.entry.head.device) for each in self.new}
        about |= {str(entry.head.device) for entry in self.late}
        about |= set(self.based_on.counts)
        used = (number for each in self.listings for number in each.numbers)
        about |= {each.case_id for each in (*self.before.values(), *self.after.values())}
        return tuple(sorted(about | {f"{kind} {number}" for kind, number in used}))

    @property
    def photos(self) -> frozenset[PhotoHash]:
        """The photos that records name before or after it."""
        both = (*self.before.values(), *self.after.values())
        return frozenset(photo for each in both for photo in each.photos)

    def still_holds(self, rows: Connection) -> bool:
        """Whether all that the plan is based on is still so."""
        found = entries.basis(rows, self.asked, self.based_on.counts, self.devices)
        return found == self.based_on

    def carry_out(self, rows: Connection, now: int) -> None:
        """Store the new entries and bring the list up to date; part of a transaction."""
        added = entries.add(rows, self.new, now)
        for change in self.changes:
            note_change(rows, change)
        unread = Counter(each.entry.head.device for each in self.new if not each.readable)
        cases = margins.change(rows, self.before, self.after, unread)
        arrivals = dict(added)
        listed = [
            msgspec.structs.replace(each.row, arrival=each.arrival or arrivals[each.first])
            for each in self.listings
        ]
        photos = {each.row.record: each.photos for each in self.listings}
        used = {each.row.record: each.numbers for each in self.listings}
        before = [each.row.record for each in self.listings if each.arrival]
        interceptions.put(rows, listed, photos, before)
        repeated = numbers.put(rows, used, before)
        for device, pack in {(each.row.device, each.pack) for each in self.listings}:
            wanted_packs.note(rows, pack, DeviceId(device))
        entries.lift_refusals(rows, [each.entry.hash for each in self.new])
        if self.new:
            changed = [row.record for row in sorted(listed, key=lambda row: -row.arrival)]
            others = interceptions.of_cases(rows, cases, news.RECORDS) + repeated
            news.put(rows, (*changed, *others))


Carriers = DeviceId | Mapping[EntryHash, DeviceId]
"""The device that brought all entries, or that of each."""


def plan(
    rows: Connection,
    found: Iterable[VerifiedEntry],
    brought_by: Carriers,
    now: int,
    *,
    judged: bool = False,
) -> Plan:
    """What becomes of the entries, which come parents before children.

    With `judged`, those of ended workstations are stored like all others, because a person judged
    them.
    """
    found = tuple(found)
    heads = [each.entry.head for each in found]
    asked = (*(each.entry.hash for each in found), *(head.prev for head in heads))
    devices = frozenset(head.device for head in heads)
    stored = entries.basis(rows, asked, (), devices)
    sorting = _Sorting(stored.positions, frozenset() if judged else stored.ended)
    for each in found:
        sorting.sort(each)
    new, counts, listed = _listed(rows, sorting.new, brought_by, now)
    before = margins.counted(rows, (each.row.record for each in listed if each.arrival))
    return Plan(
        new=new,
        stored=tuple(sorting.stored),
        late=tuple(sorting.late.values()),
        misfits=tuple(sorting.misfits),
        gaps=sorting.gaps,
        changes=tuple(sorting.new.values()),
        listings=listed,
        asked=asked,
        before=before,
        after={entries.clean(each.row.record): _counted(each) for each in listed},
        devices=devices,
        based_on=msgspec.structs.replace(stored, counts=counts),
    )


def _counted(each: Listing) -> CountedInterception:
    return CountedInterception(
        each.row.summary.post,
        each.row.device,
        entries.clean(each.row.case_id),
        frozenset(each.photos),
    )


class _Sorting:
    """Sorts entries by what becomes of them."""

    def __init__(self, known: Mapping[EntryHash, Position], ended: frozenset[DeviceId]) -> None:
        self._known, self._ended = known, ended
        self.new: dict[EntryHash, VerifiedEntry] = {}
        self.stored: list[Entry] = []
        self.late: dict[EntryHash, Entry] = {}
        self.misfits: list[EntryHash] = []
        self.gaps = 0

    def sort(self, each: VerifiedEntry) -> None:
        """Add the entry to those with the same fate; its parent was sorted before."""
        entry, head = each.entry, each.entry.head
        before = self._position(head.prev)
        if entry.hash not in self._known and head.device in self._ended:
            self.late[entry.hash] = entry
        elif self._position(entry.hash) is not None:
            self.stored.append(entry)
        elif head.prev == NOTHING_BEFORE or before == Position(head.device, head.seq - 1):
            self.new[entry.hash] = each
            self.stored.append(entry)
        elif before is not None:
            self.misfits.append(entry.hash)
        else:
            self.gaps += 1

    def _position(self, wanted: EntryHash) -> Position | None:
        new = self.new.get(wanted)
        if new is not None:
            return Position(new.entry.head.device, new.entry.head.seq)
        return self._known.get(wanted)


def _listed(
    rows: Connection, found: Mapping[EntryHash, VerifiedEntry], brought_by: Carriers, now: int
) -> tuple[tuple[NewEntry, ...], dict[str, int], tuple[Listing, ...]]:
    """The new entries as they are stored, how many there are about each of their subjects, and the
    rows of the list.
    """
    by_subject: dict[str, list[Entry]] = {}
    readable: dict[EntryHash, bool] = {}
    for entry in (each.entry for each in found.values()):
        if entry.head.kind.startswith(ABOUT_INTERCEPTIONS):
            by_subject.setdefault(entries.clean(entry.head.subject), []).append(entry)
        else:
            readable[entry.hash] = read_body(entry) is not None
    stored = entries.about(rows, by_subject)
    listed: list[Listing] = []
    for subject, added in by_subject.items():
        before = stored[subject]
        # read next to each other, because a body that was just read is not decoded again
        readable |= {entry.hash: read_body(entry) is not None for entry in added}
        listed += listings(subject, before, added, now)
    new = tuple(
        NewEntry(
            each.entry,
            brought_by if isinstance(brought_by, DeviceId) else brought_by[each.entry.hash],
            readable[each.entry.hash],
            each.signer,
        )
        for each in found.values()
    )
    return new, {subject: len(stored[subject]) for subject in by_subject}, tuple(listed)


def crowded() -> Unavailable:
    """Others wrote about the same records at each of `TRIES` attempts."""
    return Unavailable(
        mark("others are writing about the same records"), hint=mark("Try again in a moment.")
    )
