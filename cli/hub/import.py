"""`hub import`: take what workstations sent on a stick, and write the hub's answers on it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cli.options.hub_stores import add_database, add_objects
from cli.options.numbers import entries, photos
from cli.options.progress import Progress
from domain.words import one_line
from hub.build import open_hub
from hub.bundles import BundleReport
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
    """Exit status 0 when all is taken, 1 when something is missing, 2 when a file was refused."""
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
    return 0 if all(taken.complete for taken in report.files) and not report.not_written else 1


def _report(taken: TakenFile) -> None:
    name = one_line(str(taken.path))
    if taken.report is None:
        print(f"tidewaiter: {name}: refused: {one_line(str(taken.refused))}", file=sys.stderr)
        return
    report = taken.report
    print(f"{name}: {_content(report)}")
    for line in _faults(report):
        print(f"tidewaiter: {name}: {one_line(line)}", file=sys.stderr)


def _content(report: BundleReport) -> str:
    count = report.new_entries + report.held_entries
    pictures = len(report.new_photos) + report.held_photos
    part = f"part {report.manifest.part} of {report.manifest.parts}, " if report.manifest else ""
    return (
        f"{part}{entries(count)} ({report.new_entries} new) and {photos(pictures)}"
        f" ({len(report.new_photos)} new)"
    )


def _faults(report: BundleReport) -> list[str]:
    found = []
    if report.problem is not None:
        missing = f"{photos(report.missing_photos)} and {_batches(report)} of it are missing"
        found.append(f"{report.problem} ({missing})")
    if report.early_entries:
        found.append(f"{entries(report.early_entries)} wait here for an earlier part")
    if report.refused:
        found.append(f"refused: {entries(len(report.refused))}; the answer on the stick says why")
    return found


def _batches(report: BundleReport) -> str:
    count = len(report.missing) - report.missing_photos
    return "1 batch" if count == 1 else f"{count} batches"


def _report_answers(report: StickReport, path: Path) -> None:
    if not report.files:
        print(f"no bundle in {one_line(str(path))}")
    if report.answers:
        count = len(report.answers)
        print(f"answers written for {count} workstation{'s' if count != 1 else ''}")
    if report.not_written is not None:
        line = f"no answer was written: {report.not_written}"
        print(f"tidewaiter: {one_line(line)}", file=sys.stderr)
