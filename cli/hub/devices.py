"""`hub devices`: list the workstations."""

from __future__ import annotations

import argparse

from cli.options.hub_stores import add_database
from hub.build import open_registry
from hub.pages.words import utc_time
from hub.store.sql import devices, entries


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print one line for each workstation: id, post and number, name, last seen, entries."""
    hub = open_registry(arguments.database)
    with hub.database.reading() as rows:
        known = devices.devices(rows)
        twins = devices.at_one_station(known)
        for device in known:
            tips = entries.tips(rows, device.id, hub.identity.epoch)
            depth = max((tip.seq for tip in tips), default=0)
            branches = f", {len(tips)} branches" if len(tips) > 1 else ""
            twin = f", same post and number as {twins[device.id]}" if device.id in twins else ""
            station = f"{device.post} {device.station}" if device.post else "-"
            facts = (device.id, station, device.name, utc_time(device.seen_at))
            print(*facts, f"entries to {depth}{branches}{twin}", sep="\t")
    hub.database.close()
    return 0
