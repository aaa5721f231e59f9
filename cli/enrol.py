"""`enrol`: enrol this workstation at a hub."""

from __future__ import annotations

import argparse

from cli.options.enrolment import GIVEN, add_hub, enrolment
from cli.options.folder import add_home
from cli.options.home import open_here
from sync.http.enrol import enrol_with


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser)
    add_hub(parser)
    parser.add_argument("given", metavar="FILE|CODE", help=GIVEN)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when the hub knows this workstation."""
    with open_here(arguments) as ws:
        before = ws.station
        given = enrolment(arguments, arguments.given)
        enrol_with(ws, given)
        if ws.station != before:
            station = ws.station
            print(f"now post {station.post} ({station.country}), number {station.number}")
        print(f"enrolled at {given.url} as {ws.device}")
    return 0
