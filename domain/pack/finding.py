"""What a check of a pack finds: a fault refuses the pack, a remark only warns its author."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from domain.remark import Remark, remark
from domain.words import mark, one_line

SHOWN_LIMIT = 5
"""The number of findings that one sentence lists."""
QUOTED_LIMIT = 80
"""Characters of a value of the pack that a finding quotes."""
COMPARED_LIMIT = 500
"""Known codes among which one that is alike is looked for: with more it takes too long."""
PERHAPS = mark("; perhaps '{near}'")
THERE_ARE = mark("; there are: {known}")


@dataclass(frozen=True, slots=True)
class PackFinding:
    """One thing that is wrong or doubtful, and where: `position` is the JSON path, `line` from 1.

    `line` is None while it is not known, and where the text has no such line.
    """

    position: str
    what: Remark
    warns: bool = False
    line: int | None = None

    @property
    def where(self) -> str:
        """`$.units[0].code (line 3)`."""
        return self.position if self.line is None else f"{self.position} (line {self.line})"

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


PackFindings = Iterator[PackFinding]


def fault(position: str, what: str, **values: object) -> PackFinding:
    """A finding that refuses the pack; `what` is marked for translation."""
    return PackFinding(position, _filled_later(what, values))


def doubt(position: str, what: str, **values: object) -> PackFinding:
    """A finding that only warns; `what` is marked for translation."""
    return PackFinding(position, _filled_later(what, values), warns=True)


def near_to(code: str, known: Collection[str]) -> str:
    """The known code that is most like `code`; empty when none is like it."""
    near = get_close_matches(code, known, 1) if len(known) <= COMPARED_LIMIT else ()
    return near[0] if near else ""


def perhaps(code: str, known: Collection[str], *, listed: bool = False) -> Remark | str:
    """`; perhaps '...'` with the known code that is most like `code`.

    When none is like it: all of them if they shall be `listed`, else nothing.
    """
    near = near_to(code, known)
    if near:
        return remark(PERHAPS, near=near)
    words = ", ".join(filter(None, known))
    return remark(THERE_ARE, known=words) if listed and words else ""


def unknown(
    position: str,
    codes: Sequence[str],
    known: Collection[str],
    what: str,
    *,
    listed: bool = False,
) -> PackFindings:
    """A fault for each code that is not known; `what` names `code` and `perhaps`.

    Where no known code is like it, all of them are named if they shall be `listed`.
    """
    for code in codes:
        if code not in known:
            near = perhaps(code, known, listed=listed)
            yield fault(position, what, code=code, perhaps=near)


def in_one_sentence(findings: Sequence[PackFinding]) -> Remark:
    """The first findings with their places, and how many more there are."""
    parts = [
        remark(mark("{where}: {why}"), where=found.where, why=found.what)
        for found in findings[:SHOWN_LIMIT]
    ]
    left = len(findings) - SHOWN_LIMIT
    if left > 0:
        parts.append(remark(mark("and {count} more", "and {count} more"), count=left))
    return functools.reduce(
        lambda before, part: remark(mark("{before}; {part}"), before=before, part=part), parts
    )


def _filled_later(what: str, values: dict[str, object]) -> Remark:
    return remark(what, **{name: _quoted(value) for name, value in values.items()})


def _quoted(value: object) -> object:
    """Text of the pack for one line of a message: short, and without hidden characters."""
    if isinstance(value, int | Remark):
        return value
    text = one_line(str(value))
    return text if len(text) <= QUOTED_LIMIT else text[: QUOTED_LIMIT - 1] + "…"
