"""Time from the start of the process to a usable desk, as ratios in one run.

    python -m benchmarks.start [tries]

Each try is a separate process; the kinds of programs alternate. `bare form` is 40 fields, menus and
a table of nothing but Qt; `desk` is our desk with 400 interceptions and one draft, until its first
screen is filled and painted. The folder is opened without a passphrase: the time for a passphrase
(argon2id, slow on purpose) is measured separately.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from acts.session import Session
from acts.station.init import make_workstation
from benchmarks.search import fill
from storage.identity import Station
from storage.keys import Passphrase, RecoveryKey
from storage.workstation import open_workstation
from system.resources import shipped_packs
from tests.builders import a_draft

PROGRAMS = {
    "python": "nothing",
    "import": "qt_loaded",
    "empty": "window",
    "bare form": "bare_form",
    "desk": "desk",
    "desk, passphrase": "desk",
}
"""Each kind with its program in `benchmarks/starts/`."""
PASSPHRASE = "one two three four five"
RECORDS = 400


def main(tries: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        home = Path(folder) / "workstation"
        recovery = _make(home)
        times: dict[str, list[float]] = {kind: [] for kind in PROGRAMS}
        for index in range(tries + 1):
            for kind in PROGRAMS:
                spent = _measure(
                    kind, home, {"desk": recovery, "desk, passphrase": PASSPHRASE}.get(kind, "")
                )
                if index:  # the first round only fills the disk's cache
                    times[kind].append(spent)
    bare = statistics.median(times["bare form"])
    print(f"medians of {tries}, offscreen, {RECORDS} interceptions and a draft")
    for kind, all_spent in times.items():
        middle = statistics.median(all_spent)
        print(f"{kind:18} {middle:7.0f} ms {middle / bare:6.2f} x the bare form")


def _measure(kind: str, home: Path, way: str) -> float:
    """Milliseconds from just before the process starts to the time that it prints."""
    # As in an installation, compiled modules are kept. The first round writes them.
    cache = str(home.parent / "compiled")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": cache}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", f"benchmarks.starts.{PROGRAMS[kind]}", str(home), way]
    begun = time.monotonic()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return (float(done.stdout.split()[-1]) - begun) * 1000


def _make(home: Path) -> str:
    station = Station(name="bench", post="MCN", country="XA", number=1)
    recovery = make_workstation(
        home, station, (Passphrase(PASSPHRASE),), shipped_packs(), session=Session("admin")
    )
    with open_workstation(home, RecoveryKey(recovery)) as ws:
        fill(ws.db, RECORDS)
        a_draft(ws)
    return recovery


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 11)
