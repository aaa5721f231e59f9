"""`review`: approve an interception, or return it."""

from __future__ import annotations

import argparse

from acts.interception.review import review
from cli.options.folder import add_home
from cli.options.home import add_officer, open_here, who_acts
from storage.projections import records


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser)
    parser.add_argument("number", metavar="NUMBER", help="seizure or receipt number")
    verdict = parser.add_mutually_exclusive_group(required=True)
    verdict.add_argument("--approve", action="store_true")
    verdict.add_argument("--return", dest="why", metavar="WHY", help="what to put right")
    add_officer(parser, "who reviews")


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when the revision in force is approved or returned."""
    session = who_acts(arguments)
    with open_here(arguments) as ws:
        record = records.find_number(ws.db, arguments.number)
        done = review(ws, record, session, approved=arguments.approve, comment=arguments.why or "")
    print(f"{done.number} {'approved' if arguments.approve else 'returned'}")
    return 0
