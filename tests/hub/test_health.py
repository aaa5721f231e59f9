"""Whether a hub lives, is ready, and how it ends."""

from __future__ import annotations

import os
import signal
import socket
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest

from tests.hub.conftest import Running
from tests.hub.station import Station
from tests.hub.test_commands import serving
from tests.hub.test_photos import PHOTO, begin

SIGNALS = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")


def ready(url: str) -> tuple[int, dict[str, str]]:
    answer = httpx2.get(f"{url}/health/ready", timeout=20)
    assert answer.json()["ready"] is (answer.status_code == 200)
    return answer.status_code, answer.json()["parts"]


def test_a_hub_that_has_all_its_parts_is_ready(running: Running) -> None:
    assert httpx2.get(f"{running.url}/health/live").json() == {"live": True}
    parts = dict.fromkeys(("database", "photos", "disk", "process"), "ok")
    assert ready(running.url) == (200, parts)


def test_a_hub_whose_photos_are_away_lives_and_says_what_is_missing(running: Running) -> None:
    owner = running.stored.read("photos/hub.json")
    running.stored.remove("photos/hub.json")
    assert httpx2.get(f"{running.url}/health/live").status_code == 200
    status, parts = ready(running.url)
    assert (status, parts["photos"], parts["database"]) == (503, "away", "ok")
    running.stored.write("photos/hub.json", owner)
    assert ready(running.url)[0] == 200


@SIGNALS
@pytest.mark.folder
def test_photos_that_never_answer_keep_nobody_waiting(running: Running, tmp_path: Path) -> None:
    owner, hanging = tmp_path / "objects/photos/hub.json", tmp_path / "hanging"
    kept = owner.read_bytes()
    os.mkfifo(hanging)  # as a disk of a network that hangs: to open it never ends
    hanging.replace(owner)
    try:
        asked = httpx2.get(f"{running.url}/health/ready?records", timeout=10)
        assert (asked.status_code, asked.json()["parts"]["photos"]) == (200, "away")
        status, parts = ready(running.url)
        assert (status, parts["photos"], parts["database"]) == (503, "away", "ok")
    finally:
        owner.write_bytes(kept)  # whoever waits reads it
    owner.unlink()
    owner.write_bytes(kept)
    assert ready(running.url)[0] == 200


def with_config(folder: Path, text: str) -> list[str]:
    file = folder / "hub.toml"
    file.write_text(text, "utf-8")
    return ["--config", str(file), "--code", str(folder / "code")]


def takes_none(url: str) -> None:
    """Return once the hub takes no connection any more."""
    parts = urlsplit(url)
    with suppress(OSError):
        while True:
            socket.create_connection((parts.hostname or "", parts.port or 0)).close()


@SIGNALS
def test_a_hub_that_is_told_to_end_says_so_before_it_does(tmp_path: Path) -> None:
    words = with_config(tmp_path, "[limits]\ndrain_seconds = 600\n")
    with serving(tmp_path, *words) as (hub, url):
        hub.send_signal(signal.SIGTERM)
        asked = (ready(url) for _ in range(300))  # the signal may take a moment
        assert next(parts for status, parts in asked if status == 503)["process"] == "stopping"
        assert httpx2.get(f"{url}/api/health").status_code == 200
        hub.send_signal(signal.SIGTERM)
        assert hub.wait(20) == 0


@SIGNALS
def test_a_request_that_is_being_answered_is_finished(tmp_path: Path) -> None:
    words = with_config(tmp_path, "[limits]\ngoodbye_seconds = 60\n")
    with serving(tmp_path, *words) as (hub, url):
        station = Station(url)
        station.enrol((tmp_path / "code").read_text())
        where = begin(station).headers["Location"]
        parts = urlsplit(url)
        head = (
            f"PATCH {where} HTTP/1.1\r\nHost: hub\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
            f"Authorization: Bearer {station.token}\r\nContent-Length: {len(PHOTO)}\r\n"
            "Content-Type: application/offset+octet-stream\r\nExpect: 100-continue\r\n\r\n"
        )
        with socket.create_connection((parts.hostname or "", parts.port or 0)) as connection:
            connection.sendall(head.encode())
            assert connection.recv(4096).startswith(b"HTTP/1.1 100")  # the hub reads the body
            hub.send_signal(signal.SIGTERM)
            takes_none(url)
            connection.sendall(PHOTO)
            assert connection.recv(4096).startswith(b"HTTP/1.1 204")
        assert hub.wait(20) == 0


@SIGNALS
def test_a_second_signal_ends_a_hub_that_waits_for_a_caller(tmp_path: Path) -> None:
    words = with_config(tmp_path, "[limits]\ngoodbye_seconds = 600\n")
    with serving(tmp_path, *words) as (hub, url):
        parts = urlsplit(url)
        head = "POST /api/enrolment HTTP/1.1\r\nHost: hub\r\nContent-Length: 9\r\n"
        head += "Expect: 100-continue\r\n\r\n"
        with socket.create_connection((parts.hostname or "", parts.port or 0)) as connection:
            connection.sendall(head.encode())
            assert connection.recv(4096).startswith(b"HTTP/1.1 100")
            hub.send_signal(signal.SIGTERM)
            takes_none(url)
            hub.send_signal(signal.SIGTERM)
            assert hub.wait(20) == 0
