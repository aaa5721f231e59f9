"""Connections that ask nothing keep nobody else waiting."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest

from hub.serving.connections import Limits, raise_limits
from tests.hub.conftest import run_hub
from tests.hub.test_commands import ROOT
from tests.hub.test_tls import self_signed

FEW = Limits(connections=12, per_address=8, head_seconds=60)
HASTY = Limits(connections=100, per_address=100, head_seconds=1)


def connect(url: str) -> socket.socket:
    """A connection that asks nothing."""
    parts = urlsplit(url)
    return socket.create_connection((parts.hostname or "", parts.port or 0), timeout=20)


def answered(url: str) -> bool:
    with httpx2.Client(timeout=60, verify=False) as http:
        return http.get(f"{url}/api/health").status_code == 200


@contextmanager
def idle(url: str, count: int) -> Iterator[list[socket.socket]]:
    with ExitStack() as opened:
        yield [opened.enter_context(connect(url)) for _ in range(count)]


def test_others_are_answered_however_many_connections_are_idle(tmp_path: Path) -> None:
    with run_hub(tmp_path, limits=FEW) as running, idle(running.url, 50) as connections:
        assert answered(running.url)
        assert httpx2.get(running.pages, timeout=60).status_code == 200
        assert connections[0].recv(1) == b""  # the one that has waited longest was closed


def test_a_head_that_does_not_come_in_time_ends_the_connection(tmp_path: Path) -> None:
    with run_hub(tmp_path, limits=HASTY) as running, idle(running.url, 2) as (silent, slow):
        slow.sendall(b"GET /api/health HTTP/1.1\r\nHost: hub\r\nX-Slow: ")
        assert silent.recv(1) == b""
        assert slow.recv(1) == b""


def test_a_second_head_on_a_connection_has_no_more_time_than_the_first(tmp_path: Path) -> None:
    with run_hub(tmp_path, limits=HASTY) as running, connect(running.url) as connection:
        request = b"GET /api/health HTTP/1.1\r\nHost: hub\r\n\r\n"
        connection.sendall(request)
        answer = b""
        while not answer.endswith(b"}"):
            answer += connection.recv(4096)
        connection.sendall(request[:20])
        assert connection.recv(1) == b""


def test_a_handshake_that_does_not_come_in_time_ends_the_connection(tmp_path: Path) -> None:
    own = self_signed(tmp_path / "tls").certified
    with run_hub(tmp_path, limits=HASTY, certified=own) as running:
        with connect(running.url) as connection:
            assert connection.recv(1) == b""
        assert answered(running.url)


def test_who_is_being_answered_is_not_closed_for_one_that_asks_nothing(tmp_path: Path) -> None:
    with run_hub(tmp_path, limits=FEW) as running:
        station = running.station()
        with httpx2.stream("GET", f"{running.pages}/live", timeout=60) as stream:
            news = (line for line in stream.iter_lines() if line.startswith("data:"))
            before = next(news)
            with idle(running.pages, 30):
                station.finalise()
                station.send()
                assert next(news) != before


CHILD = """
import resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (128, int(sys.argv[1])))
from hub.serving.connections import raise_limits
print(raise_limits().connections, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_the_hub_asks_the_system_for_as_many_descriptors_as_it_may_have() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, "1024"], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.split() == ["640", "1024"]


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (512, 512))
sys.argv[0] = "main.py"
import main
sys.exit(main.main(sys.argv[1:]))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_more_idle_connections_than_descriptors_do_not_stop_the_hub(tmp_path: Path) -> None:
    raise_limits()  # the other ends are descriptors too, of this process
    arguments = ["hub", "serve", "--listen", "127.0.0.1:0"]
    arguments += [
        "--database",
        f"sqlite://{tmp_path}/a.sqlite",
        "--objects",
        f"file://{tmp_path}/b",
    ]
    hub = subprocess.Popen(
        [sys.executable, "-c", LIMITED, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert hub.stdout is not None
    try:
        url = hub.stdout.readline().split()[-1]
        with idle(url, 560):
            for _ in range(3):
                assert answered(url)
    finally:
        hub.terminate()
        log = hub.communicate(timeout=60)[1]
    assert "Too many open files" not in log
