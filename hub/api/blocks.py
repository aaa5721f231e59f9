"""The body of a request that adds to an upload, in blocks that are written one by one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from domain.words import mark
from hub.api.door import SILENCE_SECONDS, answer
from hub.errors import ApiCode, RequestRefused

PIECE = 1 << 20
"""Bytes of a block; each is flushed to the disk by itself."""


def expect_type(request: Request, kind: str) -> None:
    """Raise `RequestRefused` (415) when the body is not of this media type."""
    if request.headers.get("content-type") != kind:
        raise RequestRefused(
            mark("the body must be of type {type}"),
            status=415,
            code=ApiCode.WRONG_TYPE,
            type=kind,
        )


def other_offset(at: int, named: object) -> Response:
    """The answer (409) to a request that names another offset than that of the upload."""
    refused = answer(
        RequestRefused(
            mark("the upload is at {at}, not at {named}"),
            status=409,
            code=ApiCode.WRONG_OFFSET,
            at=at,
            named=named,
        )
    )
    refused.headers["Upload-Offset"] = str(at)
    return refused


async def body_blocks(
    request: Request, length: int, at: int, ended: asyncio.Event
) -> AsyncIterator[bytes]:
    """The body in blocks of about `PIECE` bytes; also what came before a cut, which then raises
    `ClientDisconnect`. Raises `RequestRefused` for more bytes than an upload of `length` has from
    `at` on.
    """
    promised = request.headers.get("content-length", "0")
    _expect_room(length, at + (int(promised) if promised.isdecimal() else 0))
    held = bytearray()
    try:
        async for piece in _pieces(request, ended):
            held += piece
            _expect_room(length, at + len(held))
            if len(held) >= PIECE:
                at += len(held)
                yield bytes(held)
                held.clear()
    except ClientDisconnect:
        if held:
            yield bytes(held)
        raise
    if held:
        yield bytes(held)


def _expect_room(length: int, end: int) -> None:
    if end > length:
        raise RequestRefused(
            mark("more bytes than the upload's length"), status=413, code=ApiCode.TOO_LARGE
        )


async def _pieces(request: Request, ended: asyncio.Event) -> AsyncIterator[bytes]:
    """The body in pieces.

    Raises `ClientDisconnect` when the client closes the connection, sends nothing for too long, or
    another request takes over.
    """
    stream = request.stream().__aiter__()
    over = asyncio.ensure_future(ended.wait())
    try:
        while True:
            coming = asyncio.ensure_future(anext(stream, None))
            await asyncio.wait(
                (coming, over), timeout=SILENCE_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
            if not coming.done():
                coming.cancel()
                raise ClientDisconnect
            piece = coming.result()
            if piece is None:
                return
            yield piece
    finally:
        over.cancel()
