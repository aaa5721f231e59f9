"""The paper: no block that the law asks for can be left out, and what it promises is there."""

from __future__ import annotations

from collections.abc import Sequence

from domain.pack.checks.categories import twice
from domain.pack.contradictions import LANGUAGE, NOT_A_LANGUAGE
from domain.pack.finding import PackFindings, doubt, fault, near_to, unknown
from domain.pack.law import TAKING, ActLaw
from domain.pack.model import LegalBasis, Pack, Paper, PaperBlock
from domain.pack.paper_words import NARROW, NARROW_LIMIT, PAPER_WORDS
from domain.words import mark, says_something

OPTIONAL = (
    PaperBlock.IDENTIFIERS,
    PaperBlock.PROPERTY_LEFT,
    PaperBlock.PHOTOS,
    PaperBlock.LANGUAGE_NOTE,
)
"""Blocks that a pack can leave out; the law asks for the others: who acts, when and where, against
whom, what, by which law, on which grounds, how to claim and until when, and the signatures."""
PRINTED_ANYWAY = (PaperBlock.TITLE, PaperBlock.NUMBERS, PaperBlock.GOODS)
DEMANDED = tuple(
    block for block in PaperBlock if block not in OPTIONAL and block not in PRINTED_ANYWAY
)
NOT_A_WORD = mark("'{code}' is not a word of the paper that a pack can replace{perhaps}")
NO_WORDS = mark("has no words: leave it out, and the words of the program are taken")
NOT_A_BLOCK = mark("'{code}' is not a block of the paper{perhaps}")


def paper(pack: Pack) -> PackFindings:
    """Faults and remarks of the paper and of the law."""
    here, terms = "$.paper", pack.paper
    known = tuple(PaperBlock)
    for number, name in enumerate(terms.blocks):
        yield from unknown(f"{here}.blocks[{number}]", (name,), known, NOT_A_BLOCK, listed=True)
    yield from twice(f"{here}.blocks", terms.blocks)
    if terms.blocks:
        meant = {name if name in known else near_to(name, known) for name in terms.blocks}
        for block in DEMANDED:
            if block not in meant:
                what = mark("'{block}' cannot be left out: the law asks for it on the paper")
                yield fault(f"{here}.blocks", what, block=str(block))
    if terms.ruling_language not in (*pack.languages, "en"):
        what = mark("'{language}' is not among the languages of the pack")
        yield fault(f"{here}.ruling_language", what, language=terms.ruling_language)
    if not pack.legal_bases:
        what = mark(
            "the list is empty: each record names a legal basis, so none could become final"
        )
        yield fault("$.legal_bases", what)
    yield from _words(terms)
    of_acts = [terms.acts.get(act, ActLaw()) for act in TAKING]
    if not (_tell_how([terms]) or _tell_how(of_acts) or _tell_how(pack.legal_bases)):
        what = mark("without next_steps and claim_rule nobody is told how to claim, and until when")
        yield doubt(here, what)


def _words(terms: Paper) -> PackFindings:
    """Faults of the words that the pack has in place of those of the program."""
    for key, words in terms.words.items():
        here = f"$.paper.words.{key}"
        yield from unknown(here, (key,), tuple(PAPER_WORDS), NOT_A_WORD)
        if not words:
            yield fault(here, NO_WORDS)
        for language, text in words.items():
            there = f"{here}.{language}"
            if not LANGUAGE.fullmatch(language):
                yield fault(there, NOT_A_LANGUAGE, language=language)
            elif not says_something(text):
                yield fault(there, NO_WORDS)
            elif key in NARROW and len(text) > NARROW_LIMIT:
                what = mark("is longer than {limit} characters, for which the paper has room")
                yield fault(there, what, limit=NARROW_LIMIT)


def _tell_how(parts: Sequence[Paper | ActLaw | LegalBasis]) -> bool:
    """Whether each says how to claim, and until when."""
    return all(part.next_steps and part.claim_rule is not None for part in parts)
