"""The hub's commands: serve, code, token, devices, backup, check."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from hub.backup import Backup, back_up, prepare
from hub.build import open_hub, open_registry
from hub.check import check
from hub.enrol import fresh_code, photo_token
from hub.pages.words import utc_time
from hub.serving.run import add_serve, sweep
from hub.store.port import Condition
from hub.store.sql import devices, entries

Arguments = argparse.Namespace
DATABASE = "sqlite:///PATH of the hub's database"
OBJECTS = "file:///PATH of the folder for photos"
SAME_DISK = (
    "tidewaiter: warning: the backup lies on the same disk as the hub; if it breaks, both are gone"
)


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `hub` with its own commands; each sets `run`, a function from arguments to status."""
    hub = subparsers.add_parser("hub", help="the other end: takes what workstations send")
    commands = hub.add_subparsers(dest="hub_command", required=True, metavar="COMMAND")
    serving = commands.add_parser("serve", help="run a hub")
    add_serve(serving)
    code = commands.add_parser("code", help="print a fresh one-time code for a workstation")
    code.set_defaults(run=run_code)
    token = commands.add_parser("token", help="print a token for a program that brings photos")
    token.add_argument("--name", default="photos", help="what the program is called")
    token.set_defaults(run=run_token)
    listing = commands.add_parser("devices", help="list the workstations")
    listing.set_defaults(run=run_devices)
    backup = commands.add_parser("backup", help="copy all, read it back, call it safe")
    backup.add_argument("--to", required=True, metavar="DIR", type=Path, help="a prepared folder")
    backup.add_argument(
        "--new", action="store_true", help="prepare the folder first; done once for each"
    )
    backup.add_argument(
        "--keep", type=_at_least_one, default=0, metavar="N", help="the newest copies to keep"
    )
    backup.set_defaults(run=run_backup)
    checking = commands.add_parser("check", help="read all that the hub holds, and judge it")
    checking.add_argument(
        "--mend-from", metavar="DIR", type=Path, help="a backup: whole photos are taken from it"
    )
    checking.add_argument(
        "--ask-again",
        action="store_true",
        help="have the workstations send again what is missing or damaged",
    )
    checking.add_argument(
        "--accept-folder",
        action="store_true",
        help="take the folder as this hub's though it does not hold what the database names",
    )
    checking.set_defaults(run=run_check)
    for parser in (serving, backup, checking):
        parser.add_argument("--objects", required=True, metavar="URL", help=OBJECTS)
    for parser in (serving, code, token, listing, backup, checking):
        parser.add_argument("--database", required=True, metavar="URL", help=DATABASE)


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return int(text)


def run_code(args: Arguments) -> int:
    """Print a fresh one-time code."""
    hub = open_registry(args.database)
    print(fresh_code(hub))
    hub.database.close()
    return 0


def run_token(args: Arguments) -> int:
    """Print a bearer token that may bring photos; shown once."""
    hub = open_registry(args.database)
    _, token = photo_token(hub, args.name)
    print(token)
    hub.database.close()
    return 0


def run_devices(args: Arguments) -> int:
    """Print one line for each workstation: id, post and number, name, last seen, entries."""
    hub = open_registry(args.database)
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


def run_backup(args: Arguments) -> int:
    """Make a backup, and say what it holds; status 1 when a photo is missing or damaged."""
    hub = open_hub(args.database, args.objects, create=False)
    try:
        if args.new:
            prepare(hub, args.to)
        made = back_up(hub, args.to, keep=args.keep)
        sweep(hub)
    finally:
        hub.close()
    _say_backup(made)
    return 1 if made.unsafe else 0


def _say_backup(made: Backup) -> None:
    if not made.unsafe:
        print(f"{made.database}: {made.entries} entries and {made.photos} photos, read back: safe")
    else:
        whole = f"{made.photos} of {made.photos + len(made.unsafe)} photos"
        print(f"{made.database}: {made.entries} entries and {whole}, read back; the rest is not:")
    for each in made.unsafe:
        kept = ", whole in the backup" if each.in_backup is Condition.WHOLE else ""
        print(f"photo {each.photo} is {each.at_hub.value} at the hub{kept}")
    if made.unsafe:
        print("nothing was changed at the hub; main.py hub check says what can be done")
    if made.awaited:
        print(f"{made.awaited} more photos are named by records and have not arrived")
    if made.same_disk:
        print(SAME_DISK, file=sys.stderr)


def run_check(args: Arguments) -> int:
    """Read everything and say what is wrong; status 1 when something is."""
    hub = open_hub(args.database, args.objects, create=False, accept_folder=args.accept_folder)
    try:
        found = check(hub, mend_from=args.mend_from, ask_again=args.ask_again)
    finally:
        hub.close()
    print(f"{found.entries} entries and {found.photos} photos are whole")
    if found.taken_in:
        print(f"{found.taken_in} photos that the database did not know were taken in again")
    if found.mended:
        print(f"{found.mended} photos were put right from the backup")
    if found.damaged_entries:
        print(f"{found.damaged_entries} entries are damaged: restore the database from a backup")
    for photo in found.missing:
        print(f"photo {photo} is missing")
    for photo in found.damaged:
        print(f"photo {photo} is damaged")
    if found.missing or found.damaged:
        print(
            "their workstations are asked for them again"
            if args.ask_again
            else "put them right from a backup with --mend-from DIR, or have their workstations"
            " send them again with --ask-again"
        )
    return 0 if found.sound else 1
