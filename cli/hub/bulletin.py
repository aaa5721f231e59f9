"""`hub bulletin`: publish a bulletin, which workstations keep and list."""

from __future__ import annotations

import argparse
from pathlib import Path

from cli.options.files import read_bytes
from cli.options.hub_stores import add_database
from domain.words import one_line
from hub.build import open_registry
from hub.feed import publish_bulletin


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    deeds = parser.add_subparsers(required=True, metavar="DEED", dest="deed")
    publish = deeds.add_parser("publish", help="give out a bulletin", allow_abbrev=False)
    publish.add_argument("file", type=Path, help="its text, at most 64 KiB")
    publish.add_argument("--name", default="", help="its name (default: that of the file)")
    publish.add_argument("--version", default="1", help="its version (default: 1)")
    add_database(publish)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when it is published."""
    data = read_bytes(arguments.file)
    with open_registry(arguments.database) as hub:
        name = arguments.name or arguments.file.stem
        new = publish_bulletin(hub, data, name, arguments.version)
    print(
        f"{one_line(name)} {one_line(arguments.version)}: "
        f"{'published' if new else 'was published before'}"
    )
    return 0
