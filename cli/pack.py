"""`pack`: adopt an operation pack from a file."""

from __future__ import annotations

import argparse
from pathlib import Path

from acts.station.adopt_pack import adopt_file
from cli.options.folder import add_home
from cli.options.home import add_officer, open_here, who_acts


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser)
    parser.add_argument("file", type=Path, help="the pack (docs/pack-format.md)")
    add_officer(parser)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when the pack is in force."""
    session = who_acts(arguments)
    with open_here(arguments) as ws:
        adopt_file(ws, arguments.file, session)
    print(f"adopted {arguments.file}")
    return 0
