"""What the pack says of the act and of its legal bases: a basis wins over the act, and the act over
the texts for all papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from domain.pack.law import TAKING, ActLaw, ClaimRule, deadline
from domain.pack.model import LegalBasis
from domain.words import Labels, in_language
from papers.receipt.model import ReceiptPaper

_What = TypeVar("_What")


@dataclass(frozen=True, slots=True)
class ClaimPeriod:
    """A period for claims, and when it ends; `until` is None while no date can be named.

    `bases` are the labels of the legal bases that it is for; empty when it is for all.
    """

    rule: ClaimRule
    until: date | None
    bases: tuple[str, ...]


def own_title(paper: ReceiptPaper) -> str:
    """The title that the pack gives the paper: that of the legal basis named first, else of the
    act. Empty when it gives none.
    """
    first = next((basis.title for basis in _bases(paper)[:1] if _speaks(paper, basis)), {})
    return in_language(first or _act(paper).title, paper.language)


def meanings(paper: ReceiptPaper, usual: str) -> list[str]:
    """What the act means, each sentence once: of each legal basis, else of the act, else `usual`,
    the sentence of the program."""
    return [text for text, _ in _texts(paper, lambda part: part.meaning, {"en": usual})]


def claim_periods(paper: ReceiptPaper) -> tuple[ClaimPeriod, ...]:
    """The periods for claims, the one that ends first before the others, and those without a date
    at the end.
    """
    if not is_claimed(paper):
        return ()
    usual = paper.terms.claim_rule if takes_goods(paper) else None
    periods = [
        ClaimPeriod(rule, _until(paper, rule), bases)
        for rule, bases in _by_basis(paper, lambda part: part.claim_rule, usual)
    ]
    return tuple(sorted(periods, key=lambda each: (each.until is None, each.until or date.max)))


def steps(paper: ReceiptPaper) -> list[tuple[str, tuple[str, ...]]]:
    """What happens next, with the labels of the legal bases that it is for (none: for all)."""
    if not is_claimed(paper):
        return []
    usual = paper.terms.next_steps if takes_goods(paper) else {}
    return _texts(paper, lambda part: part.next_steps, usual)


def _act(paper: ReceiptPaper) -> ActLaw:
    return paper.terms.acts.get(paper.interception.legal.action or "", ActLaw())


def takes_goods(paper: ReceiptPaper) -> bool:
    """Whether its act takes goods from somebody, who can claim them."""
    return paper.interception.legal.action in TAKING


def is_claimed(paper: ReceiptPaper) -> bool:
    """Whether the paper says what happens next: its act takes goods, or the pack says it of the
    act."""
    act = _act(paper)
    return takes_goods(paper) or act.claim_rule is not None or bool(act.next_steps)


def _speaks(paper: ReceiptPaper, basis: LegalBasis) -> bool:
    """Whether what the basis brings is for this act: goods that are handed back under the basis by
    which they were seized have no notice of seizure, and no claim.
    """
    return takes_goods(paper) or (paper.interception.legal.action or "") in basis.acts


def _until(paper: ReceiptPaper, rule: ClaimRule) -> date | None:
    calendar = paper.checklist.pack.calendars.get(rule.calendar)
    return deadline(rule, paper.served_on, calendar) if paper.served_on else None


def _texts(
    paper: ReceiptPaper, of: Callable[[ActLaw | LegalBasis], Labels], usual: Labels | None = None
) -> list[tuple[str, tuple[str, ...]]]:
    """The texts in the language of the paper, each once."""
    found: dict[str, tuple[str, ...]] = {}
    for labels, bases in _by_basis(paper, lambda part: _or_none(of(part)), _or_none(usual or {})):
        text = in_language(labels, paper.language)
        found[text] = found.get(text, ()) + bases
    return list(found.items())


def _or_none(labels: Labels) -> Labels | None:
    return labels or None


def _by_basis(
    paper: ReceiptPaper,
    of: Callable[[ActLaw | LegalBasis], _What | None],
    usual: _What | None,
) -> list[tuple[_What, tuple[str, ...]]]:
    """Each thing that the legal bases bring, or the act, or all papers; with the labels of its
    bases, unless all bases have the same.
    """
    for_act = of(_act(paper))
    for_act = usual if for_act is None else for_act
    held: list[tuple[_What, list[str]]] = []
    without = 0
    bases = _bases(paper)
    for basis in bases:
        thing = of(basis) if _speaks(paper, basis) else None
        thing = for_act if thing is None else thing
        if thing is None:
            without += 1
            continue
        label = in_language(basis.label, paper.language)
        same = next((labels for known, labels in held if known == thing), None)
        if same is None:
            held.append((thing, [label]))
        else:
            same.append(label)
    if not bases:
        return [] if for_act is None else [(for_act, ())]
    if len(held) == 1 and not without:
        return [(held[0][0], ())]
    return [(thing, tuple(labels)) for thing, labels in held]


def _bases(paper: ReceiptPaper) -> list[LegalBasis]:
    """The legal bases of the record that the pack has, in the order of the record."""
    known = {basis.code: basis for basis in paper.checklist.pack.legal_bases}
    codes = dict.fromkeys(paper.interception.legal.legal_basis)
    return [known[code] for code in codes if code in known]
