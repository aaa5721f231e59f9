"""`rebuild`: fill the projections from the journal again."""

from __future__ import annotations

import argparse
import sys

from acts.station.check_folder import never_issued
from cli.options.folder import add_home
from cli.options.home import open_here
from cli.options.numbers import counted, entries, papers
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
        write_public_key(ws.home, ws.identity(), ws.former_keys())
        swept = sweep(ws, never_issued(ws))
    print(f"projections filled from {entries(count)}")
    if swept.parts or swept.papers:
        half_written = counted(swept.parts, "half-written file", "half-written files")
        print(f"cleared: {half_written}, {papers(swept.papers)} never issued")
    return 0


def _show_progress(count: int) -> None:
    print(entries(count), file=sys.stderr)
