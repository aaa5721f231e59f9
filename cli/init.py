"""`init`: make a workstation's folder."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from acts.errors import NobodyToAsk, OptionsRefused
from acts.session import Session
from acts.station.init import (
    list_of_posts,
    made_up_for_practice,
    make_workstation,
    posts_of,
    refuse_unknown_post,
)
from cli.options.enrolment import GIVEN, add_hub, enrolment
from cli.options.feed_item import item_in_words
from cli.options.folder import add_home
from cli.options.secrets import new_passphrase
from domain.errors import TidewaiterError
from domain.numbers.case_number import station_number
from domain.pack.model import Post
from domain.words import mark
from storage.identity import Station
from storage.key_store import system_key_store
from storage.keys import Unlock
from storage.workstation import open_workstation
from sync.http.enrol import Enrolment, enrol_with, expect_valid
from sync.join import synchronise_first, usable_packs
from system.installed import at_a_terminal
from system.shipped import shipped_packs


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser, new=True)
    parser.add_argument(
        "--enrolment",
        metavar="FILE|CODE",
        help=f"{GIVEN}: it gives post, country and number, and enrols the new workstation",
    )
    add_hub(parser)
    parser.add_argument("--name", default="", help="what people call this computer")
    parser.add_argument("--post", default="", metavar="CODE", help="post of the packs")
    parser.add_argument("--country", default="", metavar="CC", help="ISO 3166-1 alpha-2")
    parser.add_argument(
        "--number", default="", help="1 to 35, or its character 1 to Z: tells those of a post apart"
    )
    parser.add_argument("--officer", default="", metavar="BADGE", help="who sets it up")
    parser.add_argument(
        "--practice",
        action="store_true",
        help="mark everything as practice; what is left out is made up",
    )
    parser.add_argument(
        "--keystore", action="store_true", help="also open by the system's key store"
    )


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when the folder is made; the recovery key is printed once."""
    packs: Mapping[str, bytes] = shipped_packs()
    from_hub = _enrolment(arguments)
    if from_hub is not None:
        packs = usable_packs(packs, from_hub)
    given = _station_facts(arguments, posts_of(packs))
    station = Station(
        name=arguments.name or "workstation",
        post=given["post"].upper(),
        country=given["country"].upper(),
        number=station_number(given["number"]),
        practice=arguments.practice,
    )
    refuse_unknown_post(station, packs)
    if from_hub is not None:
        # a code that is used up must not leave a workstation that gives the numbers of another one
        expect_valid(from_hub)
    ways: tuple[Unlock, ...] = (new_passphrase(arguments.passphrase_file),)
    if arguments.keystore:
        ways = (*ways, system_key_store())
    recovery = make_workstation(
        arguments.home, station, ways, packs, session=Session(given["officer"])
    )
    print(f"workstation made in {arguments.home}")
    print(f"recovery key (write it down, it is not shown again): {recovery}", flush=True)
    if from_hub is not None:
        _enrol(arguments.home, ways[0], from_hub)
    return 0


def _enrolment(arguments: argparse.Namespace) -> Enrolment | None:
    """What headquarters gave out, put into the options; None without `--enrolment`.

    Raises `OptionsRefused` when the options give a part of the station too.
    """
    if arguments.enrolment is None:
        return None
    found = enrolment(arguments, arguments.enrolment)
    if found.station is not None:
        if arguments.post or arguments.country or arguments.number:
            raise OptionsRefused(
                mark("headquarters gives the station: {given}"),
                hint=mark("Leave out --post, --country and --number."),
                given=found.station,
            )
        arguments.post, arguments.country = found.station.post, found.station.country
        arguments.number = str(found.station.number)
        arguments.name = arguments.name or found.station.name
    return found


def _enrol(home: Path, way: Unlock, found: Enrolment) -> None:
    """Enrol the new workstation; the first run sends its beginning and fetches the hub's packs."""
    with open_workstation(home, way) as ws:
        try:
            enrol_with(ws, found)
        except TidewaiterError:
            print("made, and not enrolled yet: give it to `main.py enrol` again", file=sys.stderr)
            raise
        print(f"enrolled at {found.url} as {ws.device}", flush=True)
        outcome = synchronise_first(ws)
    for problem in outcome.problems:
        print(f"tidewaiter: {problem}", file=sys.stderr)
    for item in outcome.came:
        print(f"from headquarters: {item_in_words(item)}")


def _station_facts(arguments: argparse.Namespace, posts: tuple[Post, ...]) -> Mapping[str, str]:
    """Post, country, number and officer as given or typed; invented only for practice.

    Nothing is guessed: two workstations set up with the same guess give the same seizure numbers.
    Raises `NobodyToAsk` that names what is missing and the posts of the packs.
    """
    given = {
        name: str(getattr(arguments, name)).strip()
        for name in ("post", "country", "number", "officer")
    }
    missing = [name for name, value in given.items() if not value]
    if missing and arguments.practice and posts:
        given = made_up_for_practice(given, posts)
        shown = ", ".join(f"{name} {given[name]}" for name in missing)
        print(f"PRACTICE workstation, never for real work; made up: {shown}", file=sys.stderr)
    elif missing and not at_a_terminal(sys.stdin):
        raise NobodyToAsk(
            mark("a workstation is not set up without {missing}"),
            hint=mark("Headquarters says which. The posts of the packs are: {posts}."),
            missing=", ".join(f"--{name}" for name in missing),
            posts=list_of_posts(posts),
        )
    elif missing:
        print(f"posts: {list_of_posts(posts)}", file=sys.stderr)
        given.update({name: input(f"{name}: ").strip() for name in missing})
    return given
