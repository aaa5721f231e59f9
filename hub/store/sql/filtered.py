"""The list of interceptions limited by what a person asks for, page by page.

Whatever is asked, a page compares at most `Bounds.scanned` rows: an index leads to the rows of the
workstations of a region or a post, of the checklist, the status or the days, and what else is asked
for is compared row by row. A page that ends before it is full says where to go on. Who sees some
regions alone reads nothing of others: neither time nor length of an answer tells of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from domain.numbers import bag
from domain.numbers.tidy import tidy
from hub.numbers import NumberKind
from hub.store.sql import interceptions, margins, merged
from hub.store.sql.bounds import FIRST, LAST
from hub.store.sql.entries import clean
from hub.store.sql.interceptions import ListedInterception
from hub.store.sql.many import pieces
from hub.store.sql.merged import Wanted
from hub.store.sql.scope import EVERYTHING, Scope, within
from system.database import Connection, Row

COUNTED = 10_000
"""The highest number that is counted; above it, a page says that there are more."""
OF_A_KIND = COUNTED // 3
"""Numbers of each kind that are looked at, when only their first characters are given."""
LAST_CHARACTER = "\U0010ffff"


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What the rows must have; empty values leave it open. Days are those of the arrival, in days
    since 1970, UTC, the last one included.
    """

    post: str = ""
    status: str = ""
    pack: str = ""
    """The id of the checklist, of any version."""
    first_day: int | None = None
    last_day: int | None = None
    number: str = ""
    """The first characters of a seizure number, a bag or a postal item, as a person types it."""
    case_id: str = ""

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """The columns that must have one value, the most selective first."""
        asked = (("post", self.post), ("pack", self.pack), ("status", self.status))
        return tuple((column, clean(value)) for column, value in asked if value)

    @property
    def days(self) -> tuple[int, int]:
        """The first and the last day."""
        return (
            FIRST if self.first_day is None else self.first_day,
            LAST if self.last_day is None else self.last_day,
        )


class Page(msgspec.Struct, frozen=True):
    """Rows, newest first; `next` is the arrival before which the next page begins, None when there
    is none. `stopped` when so many rows were compared in vain that the page ends early.
    """

    rows: tuple[ListedInterception, ...]
    next: int | None
    stopped: bool = False


class Bounds(NamedTuple):
    """How much one page or one count reads."""

    scanned: int = COUNTED + 1
    """Rows that are compared at most."""
    at_once: int = 1_000
    """Rows in one statement, when some of them are compared in vain."""


USUAL = Bounds()


class CappedCount(msgspec.Struct, frozen=True):
    """How many rows there are, at least; `exact` unless counting ended early."""

    number: int
    exact: bool


_Key = tuple[int, int, str]
"""Day, arrival and record of a row."""


def page(
    rows: Connection,
    asked: Filter,
    *,
    before: int,
    limit: int,
    scope: Scope = EVERYTHING,
    bounds: Bounds = USUAL,
) -> Page:
    """The newest `limit` rows of the scope that come after the one with the arrival `before` and
    are as asked: by day and arrival, or by arrival alone when nothing limits the list.

    Without such a row in the scope the page is empty, whether others have one or nobody.
    """
    if asked.case_id or (asked == Filter() and not scope.account):
        found = interceptions.page(
            rows, before=before, limit=limit + 1, case_id=asked.case_id, scope=scope
        )
        return Page(found[:limit], found[limit - 1].arrival if len(found) > limit else None)
    start = _start(rows, before, scope)
    if start is None:
        return Page((), None)
    if asked.number:
        keys = [key for key in _of_number(rows, asked, scope)[0] if key[:2] < start]
        return Page(_rows(rows, keys[:limit]), keys[limit - 1][1] if len(keys) > limit else None)
    keys = []
    scan = _Scan(rows, asked, start, limit + 1, scope=scope, bounds=bounds)
    for key in scan:
        keys.append(key)
        if len(keys) > limit:
            return Page(_rows(rows, keys[:limit]), keys[limit - 1][1])
    return Page(_rows(rows, keys), scan.last if scan.stopped else None, stopped=scan.stopped)


def count(
    rows: Connection, asked: Filter, scope: Scope = EVERYTHING, bounds: Bounds = USUAL
) -> CappedCount:
    """How many rows of the scope are as asked."""
    if asked.number:
        keys, whole = _of_number(rows, asked, scope)
        return CappedCount(len(keys), whole)
    if asked == Filter(post=asked.post):
        return CappedCount(margins.totals(rows, scope, post=clean(asked.post)).interceptions, True)
    if scope.account or asked.post:
        return _count_of_some(rows, asked, scope, bounds.scanned)
    lead, *others = asked.columns or (("", ""),)
    where, values = _where(lead)
    named = [column for column, _ in others]
    test = " AND ".join(f"{column} = ?" for column in named) or "1 = 1"
    scanned, found = rows.execute(
        f"SELECT count(*), sum(CASE WHEN {test} THEN 1 ELSE 0 END) FROM"
        f" (SELECT {', '.join(named) or 'day'} FROM interception WHERE {where}day BETWEEN ? AND ?"
        " ORDER BY day DESC, arrival DESC LIMIT ?) AS newest",
        (*(value for _, value in others), *values, *asked.days, bounds.scanned),
    ).fetchone()
    if scanned < bounds.scanned:
        return CappedCount(int(found or 0), True)
    return CappedCount(min(int(found), COUNTED), False)


