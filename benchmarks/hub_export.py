"""What an export of a hub costs for each interception, of few and of ten times as many.

    python -m benchmarks.hub_export [--engine postgresql] [--records N]

Hubs with N and 10 N interceptions (`benchmarks.filled`) are exported as CSV, in turns, as
`main.py hub export` does it; the time is that of the clock, without the start of the program.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.filled import Recorder, batches, enrol, fill
from benchmarks.hub import urls
from hub.build import open_hub
from hub.export.folder import WantedExport, export_to
from hub.export.writer import ExportForm
from hub.packs import open_library
from hub.store.sql.exported import ChosenInterceptions
from tests.hub.engines import Url

TURNS = 3


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=10_000, metavar="N")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    given = parser.parse_args()
    counts = (given.records, 10 * given.records)
    with urls(given.engine) as url, tempfile.TemporaryDirectory() as folder:
        times: dict[int, list[float]] = {count: [] for count in counts}
        for count in counts:
            _fill(Path(folder, str(count)), url, count)
        for _ in range(TURNS):
            for count, found in times.items():
                found.append(_export(Path(folder, str(count)), url) / count * 1_000)
    few, many = (statistics.median(found) for found in times.values())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"| ms each of {counts[0]} | ms each of {counts[1]} | x | memory, MB |")
    print("| --- | --- | --- | --- |")
    print(f"| {few:.2f} | {many:.2f} | {many / few:.2f} | {memory} |")


def _fill(home: Path, url: Url, count: int) -> None:
    home.mkdir()
    with open_hub(url(home), f"file://{home}/objects") as hub:
        senders = [Recorder(number, signs=False) for number in range(1, 11)]
        enrol(hub, senders)
        fill(hub, batches(senders, count, 100))


def _export(home: Path, url: Url) -> float:
    """Seconds of one export."""
    out = home / "out"
    wanted = WantedExport(chosen=ChosenInterceptions(), form=ExportForm.CSV)
    with open_hub(url(home), f"file://{home}/objects", create=False) as hub:
        library = open_library(hub.database)
        begin = time.perf_counter()
        export_to(hub, library, wanted, out)
        took = time.perf_counter() - begin
    shutil.rmtree(out)
    return took


if __name__ == "__main__":
    main()
