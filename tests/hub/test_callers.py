"""Who calls: the caller's address behind a proxy, and the line of each request in the log."""

from __future__ import annotations

import ipaddress
import json
import logging
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.instant import Instant
from hub.config import Config, LogConfig
from hub.log import LOGGER, JsonLines
from hub.serving.proxies import seen_through_proxies
from tests.hub.conftest import Running, run_hub
from tests.hub.test_photos import PHOTO, begin

PROXY = Config(
    proxies=(ipaddress.ip_network("127.0.0.1"), ipaddress.ip_network("10.0.0.0/8")),
    log=LogConfig(addresses=True),
)
WRONG_CODE = b'{"code": "000000000000"}'


def seen(peer: str, *headers: tuple[str, str], proxies: Config = PROXY) -> tuple[str, str]:
    """The caller's address and the scheme of a request from `peer` with these headers."""
    pairs = [(name.encode(), value.encode("latin-1")) for name, value in headers]
    scope: dict[str, Any] = {"client": (peer, 1), "scheme": "http", "headers": pairs}
    seen_through_proxies(scope, proxies.proxies)
    return scope["client"][0], scope["scheme"]


@pytest.mark.parametrize(
    ("peer", "told", "caller"),
    [
        ("127.0.0.1", "192.0.2.7", "192.0.2.7"),
        ("127.0.0.1", "198.51.100.1, 192.0.2.7", "192.0.2.7"),
        ("127.0.0.1", "192.0.2.7, 10.0.0.3", "192.0.2.7"),
        ("127.0.0.1", "10.0.0.4, 10.0.0.3", "10.0.0.4"),
        ("127.0.0.1", "192.0.2.7:5123", "192.0.2.7"),
        ("127.0.0.1", "[2001:db8::1]:443", "2001:db8::1"),
        ("127.0.0.1", "2001:DB8::1", "2001:db8::1"),
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("127.0.0.1", "192.0.2.7, nonsense", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("::ffff:127.0.0.1", "192.0.2.7", "192.0.2.7"),
        ("192.0.2.9", "127.0.0.1", "192.0.2.9"),
        ("192.0.2.9", "192.0.2.7", "192.0.2.9"),
    ],
)
def test_the_caller_is_the_last_address_that_no_trusted_proxy_has(
    peer: str, told: str, caller: str
) -> None:
    assert seen(peer, ("x-forwarded-for", told))[0] == caller


def test_a_scheme_counts_only_from_a_proxy_that_is_trusted() -> None:
    assert seen("127.0.0.1", ("x-forwarded-proto", "https"))[1] == "https"
    assert seen("127.0.0.1", ("x-forwarded-proto", "javascript"))[1] == "http"
    assert seen("192.0.2.9", ("x-forwarded-proto", "https"))[1] == "http"


@given(st.text(st.characters(max_codepoint=255), max_size=60))
def test_nothing_that_is_told_makes_a_caller_who_is_no_address(told: str) -> None:
    assert ipaddress.ip_address(seen("127.0.0.1", ("x-forwarded-for", told))[0])
    assert seen("192.0.2.9", ("x-forwarded-for", told))[0] == "192.0.2.9"


@pytest.fixture
def behind_proxy(tmp_path: Path) -> Iterator[Running]:
    with run_hub(tmp_path, config=PROXY) as running:
        yield running


def test_wrong_codes_behind_a_proxy_close_enrolment_for_their_caller_alone(
    behind_proxy: Running,
) -> None:
    def ask(address: str) -> int:
        return httpx2.post(
            f"{behind_proxy.url}/api/enrolment",
            content=WRONG_CODE,
            headers={"X-Forwarded-For": address},
        ).status_code

    guesses = [ask("192.0.2.7") for _ in range(12)]
    assert (guesses[0], guesses[-1]) == (403, 429)
    assert ask("192.0.2.8") == 403


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """The log as it is written, a dictionary for each line."""
    written = JsonLines(lambda: Instant.parse("2026-11-23T03:12:08.123Z"))
    return [json.loads(written.format(record)) for record in caplog.records]


@pytest.fixture
def caplog(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    logger = logging.getLogger(LOGGER)
    logger.addHandler(caplog.handler)
    logger.setLevel(logging.INFO)
    yield caplog
    logger.removeHandler(caplog.handler)


def test_each_request_is_a_line_with_its_route_and_caller_and_without_its_content(
    behind_proxy: Running, caplog: pytest.LogCaptureFixture
) -> None:
    station = behind_proxy.station()
    where = begin(station).headers["Location"]
    station.http.head(where, headers={"Tus-Resumable": "1.0.0"})
    answer = httpx2.get(
        f"{behind_proxy.url}/nowhere?secret=SESAME",
        headers={"X-Request-ID": "from-the-proxy", "X-Forwarded-For": "192.0.2.7"},
    )
    assert answer.headers["X-Request-ID"] == "from-the-proxy"
    httpx2.get(f"{behind_proxy.url}/health/live")
    found = [line for line in lines(caplog) if line["event"] == "request"]
    asked = next(line for line in found if line["method"] == "HEAD")
    assert asked["route"] == "/api/photos/{upload}"
    assert (asked["caller"], asked["status"]) == (str(station.device), 200)
    begun = next(line for line in found if line["route"] == "/api/photos")
    assert begun["in"] == 0
    nowhere = found[-1]
    assert (nowhere["route"], nowhere["caller"]) == ("-", "-")
    assert (nowhere["address"], nowhere["request"]) == ("192.0.2.7", "from-the-proxy")
    text = json.dumps(found)
    assert "SESAME" not in text
    assert station.token not in text
    assert where.rpartition("/")[2] not in text


def test_addresses_are_in_the_log_only_when_they_are_asked_for(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with run_hub(tmp_path, config=Config()) as running:
        answer = httpx2.get(
            f"{running.url}/nowhere", headers={"X-Request-ID": "forged", "X-Forwarded-For": "::9"}
        )
    assert answer.headers["X-Request-ID"] != "forged"
    line = next(line for line in lines(caplog) if line["event"] == "request")
    assert "address" not in line
    assert line["request"] == answer.headers["X-Request-ID"]


def test_a_fact_of_an_event_does_not_replace_its_time(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger(LOGGER).info("cut", extra={"facts": {"at": 7, "offset": 7}})
    assert lines(caplog)[-1]["at"].startswith("2026-11-23T03:12:08")
    assert lines(caplog)[-1]["offset"] == 7


def test_a_cut_upload_is_logged_with_its_time_and_offset(
    behind_proxy: Running, caplog: pytest.LogCaptureFixture
) -> None:
    station = behind_proxy.station()
    where = begin(station).headers["Location"]
    parts = urlsplit(behind_proxy.url)
    with socket.create_connection((parts.hostname or "", parts.port or 0)) as connection:
        head = (
            f"PATCH {where} HTTP/1.1\r\nHost: hub\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
            f"Authorization: Bearer {station.token}\r\nContent-Length: {len(PHOTO)}\r\n"
            "Content-Type: application/offset+octet-stream\r\n\r\n"
        )
        connection.sendall(head.encode() + PHOTO[:100])
        stored = "0"
        while stored != "100":  # each question waits for the request before it
            answer = station.http.head(where, headers={"Tus-Resumable": "1.0.0"})
            stored = answer.headers["Upload-Offset"]
    cut = next(line for line in lines(caplog) if line["event"] == "cut")
    assert (cut["offset"], cut["of"]) == (100, len(PHOTO))
    assert Instant.parse(cut["at"])
