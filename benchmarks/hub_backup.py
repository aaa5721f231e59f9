"""What backup, export and restore of a hub take, in seconds and in memory.

    python -m benchmarks.hub_backup [--engine postgresql] [--records N ...]

A hub of each size is filled (`benchmarks.filled`); its photos have not arrived. Each command is a
process of its own: its time, and the most memory that it had (the resident set). Memory that does
not grow with the hub is the aim.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.filled import Recorder, batches, enrol, fill
from benchmarks.hub import urls
from hub.build import open_hub
from tests.hub.engines import Url

RECORDS = (10_000, 100_000)
WORKSTATIONS = 100
BATCH = 50


class Cost(NamedTuple):
    """What a command took."""

    seconds: float
    megabytes: float


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--records", type=int, nargs="+", default=RECORDS, metavar="N")
    given = parser.parse_args()
    print("| command | interceptions | s | MB |\n| --- | --- | --- | --- |")
    with urls(given.engine) as url, tempfile.TemporaryDirectory() as folder:
        for count in given.records:
            _measure(Path(folder, str(count)), url, count)


def _measure(home: Path, url: Url, count: int) -> None:
    home.mkdir()
    with open_hub(url(home), f"file://{home}/objects") as hub:
        senders = [Recorder(number) for number in range(1, WORKSTATIONS + 1)]
        enrol(hub, senders)
        fill(hub, batches(senders, count, BATCH))
    other = home / "restored"
    other.mkdir()
    served = ["--database", url(home), "--objects", f"file://{home}/objects"]
    new = ["--database", url(other), "--objects", f"file://{other}/objects"]
    backup, out = str(home / "backup"), str(home / "out")
    for words in (
        ["backup", "--new", "--to", backup, *served],
        ["backup", "--to", backup, *served],
        ["export", "--out", f"{out}-csv", *served],
        ["export", "--format", "json", "--out", f"{out}-json", *served],
        ["restore", "--from", backup, *new],
    ):
        cost = _run(words)
        shown = " ".join(words[:3] if words[1] == "--format" else words[:1])
        shown += " --new" if "--new" in words else ""
        print(f"| {shown} | {count} | {cost.seconds:.1f} | {cost.megabytes:.0f} |", flush=True)


MEASURED = """
import runpy, sys
from pathlib import Path
try:
    runpy.run_path("main.py", run_name="__main__")
finally:
    print(Path("/proc/self/status").read_text("utf-8"), file=sys.stderr)
"""
"""Runs a command; it tells its own memory, because what the system tells of a child counts that of
its parent.
"""


def _run(words: Sequence[str]) -> Cost:
    """Run the command of the hub; it must end without an error."""
    begin = time.perf_counter()
    command = [sys.executable, "-c", MEASURED, "hub", *words]
    child = subprocess.run(command, capture_output=True, text=True, check=False)
    assert child.returncode == 0, (words, child.stderr)
    line = next(line for line in child.stderr.splitlines() if line.startswith("VmHWM"))
    return Cost(time.perf_counter() - begin, int(line.split()[1]) / 1024)


if __name__ == "__main__":
    main()
