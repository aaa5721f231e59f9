"""The hub's commands: serve, code, token, devices, backup."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from domain.words import mark
from hub.backup import back_up
from hub.build import application, open_hub, open_registry
from hub.enrol import CODE_HOURS, accept_code, as_typed, fresh_code, photo_token
from hub.errors import CannotServe
from hub.hub import Hub
from hub.live import Arrivals
from hub.log import tell, write_lines
from hub.packs import open_library
from hub.pages.words import utc_time
from hub.serve import certificate, is_loopback, listen, server, url_of
from hub.store import devices, entries
from hub.uploads import drop_abandoned

Arguments = argparse.Namespace
DATABASE = "sqlite:///PATH of the hub's database"
OBJECTS = "file:///PATH of the folder for photos"
IN_THE_CLEAR = (
    "tidewaiter: warning: tokens and records travel in the clear to this hub; "
    "use --certificate and --private-key, or a proxy with TLS before it"
)


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `hub` with its own commands; each sets `run`, a function from arguments to status."""
    hub = subparsers.add_parser("hub", help="the other end: takes what workstations send")
    commands = hub.add_subparsers(dest="hub_command", required=True, metavar="COMMAND")
    serving = commands.add_parser("serve", help="run a hub")
    serving.add_argument("--listen", default="127.0.0.1:8080", metavar="HOST:PORT")
    serving.add_argument("--database", required=True, metavar="URL", help=DATABASE)
    serving.add_argument("--objects", required=True, metavar="URL", help=OBJECTS)
    serving.add_argument(
        "--certificate",
        metavar="FILE",
        type=Path,
        help="the hub's certificate and those above it, PEM; with --private-key: HTTPS",
    )
    serving.add_argument(
        "--private-key", metavar="FILE", type=Path, help="the certificate's key, PEM, open"
    )
    serving.add_argument(
        "--code",
        metavar="FILE",
        type=Path,
        help="a one-time code for the first workstation: taken from FILE, or written to it",
    )
    serving.add_argument(
        "--pages-for-all",
        action="store_true",
        help="show the pages to other machines too; there is no sign-in yet",
    )
    serving.set_defaults(run=run_serve)
    code = commands.add_parser("code", help="print a fresh one-time code for a workstation")
    token = commands.add_parser("token", help="print a token for a program that brings photos")
    token.add_argument("--name", default="photos", help="what the program is called")
    listing = commands.add_parser("devices", help="list the workstations")
    backup = commands.add_parser("backup", help="copy all, read it back, call it safe")
    backup.add_argument("--to", required=True, metavar="DIR", type=Path)
    backup.add_argument("--objects", required=True, metavar="URL", help=OBJECTS)
    parts = ((code, run_code), (token, run_token), (listing, run_devices), (backup, run_backup))
    for parser, run in parts:
        parser.add_argument("--database", required=True, metavar="URL", help=DATABASE)
        parser.set_defaults(run=run)


def run_serve(args: Arguments) -> int:
    """Serve until a signal ends it; prints one line when the hub takes requests."""
    certified = certificate(args.certificate, args.private_key)
    bound = listen(args.listen)
    hub = open_hub(args.database, args.objects)
    write_lines(hub.now)
    try:
        library = open_library(hub.database)
        for refused in library.refused:
            tell("pack refused", file=refused.about, place=refused.place)
        if args.code is not None:
            _exchange_code(hub, args.code)
        _sweep(hub)
        arrivals = Arrivals()
        app = application(hub, library, arrivals, pages_for_all=args.pages_for_all)

        def listening() -> None:
            if certified is None and not is_loopback(bound):
                print(IN_THE_CLEAR, file=sys.stderr, flush=True)
            print(f"hub listens on {url_of(bound, certified)}", flush=True)

        server(app, arrivals, listening, certified).run(sockets=[bound])
    finally:
        hub.close()
    return 0


def _sweep(hub: Hub) -> None:
    if dropped := drop_abandoned(hub):
        tell("abandoned uploads dropped", uploads=dropped)


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
    """Print one line for each workstation: id, post, name, last seen, entries, branches."""
    hub = open_registry(args.database)
    with hub.database.reading() as rows:
        for device in devices.devices(rows):
            tips = entries.tips(rows, device.id, hub.identity.epoch)
            depth = max((tip.seq for tip in tips), default=0)
            branches = f", {len(tips)} branches" if len(tips) > 1 else ""
            facts = (device.id, device.post or "-", device.name, utc_time(device.seen_at))
            print(*facts, f"entries to {depth}{branches}", sep="\t")
    hub.database.close()
    return 0


def run_backup(args: Arguments) -> int:
    """Make a backup, and say what it holds; status 3 when photos were damaged."""
    hub = open_hub(args.database, args.objects, create=False)
    try:
        _sweep(hub)
        made = back_up(hub, args.to)
    finally:
        hub.close()
    print(f"{made.database}: {made.entries} entries and {made.photos} photos, read back: safe")
    for photo in made.damaged:
        print(f"photo {photo} is damaged at the hub; its workstation is asked for it again")
    return 3 if made.damaged else 0


def _exchange_code(hub: Hub, file: Path) -> None:
    """Take the code that the file holds, or write a fresh one to it, for its owner's eyes only."""
    try:
        if file.exists() and (text := file.read_text("utf-8").strip()):
            if len(as_typed(text)) < 12:
                raise CannotServe(
                    mark("the code is too short to be safe"),
                    about=str(file),
                    hint=mark("Use 12 letters and digits or more, or an empty file."),
                )
            accept_code(hub, text)
            return
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as writing:
            writing.write(fresh_code(hub) + "\n")
    except OSError as error:
        raise CannotServe(
            mark("the file for the code cannot be used: {cause}"),
            about=str(file),
            cause=error.strerror,
        ) from error
    tell("code written", hours=CODE_HOURS)
