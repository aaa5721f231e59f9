"""The demonstration on a screen: a desk for a practice workstation, and a hub on loopback."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from demo.hub_child import GOODBYE_SECONDS, hub_child
from demo.practice import PASSPHRASE, leave_draft, make_practice, record_all
from storage.workstation import open_workstation
from sync.http.enrol import enrol
from system.files import write_durably
from system.program import end_child, program, start_child


def run_desk(count: int, seed: int) -> int:
    """Run the desk and return its exit status; then all records are deleted."""
    with tempfile.TemporaryDirectory(prefix="tidewaiter-", ignore_cleanup_errors=True) as folder:
        home = Path(folder) / "workstation"
        unlock = make_practice(home)
        passphrase = Path(folder) / "passphrase.txt"
        write_durably(passphrase, f"{PASSPHRASE}\n".encode())
        with hub_child(Path(folder) / "hub") as hub:
            print(f"demo: recording {count} interceptions first", file=sys.stderr, flush=True)
            with open_workstation(home, unlock) as ws:
                for done in record_all(ws, count, seed):
                    print(f"demo: {done.number}", file=sys.stderr, flush=True)
                enrol(ws, hub.url, hub.code)
                leave_draft(ws, seed, count)
            print(f"demo: the hub's pages are at {hub.pages}", file=sys.stderr, flush=True)
            arguments = ["desk", "--home", str(home), "--passphrase-file", str(passphrase)]
            desk = start_child(program(*arguments))
            try:
                return desk.wait()
            finally:
                end_child(desk, seconds=GOODBYE_SECONDS)
