"""`hub pack`: publish packs to the workstations, list them, or withdraw one."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from cli.options.files import read_bytes
from cli.options.hub_stores import add_database
from cli.options.pack_findings import tell_refused_pack, tell_remarks_on_pack
from domain.errors import PackRefused
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
    """Exit status 0 when it is done, 2 when a pack with faults is not published."""
    deeds: dict[str, Callable[[Registry, argparse.Namespace], int]] = {
        "publish": _publish,
        "list": _list,
        "withdraw": _withdraw,
    }
    with open_registry(arguments.database) as hub:
        return deeds[arguments.deed](hub, arguments)


def _publish(hub: Registry, arguments: argparse.Namespace) -> int:
    file: Path = arguments.file
    try:
        done = publish_pack(hub, read_bytes(file), str(file))
    except PackRefused as error:
        return tell_refused_pack(file, error, "refused; nothing was published")
    tell_remarks_on_pack(file, done.remarks)
    print(f"{done.id} {done.version}: {'published' if done.new else 'was published before'}")
    return 0


def _list(hub: Registry, arguments: argparse.Namespace) -> int:  # noqa: ARG001
    for row in published(hub):
        if row.kind == PACK:
            state = "withdrawn" if row.withdrawn else "given out"
            print(one_line(row.name), row.version, utc_time(row.at), state, sep="\t")
    return 0


def _withdraw(hub: Registry, arguments: argparse.Namespace) -> int:
    new = withdraw_pack(hub, arguments.id, arguments.version)
    name = one_line(f"{arguments.id} {arguments.version}")
    print(f"{name}: {'withdrawn' if new else 'was withdrawn before'}")
    return 0
