"""What the list of arrivals shows."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from hub.export.zipped import MOST
from hub.hub import Hub
from hub.packs import Library
from hub.pages.arrivals.asked import in_address, in_form
from hub.pages.paging import ROWS
from hub.pages.record import STATUS, RecordInShort, record_in_short
from hub.store.sql import devices, filtered, interceptions, news
from hub.store.sql.bounds import LAST
from hub.store.sql.filtered import COUNTED, CappedCount, Filter
from hub.store.sql.regional import ShownCounts, totals_within
from hub.store.sql.scope import Scope
from system.database import Connection

Choice = tuple[str, str]
"""A value of a field of the form, and its words."""


class ArrivalsPage(msgspec.Struct, frozen=True, kw_only=True):
    """The values of `page.html` and `rows.html`."""

    rows: tuple[RecordInShort, ...]
    names: Mapping[str, str]
    """The names of the workstations by their id."""
    totals: ShownCounts
    count: CappedCount | None
    """How many are as asked; None when all are listed, or those of a case."""
    counted: int = COUNTED
    version: str
    """The position that the rows are read at (`hub/store/sql/news.py`)."""
    next: int | None
    """The arrival number at which the next page begins; None on the last page."""
    stopped: bool
    """Whether the search ended before the page was full."""
    first_page: bool
    chosen: Mapping[str, str]
    """The limits of the list by the names of the fields of the form."""
    query: str
    """The same as the part of an address after `?`."""
    limits: str
    """The same as JSON, by the names in `ChangedRow`, for the script of the page."""
    posts: tuple[Choice, ...]
    checklists: tuple[Choice, ...]
    statuses: tuple[Choice, ...]
    case_id: str
    """The case whose interceptions alone are listed; empty for all."""
    of_case: int
    """How many of them are here."""
    exportable: bool
    """Whether so many can be exported from the page, as far as they are counted."""
    here: str = "arrivals"


def arrivals_page(
    hub: Hub, library: Library, before: int, asked: Filter, scope: Scope
) -> ArrivalsPage:
    """One page of the scope's rows that arrived before number `before` and are as asked, and the
    counts.
    """
    limited = asked != Filter(case_id=asked.case_id)
    with hub.database.reading() as rows:
        found = filtered.page(rows, asked, before=before, limit=ROWS, scope=scope)
        totals = totals_within(rows, scope)
        of_case = interceptions.count_of_case(rows, asked.case_id, scope) if asked.case_id else 0
        count = _count(rows, asked, scope, len(found.rows)) if limited else None
        return ArrivalsPage(
            rows=tuple(record_in_short(hub, rows, each, library, scope) for each in found.rows),
            names=devices.names(rows, (each.device for each in found.rows)),
            totals=totals,
            count=count,
            exportable=(count.number if count else of_case or totals.interceptions) <= MOST,
            version=news.position(rows),
            next=found.next,
            stopped=found.stopped,
            first_page=before == LAST and not asked.case_id,
            chosen=in_form(asked),
            query=in_address(asked),
            limits=_limits(asked),
            posts=_choices({each: library.post_name(each) for each in filtered.posts(rows, scope)}),
            checklists=_choices(library.titles()),
            statuses=tuple((value, words) for value, (_, words) in STATUS.items()),
            case_id=asked.case_id,
            of_case=of_case,
        )


def _count(rows: Connection, asked: Filter, scope: Scope, shown: int) -> CappedCount:
    """How many are as asked: at least as many as are shown."""
    count = filtered.count(rows, asked, scope)
    return CappedCount(max(count.number, shown), count.exact)


def _limits(asked: Filter) -> str:
    named = {
        "post": asked.post,
        "status": asked.status,
        "pack": asked.pack,
        "first_day": asked.first_day,
        "last_day": asked.last_day,
        "number": asked.number,
    }
    return msgspec.json.encode(
        {name: v for name, v in named.items() if v not in ("", None)}
    ).decode()


def _choices(words: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(sorted(words.items(), key=lambda each: each[1]))
