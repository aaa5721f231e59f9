"""`hub import`: take what workstations sent on a stick, and write the hub's answers on it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cli.options.hub_stores import add_database, add_objects
from cli.options.progress import Progress
from domain.words import one_line
from hub.build import open_hub
from hub.bundle_words import content, faults
from hub.stick import StickReport, TakenFile, take_stick


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("path", type=Path, metavar="FILE|DIR", help="a bundle, or the stick")
    parser.add_argument(
        "--answers-for-all",
        action="store_true",
        help="write an answer for every workstation, not only for those of the stick",
    )
    add_objects(parser)
    add_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when all is taken, 1 when something is missing or there is no bundle (0 where
    only answers were asked for), 2 when a file was refused.
    """
    hub = open_hub(arguments.database, arguments.objects, create=False)
    try:
        with Progress() as progress:
            report = take_stick(
                hub,
                arguments.path,
                everybody=arguments.answers_for_all,
                shown=lambda path, done, size: progress.show(path.name, done, size),
            )
    finally:
        hub.close()
    for taken in report.files:
        _report(taken)
    _report_answers(report, arguments.path)
    if any(taken.refused for taken in report.files):
        return 2
    some = report.files or arguments.answers_for_all
    taken_all = some and all(taken.complete for taken in report.files)
    return 0 if taken_all and not report.not_written else 1


def _report(taken: TakenFile) -> None:
    name = one_line(str(taken.path))
    if taken.report is None:
        print(f"tidewaiter: {name}: refused: {one_line(str(taken.refused))}", file=sys.stderr)
        return
    report = taken.report
    print(f"{name}: {content(report)}")
    for line in faults(report):
        print(f"tidewaiter: {name}: {one_line(line)}", file=sys.stderr)


def _report_answers(report: StickReport, path: Path) -> None:
    if not report.files:
        print(f"no bundle in {one_line(str(path))}")
    if report.answers:
        count = len(report.answers)
        print(f"answers written for {count} workstation{'s' if count != 1 else ''}")
    if report.feed_is_there and not report.files:
        print("packs, bulletins and settings for the posts are on it")
    if report.not_written is not None:
        line = f"no answer was written: {report.not_written}"
        print(f"tidewaiter: {one_line(line)}", file=sys.stderr)
