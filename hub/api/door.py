"""What all routes share: who calls, how large a body may be, and errors as answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from domain.errors import ErrorKind, TidewaiterError
from domain.ids import DeviceId
from domain.words import mark
from hub.errors import CURABLE_CODES, ENDED_HINT, ApiCode, HubError, NotKnown, RequestRefused
from hub.hub import Hub
from hub.log import log
from hub.serving.requests import note_caller
from hub.store.sql import devices
from system.errors import CannotWrite

TOKEN_LIMIT = 200
REFUSED = (401, 403, 404, 429)
"""Statuses of refused requests that are logged for the administrator."""
SILENCE_SECONDS = 60.0
"""Seconds without any byte of a body before the request ends. A slow line still sends something."""
RETRY_AFTER = {
    ApiCode.TOO_MANY_CODES: 3600,
    ApiCode.DISK_FULL: 300,
    ApiCode.QUOTA: 300,
    ApiCode.PHOTOS_AWAY: 60,
    ApiCode.UNAVAILABLE: 10,
    ApiCode.INTERNAL: 60,
}
"""Seconds that a caller should wait (`Retry-After`) after an answer with this code."""


async def caller(hub: Hub, request: Request) -> DeviceId:
    """The device whose token is in the request. Raises `NotKnown`, also for an ended device."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not 0 < len(token) <= TOKEN_LIMIT:
        raise NotKnown(mark("no token"), hint=mark("Enrol this workstation with a one-time code."))

    def look() -> devices.Device | None:
        with hub.database.reading() as rows:
            return devices.bearer(rows, token.strip())

    device = await run_in_threadpool(look)
    if device is None:
        raise NotKnown(
            mark("the hub does not know this token"),
            hint=mark("Enrol this workstation again with a fresh one-time code."),
        )
    note_caller(request, device.id)
    if device.ended_at is not None:
        raise NotKnown(
            mark("headquarters ended this workstation"),
            code=ApiCode.ENDED,
            about=str(device.id),
            hint=ENDED_HINT,
        )
    return device.id


async def body(request: Request, limit: int, *, silence: float = SILENCE_SECONDS) -> bytes:
    """The whole body, at most `limit` bytes. Raises `RequestRefused` (413; 408 after a silence)."""
    data = bytearray()
    stream = aiter(request.stream())
    while (piece := await _piece(stream, silence)) is not None:
        data += piece
        if len(data) > limit:
            raise RequestRefused(
                mark("more than {limit} bytes"),
                status=413,
                code=ApiCode.TOO_LARGE,
                hint=mark("Send it in smaller parts."),
                limit=limit,
            )
    return bytes(data)


async def _piece(stream: AsyncIterator[bytes], silence: float) -> bytes | None:
    """The next piece of the body; None at the end.

    A silent caller is cut off after a time limit.
    """
    try:
        return await asyncio.wait_for(anext(stream, None), silence)
    except TimeoutError as error:
        raise RequestRefused(
            mark("no data came for too long"), status=408, code=ApiCode.SILENCE
        ) from error


def status_of(error: TidewaiterError) -> int:
    """The HTTP status for the error."""
    if isinstance(error, HubError):
        return error.status
    if isinstance(error, CannotWrite):
        return 507
    return 400 if error.kind is ErrorKind.PERSON else 503


def code_of(error: TidewaiterError) -> ApiCode:
    """The stable code of the error."""
    if isinstance(error, HubError):
        return error.code
    if isinstance(error, CannotWrite):
        return ApiCode.DISK_FULL
    return ApiCode.MALFORMED if error.kind is ErrorKind.PERSON else ApiCode.UNAVAILABLE


def answer(error: TidewaiterError) -> Response:
    """The error as JSON: English for a person, a code for a program, and when to try again."""
    status = status_of(error)
    log_failure(status, type(error).__name__, error.what)
    return refusal(status, code_of(error), str(error), kind=type(error).__name__)


def refusal(status: int, code: ApiCode, text: str, *, kind: str) -> Response:
    """A refusal in the form of docs/protocol.md."""
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    if code in RETRY_AFTER:
        headers["Retry-After"] = str(RETRY_AFTER[code])
    content = {"error": text, "kind": kind, "code": code, "curable": code in CURABLE_CODES}
    return JSONResponse(content, status, headers=headers)


def log_failure(status: int, kind: str, why: str) -> None:
    """Log a failure or a refusal, without any address, name or value."""
    if status >= 500:
        log("failed", status=status, kind=kind, why=why)
    elif status in REFUSED:
        log("refused", status=status, kind=kind, why=why)


async def error_as_json(request: Request, error: Exception) -> Response:  # noqa: ARG001
    """Our errors and the framework's as answers; registered for all routes of the API."""
    if isinstance(error, TidewaiterError):
        return answer(error)
    if isinstance(error, HTTPException):
        texts = {404: "there is nothing at this address", 405: "not in this way"}
        text = texts.get(error.status_code, error.detail)
        log_failure(error.status_code, "HTTPException", text)
        codes = {404: ApiCode.NOT_HERE, 405: ApiCode.WRONG_METHOD}
        code = codes.get(error.status_code, ApiCode.MALFORMED)
        refused = refusal(error.status_code, code, text, kind="HTTPException")
        refused.headers.update(error.headers or {})
        return refused
    if isinstance(error, ClientDisconnect):
        return Response(status_code=400)  # the caller has gone
    raise error


async def fault_as_json(request: Request, error: Exception) -> Response:  # noqa: ARG001
    """A fault of this program as an answer; the server logs the error itself."""
    return refusal(500, ApiCode.INTERNAL, "the hub made a mistake", kind=type(error).__name__)
