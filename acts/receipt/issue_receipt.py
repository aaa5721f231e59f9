"""Issue a receipt for the revision in force: it is numbered, sealed and stored as a PDF."""

from __future__ import annotations

import msgspec

from acts.deed import EntryDraft, perform
from acts.errors import DeedRefused, InputRefused, NoChecklist
from acts.session import Session
from acts.station.renew import refuse_earlier
from domain.changes import Changes
from domain.fold import Case, Status
from domain.ids import EntryHash, PaperHash, RecordId
from domain.instant import Instant
from domain.kinds import EntryKind, ReceiptIssued
from domain.numbers.case_number import receipt_number, station_prefix
from domain.words import mark
from papers.receipt.model import ReceiptPaper
from papers.receipt.page import render
from papers.receipt.seal_facts import facts_of
from papers.receipt.service import day_served
from papers.seal.seal import make_seal
from storage import cases, clock, journal
from storage.projections import numbers
from storage.workstation import Workstation
from system.database import Connection
from system.resources import languages, translation


def issue_receipt(
    ws: Workstation, record: RecordId, session: Session, language: str = "en"
) -> Changes:
    """Add the receipt to the journal and its PDF to the store; `Changes.number` is its number.

    Raises `NotFound`, `NamesNotHeld`, `CannotWrite`, and `DeedRefused` when the interception was
    cancelled, `InputRefused` when no receipt is written in `language` (BCP 47).
    """

    def prepare(db: Connection) -> EntryDraft:
        case = cases.read(db, record)
        refuse_earlier(ws, case)
        if case.status is Status.CANCELLED:
            raise DeedRefused(mark("the interception was cancelled"), about=case.number)
        if language not in languages():
            raise InputRefused(
                mark("no receipt is written in this language"),
                about=language,
                hint=mark("Languages: {known}."),
                known=", ".join(languages()),
            )
        now, tip = ws.now(), journal.head(db)
        assert tip is not None
        clock.refuse_unset(now)
        year = now.local_date.year
        station = ws.station
        own = station_prefix(station.country, station.post, station.number)
        serial = numbers.next_serial(db, "receipt", year, own)
        number = receipt_number(station.country, station.post, station.number, year, serial)
        paper = sealed(
            ws,
            paper_of(
                ws,
                case,
                case.current.entry,
                number=number,
                officer=session.badge,
                language=language,
                issued_at=now,
                tip=(tip.head.seq, tip.hash),
            ),
        )
        pdf = render(paper)
        name = PaperHash.of(pdf)
        ws.papers.put(name, pdf)
        body = ReceiptIssued(
            record=record,
            entry=case.current.entry,
            number=number,
            language=language,
            issued_at=now,
            paper=name,
            seal=paper.seal,
        )
        return EntryDraft(EntryKind.RECEIPT_ISSUED, str(record), body, number=number)

    return perform(ws, session, prepare)


def paper_of(
    ws: Workstation,
    case: Case,
    revision: EntryHash,
    *,
    number: str,
    officer: str,
    language: str,
    issued_at: Instant,
    tip: tuple[int, EntryHash],
) -> ReceiptPaper:
    """The data of a revision's receipt, without its seal.

    Raises `NoChecklist`, or `NamesNotHeld`, since no paper is drawn without the names of its
    record.
    """
    body = next(r.body for r in case.revisions if r.entry == revision)
    interception = cases.with_nominal(ws.db, revision, body)
    checklist = ws.checklist(interception.pack)
    if checklist is None:
        raise NoChecklist(
            mark("the pack of this interception is not at this workstation"),
            about=f"{interception.pack.id} {interception.pack.version}",
        )
    return ReceiptPaper(
        receipt_no=number,
        seizure_no=case.number,
        revision=body.revision,
        language=language,
        interception=interception,
        checklist=checklist,
        issued_at=issued_at,
        served_on=day_served(interception, issued_at),
        officer=officer,
        device=ws.device,
        entry_seq=tip[0],
        tip=tip[1],
        practice=ws.station.practice,
        say=translation(language),
    )


def sealed(ws: Workstation, paper: ReceiptPaper) -> ReceiptPaper:
    """The paper with its seal."""
    seal = make_seal(facts_of(paper), ws.signing_key())
    return msgspec.structs.replace(paper, seal=seal)
