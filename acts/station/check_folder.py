"""Compare the seals of this workstation's papers with its journal.

A seal contains the number and the first bytes of the hash of the entry that was the newest when the
receipt was made. A person who removes entries from a journal cannot remove them from printed
papers. This is done here because the room storage may not import the room papers, which reads
seals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from acts.receipt.print_receipt import find
from domain.entry import Entry
from domain.errors import EntryRefused
from domain.ids import PaperHash
from domain.kinds import ReceiptIssued, ReceiptPrinted, read_body
from domain.remark import Remark, remark
from domain.words import mark
from papers.errors import PaperError
from papers.judge.reading import codes_of_pdf
from papers.seal.seal import PREFIX, TIP_BYTES, Seal, read_seal
from storage import journal
from storage.check import Health, as_far_as_it_goes, check, check_unopened
from storage.errors import NotFound
from storage.finding import Finding
from storage.keys import Unlock
from storage.signers import changed_keys
from storage.workstation import Workstation, open_workstation
from system.database import Connection
from system.errors import Damaged, MachineError


def check_folder(ws: Workstation, progress: Callable[[int], None] | None = None) -> Health:
    """Check as `storage.check.check`, and compare the seal of every receipt with the journal."""
    health = check(ws, progress)
    seals: list[Finding] = []
    try:
        with as_far_as_it_goes(ws.home, seals, lambda: remark(mark("seals"))):
            seals.extend(seal_findings(ws))
    except (EntryRefused, MachineError):
        pass  # an entry that cannot be read: `check` reports it
    return replace(health, findings=(*health.findings, *seals))


def check_home(home: Path, unlock: Unlock) -> Health:
    """Check the folder `home`, even when it cannot be opened because of a damaged page.

    Raises as `open_workstation` but for `Damaged`.
    """
    try:
        with open_workstation(home, unlock, reading=True) as ws:
            return check_folder(ws)
    except Damaged as error:
        return check_unopened(home, unlock, error)


def seal_findings(ws: Workstation) -> Iterator[Finding]:
    """Differences between the seals of the receipts and the journal.

    Stored papers that no entry names are read too, since their entries may have been removed.
    """
    for _, entry in journal.everything(ws.db):
        body = read_body(entry)
        if isinstance(body, ReceiptIssued):
            for fault in _of_issued(ws, entry, body):
                about = remark(mark("receipt {number}"), number=body.number)
                yield Finding(about, fault.what, values=fault.values)
    for name in _unnamed(ws):
        yield from _of_unnamed(ws, name)


def never_issued(ws: Workstation) -> tuple[PaperHash, ...]:
    """Papers that a killed program drew but did not issue: no entry names them.

    The entry in the seal of such a paper is here, and another paper got its number when the officer
    tried again. When the number is unused or the entry is missing, the paper may be the last trace
    of a receipt that was handed out: it is kept, and `check_folder` reports it.
    """
    found = []
    for name in _unnamed(ws):
        seal = _seal_of(ws, name)
        if seal is None or (sealed_here(ws, seal) and _was_tried_again(ws, seal)):
            found.append(name)
    return tuple(found)


def sealed_here(ws: Workstation, seal: Seal) -> bool:
    """Whether this workstation made the seal, now or as an earlier one, here or in a copy of the
    folder that changed the key.
    """
    own = ws.keys_of(seal.device)
    known = (*own, *changed_keys(ws.db, seal.device)) if own else ()
    return any(seal.signed_by(key) for key in known)


def _was_tried_again(ws: Workstation, seal: Seal) -> bool:
    try:
        find(ws, seal.receipt_no)
    except NotFound:
        return False
    return not any(_of_tip(ws.db, seal))


def not_in_journal(ws: Workstation, seal: Seal) -> Iterator[Remark]:
    """The differences between one seal of this workstation and its journal."""
    yield from _of_tip(ws.db, seal)
    try:
        _, receipt = find(ws, seal.receipt_no)
    except NotFound:
        what = mark("receipt {number} is not in the journal, though this workstation sealed it")
        yield remark(what, number=seal.receipt_no)
    else:
        if read_seal(receipt.body.seal).body != seal.body:
            yield remark(mark("the seal is not the one issued with this number"))


def _of_tip(db: Connection, seal: Seal) -> Iterator[Remark]:
    held = journal.numbered(db, seal.device, seal.entry_seq)
    if any(name.raw[:TIP_BYTES] == seal.tip for name in held):
        return
    if held:
        what = mark("this paper names another entry {seq} than the journal has")
        yield remark(what, seq=seal.entry_seq)
        return
    what = mark("this paper names entry {seq}, the journal ends at {end}")
    yield remark(what, seq=seal.entry_seq, end=journal.last_number(db, seal.device))


def _of_issued(ws: Workstation, entry: Entry, body: ReceiptIssued) -> Iterator[Remark]:
    """Compare the seal of an issued receipt; it names the entry before the receipt's own entry."""
    try:
        seal = read_seal(body.seal)
    except PaperError as error:
        yield remark(error.what, **error.values)
        return
    if not sealed_here(ws, seal):
        yield remark(mark("the seal was not made with the key of this workstation"))
    before = (entry.head.seq - 1, entry.head.prev.raw[:TIP_BYTES])
    if seal.receipt_no != body.number:
        yield remark(mark("the seal is of another receipt"))
    if (seal.entry_seq, seal.tip) != before:
        what = mark("its seal names entry {seq}, but it follows entry {before}")
        yield remark(what, seq=seal.entry_seq, before=before[0])
    yield from _of_tip(ws.db, seal)


def _unnamed(ws: Workstation) -> tuple[PaperHash, ...]:
    """The stored papers that no entry names."""
    named: set[PaperHash] = set()
    for _, entry in journal.everything(ws.db):
        body = read_body(entry)
        if isinstance(body, (ReceiptIssued, ReceiptPrinted)):
            named.add(body.paper)
    return tuple(name for name in map(PaperHash.parse, ws.papers.names()) if name not in named)


def _seal_of(ws: Workstation, name: PaperHash) -> Seal | None:
    """The seal of a stored paper; None when it cannot be read."""
    try:
        codes = codes_of_pdf(ws.papers.get(name))
        return read_seal(next((text for text in codes if text.startswith(PREFIX)), ""))
    except (PaperError, MachineError):
        return None


def _of_unnamed(ws: Workstation, name: PaperHash) -> Iterator[Finding]:
    """A finding about a stored paper that no entry names: its entry is lost, or was never made."""
    seal = _seal_of(ws, name)
    if seal is None:
        what = mark("no entry names it, and it cannot be read")
        yield Finding(remark(mark("paper {paper}"), paper=name.short), what, warns=True)
        return
    receipt = remark(mark("receipt {number}"), number=seal.receipt_no)
    faults = list(_of_tip(ws.db, seal)) if sealed_here(ws, seal) else []
    for fault in faults:
        yield Finding(receipt, fault.what, values=fault.values)
    if not faults:
        what = mark("a paper of it is stored here that is not in the journal")
        yield Finding(receipt, what, warns=True)
