"""Time from the start of the process to what a person sees, as ratios in one run.

    python -m benchmarks.start [tries]

Each try is a separate process; the kinds of programs take turns. `bare form` is 40 fields, menus
and a table of nothing but Qt. The others are `main.py desk`, with 400 interceptions and a draft:
`door` until the question for the passphrase is painted, `first frame` until the desk's window is
painted for the first time, `usable` until the draft is filled in, painted, and has the focus. In
the last row the pack of the draft has 5,000 categories. These folders are opened by the recovery
key, at once; a passphrase takes longer, by argon2id, slow on purpose. Ratios are given of the time
and of the processor's time; on a busy machine the second holds still.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from acts.session import Session
from acts.station.init import make_workstation
from benchmarks.pack import pack_of
from benchmarks.search import fill
from storage.appearance import Appearance, write_appearance
from storage.identity import Station
from storage.keys import Passphrase, RecoveryKey
from storage.workstation import open_workstation
from system.shipped import shipped_packs
from tests.builders import a_draft

PASSPHRASE = "one two three four five"
RECORDS = 400
PACK, CATEGORIES = "SAMPLE-MED", 5000
BARE = "bare form"
WIDTH, HEIGHT = 1920, 1080
SCREEN = {"name": "one", "x": 0, "y": 0, "width": WIDTH, "height": HEIGHT, "dpr": 1}
SHAPE = (200, 60, 1462, 900, 0)
"""The window is as large as that of the bare form."""

Spent = tuple[float, float]
"""Milliseconds: of the clock, and of the processor."""


def main(tries: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        programs = _programs(Path(folder))
        times: dict[str, list[Spent]] = {kind: [] for kind in programs}
        for index in range(tries + 1):
            for kind, arguments in programs.items():
                spent = _measure(arguments, Path(folder))
                if index:  # the first round only fills the disk's cache
                    times[kind].append(spent)
    middle = {
        kind: tuple(statistics.median(one[index] for one in spent) for index in (0, 1))
        for kind, spent in times.items()
    }
    print(f"medians of {tries}, offscreen, {RECORDS} interceptions and a draft")
    for kind, (clock, processor) in middle.items():
        print(
            f"{kind:24} {clock:6.0f} ms {clock / middle[BARE][0]:6.2f} x the bare form"
            f"   processor {processor:6.0f} ms {processor / middle[BARE][1]:6.2f} x"
        )


def _programs(folder: Path) -> dict[str, list[str]]:
    """Each kind with its program in `benchmarks/starts/` and that program's arguments."""
    home, other = folder / "workstation", folder / "large"
    recovery = _secret(folder / "recovery", _make(home, shipped_packs()))
    large = pack_of(CATEGORIES).replace(f'"LARGE-{CATEGORIES}-0"'.encode(), f'"{PACK}"'.encode())
    key = _secret(folder / "other", _make(other, shipped_packs() | {PACK: large}))
    passphrase = _secret(folder / "passphrase", PASSPHRASE)
    at_once = ["--home", str(home), "--recovery-key-file", recovery]
    return {
        "python": ["nothing"],
        "import": ["qt_loaded"],
        "empty window": ["window"],
        BARE: ["bare_form"],
        "door": ["program", "frame", "--home", str(home)],
        "first frame": ["program", "frame", *at_once],
        "usable": ["program", "usable", *at_once],
        "usable, passphrase": [
            *("program", "usable", "--home", str(home), "--passphrase-file", passphrase)
        ],
        f"usable, {CATEGORIES:,} categories": [
            *("program", "usable", "--home", str(other), "--recovery-key-file", key)
        ],
    }


def _measure(arguments: list[str], folder: Path) -> Spent:
    """From just before the process starts to the time that it prints."""
    screens = folder / "screens.json"
    screens.write_text(json.dumps({"screens": [SCREEN]}), encoding="utf-8")
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": f"offscreen:configfile={screens}",
        # As in an installation, compiled modules are kept. The first round writes them.
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", f"benchmarks.starts.{arguments[0]}", *arguments[1:]]
    begun = time.monotonic()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    processor, ended = map(float, done.stdout.split()[-2:])
    return (ended - begun) * 1000, processor * 1000


def _make(home: Path, packs: Mapping[str, bytes]) -> str:
    station = Station(name="bench", post="MCN", country="XA", number=1)
    recovery = make_workstation(
        home, station, (Passphrase(PASSPHRASE),), packs, session=Session("admin")
    )
    with open_workstation(home, RecoveryKey(recovery)) as ws:
        fill(ws.db, RECORDS)
        a_draft(ws)
    # as the desk leaves it when it is closed
    screen = f"{SCREEN['name']} {WIDTH}x{HEIGHT}"
    write_appearance(home, Appearance("en", "light", screen, SHAPE))
    return recovery


def _secret(file: Path, text: str) -> str:
    file.write_text(f"{text}\n", encoding="utf-8")
    file.chmod(0o600)
    return str(file)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 11)
