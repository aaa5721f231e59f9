"""Make a draft final: in one transaction it is checked, numbered and signed, and the draft ends."""

from __future__ import annotations

from collections.abc import Callable

from acts.deed import EntryDraft, moment, perform, revision_of
from acts.errors import DeedRefused, NoChecklist
from acts.session import Session
from domain.changes import Changes
from domain.errors import RecordRefused
from domain.fault import Fault, FaultKind, Shape
from domain.faults import Examination, examine_read
from domain.ids import RecordId
from domain.instant import ClockState
from domain.interception.normalise import normalise
from domain.interception.read import read
from domain.interception.record import Interception
from domain.kinds import EntryKind, InterceptionFinalised
from domain.numbers.case_number import seizure_number, station_prefix
from domain.pack.checklist import Checklist
from domain.words import mark
from storage import clock, drafts, journal
from storage.drafts import Draft
from storage.projections import numbers, records
from storage.workstation import Workstation
from system.database import Connection

PHOTO_NOT_HERE = FaultKind(
    "photo_not_here", mark("this photo is not at this workstation"), shape=Shape.SENTENCE
)
FIRST_OF_OTHERS = FaultKind(
    "first_of_others",
    mark("cannot change: {numbers} name this interception as the first of their find"),
    mark("Amend those instead."),
    shape=Shape.PREDICATE,
)
CLOCK_FAR_AHEAD = FaultKind(
    "clock_far_ahead",
    mark(
        "this computer's clock says {day}, {days} day after it was last compared",
        "this computer's clock says {day}, {days} days after it was last compared",
        "days",
    ),
    mark("Check the date before you sign."),
    warns=True,
)


def finalise(ws: Workstation, record: RecordId, session: Session) -> Changes:
    """Make the interception final; `Changes.number` is its seizure number.

    Raises `RecordRefused` with all faults at once (nothing changes then), `NotFound` when there is
    no such draft, `DeedRefused` when it is final already or names another officer than the one who
    signs, `CannotWrite` or `Damaged` when the disk or the database fails.
    """

    def own(db: Connection) -> Draft:
        draft = drafts.draft(db, record)
        named = draft.document.get("officer") or session.badge
        if named != session.badge:
            raise DeedRefused(
                mark("the draft names officer {named}, and {officer} signs"),
                about=str(record),
                hint=mark("Take the draft over, or let {named} sign."),
                named=str(named),
                officer=session.badge,
            )
        return draft

    return _make_final(ws, record, session, own, lambda db: drafts.remove(db, record))


def finalise_at_once(
    ws: Workstation, draft: Draft, session: Session, *, also: Callable[[Connection], None]
) -> Changes:
    """The same for a complete interception without a stored draft.

    `also` is done in the same transaction. Raises what `finalise` raises; `DeedRefused` also when a
    draft of that record is being written.
    """

    find = unless_begun(draft, mark("a draft of this interception is being written"))
    return _make_final(ws, draft.record, session, find, also)


def unless_begun(draft: Draft, refusal: str) -> Callable[[Connection], Draft]:
    """Gives the complete `draft`, or raises `DeedRefused` when one is being written at the desk."""

    def find(db: Connection) -> Draft:
        if drafts.is_begun(db, draft.record):
            raise DeedRefused(
                refusal,
                about=str(draft.record),
                hint=mark("Finish or discard it at the desk first."),
            )
        return draft

    return find


def _make_final(
    ws: Workstation,
    record: RecordId,
    session: Session,
    find: Callable[[Connection], Draft],
    also: Callable[[Connection], None],
) -> Changes:
    def prepare(db: Connection) -> EntryDraft:
        draft = find(db)
        if journal.knows(db, str(record)):
            raise DeedRefused(
                mark("this interception is final already"),
                about=str(record),
                hint=mark("Amend it instead."),
            )
        now = moment(ws)
        clock.refuse_unset(now.at)
        interception = normalised(ws, draft, checklist_of(ws, draft), now.clock)
        year = (interception.occasion.seized_at or now.at).local_date.year
        station = ws.station
        own = station_prefix(station.country, station.post, station.number)
        serial = numbers.next_serial(db, "seizure", year, own)
        number = seizure_number(station.country, station.post, station.number, year, serial)
        body, nominal = revision_of(
            ws,
            interception,
            lambda shared: InterceptionFinalised(
                record=record, number=number, revision=1, shared=shared
            ),
        )
        kind = EntryKind.INTERCEPTION_FINALISED
        return EntryDraft(kind, str(record), body, nominal, number, now)

    return perform(ws, session, prepare, also=also)


def checklist_of(ws: Workstation, draft: Draft) -> Checklist:
    """The checklist that the draft was begun with. Raises `NoChecklist`."""
    checklist = ws.checklist(draft.pack)
    if checklist is None:
        raise NoChecklist(
            mark("the pack of this draft is not at this workstation"),
            about=f"{draft.pack.id} {draft.pack.version}",
        ).with_way_out(
            "Adopt it: `main.py pack FILE`.",
            mark("In the settings, press “Adopt a pack from a file …”."),
        )
    return checklist


def examination(ws: Workstation, draft: Draft, checklist: Checklist) -> Examination:
    """All faults of a draft, also bags used elsewhere and missing photos."""
    reading = read(draft.document, checklist.added)
    own_bags = [line.bag_no for line in reading.interception.goods if line.bag_no]
    own_item = reading.interception.consignment.postal_item_id
    taken = numbers.used_bags(ws.db, own_bags, besides=draft.record)
    items = numbers.used_items(
        ws.db,
        [own_item] if own_item else [],
        besides=draft.record,
        case_id=reading.interception.case or draft.record,
    )
    found = examine_read(reading, checklist, ws.now(), taken, items)
    absent = tuple(
        Fault(f"photos.{index}", PHOTO_NOT_HERE)
        for index, photo in enumerate(found.interception.photos)
        if photo.sha256 is not None and not ws.photos.has(photo.sha256)
    )
    more = (*absent, *_case_fault(ws, found.interception), *_clock_remark(ws))
    return Examination(found.interception, found.faults + more)


def _case_fault(ws: Workstation, interception: Interception) -> tuple[Fault, ...]:
    """A fault when the interception joins a case and is the first of another: a case has one id,
    that of its first, and what is final is not rewritten.
    """
    first = interception.record_id
    if first is None or interception.case in (None, first):
        return ()
    others = records.of_case(ws.db, first, besides=first)
    if not others:
        return ()
    return (Fault("case", FIRST_OF_OTHERS, numbers=", ".join(row.number for row in others)),)


def _clock_remark(ws: Workstation) -> tuple[Fault, ...]:
    """A remark when the clock is far ahead of the last time of the hub or of the journal."""
    now = ws.now()
    days = clock.days_ahead(ws.db, now)
    if days <= clock.LONGEST_DAYS:
        return ()
    return (Fault("occasion.seized_at", CLOCK_FAR_AHEAD, day=clock.day_in_words(now), days=days),)


def normalised(
    ws: Workstation, draft: Draft, checklist: Checklist, clock_state: ClockState
) -> Interception:
    """The draft as it will be signed. Raises `RecordRefused` with all faults that prevent it.

    `clock_state` is the state of the clock when the interception was first recorded.
    """
    found = examination(ws, draft, checklist)
    if found.blocking:
        raise RecordRefused(str(draft.record), found.blocking)
    return normalise(found.interception, checklist, clock_state)
