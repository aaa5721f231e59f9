"""`hub backup`: copy all data of the hub, read the copy back, and mark the data as safe."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cli.options.hub_stores import add_database, add_objects, backup_folder
from cli.options.numbers import at_least, entries, photos
from cli.options.steps import shown_steps
from hub.backup import Backup, back_up, prepare
from hub.build import open_hub
from hub.serving.run import sweep
from hub.store.port import Condition

SAME_DISK = (
    "tidewaiter: warning: the backup lies on the same disk as the hub; if it breaks, both are gone"
)

REREAD = 7
"""With a backup each night, each photo is read again once a week."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "--to",
        metavar="DIR",
        type=Path,
        help="a prepared folder (default: as in the configuration)",
    )
    parser.add_argument(
        "--new", action="store_true", help="prepare the folder first; done once for each"
    )
    parser.add_argument(
        "--keep", type=at_least(1), default=0, metavar="N", help="the newest copies to keep"
    )
    parser.add_argument(
        "--reread",
        type=at_least(1),
        default=REREAD,
        metavar="N",
        help="read each photo again, at the hub and in the backup, once in N backups: an N-th of"
        f" them each time (1: all of them); {REREAD} unless given",
    )
    add_objects(parser)
    add_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """Make a backup and print its content; status 1 when a photo is missing or damaged."""
    folder = backup_folder(arguments, arguments.to, "--to")
    hub = open_hub(arguments.database, arguments.objects, create=False)
    try:
        if arguments.new:
            prepare(hub, folder)
        with shown_steps() as progress:
            made = back_up(
                hub,
                folder,
                keep=arguments.keep,
                reread=arguments.reread,
                progress=progress,
            )
        sweep(hub)
    finally:
        hub.close()
    _report(made)
    return 1 if made.unsafe else 0


def _report(made: Backup) -> None:
    if not made.unsafe:
        print(
            f"{made.database}: {entries(made.entries)} and {photos(made.photos)}, read back: safe"
        )
    else:
        whole = f"{made.photos} of {photos(made.photos + len(made.unsafe))}"
        print(f"{made.database}: {entries(made.entries)} and {whole}, read back; the rest is not:")
    if made.copied or made.reread:
        print(f"copied: {photos(made.copied)}; read again: {photos(made.reread)}")
    for each in made.unsafe:
        kept = ", whole in the backup" if each.in_backup is Condition.WHOLE else ""
        print(f"photo {each.photo} is {each.at_hub.value} at the hub{kept}")
    if made.unsafe:
        print("nothing was changed at the hub; main.py hub check says what can be done")
    if made.awaited:
        print(f"{made.awaited} more photos are named by records and have not arrived")
    if made.same_disk:
        print(SAME_DISK, file=sys.stderr)
