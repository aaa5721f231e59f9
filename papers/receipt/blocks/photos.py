"""The list of photos, each by the SHA-256 of its original, so that files can be compared."""

from __future__ import annotations

from domain.interception.media import Photo
from domain.words import mark
from papers.receipt.model import ReceiptPaper
from papers.typeset.flow import Piece, prose, section, space
from papers.typeset.sheet import Sheet
from papers.typeset.style import BODY, CONTENT, HASH, KEYS, QUIET, SMALL
from papers.typeset.text import set_line, set_lines


def photos(paper: ReceiptPaper) -> list[Piece]:
    """One row a photo: its role and its hash in full."""
    taken = [photo for photo in paper.interception.photos if photo.sha256 is not None]
    rows = [_row(paper, photo) for photo in taken]
    if rows:
        note = paper.say(mark("SHA-256 of each original file, in hexadecimal."))
        rows += [space(2), *prose(note, SMALL)]
    return section(paper.word("photos"), rows)


def _row(paper: ReceiptPaper, photo: Photo) -> Piece:
    role = paper.label("photo_roles", photo.role) if photo.role else "–"
    names = set_lines(role, QUIET.size, KEYS - 6)
    line = set_line(str(photo.sha256), HASH.size)

    def draw(sheet: Sheet, top: float) -> None:
        for index, name in enumerate(names):
            sheet.line(CONTENT, top - index * BODY.leading, name, QUIET)
        sheet.line(CONTENT + KEYS, top - 1, line, HASH)

    return Piece(BODY.leading * len(names) + (2 if len(names) > 1 else 0), draw)
