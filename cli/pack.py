"""`pack`: adopt an operation pack from a file, or check it for who writes it."""

from __future__ import annotations

import argparse
from pathlib import Path

from acts.errors import InputRefused
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
from domain.pack.check import check_pack
from domain.words import mark, one_line
from system.clock import system_clock
from system.shipped import program_lists


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser)
    parser.add_argument("file", type=Path, help="the pack (docs/pack-format.md)")
    parser.add_argument(
        "--check",
        action="store_true",
        help="adopt nothing and need no workstation: list all faults and remarks",
    )
    parser.add_argument(
        "--receipts",
        type=Path,
        metavar="DIR",
        help="with --check: write a specimen of the receipt there for each category and language",
    )
    add_officer(parser)


def run(arguments: argparse.Namespace) -> int:
    """0 when the pack is in force, or when `--check` finds no fault; 1 when it finds one."""
    file: Path = arguments.file
    if arguments.check:
        return _check(file, arguments.receipts)
    if arguments.receipts is not None:
        raise InputRefused(mark("--receipts needs --check"), hint=mark("It adopts nothing."))
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
    data = read_file(file)
    now = system_clock()
    check = check_pack(data, program_lists(), now.local_date)
    list_check(file, check)
    if receipts is not None and check.pack is not None:
        count = write_specimens(check.pack, data, receipts, now)
        print(one_line(f"{receipts}: {count} specimens of receipts"))
    return 1 if check.faults else 0
