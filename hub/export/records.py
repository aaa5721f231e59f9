"""The interceptions of an export, one after the other, each with all that the hub knows of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from domain.entry import Entry
from domain.fold import Case
from domain.ids import DeviceId, PhotoHash
from hub.listing import OF_DEVICE, case_of
from hub.store.sql import entries, interceptions, photos
from hub.store.sql.entries import clean
from hub.store.sql.exported import ChosenInterceptions, chosen_pages
from hub.store.sql.interceptions import ListedInterception
from hub.summary import photos_of
from system.database import Connection


class ExportedInterception(msgspec.Struct, frozen=True, kw_only=True):
    """One interception, as it is in force, with the entries that made it so."""

    listed: ListedInterception
    case: Case | None
    """None when its entries cannot be combined by this version; they are in `journal` then."""
    first: str
    """The seizure number of the first interception of the find; empty while that is not here."""
    journal: tuple[tuple[int, Entry], ...]
    """The entries of its workstation about it, each with its number of arrival."""
    held: frozenset[PhotoHash]
    """Those of its photos that are at the hub."""


def exported(rows: Connection, chosen: ChosenInterceptions) -> Iterator[ExportedInterception]:
    """The chosen interceptions in the order of arrival; a thousand rows of the list and one page's
    entries are in memory at a time.
    """
    return exported_of(rows, chosen_pages(rows, chosen))


def exported_of(
    rows: Connection, pages: Iterable[Sequence[ListedInterception]]
) -> Iterator[ExportedInterception]:
    """The interceptions of these pages of the list, in their order; one page is in memory."""
    for page in pages:
        subjects = {each.record: _subject(each) for each in page}
        about = entries.about(rows, subjects.values())
        firsts = interceptions.numbers_of_records(rows, {each.case_id for each in page})
        cases = {each.record: _case(each, about[subjects[each.record]]) for each in page}
        named = {photo for case in cases.values() if case for photo in photos_of(case)}
        held = photos.among(rows, named)
        for each in page:
            yield _one(each, cases[each.record], about[subjects[each.record]], firsts, held)


def _subject(listed: ListedInterception) -> str:
    return clean(listed.record.partition(OF_DEVICE)[0])


def _case(listed: ListedInterception, found: list[tuple[int, Entry]]) -> Case | None:
    return case_of([entry for _, entry in found], DeviceId.parse(listed.device))


def _one(
    listed: ListedInterception,
    case: Case | None,
    found: list[tuple[int, Entry]],
    firsts: Mapping[str, str],
    held: set[PhotoHash],
) -> ExportedInterception:
    own = tuple(each for each in found if str(each[1].head.device) == listed.device)
    named = photos_of(case) if case else ()
    return ExportedInterception(
        listed=listed,
        case=case,
        first=firsts.get(listed.case_id, ""),
        journal=own,
        held=frozenset(held.intersection(named)),
    )
