"""Long lists are shown in pages; each page begins after the last row of the one before."""

from __future__ import annotations

from starlette.requests import Request

from domain.words import mark
from hub.errors import RequestRefused

ROWS = 40
"""Rows on one page."""
NEWEST = 2**62
"""A number beyond all arrivals: the first page."""


def before(request: Request) -> int:
    """The arrival number (`?before=N`) that the page ends before. Raises `RequestRefused`."""
    text = request.query_params.get("before", "")
    if not text:
        return NEWEST
    if not text.isdecimal() or len(text) > 18:
        raise RequestRefused(mark("no such position in the list"))
    return int(text)
