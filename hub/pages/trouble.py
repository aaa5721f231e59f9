"""What a page could not do, as plain text in the language of who reads it: none of it is markup."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from domain.errors import TidewaiterError
from domain.words import mark
from hub.api.door import log_failure, status_of
from hub.pages.guard import NOT_STORED
from hub.pages.language import language_of, say_in, trouble_of

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


def refusal(request: Request, text: str, status: int) -> Response:
    """The text, which has a translation, as an answer that no browser keeps."""
    return PlainTextResponse(_said(request, text), status, headers=NOT_STORED)


async def error_as_text(request: Request, error: Exception) -> Response:
    """Our errors and the framework's as answers of a page."""
    if isinstance(error, TidewaiterError):
        status = status_of(error)
        log_failure(status, type(error).__name__, error.what)
        text = trouble_of(error, say_in(language_of(request))) + "\n"
        return PlainTextResponse(text, status, headers=NOT_STORED)
    if isinstance(error, HTTPException):
        text = WORDS.get(error.status_code, error.detail)
        answer = refusal(request, text, error.status_code)
        answer.headers.update(error.headers or {})
        return answer
    raise error


async def fault_as_text(request: Request, error: Exception) -> Response:  # noqa: ARG001
    """A fault of this program as an answer; the server logs the error itself.

    It is sent outside of the guard, so it has the headers of the pages by itself.
    """
    return refusal(request, FAULT, 500)


def _said(request: Request, text: str) -> str:
    return say_in(language_of(request))(text) + "\n"
