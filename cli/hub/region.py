"""`hub region`: named sets of posts, for accounts that see only some of what arrives."""

from __future__ import annotations

import argparse
import sys

from cli.options.hub_stores import add_database
from domain.words import one_line
from hub.build import open_registry
from hub.packs import open_library
from hub.people.regions import posts_of, put_region, remove_region, unknown_posts
from hub.store.sql import regions

DEEDS = {
    "set": "make a region of these posts, or give it these in place of those before",
    "list": "list the regions, their posts, and who sees them",
    "remove": "remove a region that no account sees",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    commands = parser.add_subparsers(dest="deed", required=True, metavar="COMMAND")
    for deed, sentence in DEEDS.items():
        below = commands.add_parser(deed, help=sentence, allow_abbrev=False)
        if deed != "list":
            below.add_argument("name", metavar="REGION")
        if deed == "set":
            below.add_argument(
                "--post", action="append", default=[], metavar="CODE", help="repeatable"
            )
            below.add_argument(
                "--country",
                action="append",
                default=[],
                metavar="CC",
                help="the posts that the packs have in a country now; repeatable",
            )
        add_database(below)


def run(arguments: argparse.Namespace) -> int:
    """Do it and print what is so now."""
    with open_registry(arguments.database) as hub:
        if arguments.deed == "set":
            library = open_library(hub.database)
            posts = posts_of(library, arguments.post, arguments.country)
            name = put_region(hub, arguments.name, posts)
            print(f"{name}: {', '.join(posts)}")
            if unknown := unknown_posts(library, posts):
                print(
                    f"tidewaiter: warning: no pack has a post {', '.join(unknown)}", file=sys.stderr
                )
        elif arguments.deed == "remove":
            remove_region(hub, arguments.name)
            print("removed")
        else:
            with hub.database.reading() as rows:
                for name, posts in regions.regions(rows).items():
                    users = ", ".join(regions.users(rows, name)) or "-"
                    print(*map(one_line, (name, " ".join(posts), users)), sep="\t")
    return 0
