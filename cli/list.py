"""`list`: list interceptions, newest first."""

from __future__ import annotations

import argparse
import json

from cli.options.folder import add_home
from cli.options.home import open_here
from domain.encoding import to_plain
from storage.projections import records
from storage.projections.records import RecordRow


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser)
    parser.add_argument("search", nargs="*", help="words that begin words of the record")
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Print all matching interceptions, page by page."""
    with open_here(arguments, reading=True) as ws:
        after = None
        while True:
            page = records.page(ws.db, search=" ".join(arguments.search), after=after)
            for row in page.rows:
                print(json.dumps(to_plain(row)) if arguments.json else _line(row))
            after = page.next
            if after is None:
                return 0


def _line(row: RecordRow) -> str:
    when = row.seized_at.local.strftime("%Y-%m-%d %H:%M") if row.seized_at else ""
    hub = "at hub" if row.at_hub and row.photos_at_hub == row.photos else "waits"
    title = " ".join(row.title.split())  # records of an earlier version may contain line breaks
    unsigned = "  (pack not signed)" if row.unsigned else ""
    return f"{row.number}  {when}  {row.status:9} {hub:7} {row.route:8} {title}{unsigned}"
