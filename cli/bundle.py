"""`bundle`: what waits goes to the hub on a stick, and what the hub sends comes from one."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cli.options.home import add_home, open_here
from cli.options.numbers import entries, photos
from cli.options.progress import Progress
from cli.options.sizes import in_words, size
from domain.ids import RecordId
from domain.words import one_line
from storage.projections import records
from storage.workstation import Workstation
from sync.stick.export import FAT_LIMIT, ExportOutcome, ExportProgress, export
from sync.stick.parts import LEAST


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    deeds = parser.add_subparsers(required=True, metavar="DEED", dest="deed")
    out = deeds.add_parser("export", help="write what waits", allow_abbrev=False)
    add_home(out)
    out.add_argument("--out", required=True, type=Path, metavar="DIR|FILE", help="the stick")
    out.add_argument(
        "--size", type=size, default=FAT_LIMIT, help="largest file, like 700M or 4G (default: 4G)"
    )
    out.add_argument(
        "--only", default="", metavar="NUMBER|HASH", help="one interception, entry or photo alone"
    )
    out.add_argument(
        "--anew",
        action="store_true",
        help="also what is in earlier bundles: their stick was lost",
    )


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when everything that waits is in a finished bundle."""
    if arguments.size < LEAST:
        raise SystemExit(2)
    with open_here(arguments) as ws, Progress() as progress:

        def show(step: ExportProgress) -> None:
            progress.show(f"{step.file}: part {step.part} of {step.parts}", step.done, step.total)

        outcome = export(
            ws,
            arguments.out,
            size=arguments.size,
            only=arguments.only,
            anew=arguments.anew,
            progress=show,
        )
        progress.clear()
        _report(ws, outcome)
    if outcome.problem is not None:
        raise outcome.problem
    return 0 if outcome.complete else 1


def _report(ws: Workstation, outcome: ExportOutcome) -> None:
    for written in outcome.written:
        content = f"{entries(written.entries)} and {photos(written.photos)}"
        part = f"part {written.part} of {written.parts}"
        print(f"{written.path}: {part}, {content}, {in_words(written.size)}, read back")
    for item in outcome.set_aside:
        number = f" of {_number(ws, item.record)}" if item.record else ""
        line = f"set aside: {item.what} {item.name}{number}: {item.why}"
        print(f"tidewaiter: {one_line(line)}", file=sys.stderr)
    if outcome.before:
        files = ", ".join(bundle.id for bundle in outcome.before)
        print(
            f"written before and not answered yet: {files}"
            " (if their stick was lost: --anew writes everything again)"
        )
    if not outcome.written and not outcome.before and outcome.problem is None:
        print("nothing to write: the hub has signed for everything that can be read")


def _number(ws: Workstation, record: str) -> str:
    try:
        return records.row(ws.db, RecordId.parse(record)).number
    except Exception:
        return record
