"""`bundle`: what waits goes to the hub on a stick, and what the hub sends comes from one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from acts.errors import OptionsRefused
from cli.options.feed_item import item_in_words
from cli.options.folder import add_home
from cli.options.home import open_here
from cli.options.numbers import at_least, entries, photos
from cli.options.progress import Progress
from cli.options.sizes import in_words, size
from cli.options.tries import Tries
from domain.errors import Malformed
from domain.ids import RecordId
from domain.words import mark, one_line
from storage import hub_memory
from storage.errors import NotFound
from storage.projections import records
from storage.workstation import Workstation
from sync.stick.bring import ImportOutcome, import_stick
from sync.stick.export import export
from sync.stick.outcome import ExportOutcome, ExportProgress
from sync.stick.parts import FAT_LIMIT, LEAST
from system.eject import eject


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
    out.add_argument(
        "--eject", action="store_true", help="then unmount the stick, so that it can be pulled out"
    )
    back = deeds.add_parser("import", help="take what a stick brings", allow_abbrev=False)
    add_home(back)
    back.add_argument("path", type=Path, metavar="PATH", help="the stick, or a file on it")
    back.add_argument("--hub", metavar="URL", default="", help="another address of the same hub")
    back.add_argument(
        "--tries",
        type=at_least(1),
        default=3,
        metavar="N",
        help="tries in a row that bring nothing before it gives up (default: %(default)s)",
    )


def run(arguments: argparse.Namespace) -> int:
    """The exit status of the deed."""
    deed: Callable[[argparse.Namespace], int] = {"export": _export, "import": _import}[
        arguments.deed
    ]
    return deed(arguments)


def _export(arguments: argparse.Namespace) -> int:
    """Exit status 0 when everything that waits is in a finished bundle."""
    if arguments.size < LEAST:
        raise OptionsRefused(
            mark("a bundle has at least {least} bytes"), about="--size", least=LEAST
        )
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
            reading=lambda done, total: progress.items("reading what waits", done, total),
        )
        progress.clear()
        _report(ws, outcome)
    if outcome.problem is not None:
        raise outcome.problem
    if arguments.eject:
        eject(arguments.out)
        print("ejected: pull the stick out")
    return 0 if outcome.complete else 1


def _report(ws: Workstation, outcome: ExportOutcome) -> None:
    for written in outcome.written:
        content = f"{entries(written.entries)} and {photos(written.photos)}"
        if not written.entries and not written.photos:
            content = "only a question to the hub"
        part = f"part {written.part} of {written.parts}"
        print(f"{written.path}: {part}, {content}, {in_words(written.size)}, read back")
    if outcome.flushed and outcome.problem is None:
        print("all of it is flushed: the stick can be pulled out")
    elif outcome.flushed:
        print("these are flushed and safe; the rest is not written")
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


def _import(arguments: argparse.Namespace) -> int:
    """Exit status 0 when everything on the stick reached its goal, 1 when something waits."""
    tries = Tries(arguments.tries)
    with open_here(arguments) as ws, Progress() as progress:

        def show(path: Path, done: int, size: int) -> None:
            progress.show(path.name, done, size)
            if done:
                tries.progressed()

        outcome = import_stick(
            ws,
            arguments.path,
            url=arguments.hub,
            shown=show,
            trying=tries.failed,
        )
        progress.clear()
        held = hub_memory.summary(ws.db)
    _report_import(outcome)
    if outcome.answer is not None:
        print(
            f"hub has {held.records_held} of {held.records} records,"
            f" {held.photos_held} of {held.photos} photos"
        )
    return 0 if outcome.complete else 1


def _report_import(outcome: ImportOutcome) -> None:
    if outcome.passed_over is not None:
        _warn(f"the answer on the stick is passed over: {outcome.passed_over}")
    if outcome.lacking:
        _warn(
            "the hub has entries of this workstation that are not in this folder; a stick does not"
            " bring them, the next main.py sync does"
        )
    for refusal in outcome.answer.refused if outcome.answer else ():
        _warn(f"the hub refuses entry {refusal.hash.short}: {refusal.reason}")
    for item in outcome.feed.items:
        print(f"from headquarters: {item_in_words(item)}")
    for problem in outcome.feed.problems:
        _warn(str(problem))
    for bundle in outcome.carried:
        if bundle.answer is not None:
            print(f"{bundle.path.name}: brought to the hub for {bundle.answer.device}")
        if bundle.problem is not None:
            _warn(f"{bundle.path.name}: {bundle.problem}")
    if outcome.nothing:
        print("nothing on it for this workstation, and nothing to bring to the hub")
    if outcome.feed_is_there and not outcome.carried:
        print("the hub's packs, bulletins and settings are on it now, for a post without a link")
    if outcome.no_link is not None:
        _warn(str(outcome.no_link))
    for path in outcome.waiting:
        print(f"{path.name}: waits on the stick; the hub does not have it yet")


def _warn(line: str) -> None:
    print(f"tidewaiter: {one_line(line)}", file=sys.stderr)


def _number(ws: Workstation, record: str) -> str:
    try:
        return records.row(ws.db, RecordId.parse(record)).number
    except (Malformed, NotFound):
        return record
