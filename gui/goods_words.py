"""The goods of an interception in words, for a list."""

from __future__ import annotations

from domain.amount import Amount
from domain.errors import Malformed
from domain.pack.checklist import Checklist
from gui.words import Words
from storage.projections.records import RecordRow
from storage.projections.title import goods_name


def goods_words(row: RecordRow, words: Words, checklist: Checklist | None) -> str:
    """The main goods in words, with the amount."""
    if checklist is None:
        return row.title
    title = goods_name(checklist, row.category, row.named, words.language)
    try:
        amount = words.amount(Amount.parse(row.amount), checklist)
    except Malformed:
        amount = row.amount
    more = words.count("+1 line", "+{count} lines", row.lines - 1) if row.lines > 1 else ""
    return " · ".join(part for part in (title, amount, more) if part)
