"""`hub user`: the people who may open the pages: add, list, change, disable, reset."""

from __future__ import annotations

import argparse

from cli.options.hub_stores import add_database
from domain.words import one_line
from hub.build import open_registry
from hub.hub import Registry
from hub.pages.words import utc_time
from hub.people import accounts
from hub.people.accounts import Invited, account_named
from hub.people.names import region_name
from hub.people.roles import Role
from hub.people.signing_in import open_sign_ins
from hub.store.sql import people, regions
from hub.store.sql.people import Account, AccountKind

DEEDS = {
    "add": "make an account; prints the code with which the person sets a password",
    "list": "list the accounts of people",
    "role": "give an account another role",
    "regions": "let an account see these regions alone, or all",
    "disable": "let nobody sign in to an account; its sign-ins end at once",
    "enable": "let an account be used again",
    "reset": "void password and authenticator; prints a code to set new ones",
    "end": "end all sign-ins of an account",
}

ROLES = [str(role) for role in Role]
"""As argparse shows them in its sentences."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    commands = parser.add_subparsers(dest="deed", required=True, metavar="COMMAND")
    for deed, sentence in DEEDS.items():
        below = commands.add_parser(deed, help=sentence, allow_abbrev=False)
        if deed != "list":
            below.add_argument("name", metavar="NAME", help="what the person types to sign in")
        if deed == "add":
            below.add_argument("--role", required=True, choices=ROLES, metavar="ROLE",
                               help=", ".join(ROLES))  # fmt: skip
            below.add_argument("--shown", default="", metavar="TEXT", help="name on the pages")
        if deed == "role":
            below.add_argument("role", choices=ROLES, metavar="ROLE", help=", ".join(ROLES))
        if deed in ("add", "regions"):
            below.add_argument(
                "--region",
                action="append",
                default=[],
                metavar="REGION",
                help="a region (hub region); repeatable; without one: all",
            )
        add_database(below)


def run(arguments: argparse.Namespace) -> int:
    """Do it and print what is so now."""
    with open_registry(arguments.database) as hub:
        if arguments.deed == "list":
            _list(hub)
        elif arguments.deed == "add":
            names = [region_name(each) for each in arguments.region]
            role = Role(arguments.role)
            shown = arguments.shown
            _hand_over(
                accounts.add_person(hub, arguments.name, role, shown=shown, in_regions=names)
            )
        else:
            _change(hub, account_named(hub, arguments.name), arguments)
    return 0


def _change(hub: Registry, account: Account, arguments: argparse.Namespace) -> None:
    match arguments.deed:
        case "role":
            accounts.change_role(hub, account.id, Role(arguments.role))
            print(f"{account.name} is {arguments.role} now")
        case "regions":
            names = [region_name(each) for each in arguments.region]
            accounts.change_regions(hub, account.id, names)
            print(f"{account.name} sees {', '.join(names) or 'all regions'}")
        case "disable":
            accounts.disable(hub, account.id)
            print(f"{account.name} is disabled")
        case "enable":
            accounts.enable(hub, account.id)
            print(f"{account.name} may sign in again")
        case "end":
            count = accounts.end_sign_ins(hub, account.id)
            print(f"{account.name}: {count} sign-in{'' if count == 1 else 's'} ended")
        case _:
            _hand_over(accounts.reset(hub, account.id))


def _hand_over(invited: Invited) -> None:
    """Print the code on the first line, and what is done with it on the next."""
    print(invited.code)
    print(
        f"for {invited.account.name}, until {utc_time(invited.until.millis)}:"
        " type it on the page /welcome of this hub"
    )


def _list(hub: Registry) -> None:
    """One line for each account: name, role, regions, name to show, condition, sign-ins."""
    with hub.database.reading() as rows:
        for account in people.accounts(rows, AccountKind.PERSON):
            in_regions = ", ".join(regions.of_account(rows, account.id))
            condition = "disabled" if account.disabled_at is not None else "active"
            if condition == "active" and not account.is_ready:
                condition = "has no password yet"
            count = len(open_sign_ins(hub, rows, account.id))
            facts = (
                account.name,
                account.role,
                in_regions if in_regions or not account.all_regions else "all regions",
                account.shown,
                condition,
                f"{count} signed in",
            )
            print(*map(one_line, facts), sep="\t")
