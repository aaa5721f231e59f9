"""A line that goes dead without a word, for the kernels too: two network namespaces of our own,
one with the workstation, one with the hub, of which the second loses its address (Linux).

    unshare --user --map-root-user --net python -m benchmarks.links.dead FOLDER

FOLDER is a `Field`. Prints two numbers: the seconds until the command gives up its connection and
connects anew, and the seconds from the line's return until bytes reach the hub again.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from benchmarks.links.field import TRIES, Field
from tests.hub.test_tls import self_signed
from tests.journeys.desk import MAIN
from tests.link.emulator import Link
from tests.link.profiles import AWFUL

UNSHARE = ("unshare", "--user", "--map-root-user", "--net")
NEAR, FAR, FAR_ADDRESS = "10.9.0.1/24", "10.9.0.2/24", "10.9.0.2"
NEVER_CUT = replace(AWFUL, cut_every=0.0)
LIMIT = 150.0
"""Seconds after which the command counts as one that does not notice."""
STAYS_DEAD = 30.0
"""Seconds that the line stays dead at least."""
LOOK = 0.05
CONNECTING = "02"
"""The state SYN_SENT in /proc/net/tcp."""


def can_be_measured() -> bool:
    """Whether this system lets us make networks of our own."""
    if shutil.which("unshare") is None or shutil.which("ip") is None:
        return False
    silent = subprocess.DEVNULL
    return subprocess.run([*UNSHARE, "true"], stderr=silent, check=False).returncode == 0


def main(here: Field) -> None:
    """Print both numbers."""
    self_signed(here.folder / "tls", FAR_ADDRESS)
    _ip("link", "add", "near", "type", "veth", "peer", "name", "far")
    program = [sys.executable, "-m", "benchmarks.links.dead", str(here.folder), "far"]
    far = subprocess.Popen(
        ["unshare", "--net", *program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert far.stdin is not None
    assert far.stdout is not None
    try:
        assert far.stdout.readline() == "ready\n"
        _ip("link", "set", "far", "netns", str(far.pid))
        _ip("addr", "add", NEAR, "dev", "near")
        _ip("link", "set", "near", "up")
        port = _asked(far.stdin, far.stdout, "begin")
        url = f"https://{FAR_ADDRESS}:{port:.0f}"
        here.find_hub_at(url)
        words = ["sync", "--authority", str(here.certificate), "--tries", str(TRIES)]
        child = subprocess.Popen(
            [sys.executable, MAIN, *here.desk.words(*words)], stdout=sys.stderr
        )
        try:
            _measure(far.stdin, far.stdout, child)
        finally:
            child.kill()
            child.wait()
    finally:
        far.stdin.close()
        far.wait()


def _measure(orders: IO[str], answers: IO[str], child: subprocess.Popen[bytes]) -> None:
    while _asked(orders, answers, "arrived") < 300_000:
        assert child.poll() is None, "the command ended before the line was dead"
        time.sleep(LOOK)
    _asked(orders, answers, "dead")
    dead_at = time.monotonic()
    while not _connecting() and time.monotonic() < dead_at + LIMIT:
        time.sleep(LOOK)
    noticed = time.monotonic() - dead_at
    time.sleep(max(0.0, STAYS_DEAD - noticed))
    before = _asked(orders, answers, "arrived")
    _asked(orders, answers, "back")
    back_at = time.monotonic()
    while _asked(orders, answers, "arrived") <= before and time.monotonic() < back_at + LIMIT:
        time.sleep(LOOK)
    print(f"{noticed:.1f} {time.monotonic() - back_at:.1f}")


def _asked(orders: IO[str], answers: IO[str], order: str) -> float:
    """What the other namespace answers to an order."""
    orders.write(f"{order}\n")
    orders.flush()
    return float(answers.readline())


def far_end(here: Field) -> None:
    """The namespace of the hub: does what it is told, line by line."""
    print("ready", flush=True)
    assert sys.stdin.readline() == "begin\n"
    _ip("link", "set", "lo", "up")
    _ip("link", "set", "far", "up")
    _ip("addr", "add", FAR, "dev", "far")
    with here.hub(tls=True) as hub:
        address = urlsplit(hub.url)
        target = (address.hostname or "", address.port or 0)
        with Link(NEVER_CUT, target, host=FAR_ADDRESS) as link:
            print(link.port, flush=True)
            for order in sys.stdin:
                if order == "dead\n":
                    _ip("addr", "del", FAR, "dev", "far")
                elif order == "back\n":
                    _ip("addr", "add", FAR, "dev", "far")
                print(link.counted().up_arrived, flush=True)


def _connecting() -> bool:
    lines = Path("/proc/self/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    return any(line.split()[3] == CONNECTING for line in lines)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True)


if __name__ == "__main__":
    if sys.argv[2:] == ["far"]:
        far_end(Field(Path(sys.argv[1])))
    else:
        main(Field(Path(sys.argv[1])))
