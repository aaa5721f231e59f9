"""`pack`: adopt an operation pack from a file, or check it for who writes it."""

from __future__ import annotations

import argparse
from pathlib import Path

from acts.station.adopt_pack import adopt_file, check_file
from cli.options.folder import add_home
from cli.options.home import add_officer, open_here, who_acts
from cli.options.pack_findings import (
    list_check,
    tell_refused_pack,
    tell_remarks_on_pack,
)
from domain.errors import PackRefused


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser)
    parser.add_argument("file", type=Path, help="the pack (docs/pack-format.md)")
    parser.add_argument(
        "--check",
        action="store_true",
        help="adopt nothing and need no workstation: list all faults and remarks",
    )
    add_officer(parser)


def run(arguments: argparse.Namespace) -> int:
    """0 when the pack is in force, or when `--check` finds no fault; 1 when it finds one."""
    file: Path = arguments.file
    if arguments.check:
        check = check_file(file)
        list_check(file, check)
        return 1 if check.faults else 0
    session = who_acts(arguments)
    with open_here(arguments) as ws:
        try:
            adoption = adopt_file(ws, file, session)
        except PackRefused as error:
            return tell_refused_pack(file, error, "the pack is not adopted", error.hint)
    tell_remarks_on_pack(file, adoption.remarks)
    print(f"adopted {file}")
    return 0
