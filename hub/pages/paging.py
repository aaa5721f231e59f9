"""Long lists are shown in pages; each page begins after the last row of the one before."""

from __future__ import annotations

from starlette.requests import Request

from domain.errors import Malformed
from domain.ids import DeviceId
from domain.words import mark
from hub.errors import RequestRefused
from hub.numbers import NumberKind
from hub.store.sql.bounds import LAST
from hub.store.sql.numbers import BEGINNING, NumberPosition

ROWS = 40
"""Rows on one page."""
NUMBER_LIMIT = 200
"""Characters of a number, as long as those that are stored."""
CASE_LIMIT = 80
"""Characters of the id of a case: a record id, perhaps with `@` and a device."""


def before(request: Request) -> int:
    """The arrival number (`?before=N`) that the page ends before. Raises `RequestRefused`."""
    text = request.query_params.get("before", "")
    if not text:
        return LAST
    if not text.isdecimal() or len(text) > 18:
        raise RequestRefused(mark("no such position in the list"))
    return int(text)


def of_case(request: Request) -> str:
    """The id of the case (`?case=ID`) that the list is limited to; empty for all. Raises
    `RequestRefused`.
    """
    text = request.query_params.get("case", "")
    if len(text) > CASE_LIMIT:
        raise RequestRefused(mark("no such case"))
    return text


def after_device(request: Request) -> DeviceId | None:
    """The workstation (`?after=ID`) that the page begins after. Raises `RequestRefused`."""
    text = request.query_params.get("after", "")
    try:
        return DeviceId.parse(text) if text else None
    except Malformed as error:
        raise RequestRefused(mark("no such position in the list")) from error


def after_number(request: Request) -> NumberPosition:
    """The kind and the number (`?after=KIND:NUMBER`) that the page begins after. Raises
    `RequestRefused`.
    """
    kind, _, number = request.query_params.get("after", "").partition(":")
    if not kind:
        return BEGINNING
    if kind not in set(NumberKind) or len(number) > NUMBER_LIMIT:
        raise RequestRefused(mark("no such position in the list"))
    return NumberKind(kind), number
