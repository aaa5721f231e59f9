"""What a person asks the list for, as the address of the page says it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from urllib.parse import urlencode

from starlette.requests import Request

from domain.fold import Status
from domain.words import mark
from hub.errors import RequestRefused
from hub.pages.paging import of_case
from hub.store.sql.filtered import Filter

EPOCH = date(1970, 1, 1)
TEXT_LIMIT = 200
"""Characters of a value, as long as those that the list stores."""


def asked(request: Request) -> Filter:
    """The limits that `?post=`, `?status=`, `?checklist=`, `?from=`, `?to=` (days, `2026-11-23`),
    `?number=` and `?case=` name. A case is shown alone. Raises `RequestRefused`.
    """
    case_id = of_case(request)
    if case_id:
        return Filter(case_id=case_id)
    given = request.query_params
    for name in ("post", "status", "checklist", "number"):
        if len(given.get(name, "")) > TEXT_LIMIT:
            raise RequestRefused(mark("a limit of the list is too long"), about=name)
    return Filter(
        post=given.get("post", ""),
        status=_status(given.get("status", "")),
        pack=given.get("checklist", ""),
        first_day=_day(given.get("from", "")),
        last_day=_day(given.get("to", "")),
        number=given.get("number", "").strip(),
    )


def in_address(chosen: Filter) -> str:
    """The limits as the part of an address after `?`; empty when there are none."""
    return urlencode({name: value for name, value in in_form(chosen).items() if value})


def in_form(chosen: Filter) -> Mapping[str, str]:
    """The limits by the names of the fields of the form."""
    return {
        "post": chosen.post,
        "status": chosen.status,
        "checklist": chosen.pack,
        "from": _as_text(chosen.first_day),
        "to": _as_text(chosen.last_day),
        "number": chosen.number,
        "case": chosen.case_id,
    }


def _status(text: str) -> str:
    if text and text not in set(Status):
        raise RequestRefused(mark("no such status"))
    return text


def _day(text: str) -> int | None:
    if not text:
        return None
    try:
        return (date.fromisoformat(text) - EPOCH).days
    except ValueError as error:
        raise RequestRefused(
            mark("not a day"), about=text[:20], hint=mark("Write it like 2026-11-23.")
        ) from error


def _as_text(day: int | None) -> str:
    return "" if day is None else str(EPOCH + timedelta(days=day))
