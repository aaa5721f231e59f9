"""`hub token`: print a token for a program that brings photos."""

from __future__ import annotations

import argparse

from cli.options.hub_stores import add_database
from hub.build import open_registry
from hub.enrol import photo_token


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--name", default="photos", help="what the program is called")
    add_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print a bearer token that may bring photos; shown once."""
    with open_registry(arguments.database) as hub:
        _, token = photo_token(hub, arguments.name)
    print(token)
    return 0
