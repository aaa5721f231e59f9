"""`hub setting`: give settings to the workstations of a post or of all, or take them back."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from cli.options.given_setting import add_setting_deeds
from cli.options.hub_stores import add_database
from domain.given_settings import in_words
from hub.build import open_registry
from hub.given import counting, give, take_back
from hub.hub import Registry
from hub.pages.words import utc_time

POST_HELP = "code of the post (default: all posts)"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    deeds = add_setting_deeds(
        parser, listed="what is given now", put="give a value", clear="take it back"
    )
    for each in (deeds.put, deeds.clear):
        each.add_argument("--post", metavar="CODE", help=POST_HELP)
    for each in deeds:
        add_database(each)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when it is done."""
    deeds: dict[str, Callable[[Registry, argparse.Namespace], None]] = {
        "list": _list,
        "set": _set,
        "clear": _clear,
    }
    with open_registry(arguments.database) as hub:
        deeds[arguments.deed](hub, arguments)
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
