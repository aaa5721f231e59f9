"""The body of a request that adds to an upload, in blocks that are written one by one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from starlette.requests import ClientDisconnect, Request

from domain.words import mark
from hub.api.door import SILENCE_SECONDS
from hub.errors import ApiCode, RequestRefused
from hub.store.sql.uploads import Upload

PIECE = 1 << 20
"""Bytes of a block; each is flushed to the disk by itself."""


async def body_blocks(
    request: Request, upload: Upload, at: int, ended: asyncio.Event
) -> AsyncIterator[bytes]:
    """The body in blocks of about `PIECE` bytes; also what came before a cut, which then raises
    `ClientDisconnect`. Raises `RequestRefused` for more bytes than `upload` has from `at` on.
    """
    promised = request.headers.get("content-length", "0")
    _expect_room(upload, at + (int(promised) if promised.isdecimal() else 0))
    held = bytearray()
    try:
        async for piece in _pieces(request, ended):
            held += piece
            _expect_room(upload, at + len(held))
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


def _expect_room(upload: Upload, end: int) -> None:
    if end > upload.length:
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