def _count_of_some(rows: Connection, asked: Filter, scope: Scope, most: int) -> CappedCount:
    """How many rows of the workstations of the scope, or of the post, are as asked."""
    first, last = asked.days
    wanted = Wanted(
        scope=scope,
        post=clean(asked.post),
        first_day=first,
        before=(last, LAST),
        columns=tuple(column for column, _ in asked.columns),
    )
    found, exact = merged.count(rows, wanted, tuple(value for _, value in asked.columns), most)
    return CappedCount(found if exact else min(found, COUNTED), exact)


def posts(rows: Connection, scope: Scope = EVERYTHING) -> tuple[str, ...]:
    """The posts of which something in the scope arrived."""
    inside, values = within("device", scope)
    found = rows.execute(
        f"SELECT DISTINCT post FROM margin WHERE post <> ''{inside} ORDER BY post", values
    )
    return tuple(post for (post,) in found)


class _Scan:
    """The keys of the rows that are as asked, newest first, until as many rows were compared as may
    be.

    `stopped` then, and `last` is the arrival of the last one.
    """

    def __init__(
        self,
        rows: Connection,
        asked: Filter,
        before: tuple[int, int],
        wanted: int,
        *,
        scope: Scope,
        bounds: Bounds,
    ) -> None:
        self._rows, self._scope, self._post = rows, scope, clean(asked.post)
        first, last = asked.days
        self._first, self._before = first, min(before, (last, LAST))
        self._columns = asked.columns
        self._size = bounds.at_once if len(self._columns) > 1 else wanted
        self._most = bounds.scanned
        self.last = 0
        self.stopped = False

    def __iter__(self) -> Iterator[_Key]:
        some = bool(self._scope.account or self._post)
        columns = self._columns if some else self._columns[1:]
        values = tuple(value for _, value in columns)
        named = tuple(column for column, _ in columns)
        found = self._of_some(named) if some else self._of_all(named)
        for read, row in enumerate(found, start=1):
            if tuple(row[3:]) == values:
                yield row[:3]
            if read == self._most:
                self.stopped, self.last = True, row[1]
                return

    def _of_some(self, columns: tuple[str, ...]) -> Iterator[Row]:
        """Rows of the workstations of the scope that sent something of the post."""
        wanted = Wanted(
            scope=self._scope,
            post=self._post,
            first_day=self._first,
            before=self._before,
            columns=columns,
        )
        return merged.newest(self._rows, wanted)

    def _of_all(self, columns: tuple[str, ...]) -> Iterator[Row]:
        """Rows to which the index of the first column leads, or that of the days."""
        where, values = _where(*self._columns[:1])
        named = "".join(f", {column}" for column in columns)
        before, left = self._before, self._most
        while left:
            size = min(self._size, left)
            found = self._rows.execute(
                f"SELECT day, arrival, record{named} FROM interception"
                f" WHERE {where}day >= ? AND (day, arrival) < (?, ?)"
                " ORDER BY day DESC, arrival DESC LIMIT ?",
                (*values, self._first, *before, size),
            ).fetchall()
            yield from found
            if len(found) < size:
                return
            before, left = found[-1][:2], left - size


def _where(lead: tuple[str, str] = ("", "")) -> tuple[str, tuple[str, ...]]:
    """The condition that an index leads to, before AND, and its value."""
    column, value = lead
    return (f"{column} = ? AND ", (value,)) if column else ("", ())


def _start(rows: Connection, before: int, scope: Scope) -> tuple[int, int] | None:
    """Day and arrival of the row at which the page before ended; None when it is not there."""
    if before >= LAST:
        return (LAST, LAST)
    inside, values = within("device", scope)
    row = rows.execute(
        f"SELECT day FROM interception WHERE arrival = ?{inside}", (before, *values)
    ).fetchone()
    return (row[0], before) if row else None


def _of_number(rows: Connection, asked: Filter, scope: Scope) -> tuple[list[_Key], bool]:
    """The keys of the rows with that number, newest first, and whether these are all."""
    records: dict[str, None] = {}
    whole = True
    for kind, start in _starts(asked.number):
        found = rows.execute(
            "SELECT record FROM used_number WHERE kind = ? AND number >= ? AND number < ? LIMIT ?",
            (kind, start, start + LAST_CHARACTER, OF_A_KIND),
        ).fetchall()
        whole = whole and len(found) < OF_A_KIND
        records |= dict.fromkeys(record for (record,) in found)
    first, last = asked.days
    wanted = tuple(value for _, value in asked.columns)
    named = "".join(f", {column}" for column, _ in asked.columns)
    inside, of_scope = within("device", scope)
    keys = [
        (row[0], row[1], row[2])
        for marks, names in pieces(records)
        for row in rows.execute(
            f"SELECT day, arrival, record{named} FROM interception"
            f" WHERE record IN ({marks}){inside}",
            (*names, *of_scope),
        )
        if first <= row[0] <= last and tuple(row[3:]) == wanted
    ]
    return sorted(keys, reverse=True), whole


def _starts(typed: str) -> tuple[tuple[NumberKind, str], ...]:
    """The typed characters in the form in which each kind is stored; none that is empty."""
    forms = (
        (NumberKind.SEIZURE, clean(typed).strip().upper()),
        (NumberKind.BAG, bag.canonical(clean(typed))),
        (NumberKind.ITEM, tidy(clean(typed))),
    )
    return tuple((kind, start) for kind, start in forms if start)


def _rows(rows: Connection, keys: Iterable[_Key]) -> tuple[ListedInterception, ...]:
    """The rows of these keys, in their order."""
    records = [record for _, _, record in keys]
    found = {row.record: row for row in interceptions.some(rows, records)}
    return tuple(found[record] for record in records)
