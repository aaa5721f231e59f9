"""The one page of a hub that has no accounts yet."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from domain.words import mark
from hub.pages.language import in_language_of, language_of, say_in
from hub.pages.templates import Templates

WORDS = {
    "title": mark("This hub has no accounts yet"),
    "how": mark("Make the first administrator at the machine where the hub runs:"),
    "then": mark("It prints a code, with which that person sets a password here."),
    "welcome": mark("I have a code"),
}
COMMAND = "main.py hub user add NAME --role administrator --database ..."


class FirstPage(msgspec.Struct, frozen=True, kw_only=True):
    """The values of `first.html`."""

    w: Mapping[str, str]
    command: str = COMMAND
    here: str = "first"


async def first_page(templates: Templates, request: Request) -> Response:
    """How the first account is made; 403, because nothing else is shown."""
    words = in_language_of(WORDS, say_in(language_of(request)))
    return await templates.page(
        request, "signin/first.html", lambda: FirstPage(w=words), translated=True, status=403
    )
