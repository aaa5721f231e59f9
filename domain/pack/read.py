"""Reads a pack file. A refusal names the file, the positions, the lines and the causes.

A pack that was adopted stays readable, so only what the program needs to work with it is asked
here; `domain.pack.check` asks more of a pack that is to be adopted or given out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import msgspec

from domain.errors import PackRefused
from domain.pack.contradictions import contradictions
from domain.pack.finding import PackFinding, fault
from domain.pack.formats import other_format, unknown_format
from domain.pack.model import Pack
from domain.pack.position import above, lines_of
from domain.pack.shape import PackShape
from domain.pack.text import PackText, read_text, without_mark
from domain.words import mark


@dataclass(frozen=True, slots=True)
class PackReading:
    """The text of a pack, what could be built of it, and the faults of text or shape.

    `pack` is None when too little is there for the rules. What is at a position of `unjudged`, or
    in it, is not what the pack means, so a rule says nothing of it.
    """

    text: PackText
    pack: Pack | None
    faults: tuple[PackFinding, ...] = ()
    unjudged: frozenset[str] = frozenset()

    def judged(self, found: Iterable[PackFinding]) -> list[PackFinding]:
        """The findings of rules that are about what the pack means."""
        return [
            each
            for each in found
            if not (self.unjudged and self.unjudged.intersection(above(each.position)))
        ]


@lru_cache(maxsize=8)
def read_stored(data: bytes, file: str) -> Pack:
    """The pack in `data`, which was checked when it was stored and is the same since.

    So its text is not looked through again. Raises `PackRefused`, as `read_pack` does.
    """
    try:
        pack = msgspec.json.decode(without_mark(data), type=Pack)
    except (msgspec.MsgspecError, RecursionError):
        return read_pack(data, file)
    return read_pack(data, file) if any(contradictions(pack)) else pack


@lru_cache(maxsize=8)
def read_pack(data: bytes, file: str) -> Pack:
    """The pack in `data`. Raises `PackRefused`, which names the `file`.

    The last packs are remembered: whoever adopts one, or opens a folder, reads it several times.
    """
    reading = reading_of(data)
    faults = list(reading.faults)
    if reading.pack is not None:
        faults += reading.judged(contradictions(reading.pack))
    if faults or reading.pack is None:
        raise PackRefused(file, with_lines(reading.text.text, faults))
    return reading.pack


def reading_of(data: bytes) -> PackReading:
    """The pack in `data` as far as it can be built, with the faults of its text or its shape."""
    text = read_text(data)
    if text.faults:
        return PackReading(text, None, text.faults)
    reading = _built(text)
    wrong = unknown_format(text.tree) or (reading.pack and other_format(reading.pack))
    return PackReading(text, None, (wrong,)) if wrong else reading


def _built(text: PackText) -> PackReading:
    try:
        return PackReading(text, msgspec.json.decode(text.text, type=Pack))
    except (msgspec.MsgspecError, RecursionError) as error:
        shape = PackShape(text.tree)
        # what the shape accepts and msgspec does not is a fault all the same
        other = fault("$", mark("cannot be read: {why}"), why=str(error))
        faults = tuple(shape.faults) or (other,)
        unjudged = shape.unjudged | {found.position for found in faults}
        pack = shape.pack if shape.whole else None
        return PackReading(text, pack, faults, frozenset(unjudged))


def with_lines(text: str, findings: Sequence[PackFinding]) -> tuple[PackFinding, ...]:
    """The findings with their lines, each once, in the order of the text."""
    lines = lines_of(text, {found.position for found in findings})
    placed = [replace(found, line=lines.get(found.position)) for found in dict.fromkeys(findings)]
    return tuple(sorted(placed, key=lambda found: found.line or 0))
