"""The data of a receipt. Drawing needs nothing else: no database, no clock, no random numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from domain.fields import label_of
from domain.ids import DeviceId, EntryHash
from domain.instant import Instant
from domain.interception.record import Interception
from domain.pack.checklist import Checklist
from domain.pack.model import Paper
from domain.pack.paper_words import PAPER_WORDS
from domain.words import Say, in_english, mark


class ReceiptPaper(msgspec.Struct, frozen=True, kw_only=True):
    """All data of a receipt's PDF; the same values give the same bytes."""

    receipt_no: str
    seizure_no: str
    revision: int = 1
    """Of the interception; from 2 on, this receipt may replace an earlier one."""
    copy: int = 1
    """1 is the original; a higher number is printed as COPY n."""
    language: str = "en"
    """BCP 47; decides labels of the pack, figures and dates. `say` brings the static words."""
    interception: Interception
    """Complete, with its nominal fields."""
    checklist: Checklist
    """In the version with which the interception was recorded."""
    issued_at: Instant
    served_on: date | None = None
    """The day the paper was served, from `papers.receipt.service`; None while it is not. The
    periods for claims are counted from it (`papers.receipt.law`)."""
    officer: str
    """Badge number of the officer who issues the receipt."""
    device: DeviceId
    entry_seq: int
    """Number of the chain's newest entry when the receipt was made."""
    tip: EntryHash
    """Hash of that entry."""
    seal: str = ""
    """From `papers.seal.seal.make_seal`; while it is empty, no code is printed."""
    practice: bool = False
    """A striped band on every page says that the paper is not valid."""
    specimen: bool = False
    """A striped band on every page says that nobody recorded this: for the author of a pack."""
    say: Say = in_english
    """Translates marked texts into `language`, in the form for a number."""

    @property
    def band(self) -> str:
        """What the band across the head of each page says; empty for a valid paper."""
        if self.specimen:
            return self.say(mark("SPECIMEN – not a valid paper"))
        return self.say(mark("PRACTICE – not a valid paper")) if self.practice else ""

    @property
    def terms(self) -> Paper:
        """The pack's texts and rules for the paper."""
        return self.checklist.pack.paper

    def name(self, path: str) -> str:
        """The label of a field or of a block, in the language of the paper."""
        return self.say(label_of(path))

    def word(self, key: str) -> str:
        """A word of `PAPER_WORDS` in the language of the paper: of the pack, else of the program.

        English words of the pack do not stand for another language: the program has its own.
        """
        own = self.terms.words.get(key, {})
        in_own = own.get(self.language) or own.get(self.language.partition("-")[0])
        return in_own or self.say(PAPER_WORDS[key])

    def label(self, list_name: str, code: str) -> str:
        """The label of a code in the language of the paper."""
        return self.checklist.label(list_name, code, self.language)

    def unit_words(self, unit: str, value: Decimal) -> str:
        """The unit's name for that number in the language of the paper."""
        return self.checklist.unit_words(unit, value, self.language)

    def prints(self, block: str) -> bool:
        """Whether the pack's profile has the block switched on."""
        return not self.terms.blocks or block in self.terms.blocks
