"""Hand out a receipt: first the original, then copies marked as copies; each is logged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import msgspec

from acts.deed import EntryDraft, perform
from acts.receipt.issue_receipt import paper_of
from acts.session import Session
from domain.changes import Changes
from domain.fold import Case, Receipt
from domain.ids import PaperHash, RecordId
from domain.kinds import EntryKind, ReceiptPrinted
from domain.words import mark
from papers.receipt.page import render
from storage import cases, journal
from storage.errors import NotFound
from storage.projections import records
from storage.workstation import Workstation
from system.database import Connection

Way = Literal["printer", "file"]


def original(ws: Workstation, number: str) -> bytes:
    """The unchanged issued PDF, for a preview. Raises `NotFound`."""
    _, receipt = find(ws, number)
    return ws.papers.get(receipt.paper)


def print_receipt(
    ws: Workstation,
    number: str,
    session: Session,
    way: Way,
    *,
    prepare_output: Callable[[bytes, int], None] = lambda _pdf, _copy: None,
) -> tuple[bytes, Changes]:
    """The PDF to hand out, the original or `COPY n`; it is logged before this returns.

    `prepare_output` gets the PDF and its copy number before they are logged; when it raises, no
    copy is logged. Copy n of a receipt always has the same bytes. Raises `NotFound`, and
    `NamesNotHeld` for a copy that this folder cannot draw.
    """
    record, _ = find(ws, number)
    drawn: list[bytes] = []

    def prepare(db: Connection) -> EntryDraft:
        case = cases.read(db, record)
        receipt = _receipt(case, number)
        copy = len(receipt.copies) + 1
        pdf = ws.papers.get(receipt.paper) if copy == 1 else draw_copy(ws, case, receipt, copy)
        prepare_output(pdf, copy)
        name = PaperHash.of(pdf)
        ws.papers.put(name, pdf)
        drawn.append(pdf)
        body = ReceiptPrinted(
            record=record, number=receipt.body.number, copy=copy, way=way, paper=name
        )
        return EntryDraft(EntryKind.RECEIPT_PRINTED, str(record), body, number=receipt.body.number)

    changes = perform(ws, session, prepare)
    return drawn[-1], changes


def draw_copy(ws: Workstation, case: Case, receipt: Receipt, copy: int) -> bytes:
    """The PDF of copy `copy`, drawn from the journal."""
    issued = next(
        entry
        for entry in journal.about(ws.db, str(case.record))
        if entry.head.kind == EntryKind.RECEIPT_ISSUED and entry.head.seq == receipt.seq
    )
    body = receipt.body
    paper = paper_of(
        ws,
        case,
        body.entry,
        number=body.number,
        officer=receipt.actor,
        language=body.language,
        issued_at=body.issued_at,
        tip=(issued.head.seq - 1, issued.head.prev),
    )
    return render(msgspec.structs.replace(paper, seal=body.seal, copy=copy))


def find(ws: Workstation, number: str) -> tuple[RecordId, Receipt]:
    """The interception and the receipt with a receipt number. Raises `NotFound`."""
    record = records.find_number(ws.db, number)
    return record, _receipt(cases.read(ws.db, record), number)


def _receipt(case: Case, number: str) -> Receipt:
    wanted = number.strip().upper()
    for receipt in case.receipts:
        if receipt.body.number == wanted:
            return receipt
    raise NotFound(mark("there is no receipt of that number"), about=number)
