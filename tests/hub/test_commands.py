"""The hub's commands as its owner types them, in processes of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.hub.station import Station, tips_of
from tests.journeys.desk import Said
from tests.journeys.desk import run as run_main

ROOT = Path(__file__).resolve().parents[2]
MAIN = [sys.executable, str(ROOT / "main.py"), "hub"]


def places(folder: Path) -> list[str]:
    return ["--database", f"sqlite://{folder}/a/hub.sqlite", "--objects", f"file://{folder}/b"]


@contextmanager
def serving(folder: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A hub in a process of its own, and its address."""
    words = [*MAIN, "serve", "--listen", "127.0.0.1:0", *places(folder), *more]
    hub = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert hub.stdout is not None
    try:
        line = hub.stdout.readline()
        shown = hub.stdout.readline()
        assert shown.startswith("pages are at http://127.0.0.1:") or not line
        assert line.startswith("hub listens on http://127.0.0.1:"), hub.communicate()
        yield hub, line.split()[-1]
    finally:
        hub.kill()
        hub.communicate()


def refused(*words: str) -> Said:
    """A hub that should not begin to serve; one that does is ended, and its line is there."""
    command = [*MAIN, "serve", "--listen", "127.0.0.1:0", *words]
    hub = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert hub.stdout is not None
    line = hub.stdout.readline()
    if line:
        hub.terminate()
    out, errors = hub.communicate(timeout=60)
    return Said(hub.returncode, line + out, errors)


def run(*words: str) -> Said:
    return run_main(["hub", *words])


def test_it_makes_its_place_serves_and_ends_when_told(tmp_path: Path) -> None:
    with serving(tmp_path, "--code", str(tmp_path / "code")) as (hub, url):
        station = Station(url)
        station.enrol((tmp_path / "code").read_text())
        assert station.send().tips
        hub.send_signal(signal.SIGTERM)
        _, log = hub.communicate(timeout=30)
        assert hub.returncode == 0
    assert "Traceback" not in log
    assert "Mail North 1" not in log
    assert station.token not in log


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9")
def test_what_was_acknowledged_is_there_after_a_kill(tmp_path: Path) -> None:
    with serving(tmp_path, "--code", str(tmp_path / "code")) as (hub, url):
        station = Station(url)
        station.enrol((tmp_path / "code").read_text())
        station.finalise()
        before = station.send()
        hub.kill()
        hub.wait()
    with serving(tmp_path) as (_, url):
        station.http.base_url = url
        answer = station.http.get(f"/api/devices/{station.device}/tips")
        assert tips_of(station.read(answer)) == tips_of(before)


def test_codes_tokens_devices_and_backups_while_it_serves(tmp_path: Path) -> None:
    database = places(tmp_path)[:2]
    with serving(tmp_path) as (_, url):
        station = Station(url)
        station.enrol(run("code", *database).out.strip())
        station.send()
        assert run("token", "photos", *database).out.startswith("tw_")
        assert str(station.device) in run("device", "list", *database).out
        done = run("backup", *places(tmp_path), "--new", "--to", str(tmp_path / "backup"))
        assert done.status == 0
        assert "1 entry and 0 photos, read back: safe" in done.out


@pytest.mark.parametrize("database", ["s3://x/y", "mysql://x/y", "nothing"])
def test_a_place_it_does_not_know_gets_one_clear_sentence(database: str) -> None:
    done = refused("--database", database, "--objects", "file:///x")
    assert done.status == 2
    assert "not an address the hub can use" in done.err
    assert "Traceback" not in done.err


def test_a_command_for_a_hub_that_is_not_there_makes_none(tmp_path: Path) -> None:
    done = run("code", "--database", f"sqlite:///{tmp_path}/none.sqlite")
    assert done.status == 3
    assert "there is no hub here" in done.err
    assert "//" not in done.err
    assert not (tmp_path / "none.sqlite").exists()
