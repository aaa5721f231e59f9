"""What the judge of papers says, as values; the words are put together where they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Protocol

import msgspec

from domain.ids import PaperHash
from domain.words import filled, mark
from papers.seal.seal import Seal
from papers.typeset.words import moment


class Verdict(StrEnum):
    """The outcome, from best to worst."""

    GENUINE = "genuine"
    """The journal names this very file."""
    SEAL_ONLY = "seal only"
    """The seal is genuine, and nothing that could be compared differs; the paper as a person sees
    it was not compared with the one that was issued."""
    NOT_IN_JOURNAL = "not in the journal"
    """The seal is genuine, and the journal of its own workstation does not hold what it names."""
    ALTERED = "altered"
    """The seal is genuine, but the paper says something else; or the file was changed."""
    UNKNOWN_KEY = "unknown key"
    """The seal names a key that is not known here, so nothing can be said of it."""
    FORGED = "forged seal"
    """The key that the seal names did not sign it."""
    UNREADABLE = "unreadable"
    """No paper, or one without a seal that can be read."""


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


class Remark(msgspec.Struct, frozen=True):
    """One thing found: a template marked for translation, and what fills it."""

    what: str
    values: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return filled(self.what, dict(self.values))


def remark(what: str, **values: object) -> Remark:
    """The remark with `what` filled from `values`."""
    return Remark(what, tuple(values.items()))


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """The verdict on one file and what it rests on."""

    verdict: Verdict
    differences: tuple[Remark, ...] = ()
    """What differs from what was issued or sealed; for `unreadable`, the one reason."""
    notes: tuple[Remark, ...] = ()
    """What was and was not looked at."""
    seal: Seal | None = None
    """What the seal says, if one could be read."""
    issued_lines: tuple[str, ...] = ()
    """The words of each goods line as issued, where the journal at hand still has the paper."""
    in_journal: bool = False
    """The journal at hand issued the receipt."""
    sha256: PaperHash

    @property
    def values(self) -> tuple[Remark, ...]:
        """What a genuine seal says, for a person to compare with the paper; else nothing."""
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
    """What a journal knows of one receipt."""

    receipt_no: str
    seizure_no: str
    papers: Mapping[PaperHash, int]
    """The original, as 1, and every copy that was handed out, by its number from 2."""
    seal: str
    files: tuple[bytes, ...] = ()
    """The PDFs that are still held (or drawn up again), the original first."""


class JournalView(Protocol):
    """The part of a journal that the judge asks."""

    def issued(self, receipt_no: str) -> IssuedPaper | None:
        """The receipt of that number."""

    def naming(self, paper: PaperHash) -> IssuedPaper | None:
        """The receipt that has this file as its original or a copy."""
