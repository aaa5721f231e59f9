"""Threads for work on photos: a few of their own, so that records always have the others.

A store for photos may hang, also after the first bytes of an answer, and then each question to it
holds a thread, and many of them a connection to the database too. So no more than `PHOTO_THREADS`
of them are at work in a process, which is less than the connections that one hub opens. Starlette's
other threads, 40, never wait for photos.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from functools import partial
from typing import ParamSpec, TypeVar

import anyio
from anyio.lowlevel import RunVar
from anyio.to_thread import run_sync

from domain.words import mark
from hub.errors import Unavailable

P = ParamSpec("P")
T = TypeVar("T")
PHOTO_THREADS = 16
WITHIN = 10.0
"""Seconds that a request waits for one of them, as for a connection to the database."""

_limiter: RunVar[anyio.CapacityLimiter] = RunVar("photo_threads")
"""One for each event loop, as the limiter of the other threads."""


async def in_photo_thread(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What the function returns, called in a thread for photos.

    Raises `Unavailable` when none comes free within `WITHIN`.
    """
    async with _turn(WITHIN) as unlimited:
        return await run_sync(partial(function, *args, **kwargs), limiter=unlimited)


async def photo_pieces(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The bytes of a photo, each piece read in a thread for photos. Ends the answer early, as a
    broken store does, when no thread comes free.
    """
    while (piece := await in_photo_thread(_next, pieces)) is not None:
        yield piece


def _next(pieces: Iterator[bytes]) -> bytes | None:
    return next(pieces, None)


@asynccontextmanager
async def _turn(within: float) -> AsyncIterator[anyio.CapacityLimiter]:
    """One of the threads for photos; a limiter for it alone."""
    try:
        limiter = _limiter.get()
    except LookupError:
        limiter = anyio.CapacityLimiter(PHOTO_THREADS)
        _limiter.set(limiter)
    borrower = object()
    try:
        with anyio.fail_after(within):
            await limiter.acquire_on_behalf_of(borrower)
    except TimeoutError as error:
        raise Unavailable(
            mark("too many callers at once"), hint=mark("Try again in a moment.")
        ) from error
    try:
        yield anyio.CapacityLimiter(1)
    finally:
        limiter.release_on_behalf_of(borrower)
