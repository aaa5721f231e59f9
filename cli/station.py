"""`station`: say which workstation this folder is, and choose which of two copies goes on."""

from __future__ import annotations

import argparse

from acts.errors import OptionsRefused
from acts.station.forked import keep_on, undecided
from cli.options.enrolment import GIVEN, add_hub, enrolment
from cli.options.folder import add_home
from cli.options.home import add_officer, open_here, who_acts
from domain.words import mark, one_line
from storage.identity import Station
from storage.workstation import Workstation
from sync.http.enrol import renew_with

WORDS = {
    "keep": "the other copy is no longer used, and this one goes on",
    "renew": "this folder becomes a new workstation",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes; each option before its word or after it."""
    _add_options(parser)
    parser.set_defaults(given=None, enrolment=None)
    words = parser.add_subparsers(dest="word", metavar="WORD", help="left out: say who this is")
    for word, sentence in WORDS.items():
        below = words.add_parser(
            word, help=sentence, allow_abbrev=False, argument_default=argparse.SUPPRESS
        )
        _add_options(below)
        help_of = GIVEN if word == "renew" else argparse.SUPPRESS
        below.add_argument("given", nargs="?", metavar="FILE|CODE", help=help_of)
        below.add_argument("--enrolment", metavar="FILE|CODE", help=help_of)


def _add_options(parser: argparse.ArgumentParser) -> None:
    add_home(parser)
    add_hub(parser)
    add_officer(parser)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0; without a word 1 while somebody has to choose."""
    given = arguments.given if arguments.enrolment is None else arguments.enrolment
    if arguments.word == "renew" and given is None:
        raise OptionsRefused(
            mark("`renew` needs the enrolment file or code that headquarters gives"),
            hint=mark("`main.py station renew FILE`."),
        )
    if arguments.word != "renew" and given is not None:
        raise OptionsRefused(
            mark("an enrolment file or code belongs to `renew`"),
            hint=mark("`main.py station renew FILE`."),
        )
    if arguments.word is None:
        with open_here(arguments, reading=True) as ws:
            return _show(ws)
    if given is None:
        with open_here(arguments) as ws:
            keep_on(ws)
            print(f"{ws.device} goes on here; the other copy may not be used any more")
        return 0
    found = enrolment(arguments, given)  # before anybody is asked for a badge
    session = who_acts(arguments)
    with open_here(arguments) as ws:
        renew_with(ws, found, session)
        print(f"now {ws.device}, {_named(ws.station)}")
        print("papers of the earlier workstation stay; it is listed by `main.py station`")
    return 0


def _show(ws: Workstation) -> int:
    practice = ", practice" if ws.station.practice else ""
    print(f"{ws.device}\t{_named(ws.station)}\t{one_line(ws.station.name)}{practice}")
    print(f"key\t{ws.verify_key()}")
    for one in ws.earlier():
        print(f"before\t{one.device}\t{_named(one.station)}\tkey {one.public_key}")
    found = undecided(ws)
    for finding in found:
        print(f"look at {finding}")
    return 1 if found else 0


def _named(station: Station) -> str:
    return f"post {station.post} ({station.country}), number {station.number}"
