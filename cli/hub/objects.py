"""`hub objects move`: bring the photos of the hub from a folder to a bucket, or back."""

from __future__ import annotations

import argparse

from cli.options.hub_stores import OBJECTS_HELP, add_database, add_objects
from cli.options.numbers import photos
from hub.build import open_hub
from hub.moving import move_photos
from hub.store.addresses import open_objects


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="DEED")
    move = deeds.add_parser("move", help="copy all photos to another store, and read them back")
    move.add_argument("--to", required=True, metavar="URL", help=f"the new store: {OBJECTS_HELP}")
    add_objects(move)
    add_database(move)


def run(arguments: argparse.Namespace) -> int:
    """Move the photos; status 1 when some of them are not whole where they were."""
    hub = open_hub(arguments.database, arguments.objects, create=False)
    try:
        moved = move_photos(hub, open_objects(arguments.to))
    finally:
        hub.close()
    print(f"copied and read back: {photos(moved.copied)}")
    if moved.before:
        print(f"there already: {photos(moved.before)}")
    for photo in moved.unsafe:
        print(f"photo {photo} is missing or damaged at the hub")
    if moved.unsafe:
        print("main.py hub check says what can be done")
        return 1
    print("Serve with --objects and the new address from now on; nothing was deleted.")
    return 0
