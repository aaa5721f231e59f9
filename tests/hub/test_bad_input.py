"""What nobody should send gets one clear answer, and the next one is served."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.routing import Route

from domain.ids import PhotoHash
from hub.build import api
from hub.packs import open_library
from hub.serving.arrivals import Arrivals
from tests.hub.conftest import Running, run_hub
from tests.hub.engines import sqlite_url
from tests.hub.test_photos import PHOTO, TUS, begin, patch

STRANGE = ("\x00", "a\x00b", "..", "%2e%2e%2f", "\u202e", "D" * 4000, "0" * 64, "-1", "' OR 1=1 --")
"""Parts of an address that no sender computes."""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One hub for all requests that change nothing."""
    with run_hub(tmp_path_factory.mktemp("hub"), database=sqlite_url) as running:
        yield running


def connected(url: str) -> socket.socket:
    parts = urlsplit(url)
    return socket.create_connection((parts.hostname or "", parts.port or 0), timeout=30)


def answer_to(url: str, request: bytes) -> bytes:
    """All that the hub answers to these bytes, after which nothing more comes."""
    found = bytearray()
    with connected(url) as line:
        try:
            line.sendall(request)
            line.shutdown(socket.SHUT_WR)
            while piece := line.recv(65_536):
                found += piece
        except OSError:
            pass  # the hub hung up while bytes were still coming
    return bytes(found)


@given(st.binary(max_size=400))
def test_bytes_that_are_no_request_are_answered_with_a_refusal_or_nothing(
    shared: Running, data: bytes
) -> None:
    for url in (shared.url, shared.pages):
        assert answer_to(url, data)[:10] in (b"", b"HTTP/1.1 4")
    assert httpx2.get(f"{shared.url}/health/live").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [b"X: y\r\n" * 101, b"X-Long: " + b"a" * 200_000 + b"\r\n", b"X: y\r\n" * 30_000],
    ids=["many", "long", "many and long"],
)
def test_too_many_or_too_long_headers_get_431(shared: Running, headers: bytes) -> None:
    request = b"GET /api/health HTTP/1.1\r\nHost: localhost\r\n" + headers + b"\r\n"
    for url in (shared.url, shared.pages):
        assert answer_to(url, request)[:12] in (b"HTTP/1.1 431", b"")  # b"": it hung up before


def routes(running: Running) -> list[Route]:
    arrivals = Arrivals(running.hub.database)
    found = api(running.hub, open_library(running.hub.database), arrivals).routes
    return [route for route in found if isinstance(route, Route)]


@pytest.mark.rows
def test_a_strange_name_in_any_address_is_no_fault_of_the_hub(running: Running) -> None:
    station = running.station()
    for route in routes(running):
        for strange in STRANGE if "{" in route.path else ():
            path = route.path
            for name in route.param_convertors:
                path = path.replace("{" + name + "}", quote(strange, safe=""))
            for method in route.methods or ():
                answer = station.http.request(method, path, headers=TUS)
                assert answer.status_code < 500, (method, path)


@pytest.mark.rows
def test_a_strange_question_is_no_fault_of_the_hub(running: Running) -> None:
    station = running.station()
    for name in ("nonce", "losses", "after", "posts"):
        for path in (f"/api/devices/{station.device}/tips", "/api/feed", "/api/introduction"):
            for strange in STRANGE:
                answer = station.http.get(path, params={name: strange})
                assert answer.status_code < 500, (path, name, strange)


@pytest.mark.parametrize("path", ["/api/enrol", "/api/enrolment", "/api/batches"])
def test_a_body_that_ends_early_is_not_taken(shared: Running, path: str) -> None:
    station = shared.station(seed=len(path))
    head = f"POST {path} HTTP/1.1\r\nHost: hub\r\nContent-Length: 1000\r\n"
    head += f"Authorization: Bearer {station.token}\r\n\r\n"
    answer = answer_to(shared.url, head.encode() + b"{")
    assert answer[:10] in (b"", b"HTTP/1.1 4")


@pytest.mark.parametrize(
    ("path", "size"),
    [("/api/enrol", 100_000), ("/api/enrolment", 10_000), ("/api/batches", 20 << 20)],
)
def test_a_body_over_the_limit_of_its_route_gets_413(shared: Running, path: str, size: int) -> None:
    station = shared.station(seed=size)
    answer = station.http.post(path, content=bytes(size))
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_a_packed_body_is_never_unpacked(shared: Running) -> None:
    bomb = gzip.compress(bytes(60_000), 9) * 500
    headers = {"Content-Encoding": "gzip"}
    for path in ("/api/enrol", "/api/enrolment", "/api/batches"):
        answer = shared.station(seed=7).http.post(path, content=bomb, headers=headers)
        assert 400 <= answer.status_code < 500, path


def test_ten_thousand_ranges_cost_no_more_than_the_photo(shared: Running) -> None:
    station = shared.station(seed=8)
    patch(station, begin(station).headers["Location"], 0, PHOTO)
    name = PhotoHash.of(PHOTO)
    ranges = {"Range": "bytes=" + ",".join(f"{at}-{at}" for at in range(10_000))[:15_000]}
    backwards = {"Range": "bytes=9-3"}
    endless = {"Range": "bytes=-" + "9" * 4000}
    with httpx2.Client(base_url=shared.pages, timeout=30) as pages:
        asked = ((station.http, f"/api/photos/{name}"), (pages, f"/photos/{name}"))
        for headers in (ranges, backwards, endless, {"Range": "\x7f"}):
            for http, path in asked:
                answer = http.get(path, headers=headers)
                assert answer.status_code in (200, 206, 400, 416), (path, headers)
                assert len(answer.content) <= len(PHOTO) + 200
