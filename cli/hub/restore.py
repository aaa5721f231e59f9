"""`hub restore`: bring a backup into an empty database and a store for photos."""

from __future__ import annotations

import argparse
from pathlib import Path

from cli.options.hub_stores import add_database, add_objects, backup_folder
from cli.options.numbers import entries, photos
from cli.options.steps import shown_steps
from hub.restore import Restored, Restoring, restore


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "--from",
        dest="backup",
        metavar="DIR",
        type=Path,
        help="the folder that hub backup writes to (default: as in the configuration)",
    )
    parser.add_argument(
        "--copy", default="", metavar="NAME", help="a copy in its databases/; else the newest one"
    )
    parser.add_argument(
        "--retire",
        default="",
        metavar="URL",
        help="the old database of this hub: nobody can serve it any more",
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="read and verify everything, also what it would be restored to, and change nothing",
    )
    add_objects(parser)
    add_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """Restore, and print what is there now; status 1 when the backup lacks a photo."""
    wanted = Restoring(
        backup=backup_folder(arguments, arguments.backup, "--from"),
        database=arguments.database,
        objects=arguments.objects,
        copy=arguments.copy,
        retire=arguments.retire,
        dry_run=arguments.dry_run,
    )
    with shown_steps() as progress:
        made = restore(wanted, progress=progress)
    _report(wanted, made)
    return 1 if made.missing else 0


def _report(wanted: Restoring, made: Restored) -> None:
    done = "can be restored" if wanted.dry_run else "restored"
    print(
        f"{made.copy.name}: {entries(made.entries)} and {photos(made.photos)} of hub {made.hub}"
        f" verified, {done}"
    )
    if made.before:
        print(f"there already: {photos(made.before)}")
    if made.rows_before:
        print("the database was restored before from this copy")
    for photo in made.missing:
        print(f"photo {photo} is not whole in the backup; its workstation sends it again")
    if wanted.dry_run:
        print("nothing was changed")
        return
    if wanted.retire:
        print("the old database is retired: no hub serves it")
    print("When it is served, a new epoch begins. The old machine must not serve again.")
