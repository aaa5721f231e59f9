"""`rebuild`: fill the projections from the journal again."""

from __future__ import annotations

import argparse
import sys

from acts.station.check_folder import never_issued
from cli.home import add_home, open_here
from storage.key_memory import write_public_key
from storage.projections.project import rebuild
from storage.sweep import sweep


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when the tables are filled again and files of a killed program are deleted."""
    with open_here(arguments) as ws:
        count = rebuild(ws.db, ws.checklist, _show_progress)
        write_public_key(ws.home, ws.identity())
        swept = sweep(ws, never_issued(ws))
    print(f"projections filled from {count} entries")
    if swept.parts or swept.papers:
        print(f"cleared: {swept.parts} half-written files, {swept.papers} papers never issued")
    return 0


def _show_progress(count: int) -> None:
    print(f"{count} entries", file=sys.stderr)
