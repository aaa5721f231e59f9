"""`pack`: adopt an operation pack from a file, or check, convert or compare packs for who writes
them.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from acts.errors import OptionsRefused
from acts.pack.check_file import check_file, write_pack_of_workbook
from acts.pack.compare import compare_files
from acts.pack.write_workbook import write_pack_as_workbook
from acts.receipt.draw_specimens import write_specimens
from acts.station.adopt_pack import adopt_file, read_file
from cli.options.folder import add_home
from cli.options.home import add_officer, open_here, who_acts
from cli.options.pack_findings import (
    list_check,
    tell_refused_pack,
    tell_remarks_on_pack,
)
from domain.errors import PackRefused
from domain.words import mark, one_line
from system.clock import system_clock


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser)
    parser.add_argument("file", type=Path, help="the pack (docs/pack-format.md)")
    parser.add_argument(
        "second",
        type=Path,
        nargs="?",
        metavar="FILE2",
        help="with --to-workbook or --from-workbook the new file, with --diff the newer pack",
    )
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument(
        "--check",
        action="store_true",
        help="adopt nothing and need no workstation: list all faults and remarks",
    )
    ways.add_argument(
        "--to-workbook",
        action="store_true",
        help="write the pack FILE as a new workbook FILE2 (.xlsx) for a spreadsheet program",
    )
    ways.add_argument(
        "--from-workbook",
        action="store_true",
        help="write the pack in the workbook FILE as the new pack FILE2 (.json)",
    )
    ways.add_argument(
        "--diff",
        action="store_true",
        help="say in words what FILE2 has otherwise than FILE",
    )
    parser.add_argument(
        "--receipts",
        type=Path,
        metavar="DIR",
        help="with --check: write a specimen of the receipt there for each category and language",
    )
    add_officer(parser)


def run(arguments: argparse.Namespace) -> int:
    """0 when it is done, or when `--check` finds no fault; 1 when it finds one, 2 when a file is
    refused.
    """
    file: Path = arguments.file
    second: Path | None = arguments.second
    if arguments.receipts is not None and not arguments.check:
        raise OptionsRefused(mark("--receipts needs --check"), hint=mark("It adopts nothing."))
    if arguments.check and second is None:
        return _check(file, arguments.receipts)
    of_two = arguments.to_workbook or arguments.from_workbook or arguments.diff
    if of_two != (second is not None):
        raise OptionsRefused(
            mark("--to-workbook, --from-workbook and --diff need two files, all else one")
        )
    if second is None:
        return _adopt(file, arguments)
    if arguments.diff:
        return _compare(file, second)
    try:
        if arguments.to_workbook:
            write_pack_as_workbook(read_file(file), file, second)
        else:
            today = system_clock().local_date
            tell_remarks_on_pack(file, write_pack_of_workbook(read_file(file), file, second, today))
    except PackRefused as error:
        return tell_refused_pack(Path(error.about), error, "refused; nothing was written")
    print(one_line(f"wrote {second}"))
    return 0


def _adopt(file: Path, arguments: argparse.Namespace) -> int:
    session = who_acts(arguments)
    with open_here(arguments) as ws:
        try:
            adoption = adopt_file(ws, file, session)
        except PackRefused as error:
            return tell_refused_pack(file, error, "the pack is not adopted", error.hint)
    tell_remarks_on_pack(file, adoption.remarks)
    print(f"adopted {file}")
    return 0


def _check(file: Path, receipts: Path | None) -> int:
    now = system_clock()
    found = check_file(read_file(file), now.local_date)
    check = found.check
    list_check(file, check)
    if receipts is not None and check.pack is not None and found.data is not None:
        count = write_specimens(check.pack, found.data, receipts, now)
        print(one_line(f"{receipts}: {count} specimens of receipts"))
    return 1 if check.faults else 0


def _compare(old: Path, new: Path) -> int:
    try:
        found = compare_files(old, new, system_clock().local_date)
    except PackRefused as error:
        return tell_refused_pack(Path(error.about), error, "refused; nothing was compared")
    for each in found:
        print(one_line(str(each)))
    if not found:
        print(one_line(f"{new}: the same pack as {old}"))
    return 0
