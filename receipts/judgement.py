"""What the judge of papers says, as values; the words are put together where they are shown."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Protocol

import msgspec

from domain.ids import PaperHash
from domain.words import filled, mark
from receipts.seal import Seal


class Verdict(StrEnum):
    """The outcome, from best to worst."""

    GENUINE = "genuine"
    """The journal names this very file."""
    SEALED = "sealed"
    """The seal is genuine and what could be compared agrees; no journal here names the file."""
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
    Verdict.SEALED: mark("The seal is genuine and agrees; the file itself is not known here."),
    Verdict.ALTERED: mark("Altered: the paper is not as it was issued."),
    Verdict.UNKNOWN_KEY: mark("Cannot be judged: the key that the seal names is not known here."),
    Verdict.FORGED: mark("Forged: the seal was not made with the key that it names."),
    Verdict.UNREADABLE: mark("Cannot be judged."),
}
"""One sentence for each verdict."""


class Remark(msgspec.Struct, frozen=True):
    """One thing found: a template marked for translation, and what fills it."""

    what: str
    values: tuple[tuple[str, Any], ...] = ()

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
    """What the seal says, if one could be read: shown beside the paper for a person to compare."""
    sha256: PaperHash

    def __str__(self) -> str:
        return "\n".join([SENTENCES[self.verdict], *map(str, self.differences + self.notes)])


class IssuedPaper(msgspec.Struct, frozen=True, kw_only=True):
    """What a journal knows of one receipt."""

    receipt_no: str
    seizure_no: str
    papers: frozenset[PaperHash]
    """The original and every copy."""
    seal: str
    files: tuple[bytes, ...] = ()
    """The PDFs that are still held (or drawn up again), the original first."""


class JournalView(Protocol):
    """The part of a journal that the judge asks."""

    def issued(self, receipt_no: str) -> IssuedPaper | None:
        """The receipt of that number."""

    def naming(self, paper: PaperHash) -> IssuedPaper | None:
        """The receipt that has this file as its original or a copy."""
