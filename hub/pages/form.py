"""Reads the forms of the pages."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request

from domain.words import mark
from hub.api.door import body
from hub.errors import ApiCode, RequestRefused

FORM_LIMIT = 16_384
"""Bytes."""
FIELDS_LIMIT = 100
FORM = "application/x-www-form-urlencoded"


class Form(dict[str, str]):
    """The fields of a form by name; one that is missing is empty."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        super().__init__(pairs)
        self.pairs = pairs

    def __missing__(self, name: str) -> str:
        return ""

    def all(self, name: str) -> tuple[str, ...]:
        """The values of a field that may occur several times."""
        return tuple(value for key, value in self.pairs if key == name)


async def form_of(request: Request) -> Form:
    """The form in the body. Raises `RequestRefused` (413, 415)."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != FORM:
        raise RequestRefused(mark("not a form"), status=415, code=ApiCode.WRONG_TYPE)
    data = await body(request, FORM_LIMIT)
    try:
        pairs = parse_qsl(
            data.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=FIELDS_LIMIT
        )
    except ValueError as error:
        raise RequestRefused(mark("a form with too many fields")) from error
    return Form(pairs)
