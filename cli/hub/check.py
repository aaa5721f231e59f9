"""`hub check`: read and check all data of the hub."""

from __future__ import annotations

import argparse
from pathlib import Path

from cli.options.hub_stores import add_database, add_objects
from cli.options.numbers import entries, photos
from cli.options.steps import shown_steps
from hub.build import begin_epoch, open_hub
from hub.check import check
from hub.parts import ALL, EqualPart


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "--mend-from", metavar="DIR", type=Path, help="a backup: whole photos are taken from it"
    )
    parser.add_argument(
        "--ask-again",
        action="store_true",
        help="have the workstations send again what is missing or damaged",
    )
    parser.add_argument(
        "--accept-folder",
        action="store_true",
        help="take the folder as this hub's though it does not hold what the database names",
    )
    parser.add_argument(
        "--part",
        type=_part,
        default=ALL,
        metavar="K/N",
        help="only the K-th of N parts of all entries and photos, to check all of them in turns",
    )
    parser.add_argument(
        "--new-epoch",
        action="store_true",
        help="an older copy of the hub's folder was put back: workstations send again what it lost",
    )
    add_objects(parser)
    add_database(parser)


def _part(text: str) -> EqualPart:
    number, _, of = text.partition("/")
    if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
        raise argparse.ArgumentTypeError("must be like 1/7, up to 7/7")
    return EqualPart(int(number), int(of))


def run(arguments: argparse.Namespace) -> int:
    """Read everything and print the faults; status 1 when there are any."""
    if arguments.new_epoch:
        print(f"epoch {begin_epoch(arguments.database)} begins")
    hub = open_hub(
        arguments.database, arguments.objects, create=False, accept_folder=arguments.accept_folder
    )
    try:
        with shown_steps() as progress:
            found = check(
                hub,
                mend_from=arguments.mend_from,
                ask_again=arguments.ask_again,
                part=arguments.part,
                progress=progress,
            )
    finally:
        hub.close()
    print(f"{entries(found.entries)} and {photos(found.photos)} whole")
    if found.taken_in:
        print(f"taken in again: {photos(found.taken_in)} that the database did not know")
    if found.mended:
        print(f"put right from the backup: {photos(found.mended)}")
    if found.damaged_entries:
        print(f"damaged: {entries(found.damaged_entries)}; restore the database from a backup")
    for photo in found.missing:
        print(f"photo {photo} is missing")
    for photo in found.damaged:
        print(f"photo {photo} is damaged")
    if found.missing or found.damaged:
        print(
            "their workstations are asked for them again"
            if arguments.ask_again
            else "put them right from a backup with --mend-from DIR, or have their workstations"
            " send them again with --ask-again"
        )
    return 0 if found.sound else 1
