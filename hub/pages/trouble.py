"""What a page could not do, in the language of who reads it: a page for a person with a browser,
plain text for a script or a program.
"""

from __future__ import annotations

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from domain.errors import TidewaiterError
from domain.words import Say, mark
from hub.api.door import log_failure, status_of
from hub.pages.guard import NOT_STORED
from hub.pages.language import language_of, say_in, trouble_of
from hub.pages.templates import Templates

WORDS = {
    404: mark(
        "There is nothing at this address. Look whether it was copied whole, or begin at the list"
        " of interceptions, which is at the address / of this hub."
    ),
    405: mark(
        "This address does not take what was sent to it; nothing was done. Go back to the page"
        " before and use what it offers."
    ),
}
FAULT = mark(
    "The hub made a mistake; it is in its log. Go back and try once more. If it happens again, tell"
    " an administrator the time and what you opened."
)
TITLE = mark("This cannot be shown")
TO_LIST = mark("To the arrivals")


class TroublePage(msgspec.Struct, frozen=True, kw_only=True):
    """The values of `trouble.html`."""

    title: str
    text: str
    to_list: str
    here: str = "trouble"


def refusal(request: Request, text: str, status: int) -> Response:
    """The text, which has a translation, as an answer that no browser keeps."""
    say = say_in(language_of(request))
    return _answer(request, say, say(text), status)


async def error_as_page(request: Request, error: Exception) -> Response:
    """Our errors and the framework's as answers of a page."""
    if isinstance(error, TidewaiterError):
        status = status_of(error)
        log_failure(status, type(error).__name__, error.what)
        say = say_in(language_of(request))
        return _answer(request, say, trouble_of(error, say), status)
    if isinstance(error, HTTPException):
        text = WORDS.get(error.status_code, error.detail)
        answer = refusal(request, text, error.status_code)
        answer.headers.update(error.headers or {})
        return answer
    raise error


async def fault_as_page(request: Request, error: Exception) -> Response:  # noqa: ARG001
    """A fault of this program as an answer; the server logs the error itself.

    It is sent outside of the guard, so it has the headers of the pages by itself.
    """
    return refusal(request, FAULT, 500)


def _answer(request: Request, say: Say, text: str, status: int) -> Response:
    if "text/html" not in request.headers.get("accept", ""):
        return PlainTextResponse(text + "\n", status, headers=NOT_STORED)
    model = TroublePage(title=say(TITLE), text=text, to_list=say(TO_LIST))
    page = Templates().filled(request, "trouble.html", model, translated=True)
    return HTMLResponse(page, status, headers=NOT_STORED)
