"""Verify a paper: by this workstation's journal, or by a public key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from acts.errors import FileUnreadable
from acts.receipt.print_receipt import find
from acts.station.check_folder import not_in_journal, sealed_here
from domain.errors import Malformed
from domain.fold import Case, Receipt, Status
from domain.ids import PaperHash
from domain.remark import Remark, remark
from domain.signing import VerifyKey
from domain.words import mark
from papers.judge.judgement import COMPARABLE, IssuedPaper, Judgement, Verdict
from papers.judge.verify import verify_paper
from papers.seal.seal import Seal, key_id
from storage import cases
from storage.errors import NotFound
from storage.projections import records
from storage.workstation import Workstation
from system.errors import MachineError

SIZE_LIMIT = 64 * 1024 * 1024
WHOSE_KEY = mark(
    "Who holds this key is not known from the paper: anybody can make a key, and a paper and a seal"
    " with it. Ask the authority whether {key} is a key of its own."
)


@dataclass(frozen=True, slots=True)
class Papers:
    """The part of a workstation's journal that `papers.judge` uses."""

    ws: Workstation

    def issued(self, receipt_no: str) -> IssuedPaper | None:
        """The receipt with that number."""
        try:
            record, receipt = find(self.ws, receipt_no)
        except NotFound:
            return None
        return self._of(cases.read(self.ws.db, record), receipt)

    def naming(self, paper: PaperHash) -> IssuedPaper | None:
        """The receipt of which this file is the original or a copy."""
        found = records.find_paper(self.ws.db, paper)
        if found is None:
            return None
        # found by its record, since two branches of a journal may have used a number twice
        record, number = found
        case = cases.read(self.ws.db, record)
        known = (self._of(case, r) for r in case.receipts if r.body.number == number)
        return next((issued for issued in known if paper in issued.papers), None)

    def _of(self, case: Case, receipt: Receipt) -> IssuedPaper:
        names = {receipt.paper: 1, **{copy.paper: copy.copy for copy in receipt.copies}}
        files = []
        for name in names:
            try:
                files.append(self.ws.papers.get(name))
            except MachineError:
                continue  # the hash is still compared; only the comparison of words is not possible
        return IssuedPaper(
            receipt_no=receipt.body.number,
            seizure_no=case.number,
            papers=names,
            seal=receipt.body.seal,
            files=tuple(files),
        )


def verify_here(file: Path, ws: Workstation) -> Judgement:
    """The judgement by this workstation's journal and key, and the interception's later changes.

    Raises `FileUnreadable` when the file cannot be read.
    """
    own = {key_id(key): key for key in ws.all_keys()}
    judged = verify_paper(_read(file), own.get, Papers(ws))
    if judged.seal is None or not sealed_here(ws, judged.seal):
        return judged
    missing = tuple(not_in_journal(ws, judged.seal))
    verdict = judged.verdict
    if missing and verdict is not Verdict.ALTERED:
        verdict = Verdict.NOT_IN_JOURNAL
    return msgspec.structs.replace(
        judged,
        verdict=verdict,
        differences=tuple(dict.fromkeys((*judged.differences, *missing))),
        notes=(*judged.notes, *_since(ws, judged.seal)),
    )


def _since(ws: Workstation, seal: Seal) -> Iterator[Remark]:
    """Changes after the receipt was issued: a genuine paper may be out of date."""
    try:
        case = cases.read(ws.db, records.find_number(ws.db, seal.seizure_no))
    except NotFound:
        return
    if case.status is Status.CANCELLED:
        yield remark(mark("The interception was cancelled."))
    elif case.current.body.revision > seal.revision:
        what = mark("Revision {number} of the interception is in force; this paper is of {of}.")
        yield remark(what, number=case.current.body.revision, of=seal.revision)


def verify_file(file: Path, keys: Sequence[VerifyKey]) -> Judgement:
    """The judgement of the seal by public keys alone; it cannot tell who owns them.

    Raises `FileUnreadable` when the file cannot be read.
    """
    judged = verify_paper(_read(file), {key_id(key): key for key in keys}.get)
    if judged.verdict not in COMPARABLE or judged.seal is None:
        return judged
    whose = remark(WHOSE_KEY, key=judged.seal.key_id.hex())
    return msgspec.structs.replace(judged, notes=(*judged.notes, whose))


def read_keys(file: Path) -> tuple[VerifyKey, ...]:
    """The public keys in `file` (`public-key.txt` of a workstation), one at the end of each line.

    Raises `FileUnreadable` when there is none, or a line without one.
    """
    lines = [line.split() for line in _read(file).decode("ascii", "replace").splitlines()]
    try:
        keys = tuple(VerifyKey.parse(words[-1].lower()) for words in lines if words)
    except Malformed:
        keys = ()
    if not keys:
        raise FileUnreadable(
            mark("this is not a public key"),
            about=str(file),
            hint=mark("A workstation keeps its own in public-key.txt."),
        )
    return keys


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(SIZE_LIMIT + 1)
    except OSError as error:
        cause = error.strerror or str(error)
        raise FileUnreadable(
            mark("cannot be read: {cause}"), about=str(file), cause=cause
        ) from error
    if len(data) > SIZE_LIMIT:
        raise FileUnreadable(mark("the file is too large for a receipt"), about=str(file))
    return data
