"""A practice workstation, and invented interceptions that are recorded as by an officer."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from acts.interception.add_photo import add_photo
from acts.interception.begin_draft import begin_draft, over
from acts.interception.begin_of_find import begin_of_find
from acts.interception.finalise import finalise
from acts.interception.review import review
from acts.interception.save_draft import save_draft
from acts.receipt.issue_receipt import issue_receipt
from acts.receipt.print_receipt import print_receipt
from acts.session import Session
from acts.station.init import make_workstation
from demo.cases import Invented, invent
from demo.catalogue import SUPERVISOR
from demo.finds import invent_next, is_second
from domain.document import JsonValue, value_at
from domain.encoding import to_plain
from domain.ids import PhotoHash, RecordId
from storage import drafts, settings
from storage.identity import Station
from storage.keys import Passphrase
from storage.workstation import Workstation
from system.shipped import shipped_packs

PASSPHRASE = "practice only, five words long"
MINUTES_APART = 7
"""Time between two invented interceptions."""
DRAWN_AHEAD = 3
"""Number of interceptions whose photos are drawn in advance."""
STATION = Station(name="practice desk", post="MCN", country="XA", number=1, practice=True)

USUAL = {
    "consignment": frozenset({"mode", "postal_item_id", "courier_name", "courier_awb",
                              "gross_weight_kg"}),
    "route": frozenset({"dispatch_country", "destination_country"}),
    "goods": frozenset({"category", "packs", "units_per_pack", "quantity", "unit", "bag_no",
                        "description", "medicine", "drug", "net_weight_kg", "reasons"}),
    "detection": frozenset({"methods", "concealment"}),
}  # fmt: skip
"""What a quick officer fills in of a parcel, by block."""


@dataclass(frozen=True, slots=True)
class Done:
    """One final interception, with its receipt and photos."""

    number: str
    record: RecordId
    photos: tuple[PhotoHash, ...]
    receipt: str = ""
    pdf: bytes = b""


def make_practice(home: Path) -> Passphrase:
    """Make a practice workstation at `home` with the shipped packs; returns how to open it."""
    unlock = Passphrase(PASSPHRASE)
    make_workstation(home, STATION, (unlock,), shipped_packs(), session=Session("XA-1001"))
    return unlock


def record_all(
    ws: Workstation,
    count: int,
    seed: int,
    progress: Callable[[int, int], None] = lambda _a, _b: None,
) -> Iterator[Done]:
    """`count` interceptions, each recorded, some reviewed, each with its receipt.

    `progress` is called with the number done and the total.
    """
    begun = ws.now()
    last: RecordId | None = None
    waiting: deque[tuple[Invented, list[Future[bytes]]]] = deque()
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as painters:
        for number in range(count):
            for ahead in range(number + len(waiting), min(number + DRAWN_AHEAD, count)):
                at = begun.plus(minutes=(ahead + 1 - count) * MINUTES_APART)
                case = invent_next(seed, ahead, at, STATION.country)
                waiting.append((case, [painters.submit(shot.draw) for shot in case.shots]))
            case, drawing = waiting.popleft()
            drawn = [photo.result() for photo in drawing]
            done = record_one(ws, case, drawn, last if is_second(number) else None)
            last = done.record
            yield _with_receipt(ws, done, number, Session(case.officer))
            progress(number + 1, count)


def leave_draft(ws: Workstation, seed: int, number: int) -> None:
    """An unfinished draft as of a usual parcel: it has photos, but no grounds."""
    case = invent(seed, number, ws.now(), STATION.country)
    record = _draft(ws, case, [shot.draw() for shot in case.shots[:2]])
    document = dict(drafts.draft(ws.db, record).document)
    document["legal"] = {"action": "seizure"}
    document.pop("persons", None)
    for block, kept in USUAL.items():
        document[block] = _only(document[block], kept)
    save_draft(ws, record, document)
    # the desk opens with the officer who used it last
    settings.write(ws.db, [settings.OFFICER.to(case.officer)])


def _only(held: JsonValue, kept: frozenset[str]) -> JsonValue:
    if isinstance(held, list):
        return [_only(item, kept) for item in held]
    if isinstance(held, dict):
        return {name: value for name, value in held.items() if name in kept}
    return held


def record_one(
    ws: Workstation, case: Invented, drawn: list[bytes], same_find: RecordId | None = None
) -> Done:
    """Record an invented interception with its photos; `same_find` is another of the same find."""
    record = _draft(ws, case, drawn, same_find)
    changes = finalise(ws, record, Session(case.officer))
    return Done(changes.number, record, tuple(PhotoHash.of(data) for data in drawn))


def _draft(
    ws: Workstation, case: Invented, drawn: list[bytes], same_find: RecordId | None = None
) -> RecordId:
    checklist = next(known for known in ws.checklists() if known.pack.id == case.pack)
    session = Session(case.officer)
    if same_find is None:
        record = begin_draft(ws, checklist, session, like=case.document)
    else:
        record = begin_of_find(ws, same_find, checklist, session).record
    photos = [
        add_photo(ws, data, file_name=shot.file_name, role=shot.role, source="camera")
        for shot, data in zip(case.shots, drawn, strict=False)
    ]
    document = dict(drafts.draft(ws.db, record).document)
    if same_find is not None:
        test = {"field_test": value_at(case.document, "detection.field_test")}
        own = {name: case.document[name] for name in ("goods", "legal")}
        document = over(document, {**own, "detection": test})
    document["photos"] = [to_plain(photo) for photo in photos]
    save_draft(ws, record, document)
    return record


def _with_receipt(ws: Workstation, done: Done, number: int, session: Session) -> Done:
    if number % 7 == 5:
        comment = "Weigh it again without the outer carton."
        review(ws, done.record, Session(SUPERVISOR), approved=False, comment=comment)
    elif number % 3 != 2:
        review(ws, done.record, Session(SUPERVISOR), approved=True)
    language = "fr" if number % 5 == 3 else "en"
    receipt = issue_receipt(ws, done.record, session, language).number
    pdf, _ = print_receipt(ws, receipt, session, "file")
    return Done(done.number, done.record, done.photos, receipt, pdf)
