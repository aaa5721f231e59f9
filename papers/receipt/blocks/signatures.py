"""Block 12: who signs: officer, holder (or why not), witnesses."""

from __future__ import annotations

from domain.interception.codes import SignatureState
from domain.words import mark
from papers.receipt.model import ReceiptPaper
from papers.typeset.flow import Piece, section
from papers.typeset.sheet import Sheet
from papers.typeset.style import BODY, CONTENT, CONTENT_WIDTH, INK, RULE, SMALL
from papers.typeset.text import Line, set_lines

_GAP = 14.0
_HALF = (CONTENT_WIDTH - _GAP) / 2
_ROOM = 30.0
"""Height of the empty space for a signature."""


def signatures(paper: ReceiptPaper) -> list[Piece]:
    """A line for each signature; a statement in its place for a person who did not sign."""
    say, legal = paper.say, paper.interception.legal
    officer = say(mark("Officer, badge {badge}")).format(badge=paper.officer)
    boxes = [_Box("", officer), _holder(paper)]
    witness = say(mark("Witness: {name}"))
    boxes += [_Box("", witness.format(name=name)) for name in legal.witnesses]
    rows = [_row(boxes[index : index + 2]) for index in range(0, len(boxes), 2)]
    return section(paper.word("signatures"), rows)


class _Box:
    """A field for a signature: `statement` replaces the signature, `name` is below the line."""

    def __init__(self, statement: str, name: str) -> None:
        self.statement: tuple[Line, ...] = (
            set_lines(statement, BODY.size, _HALF) if statement else ()
        )
        self.names: tuple[Line, ...] = set_lines(name, SMALL.size, _HALF)
        self.room = max(_ROOM, len(self.statement) * BODY.leading + 8)


def _holder(paper: ReceiptPaper) -> _Box:
    say, legal = paper.say, paper.interception.legal
    name = paper.word("holder")
    state = legal.holder_signature
    if state is None or state == SignatureState.SIGNED:
        return _Box("", name)
    words = paper.label("signature_states", state)
    reason = legal.holder_signature_reason
    statement = say(mark("{name}: {text}")).format(name=words, text=reason) if reason else words
    return _Box(statement, name)


def _row(boxes: list[_Box]) -> Piece:
    room = max(box.room for box in boxes)
    under = max(len(box.names) for box in boxes) * SMALL.leading

    def draw(sheet: Sheet, top: float) -> None:
        for index, box in enumerate(boxes):
            x = CONTENT + index * (_HALF + _GAP)
            base = top - room
            for number, line in enumerate(box.statement):
                above = (len(box.statement) - number) * BODY.leading + 3
                sheet.line(x, base + above, line, BODY)
            sheet.rule(x, base, _HALF, RULE if box.statement else INK)
            for number, line in enumerate(box.names):
                sheet.line(x, base - 2 - number * SMALL.leading, line, SMALL)

    return Piece(room + under + 8, draw)
