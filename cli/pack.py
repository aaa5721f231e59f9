"""`pack`: adopt an operation pack from a file."""

from __future__ import annotations

import argparse
from pathlib import Path

from acts.errors import FileUnreadable
from acts.station.adopt_pack import adopt_pack
from cli.options.folder import add_home
from cli.options.home import add_officer, open_here, who_acts
from domain.words import mark


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser)
    parser.add_argument("file", type=Path, help="the pack (docs/pack-format.md)")
    add_officer(parser)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when the pack is in force."""
    try:
        data = arguments.file.read_bytes()
    except OSError as error:
        raise FileUnreadable(
            mark("the pack cannot be read: {cause}"),
            about=str(arguments.file),
            cause=error.strerror,
        ) from error
    session = who_acts(arguments)
    with open_here(arguments) as ws:
        adopt_pack(ws, data, str(arguments.file), session)
    print(f"adopted {arguments.file}")
    return 0
