"""A program that synchronises like the desk and records one more interception meanwhile.

    python -m benchmarks.links.late_record sync --home DIR --passphrase-file FILE --tries N

The command cannot do this: it holds the lock of the folder. Prints the time of the machine at
which the late interception was final.
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
from pathlib import Path

from storage import hub_memory
from storage.keys import Passphrase
from storage.workstation import Workstation, open_workstation
from sync.open import open_carrier
from sync.run import synchronise
from tests.builders import a_final

PHOTOS_BEFORE = 2
"""The late interception is recorded when the hub has signed for so many photos, or after
`LONGEST` seconds."""
LONGEST = 8.0


def main() -> int:
    """Exit status 0 when the hub signed for everything."""
    parser = argparse.ArgumentParser()
    parser.add_argument("word")
    parser.add_argument("--home", type=Path)
    parser.add_argument("--passphrase-file", type=Path)
    parser.add_argument("--tries", type=int)
    given = parser.parse_args()
    words = given.passphrase_file.read_text(encoding="utf-8").strip()
    with open_workstation(given.home, Passphrase(words)) as ws:
        complete: list[bool] = []
        thread = threading.Thread(target=lambda: complete.append(_bring(ws, given)))
        thread.start()
        _wait(ws)
        a_final(ws)
        print(time.monotonic(), flush=True)
        thread.join()
    return 0 if complete == [True] else 1


def _bring(ws: Workstation, given: argparse.Namespace) -> bool:
    """As the desk: run after run, until the hub has everything."""
    while True:
        outcome = synchronise(ws, lambda: open_carrier(ws), tries=given.tries)
        if outcome.complete or outcome.problems:
            return outcome.complete


def _wait(ws: Workstation) -> None:
    begun = time.monotonic()
    while time.monotonic() < begun + LONGEST:
        if hub_memory.summary(ws.db).photos_held >= PHOTOS_BEFORE:
            return
        time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main())
