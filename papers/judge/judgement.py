"""The result of verifying a paper, as values; its text is composed when it is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Protocol

import msgspec

from domain.ids import PaperHash
from domain.remark import Remark, remark
from domain.words import mark
from papers.seal.seal import Seal
from papers.typeset.words import moment


class Verdict(StrEnum):
    """The outcome, from best to worst."""

    GENUINE = "genuine"
    """The journal contains the hash of this file."""
    SEAL_ONLY = "seal only"
    """The seal is genuine, and no difference was found; but the look of the paper was not
    compared with the issued one."""
    NOT_IN_JOURNAL = "not in the journal"
    """The seal is genuine, but the journal of its own workstation does not contain its entry or
    receipt."""
    ALTERED = "altered"
    """The seal is genuine, but the paper differs from it, or the file was changed."""
    UNKNOWN_KEY = "unknown key"
    """The key named in the seal is unknown here, so the seal cannot be verified."""
    FORGED = "forged seal"
    """The seal was not signed with the key that it names."""
    UNREADABLE = "unreadable"
    """The file is not a paper, or its seal cannot be read."""


SENTENCES = {
    Verdict.GENUINE: mark("Genuine: this is the file that was issued."),
    Verdict.SEAL_ONLY: mark(
        "Only the seal was judged: it is genuine. Compare the paper with what the seal says."
    ),
    Verdict.NOT_IN_JOURNAL: mark(
        "The seal is genuine, but the journal here does not hold what it names."
    ),
    Verdict.ALTERED: mark("Altered: the paper is not as it was issued."),
    Verdict.UNKNOWN_KEY: mark("Cannot be judged: the key that the seal names is not known here."),
    Verdict.FORGED: mark("Forged: the seal was not made with the key that it names."),
    Verdict.UNREADABLE: mark("Cannot be judged."),
}
"""One sentence for each verdict."""


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """The verdict on one file and what it rests on."""

    verdict: Verdict
    differences: tuple[Remark, ...] = ()
    """Differences from the issued paper or the seal; for `unreadable`, the reason."""
    notes: tuple[Remark, ...] = ()
    """Remarks on what was compared and what was not."""
    seal: Seal | None = None
    """The content of the seal, if it could be read."""
    issued_lines: tuple[str, ...] = ()
    """The text of each goods line as issued, when the journal still has the paper."""
    in_journal: bool = False
    """Whether the receipt is in the journal used."""
    sha256: PaperHash

    @property
    def values(self) -> tuple[Remark, ...]:
        """The content of a genuine seal, for a person to compare with the paper; else empty."""
        if self.seal is None or self.verdict not in COMPARABLE:
            return ()
        return (*_values(self.seal), *_lines(self))

    def __str__(self) -> str:
        found = [*self.differences, *self.notes]
        values = [f"  {value}" for value in self.values]
        head = [str(remark(SAYS))] if values else []
        return "\n".join([SENTENCES[self.verdict], *map(str, found), *head, *values])


COMPARABLE = (Verdict.GENUINE, Verdict.SEAL_ONLY, Verdict.NOT_IN_JOURNAL, Verdict.ALTERED)
"""Verdicts on papers whose seal was made with the key that it names."""


SAYS = mark("The seal says:")
ASK_THE_ISSUER = mark(
    "The words of each line are not in the seal, only their hashes: let the workstation"
    " that issued the paper judge it to see them."
)
NOT_HELD = mark(
    "The words of each line are not in the seal, only their hashes, and the file that was issued is"
    " no longer in this folder."
)


def _values(seal: Seal) -> Iterator[Remark]:
    yield remark(mark("receipt {number}"), number=seal.receipt_no)
    yield remark(
        mark("seizure {number}, revision {revision}"),
        number=seal.seizure_no,
        revision=seal.revision,
    )
    yield remark(mark("act {act}, post {post}"), act=seal.kind or "–", post=seal.post or "–")
    yield remark(mark("issued {time}"), time=moment(seal.issued_at))
    yield remark(mark("goods lines {count}"), count=seal.line_count)
    totals = " · ".join(f"{total.value:f} {total.unit}" for total in seal.totals)
    yield remark(mark("totals {totals}"), totals=totals or "–")
    tip = seal.tip.hex()
    yield remark(mark("journal entry {seq}, {hash}"), seq=seal.entry_seq, hash=tip[:12])


def _lines(judged: Judgement) -> Iterator[Remark]:
    if not judged.issued_lines and judged.seal and judged.seal.line_count:
        yield remark(NOT_HELD if judged.in_journal else ASK_THE_ISSUER)
    for number, line in enumerate(judged.issued_lines, start=1):
        yield remark(mark("line {n} as issued: {line}"), n=number, line=line)


class IssuedPaper(msgspec.Struct, frozen=True, kw_only=True):
    """A journal's data about one receipt."""

    receipt_no: str
    seizure_no: str
    papers: Mapping[PaperHash, int]
    """The original, as 1, and every copy that was handed out, by its number from 2."""
    seal: str
    files: tuple[bytes, ...] = ()
    """The PDFs that are still stored (or were drawn again), the original first."""


class JournalView(Protocol):
    """The functions of a journal that the verification needs."""

    def issued(self, receipt_no: str) -> IssuedPaper | None:
        """The receipt with that number."""

    def naming(self, paper: PaperHash) -> IssuedPaper | None:
        """The receipt of which this file is the original or a copy."""
