"""The rows of a list of any length, of which only the pages that are looked at are held."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from domain.fold import Status
from domain.ids import RecordId
from gui.drafts import DraftLine, read_drafts
from gui.records.columns import DRAFT, ListedRow
from storage.projections import records
from storage.projections.records import Cursor, RecordOutline, RecordRow
from storage.workstation import Workstation

PAGE = 100
"""Rows in one page."""
HELD = 20
"""Pages that are held at once."""
RowKey = tuple[RecordId, bool]
"""A record's id, and whether it is a draft: a record and the draft that amends it have one id."""


def key_of(row: RecordRow | DraftLine) -> RowKey:
    """The key of a row."""
    return row.record, isinstance(row, DraftLine)


class ListQuery:
    """What the list is asked for: words as typed, and a state or none."""

    def __init__(self, ws: Workstation, search: str, state: str) -> None:
        self._ws, self._search, self._drafts_only = ws, search, state == DRAFT
        self._with_drafts = state in ("", DRAFT)
        self._status = Status(state) if state and not self._drafts_only else None

    def drafts(self) -> list[DraftLine]:
        """The drafts that match."""
        lines = read_drafts(self._ws) if self._with_drafts else ()
        return [line for line in lines if line.matches(self._search)]

    def page(self, after: Cursor | None = None) -> Sequence[RecordRow]:
        """The interceptions beyond a cursor, newest first; the first ones without."""
        if self._drafts_only:
            return ()
        return records.page(
            self._ws.db, search=self._search, status=self._status, after=after, limit=PAGE
        ).rows

    def outline(self) -> RecordOutline:
        """How many interceptions there are, and where each page begins."""
        return records.outline(self._ws.db, search=self._search, status=self._status, every=PAGE)


class ListRows:
    """Drafts, and below them interceptions; `read` reads a page of the query for the window.

    Until the outline is known, the list ends with its first page.
    """

    def __init__(
        self,
        drafts: Sequence[DraftLine],
        first: Sequence[RecordRow],
        query: ListQuery,
        read: Callable[[ListQuery, Cursor], Sequence[RecordRow]],
    ) -> None:
        self._drafts, self._query, self._read = tuple(drafts), query, read
        self.count = query.outline
        self._pages: dict[int, Sequence[RecordRow]] = {0: first}
        """By number, the one that was looked at last at the end."""
        self.outline = RecordOutline(len(first), ()) if len(first) < PAGE else None

    def __len__(self) -> int:
        below = len(self._pages[0]) if self.outline is None else self.outline.count
        return len(self._drafts) + below

    def row(self, index: int) -> ListedRow | None:
        """The row at `index`; its page is read when it is not held. None without one."""
        below = index - len(self._drafts)
        if below < 0:
            return self._drafts[index] if index >= 0 else None
        number, at = divmod(below, PAGE)
        page = self._page(number)
        return page[at] if at < len(page) else None

    def keys(self) -> list[RowKey]:
        """The keys of the drafts and of the first page."""
        return [*map(key_of, self._drafts), *map(key_of, self._pages[0])]

    def index_of(self, key: RowKey) -> int:
        """The index of a row among the drafts and the pages that are held; -1 when it is not
        there.
        """
        if key in (mine := [key_of(line) for line in self._drafts]):
            return mine.index(key)
        for number, page in self._pages.items():
            if key in (theirs := [key_of(row) for row in page]):
                return len(self._drafts) + number * PAGE + theirs.index(key)
        return -1

    def look_for(self, rank: int) -> None:
        """Read the page in which an interception of that rank stands, if it is in the list."""
        if self.outline is not None:
            newest_first = [-start.rank for start in self.outline.starts]
            self._page(bisect_right(newest_first, -(rank + 1)) - 1)

    def _page(self, number: int) -> Sequence[RecordRow]:
        starts = self.outline.starts if self.outline is not None else ()
        if number in self._pages:
            self._pages[number] = self._pages.pop(number)
        elif 0 <= number < len(starts):
            self._pages[number] = self._read(self._query, starts[number])
            oldest = next(held for held in self._pages if held)
            if len(self._pages) > HELD:
                del self._pages[oldest]
        return self._pages.get(number, ())
