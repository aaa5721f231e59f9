"""`hub token`: tokens of programs, which bring photos or read the pages."""

from __future__ import annotations

import argparse
from pathlib import Path

from acts.errors import TargetRefused
from cli.options.hub_stores import add_database
from domain.words import mark, one_line
from hub.build import open_registry
from hub.enrol import photo_token
from hub.hub import Registry
from hub.pages.words import utc_time
from hub.people.accounts import account_named, add_program, disable
from hub.people.names import region_name
from hub.people.roles import OF_PROGRAMS, Role
from hub.store.sql import people, regions, sign_ins
from hub.store.sql.people import AccountKind
from system.files import write_durably

DAYS = 90
DEEDS = {
    "photos": "print a token that may bring photos, and nothing else",
    "new": "give a program a token that reads the pages",
    "list": "list the programs that read the pages",
    "end": "end the token of a program at once",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    commands = parser.add_subparsers(dest="deed", required=True, metavar="COMMAND")
    for deed, sentence in DEEDS.items():
        below = commands.add_parser(deed, help=sentence, allow_abbrev=False)
        if deed == "photos":
            below.add_argument("--name", default="photos", help="what the program is called")
        if deed in ("new", "end"):
            below.add_argument("name", metavar="NAME", help="what the program is called")
        if deed == "new":
            below.add_argument(
                "--role",
                default=Role.READER,
                choices=[str(role) for role in OF_PROGRAMS],
                metavar="ROLE",
                help=", ".join(OF_PROGRAMS),
            )
            below.add_argument(
                "--region", action="append", default=[], metavar="REGION", help="repeatable"
            )
            below.add_argument("--days", type=int, default=DAYS, metavar="N")
            below.add_argument(
                "--out", type=Path, required=True, metavar="FILE", help="a new file, mode 0600"
            )
        add_database(below)


def run(arguments: argparse.Namespace) -> int:
    """Do it; a token is shown or written once."""
    with open_registry(arguments.database) as hub:
        match arguments.deed:
            case "photos":
                print(photo_token(hub, arguments.name)[1])
            case "new":
                _give(hub, arguments)
            case "end":
                found = account_named(hub, arguments.name, AccountKind.PROGRAM)
                disable(hub, found.id)
                print(f"{found.name} reads nothing any more")
            case _:
                _list(hub)
    return 0


def _give(hub: Registry, arguments: argparse.Namespace) -> None:
    out: Path = arguments.out
    if out.exists():
        raise TargetRefused(
            mark("this file exists already"),
            about=str(out),
            hint=mark("Name a new file for the token."),
        )
    names = [region_name(each) for each in arguments.region]
    account, token, until = add_program(
        hub, arguments.name, Role(arguments.role), days=arguments.days, in_regions=names
    )
    write_durably(out, token.encode() + b"\n")
    print(f"{account.name} is {account.role} until {utc_time(until.millis)}")


def _list(hub: Registry) -> None:
    """One line for each program: name, role, regions, until when, last used."""
    with hub.database.reading() as rows:
        for account in people.accounts(rows, AccountKind.PROGRAM):
            token = sign_ins.token_of(rows, account.id)
            ended = account.disabled_at is not None or token is None
            until = "ended" if ended or token is None else f"until {utc_time(token.ends_at)}"
            used = utc_time(token.used_at) if token and token.used_at else "never"
            in_regions = ", ".join(regions.of_account(rows, account.id))
            facts = (account.name, account.role, in_regions or "all regions", until, f"used {used}")
            print(*map(one_line, facts), sep="\t")
