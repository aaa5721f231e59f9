"""`cancel`: mark an interception as cancelled."""

from __future__ import annotations

import argparse

from acts.interception.cancel import cancel
from cli.options.folder import add_home
from cli.options.home import add_officer, open_here, who_acts
from storage.projections import records


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser)
    parser.add_argument("number", metavar="NUMBER", help="seizure or receipt number")
    parser.add_argument("why", metavar="WHY", help="the reason, in words")
    add_officer(parser, "who cancels")


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when the interception is marked as cancelled."""
    session = who_acts(arguments)
    with open_here(arguments) as ws:
        done = cancel(ws, records.find_number(ws.db, arguments.number), session, arguments.why)
    print(f"{done.number} cancelled")
    return 0
