"""The commands that make a workstation's folder and change what opens it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from acts.errors import NobodyToAsk
from acts.place_options import add_home, new_passphrase, system_key_store, unlock
from domain.errors import DeedRefused
from domain.words import mark

if TYPE_CHECKING:
    from domain.pack.model import Post
    from storage.keys import Unlock

PRACTICE_OFFICER = "PRACTICE"


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this room's commands."""
    init = commands.add_parser("init", help="make a workstation's folder")
    add_home(init, new=True)
    init.add_argument("--name", default="workstation", help="what people call this computer")
    init.add_argument("--post", default="", metavar="CODE", help="post of the packs")
    init.add_argument("--country", default="", metavar="CC", help="ISO 3166-1 alpha-2")
    init.add_argument(
        "--number", default="", help="1 to 35, or its character 1 to Z: tells those of a post apart"
    )
    init.add_argument("--officer", default="", metavar="BADGE", help="who sets it up")
    init.add_argument(
        "--practice",
        action="store_true",
        help="mark everything as practice; what is left out is made up",
    )
    init.add_argument("--keystore", action="store_true", help="also open by the system's key store")
    init.set_defaults(run=run_init)
    rekey = commands.add_parser("rekey", help="change the passphrase or the recovery key")
    add_home(rekey)
    passphrase = rekey.add_mutually_exclusive_group()
    passphrase.add_argument(
        "--new-passphrase", action="store_true", help="ask at the terminal for the new passphrase"
    )
    passphrase.add_argument(
        "--new-passphrase-file",
        type=Path,
        metavar="FILE",
        help="file whose first line is the new one",
    )
    rekey.add_argument(
        "--new-recovery-key", action="store_true", help="make a new recovery key and show it once"
    )
    rekey.set_defaults(run=run_rekey)


def run_init(arguments: argparse.Namespace) -> int:
    """Exit status 0 when the folder is made; the recovery key is printed once."""
    from acts.station.init import (  # --help must not wait
        make_workstation,
        posts_of,
        refuse_unknown_post,
    )
    from domain.numbers.case_number import station_number  # as above
    from storage.identity import Station  # as above
    from system.resources import shipped_packs  # as above

    packs = shipped_packs()
    said = _said(arguments, posts_of(packs))
    station = Station(
        name=arguments.name,
        post=said["post"].upper(),
        country=said["country"].upper(),
        number=station_number(said["number"]),
        practice=arguments.practice,
    )
    refuse_unknown_post(station, packs)
    ways: tuple[Unlock, ...] = (new_passphrase(arguments.passphrase_file),)
    if arguments.keystore:
        ways = (*ways, system_key_store())
    recovery = make_workstation(arguments.home, station, ways, packs, officer=said["officer"])
    print(f"workstation made in {arguments.home}")
    print(f"recovery key (write it down, it is not shown again): {recovery}")
    return 0


def _said(arguments: argparse.Namespace, posts: tuple[Post, ...]) -> Mapping[str, str]:
    """Post, country, number and officer as given or typed; made up for practice alone.

    Nothing is guessed: two workstations set up with the same guess give the same seizure numbers.
    Raises `NobodyToAsk` that names what is missing and the posts of the packs.
    """
    from acts.station.init import list_of_posts  # --help must not wait for the database

    said = {
        name: str(getattr(arguments, name)).strip()
        for name in ("post", "country", "number", "officer")
    }
    missing = [name for name, value in said.items() if not value]
    if missing and arguments.practice and posts:
        post = next((p for p in posts if p.code == said["post"].upper()), posts[0])
        made_up = {"post": post.code, "country": post.country, "number": "1"}
        made_up["officer"] = PRACTICE_OFFICER
        said.update({name: made_up[name] for name in missing})
        told = ", ".join(f"{name} {said[name]}" for name in missing)
        print(f"PRACTICE workstation, never for real work; made up: {told}", file=sys.stderr)
    elif missing and not sys.stdin.isatty():
        raise NobodyToAsk(
            mark("a workstation is not set up without {missing}"),
            hint=mark("Headquarters says which. The posts of the packs are: {posts}."),
            missing=", ".join(f"--{name}" for name in missing),
            posts=list_of_posts(posts),
        )
    elif missing:
        print(f"posts: {list_of_posts(posts)}", file=sys.stderr)
        said.update({name: input(f"{name}: ").strip() for name in missing})
    return said


def run_rekey(arguments: argparse.Namespace) -> int:
    """Exit status 0 when the new keys open the folder; a new recovery key is printed once."""
    from acts.station.rekey import rekey  # --help must not wait for the cryptography
    from storage.workstation import open_workstation  # as above

    wanted = arguments.new_passphrase or arguments.new_passphrase_file
    if not (wanted or arguments.new_recovery_key):
        raise DeedRefused(
            mark("nothing to change"),
            hint=mark("Add --new-passphrase, --new-passphrase-file FILE or --new-recovery-key."),
        )
    way = unlock(arguments)
    passphrase = new_passphrase(arguments.new_passphrase_file) if wanted else None
    with open_workstation(arguments.home, way) as ws:
        rekey(
            ws, way, passphrase=passphrase, recovery=_show if arguments.new_recovery_key else None
        )
    changed = ["passphrase"] * bool(wanted) + ["recovery key"] * arguments.new_recovery_key
    print(f"changed: {', '.join(changed)}")
    return 0


def _show(recovery: str) -> None:
    text = "new recovery key (write it down, it is not shown again; valid once 'changed' follows)"
    print(f"{text}: {recovery}", flush=True)
