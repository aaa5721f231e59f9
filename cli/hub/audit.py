"""`hub audit`: who saw, exported or changed what, as JSON lines, oldest first."""

from __future__ import annotations

import argparse
import json

from cli.options.hub_stores import add_database
from domain.instant import Instant
from domain.words import mark
from hub.build import open_registry
from hub.errors import NotHere
from hub.people.names import folded
from hub.store.sql import audit, people
from hub.store.sql.people import AccountKind

AT_ONCE = 1_000
"""Rows that are in memory at the same time."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--user", default="", metavar="NAME", help="of one person or program")
    parser.add_argument(
        "--after", type=int, default=0, metavar="N", help="rows after this number alone"
    )
    add_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print one JSON object a line."""
    with open_registry(arguments.database) as hub:
        account, last = "", arguments.after
        with hub.database.reading() as rows:
            every = [each for kind in AccountKind for each in people.accounts(rows, kind)]
        names = {each.id: each.name for each in every}
        if arguments.user:
            account = next((each.id for each in every if each.name == folded(arguments.user)), "")
            if not account:
                raise NotHere(mark("no such account"), about=arguments.user[:60])
        while True:
            with hub.database.reading() as rows:
                found = audit.after(rows, last, AT_ONCE, account)
            for row in found:
                line = {
                    "number": row.number,
                    "at": str(Instant(row.at)),
                    "account": row.account,
                    "name": names.get(row.account, ""),
                    "event": row.event,
                    "subject": row.subject,
                    "detail": row.detail,
                    "status": row.status,
                    "address": row.address,
                }
                print(json.dumps(line, ensure_ascii=False))
            if len(found) < AT_ONCE:
                return 0
            last = found[-1].number
