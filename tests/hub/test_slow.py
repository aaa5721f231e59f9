"""Who says nothing, too much or nonsense neither holds the hub up nor gets in."""

from __future__ import annotations

import asyncio
import socket
from urllib.parse import urlsplit

import pytest
from starlette.requests import Request
from starlette.types import Message

from hub.api.door import body
from hub.errors import RequestRefused
from tests.hub.conftest import Running


def answer_to(url: str, request: bytes) -> bytes:
    """The first bytes of what the hub answers to these on a raw line."""
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=30) as line:
        line.sendall(request)
        return line.recv(4096)


def test_a_body_that_never_comes_is_not_waited_for_beyond_a_silence() -> None:
    async def nothing() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    async def ask() -> bytes:
        scope = {"type": "http", "method": "POST", "path": "/api/enrol", "headers": []}
        return await body(Request(scope, nothing), 100, silence=0.01)

    with pytest.raises(RequestRefused) as refused:
        asyncio.run(ask())
    assert refused.value.status == 408


def test_a_header_without_end_is_refused(running: Running) -> None:
    request = b"GET /api/health HTTP/1.1\r\nHost: hub\r\nX-Long: " + b"a" * 200_000
    assert answer_to(running.url, request).startswith(b"HTTP/1.1 4")


@pytest.mark.parametrize("host", [b"x/api/", b"evil.example", b"evil.example:99999", b"[x"])
def test_a_page_opens_under_no_name_but_this_machines_own(running: Running, host: bytes) -> None:
    request = b"GET /devices HTTP/1.1\r\nHost: " + host + b"\r\n\r\n"
    assert answer_to(running.pages, request).startswith((b"HTTP/1.1 403 ", b"HTTP/1.1 400 "))
