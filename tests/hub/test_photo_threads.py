"""A store for photos that hangs takes neither the threads nor the connections that records want."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest

from domain.ids import PhotoHash
from hub.errors import Unavailable
from hub.serving.photo_threads import PHOTO_THREADS, in_photo_thread
from tests.hub.conftest import run_hub
from tests.hub.engines import Url
from tests.hub.station import Station, a_photo

PHOTO = b"a photo of which only the first bytes arrive" * 1_000
NOTHING = b"""<?xml version="1.0"?><ListBucketResult><Name>hub</Name><KeyCount>0</KeyCount>
<IsTruncated>false</IsTruncated></ListBucketResult>"""
MANY = 60
"""Requests for a photo: more than a hub has threads."""


class HangingStore(ThreadingHTTPServer):
    """A store of S3's kind. Once it `hangs` it sends the first bytes of a photo and then nothing,
    once it is `silent` not even those of any answer, until it is released.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Asked)
        self.stored: dict[str, bytes] = {}
        self.hangs = self.silent = False
        self.asked_while_silent = 0
        self.released = threading.Event()
        self.begun = threading.Semaphore(0)

    def address(self, arriving: Path) -> str:
        """What `--objects` says for it."""
        return f"s3://hub?arriving={arriving}&endpoint=http://127.0.0.1:{self.server_port}&region=x"


class _Asked(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: HangingStore

    def do_PUT(self) -> None:
        self.server.stored[self._name()] = self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(200, b"")

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        gone = b"".join(re.findall(rb"<Key>.*?</Key>", asked))
        self._answer(200, b"<DeleteResult><Deleted>" + gone + b"</Deleted></DeleteResult>")

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        if self.server.silent:
            self.server.asked_while_silent += 1
            self.server.released.wait(60)
        data = self.server.stored.get(self._name())
        if data is None:
            self._answer(200, NOTHING) if not self._name() else self._answer(404, b"")
        elif self.server.hangs and self.command == "GET" and not self.path.endswith(".json"):
            self._answer(200, data, until=10)
            self.server.begun.release()
            self.server.released.wait(60)
            self.close_connection = True
        else:
            self._answer(200, data)

    def _name(self) -> str:
        return urlsplit(self.path).path.removeprefix("/hub").strip("/")

    def _answer(self, status: int, data: bytes, until: int | None = None) -> None:
        self.send_response(status)
        for name, value in {
            "Content-Length": str(len(data)),
            "ETag": '"1"',
            "Last-Modified": "Fri, 27 Nov 2026 04:00:00 GMT",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data[:until])
            self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def a_store() -> Iterator[HangingStore]:
    with HangingStore() as store, pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "x")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "x")
        threading.Thread(target=store.serve_forever).start()
        try:
            yield store
        finally:
            store.released.set()
            store.shutdown()


@pytest.mark.rows
def test_photos_that_hang_after_their_first_bytes_leave_threads_and_connections_for_records(
    tmp_path: Path, engine: Url
) -> None:
    (tmp_path / "arriving").mkdir()
    with a_store() as store, ExitStack() as lines:
        objects = store.address(tmp_path / "arriving")
        with run_hub(tmp_path, database=engine, objects=objects) as running:
            station = running.station()
            _with_photo(station)
            store.hangs = True
            for _ in range(MANY):
                lines.enter_context(_asked_for(station))
            for _ in range(PHOTO_THREADS):
                assert store.begun.acquire(timeout=20)
            assert not store.begun.acquire(timeout=0.2), "more threads than photos may have"
            station.finalise()
            station.http.timeout = 5
            assert station.send(station.chain[-1:]).tips
            assert running.count("interception") == 2
            store.released.set()


def test_the_list_and_a_record_are_shown_while_the_store_for_photos_says_nothing(
    tmp_path: Path,
) -> None:
    (tmp_path / "arriving").mkdir()
    with a_store() as store, ExitStack() as released:
        objects = store.address(tmp_path / "arriving")
        hub = released.enter_context(run_hub(tmp_path, objects=objects))
        released.callback(store.released.set)
        station = hub.station()
        _with_photo(station)
        record = station.chain[-1].head.subject
        store.silent = True
        for path in ("/", "/rows", f"/interceptions/{record}"):
            shown = httpx2.get(f"{hub.pages}{path}", timeout=10)
            assert f"/photos/{PhotoHash.of(PHOTO)}/" in shown.text
        assert not store.asked_while_silent


def _with_photo(station: Station) -> None:
    """The hub has the photo, which a record names."""
    station.finalise(photos=(a_photo(PHOTO),))
    station.send()
    sent = station.http.post(
        "/api/photos",
        content=PHOTO,
        headers={
            "Tus-Resumable": "1.0.0",
            "Upload-Length": str(len(PHOTO)),
            "Content-Type": "application/offset+octet-stream",
        },
    )
    assert sent.status_code == 201, sent.text


def _asked_for(station: Station) -> socket.socket:
    """A line on which the photo was asked for, and nothing is read."""
    parts = urlsplit(station.url)
    line = socket.create_connection((parts.hostname or "", parts.port or 0), timeout=30)
    head = f"GET /api/photos/{PhotoHash.of(PHOTO)} HTTP/1.1\r\nHost: hub\r\n"
    line.sendall(f"{head}Authorization: Bearer {station.token}\r\n\r\n".encode())
    return line


def test_a_request_that_gets_no_thread_for_photos_is_asked_to_come_again() -> None:
    held, release = threading.Semaphore(0), threading.Event()

    def hold() -> None:
        held.release()
        release.wait(20)

    async def ask() -> None:
        waiting = [asyncio.ensure_future(in_photo_thread(hold)) for _ in range(PHOTO_THREADS)]
        for _ in waiting:
            await asyncio.to_thread(held.acquire)
        with pytest.raises(Unavailable, match=re.escape("too many callers at once")):
            await in_photo_thread(int)
        release.set()
        await asyncio.gather(*waiting)
        assert await in_photo_thread(int) == 0

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hub.serving.photo_threads.WITHIN", 0.05)
        asyncio.run(ask())
