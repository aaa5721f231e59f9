"""`fetch`: give a restored workstation back what it lacks, from the hub or from a copy."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from acts.errors import OptionsRefused
from acts.hub.join_hub import EnrolledHub, enrolled_hub
from acts.station.fetch_back import Lacking, apart, lacking, take_from_copy
from acts.station.forked import undecided
from cli.options.folder import add_home
from cli.options.home import open_here
from cli.options.numbers import counted, entries, papers, photos
from cli.options.secrets import ask_secret, first_line
from cli.options.tries import Tries
from domain.words import mark
from storage.finding import Finding
from storage.keys import way_of
from storage.workstation import Workstation, open_workstation
from sync.errors import SyncError
from sync.http.downloads import fetch_photos
from sync.http.meet import proven
from sync.open import open_carrier
from sync.run import TRIES, synchronise


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser)
    parser.add_argument("--hub", default="", metavar="URL", help="another address of the same hub")
    parser.add_argument(
        "--from",
        dest="copy",
        type=Path,
        metavar="FOLDER",
        help="a copy of a workstation's folder: takes names, papers and photos that match",
    )
    parser.add_argument(
        "--from-passphrase-file",
        type=Path,
        metavar="FILE",
        help="file whose first line opens the copy; else a prompt",
    )


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when nothing is missing any more, 1 when something is or the journal has
    branched.
    """
    if arguments.copy is not None and arguments.copy.resolve() == arguments.home.resolve():
        raise OptionsRefused(mark("the copy is the folder itself"), about=str(arguments.copy))
    with open_here(arguments) as ws:
        if arguments.copy is not None:
            branches = _from_copy(ws, arguments)
        else:
            branches = _from_hub(ws, arguments.hub)
        left = lacking(ws)
    for finding in branches:
        print(f"tidewaiter: warning: {finding}", file=sys.stderr)
    if left:
        print(f"still missing: {_counts(left)}")
        print("names and papers are in copies of the post's folder: `main.py fetch --from FOLDER`")
    return 1 if left or branches else 0


def _from_hub(ws: Workstation, url: str) -> tuple[Finding, ...]:
    """Take entries and photos; the branches for which nobody has chosen."""
    hub = _met(ws, url)
    outcome = synchronise(ws, lambda: open_carrier(ws, met=hub), trying_again=Tries.say)
    for problem in outcome.problems:
        print(f"tidewaiter: {problem}", file=sys.stderr)
    came = 0
    for photo, why in fetch_photos(ws, lacking(ws).photos, hub=hub):
        if why is not None:
            print(f"tidewaiter: {photo.short}: {why}", file=sys.stderr)
        came += why is None
    print(f"came back from the hub: {entries(outcome.came_back)}, {photos(came)}")
    return undecided(ws)


def _met(ws: Workstation, url: str) -> EnrolledHub:
    """The hub, which has proved its key where `url` is another address than usual."""
    hub, tries = enrolled_hub(ws).at(url), Tries(TRIES)
    while True:
        try:
            return proven(hub)
        except SyncError as error:
            if not tries.failed(error):
                raise


def _from_copy(ws: Workstation, arguments: argparse.Namespace) -> tuple[Finding, ...]:
    """Take what matches; the branches for which nobody has chosen, or that only the copy has."""
    file = arguments.from_passphrase_file
    secret = first_line(file) if file else ask_secret("Passphrase of the copy: ")
    with open_workstation(arguments.copy, way_of(secret), reading=True) as copy:
        taken = take_from_copy(ws, copy)
        found = apart(ws, copy)
    print(f"came back from {arguments.copy}: {_counts(taken)}")
    return undecided(ws) if found is None else (found,)


def _counts(found: Lacking) -> str:
    names = counted(len(found.names), "record's names", "records' names")
    return f"{names}, {papers(len(found.papers))}, {photos(len(found.photos))}"
