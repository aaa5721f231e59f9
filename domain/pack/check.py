"""The one check of a pack: adoption, the hub's door and `pack --check` all ask it.

A fault refuses the pack, a remark warns its author. Packs that were adopted or given out before a
rule came are still read (`domain.pack.read`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.errors import PackRefused
from domain.pack.checklist import Terms
from domain.pack.checks.added import added
from domain.pack.checks.amounts import amounts
from domain.pack.checks.categories import categories
from domain.pack.checks.fields import fields
from domain.pack.checks.fitting import fitting
from domain.pack.checks.head import head
from domain.pack.checks.kept import kept
from domain.pack.checks.law import law
from domain.pack.checks.numbers import numbers
from domain.pack.checks.opposed import opposed
from domain.pack.checks.paper import paper
from domain.pack.checks.posts import posts
from domain.pack.checks.rules import rules
from domain.pack.checks.texts import hidden_characters
from domain.pack.checks.units import units
from domain.pack.checks.words import words
from domain.pack.contradictions import contradictions
from domain.pack.finding import PackFinding
from domain.pack.model import Pack
from domain.pack.read import PackReading, reading_of, with_lines


@dataclass(frozen=True, slots=True)
class ProgramLists:
    """What a pack refers to and the program brings: code lists, and languages of receipts."""

    terms: Terms
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackCheck:
    """All findings in the order of the text; `pack` is None when it has faults."""

    pack: Pack | None
    faults: tuple[PackFinding, ...]
    remarks: tuple[PackFinding, ...]


def check_pack(data: bytes, program: ProgramLists, today: date) -> PackCheck:
    """Check the pack in `data` as a whole; on the day `today` it may be over."""
    reading = reading_of(data)
    found = list(reading.faults)
    if reading.text.tree is not None:
        found += hidden_characters(reading.text)
        found += reading.judged(_rules(reading, program, today))
    placed = with_lines(reading.text.text, found)
    faults = tuple(each for each in placed if not each.warns)
    remarks = tuple(each for each in placed if each.warns)
    return PackCheck(None if faults else reading.pack, faults, remarks)


def checked_pack(
    data: bytes, file: str, program: ProgramLists, today: date
) -> tuple[Pack, tuple[PackFinding, ...]]:
    """The pack in `data` and the remarks on it. Raises `PackRefused` with all its faults."""
    check = check_pack(data, program, today)
    if check.pack is None:
        raise PackRefused(file, (*check.faults, *check.remarks))
    return check.pack, check.remarks


def _rules(reading: PackReading, program: ProgramLists, today: date) -> Iterator[PackFinding]:
    pack = reading.pack
    if pack is None:
        return
    yield from contradictions(pack)
    yield from head(pack, program.languages, today)
    yield from posts(pack, program.terms)
    yield from numbers(reading.text.tree)
    yield from units(pack, program.terms)
    yield from categories(pack)
    yield from words(pack)
    yield from fields(pack)
    yield from added(pack, program.terms)
    yield from amounts(pack)
    yield from fitting(pack, program.terms)
    yield from rules(pack, program.terms)
    yield from opposed(pack)
    yield from kept(pack)
    yield from law(pack, program.terms, today)
    yield from paper(pack)
