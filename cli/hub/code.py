"""`hub code`: print a fresh one-time code for a workstation."""

from __future__ import annotations

import argparse

from cli.options.hub_stores import add_database
from hub.build import open_registry
from hub.enrol import fresh_code


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print a fresh one-time code."""
    hub = open_registry(arguments.database)
    print(fresh_code(hub))
    hub.database.close()
    return 0
