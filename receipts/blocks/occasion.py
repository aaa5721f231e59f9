"""Block 4: date, time with its zone, and place."""

from __future__ import annotations

from domain.instant import ClockState
from domain.words import mark
from receipts.flow import Piece, pair, section
from receipts.model import ReceiptPaper
from receipts.words import moment

CLOCKS = {
    ClockState.TRUSTED: mark("clock trusted"),
    ClockState.UNKNOWN: mark("clock not checked"),
    ClockState.DRIFTED: mark("clock drifted: the time may be wrong"),
}
"""What the paper says of the clock that the time of the act was read from."""


def occasion(paper: ReceiptPaper) -> list[Piece]:
    """When and where the goods were taken, and how far the clock could be believed then.

    How the goods came to light is not printed.
    """
    say, when = paper.say, paper.interception.occasion
    place = ", ".join(part for part in (when.place_text, when.unlocode) if part)
    kind = paper.label("place_types", when.place_type) if when.place_type else ""
    time = moment(when.seized_at) if when.seized_at else ""
    if time and when.clock_state:
        time += " · " + say(CLOCKS[when.clock_state])
    position = ""
    if when.latitude is not None and when.longitude is not None:
        position = f"{when.latitude:.5f}, {when.longitude:.5f} (WGS 84)"
    return section(
        say(mark("Date and place")),
        [
            *pair(say(mark("Date and time")), time),
            *pair(say(mark("Place")), f"{place} ({kind})" if place and kind else place or kind),
            *pair(say(mark("Position")), position),
        ],
    )
