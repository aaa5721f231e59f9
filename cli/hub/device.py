"""`hub device`: list the workstations, end one, name one, let in what was held apart, add what a
computer was before.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from cli.options.files import read_bytes
from cli.options.hub_stores import add_database
from cli.options.numbers import entries as entries_in_words
from domain.ids import DeviceId
from domain.words import one_line
from hub.build import open_registry
from hub.devices import accept, add_earlier, rename, revoke
from hub.hub import Registry
from hub.pages.words import utc_time
from hub.store.sql import apart, devices, entries

DEEDS = {
    "list": "list the workstations",
    "revoke": "end a workstation: its token is void, later entries are held apart",
    "rename": "give a workstation another name at the hub",
    "accept": "let in the entries of an ended workstation that were held apart",
    "add": "make known what a computer was before it became another workstation",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    commands = parser.add_subparsers(dest="deed", required=True, metavar="COMMAND")
    for deed, sentence in DEEDS.items():
        below = commands.add_parser(deed, help=sentence, allow_abbrev=False)
        if deed == "add":
            below.add_argument("file", type=Path, help="public-key.txt of the computer")
        elif deed != "list":
            below.add_argument("device", metavar="DEVICE", help="its id, D and 16 characters")
        if deed == "rename":
            below.add_argument("name", metavar="NAME")
        if deed == "revoke":
            below.add_argument("--why", required=True, metavar="TEXT", help="shown on the pages")
        add_database(below)


def run(arguments: argparse.Namespace) -> int:
    """Do it and print what is so now."""
    with open_registry(arguments.database) as hub:
        if arguments.deed == "list":
            _list(hub)
        elif arguments.deed == "add":
            _add(hub, read_bytes(arguments.file))
        else:
            _change(hub, DeviceId.parse(arguments.device), arguments)
    return 0


def _change(hub: Registry, device: DeviceId, arguments: argparse.Namespace) -> None:
    if arguments.deed == "revoke":
        ended, before = revoke(hub, device, arguments.why)
        why = one_line(ended.ended_why)
        print(f"{device} is ended since {utc_time(ended.ended_at or 0)}: {why}")
        if before:
            print("it was ended before: the first reason stays, and this one is not kept")
    elif arguments.deed == "rename":
        print(f"{device} is named {one_line(rename(hub, device, arguments.name).name)}")
    else:
        let_in = accept(hub, device)
        print(f"let in: {entries_in_words(let_in.taken)}")
        if let_in.left:
            print(
                f"still held apart: {entries_in_words(let_in.left)},"
                " because one before them is missing"
            )


def _add(hub: Registry, keys: bytes) -> None:
    added = add_earlier(hub, keys)
    for device in added:
        print(f"{device} is known now; the computer brings its entries at the next synchronisation")
    if not added:
        print("nothing is new: the hub knows all that this computer was before")


def _list(hub: Registry) -> None:
    """One line for each workstation: id, post and number, name, last seen, entries and remarks."""
    with hub.database.reading() as rows:
        known = devices.devices(rows)
        twins = devices.at_one_station(known)
        held_apart = apart.counts(rows)
        for device in known:
            tips = tuple(entries.tips(rows, device.id, hub.identity.epoch))
            depth = max((tip.seq for tip in tips), default=0)
            remarks = [f"entries to {depth}"]
            if len(tips) > 1:
                remarks.append(f"{len(tips)} branches")
            if device.id in twins:
                remarks.append(f"same post and number as {twins[device.id]}")
            if device.ended_at is not None:
                remarks.append(f"ended {utc_time(device.ended_at)}: {device.ended_why}")
            if waiting := held_apart.get(device.id):
                remarks.append(f"{waiting} held apart")
            station = f"{device.post} {device.station}" if device.post else "-"
            facts = (device.id, station, device.name, utc_time(device.seen_at))
            print(*map(one_line, (*map(str, facts), ", ".join(remarks))), sep="\t")
