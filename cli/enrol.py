"""`enrol`: enrol this workstation at a hub."""

from __future__ import annotations

import argparse

from cli.options.authority import add_authority
from cli.options.home import add_home, open_here
from sync.http.enrol import enrol
from sync.http.trust import read_authority


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser)
    parser.add_argument("--hub", required=True, metavar="URL", help="the hub's address")
    add_authority(parser)
    parser.add_argument("code", help="the one-time code from headquarters")


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when the hub knows this workstation."""
    authority = read_authority(arguments.authority) if arguments.authority else ""
    with open_here(arguments) as ws:
        enrol(ws, arguments.hub, arguments.code, authority)
        print(f"enrolled at {arguments.hub} as {ws.device}")
    return 0
