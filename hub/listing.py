"""The rows of the list that follow from all entries about one record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from domain.entry import Entry
from domain.errors import TidewaiterError
from domain.fold import Case, fold
from domain.ids import DeviceId, EntryHash, PhotoHash
from domain.interception.record import PackRef
from domain.kinds import InterceptionFinalised, read_body
from hub.numbers import Used, numbers_of
from hub.store.sql.interceptions import ListedInterception
from hub.summary import photos_of, short, summarise

REVISION_LIMIT = 2**53
OF_DEVICE = "@"
"""Stands between a record id and the second device that finalised a record with the same id."""


class Listing(msgspec.Struct, frozen=True):
    """One interception as it is listed, before the numbers of arrival are known."""

    row: ListedInterception
    """Its `arrival` is not known yet: it is that of `first`."""
    first: EntryHash
    """The first entry of its workstation about it."""
    arrival: int
    """Of `first`; 0 when that is not stored yet."""
    photos: tuple[PhotoHash, ...]
    numbers: Used
    pack: PackRef


def listings(
    subject: str, stored: Sequence[tuple[int, Entry]], new: Sequence[Entry], now: int
) -> tuple[Listing, ...]:
    """The interceptions that the entries about `subject` make, in order of arrival.

    The `stored` entries have their numbers of arrival; the `new` ones arrive after them.

    A workstation changes its own interceptions only. When a second workstation finalises a record
    with the same id, it becomes a separate interception, listed as `RECORD@DEVICE`.
    """
    found = [*(entry for _, entry in stored), *new]
    arrivals = {entry.hash: arrival for arrival, entry in stored}
    made = []
    for index, device in enumerate(_makers(found)):
        case = case_of(found, device)
        if case is not None:
            record = subject if index == 0 else f"{subject}{OF_DEVICE}{device}"
            first = next(entry.hash for entry in found if entry.head.device == device)
            made.append(
                Listing(
                    _row(case, device, now, record),
                    first,
                    arrivals.get(first, 0),
                    photos_of(case),
                    numbers_of(case),
                    case.interception.pack,
                )
            )
    return tuple(made)


def _makers(found: Iterable[Entry]) -> tuple[DeviceId, ...]:
    """The devices that finalised the record, in order of arrival."""
    return tuple(
        dict.fromkeys(
            entry.head.device
            for entry in found
            if isinstance(read_body(entry), InterceptionFinalised)
        )
    )


def _row(case: Case, device: DeviceId, now: int, record: str) -> ListedInterception:
    return ListedInterception(
        record=record,
        arrival=0,
        device=str(device),
        arrived_at=now,
        changed_at=now,
        number=short(case.number),
        status=case.status,
        revision=max(0, min(case.current.body.revision, REVISION_LIMIT)),
        summary=summarise(case),
    )


def case_of(found: Iterable[Entry], device: DeviceId) -> Case | None:
    """The case of these entries; None when there is none or they cannot be combined."""
    try:
        return fold(found, device)
    except (TidewaiterError, ArithmeticError, ValueError):
        return None  # the entries are stored and can be read one by one
