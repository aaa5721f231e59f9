"""`hub pack`: publish packs to the workstations, list them, or withdraw one."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from cli.options.files import read_bytes
from cli.options.hub_stores import add_database
from domain.words import one_line
from hub.build import open_registry
from hub.feed import publish_pack, published, withdraw_pack
from hub.hub import Registry
from hub.pages.words import utc_time
from sync.wire.feed import PACK


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    deeds = parser.add_subparsers(required=True, metavar="DEED", dest="deed")
    publish = deeds.add_parser("publish", help="give out a pack", allow_abbrev=False)
    publish.add_argument("file", type=Path, help="the pack (docs/pack-format.md)")
    listed = deeds.add_parser("list", help="what was published", allow_abbrev=False)
    withdraw = deeds.add_parser("withdraw", help="give out no longer", allow_abbrev=False)
    withdraw.add_argument("id", help="the pack's id")
    withdraw.add_argument("version", help="its version")
    for each in (publish, listed, withdraw):
        add_database(each)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when it is done."""
    deeds: dict[str, Callable[[Registry, argparse.Namespace], None]] = {
        "publish": _publish,
        "list": _list,
        "withdraw": _withdraw,
    }
    with open_registry(arguments.database) as hub:
        deeds[arguments.deed](hub, arguments)
    return 0


def _publish(hub: Registry, arguments: argparse.Namespace) -> None:
    name, version, new = publish_pack(hub, read_bytes(arguments.file), str(arguments.file))
    print(f"{name} {version}: {'published' if new else 'was published before'}")


def _list(hub: Registry, arguments: argparse.Namespace) -> None:  # noqa: ARG001
    for row in published(hub):
        if row.kind == PACK:
            state = "withdrawn" if row.withdrawn else "given out"
            print(one_line(row.name), row.version, utc_time(row.at), state, sep="\t")


def _withdraw(hub: Registry, arguments: argparse.Namespace) -> None:
    new = withdraw_pack(hub, arguments.id, arguments.version)
    name = one_line(f"{arguments.id} {arguments.version}")
    print(f"{name}: {'withdrawn' if new else 'was withdrawn before'}")
