"""Block 4: date, time with its zone, and place."""

from __future__ import annotations

from domain.instant import ClockState
from domain.words import in_language, mark
from papers.receipt.model import ReceiptPaper
from papers.typeset.flow import Piece, pair, section
from papers.typeset.words import moment

CLOCKS = {
    ClockState.TRUSTED: mark("clock trusted"),
    ClockState.UNKNOWN: mark("clock not checked"),
    ClockState.DRIFTED: mark("clock drifted: the time may be wrong"),
}
"""The text about the clock that gave the time of the act."""


def occasion(paper: ReceiptPaper) -> list[Piece]:
    """When and where the goods were taken, and whether the clock could be trusted then.

    How the goods came to light is not printed.
    """
    say, when = paper.say, paper.interception.occasion
    place = ", ".join(part for part in (_place(paper), when.unlocode) if part)
    kind = paper.label("place_types", when.place_type) if when.place_type else ""
    time = moment(when.seized_at) if when.seized_at else ""
    if time and when.clock_state:
        time += " · " + say(CLOCKS[when.clock_state])
    return section(
        paper.word("occasion"),
        [
            *pair(paper.name("occasion.seized_at"), time),
            *pair(
                paper.name("occasion.place_text"),
                f"{place} ({kind})" if place and kind else place or kind,
            ),
            *pair(paper.name("occasion.latitude"), _degrees(when.latitude)),
            *pair(paper.name("occasion.longitude"), _degrees(when.longitude)),
        ],
    )


def _place(paper: ReceiptPaper) -> str:
    """The place as recorded; a name of the post is printed in the language of the paper."""
    text = paper.interception.occasion.place_text or ""
    post = paper.checklist.post(paper.interception.post)
    if post is not None and text in post.name.values():
        return in_language(post.name, paper.language)
    return text


def _degrees(value: float | None) -> str:
    """Degrees as recorded: not rounded, at most nine digits after the point."""
    return "" if value is None else f"{value:.9f}".rstrip("0").rstrip(".") + " (WGS 84)"
