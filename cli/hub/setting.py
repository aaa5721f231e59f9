"""`hub setting`: give settings to the workstations of a post or of all, or take them back."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from cli.options.hub_stores import add_database
from domain.given_settings import GIVEN, in_words
from hub.build import open_registry
from hub.given import counting, give, take_back
from hub.hub import Registry
from hub.pages.words import utc_time

POST_HELP = "code of the post (default: all posts)"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    deeds = parser.add_subparsers(required=True, metavar="DEED", dest="deed")
    listed = deeds.add_parser("list", help="what is given now", allow_abbrev=False)
    put = deeds.add_parser("set", help="give a value", allow_abbrev=False)
    clear = deeds.add_parser("clear", help="take it back", allow_abbrev=False)
    for each in (put, clear):
        each.add_argument("name", help=f"the setting: {', '.join(GIVEN)}")
    put.add_argument("value", help="its value (docs/commands.md)")
    for each in (put, clear):
        each.add_argument("--post", metavar="CODE", help=POST_HELP)
    for each in (listed, put, clear):
        add_database(each)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when it is done."""
    deeds: dict[str, Callable[[Registry, argparse.Namespace], None]] = {
        "list": _list,
        "set": _set,
        "clear": _clear,
    }
    hub = open_registry(arguments.database)
    try:
        deeds[arguments.deed](hub, arguments)
    finally:
        hub.database.close()
    return 0


def _list(hub: Registry, arguments: argparse.Namespace) -> None:  # noqa: ARG001
    for name, given, at in counting(hub):
        value = "each workstation's own" if given.value is None else in_words(given.value)
        print(name, _scope(given.post), value, utc_time(at.millis), sep="\t")


def _set(hub: Registry, arguments: argparse.Namespace) -> None:
    value, new = give(hub, arguments.name, arguments.value, arguments.post)
    state = "given" if new else "was given before"
    print(f"{arguments.name} {in_words(value)}, {_scope(arguments.post)}: {state}")


def _clear(hub: Registry, arguments: argparse.Namespace) -> None:
    new = take_back(hub, arguments.name, arguments.post)
    state = "taken back" if new else "nothing was given"
    print(f"{arguments.name}, {_scope(arguments.post)}: {state}")


def _scope(post: str | None) -> str:
    return "all posts" if post is None else f"post {post}"
