"""The commands about the hub: enrol, sync, and doctor (which also asks the hub)."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from acts.place_options import add_home, open_here

if TYPE_CHECKING:
    from storage.workstation import Workstation
    from sync.engine import Outcome, Progress

LEAST_FREE = 1024**3
"""Bytes; below, a night's photos may not fit."""
AUTHORITY = "certificate (PEM) of who vouches for the hub, if the system knows it not; kept"
FIRST_WAIT, LONGEST_WAIT = 0.5, 5.0
"""Seconds between two tries when the link is cut; doubled each time."""


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this room's commands."""
    enrol = commands.add_parser("enrol", help="enrol this workstation at a hub")
    add_home(enrol)
    enrol.add_argument("--hub", required=True, metavar="URL", help="the hub's address")
    enrol.add_argument("--authority", metavar="FILE", type=Path, help=AUTHORITY)
    enrol.add_argument("code", help="the one-time code from headquarters")
    enrol.set_defaults(run=run_enrol)
    sync = commands.add_parser("sync", help="bring the hub up to date")
    add_home(sync)
    sync.add_argument("--hub", metavar="URL", help="another address of the same hub")
    sync.add_argument("--authority", metavar="FILE", type=Path, help=AUTHORITY)
    sync.add_argument("--tries", type=int, default=3, help="times to try when the link is cut")
    sync.set_defaults(run=run_sync)
    doctor = commands.add_parser("doctor", help="say what is wrong with the place")
    add_home(doctor)
    doctor.set_defaults(run=run_doctor)


def run_enrol(arguments: argparse.Namespace) -> int:
    """Exit status 0 when the hub knows this workstation."""
    from sync.enrol import enrol  # --help must not wait for the HTTP client
    from sync.trust import read_authority  # as above

    authority = read_authority(arguments.authority) if arguments.authority else ""
    with open_here(arguments) as ws:
        enrol(ws, arguments.hub, arguments.code, authority)
        print(f"enrolled at {arguments.hub} as {ws.device}")
    return 0


def run_sync(arguments: argparse.Namespace) -> int:
    """Exit status 0 when the hub signed for everything, 1 when something waits."""
    with open_here(arguments) as ws:
        outcome = _synchronise(ws, arguments.hub, max(1, arguments.tries), arguments.authority)
    for problem in outcome.problems:
        print(f"tidewaiter: {problem}", file=sys.stderr)
    for warning in _warnings(outcome):
        print(f"tidewaiter: warning: {warning}", file=sys.stderr)
    print(counts(outcome))
    return 0 if outcome.complete else 1


def _warnings(outcome: Outcome) -> Iterator[str]:
    """What the hub signed for that somebody has to look into."""
    for number, device in outcome.given_twice:
        yield f"seizure number {number} was given by workstation {device} too; tell headquarters"
    if outcome.summary.branched:
        yield "the hub holds another branch of this journal: this folder was copied or restored"


def counts(outcome: Outcome) -> str:
    """`hub has 12 of 14 records, 40 of 52 photos`."""
    held = outcome.summary
    return (
        f"hub has {held.records_held} of {held.records} records, "
        f"{held.photos_held} of {held.photos} photos"
    )


def _synchronise(
    ws: Workstation, url: str | None, tries: int, authority: Path | None = None
) -> Outcome:
    import dataclasses  # with the rest below: --help must not wait for the HTTP client

    from acts.join_hub import hub_place, trust_authority  # as above
    from domain.words import filled  # as above
    from sync.engine import Run  # as above
    from sync.errors import HubFailed, NoLink  # as above
    from sync.link import Link  # as above
    from sync.trust import read_authority  # as above

    place = hub_place(ws)
    if url:
        place = dataclasses.replace(place, url=url.rstrip("/"))
    if authority:
        place = dataclasses.replace(place, authority=read_authority(authority))
    wait = FIRST_WAIT
    while True:
        tries -= 1
        try:
            with Link(place, ws.device) as link:
                if authority:
                    link.tips()  # kept only once a hub behind it gave an answer that is believed
                    trust_authority(ws, place.authority)
                return Run(ws, link, progress=_show).go()
        except (NoLink, HubFailed) as error:
            if tries == 0:
                raise
            # the run goes on where the hub stands
            what = filled(error.what, error.values)
            print(f"{place.url}: {what}; trying again", file=sys.stderr)
            time.sleep(wait)
            wait = min(LONGEST_WAIT, 2 * wait)


def _show(progress: Progress) -> None:
    held = progress.summary
    print(
        f"{progress.doing}: hub has {held.records_held} of {held.records} records,"
        f" {held.photos_held} of {held.photos} photos",
        file=sys.stderr,
    )


def run_doctor(arguments: argparse.Namespace) -> int:
    """Exit status 0 when nothing is wrong, 1 when something is."""
    wrong = 0
    with open_here(arguments) as ws:
        for good, sentence in _examine(ws):
            print(f"{'ok   ' if good else 'WRONG'} {sentence}")
            wrong += not good
    return 1 if wrong else 0


def _examine(ws: Workstation) -> Iterator[tuple[bool, str]]:
    from domain.instant import ClockState  # --help must not wait for the database
    from storage.check import check  # as above
    from storage.keys import key_file  # as above

    health = check(ws)
    for finding in health.findings:
        yield finding.warns, str(finding)
    yield (
        health.sound,
        f"database and journal: {health.entries} entries, {health.photos} photos,"
        f" {health.papers} papers read and judged",
    )
    kinds = [slot.kind for slot in key_file(ws.home).slots]
    yield "recovery" in kinds and len(kinds) > 1, f"keys: slots {', '.join(kinds)}"
    clock = ws.clock()
    yield clock.state is not ClockState.DRIFTED, f"clock: {ws.now()} ({clock.state}: {clock})"
    free = shutil.disk_usage(ws.home).free
    yield free >= LEAST_FREE, f"disk: {free // 1024**2} MB free"
    packs = ", ".join(f"{c.pack.id} {c.pack.version}" for c in ws.checklists())
    yield bool(packs), f"packs: {packs or 'none'}"
    yield _hub(ws)


def _hub(ws: Workstation) -> tuple[bool, str]:
    from acts.join_hub import hub_place  # --help must not wait for the HTTP client
    from domain.errors import TidewaiterError  # as above
    from storage.errors import NotFound  # as above
    from sync.link import Link  # as above

    try:
        place = hub_place(ws)
    except NotFound:
        return True, "hub: not enrolled; everything waits here"
    try:
        with Link(place, ws.device) as link:
            link.tips()
    except TidewaiterError as error:
        return False, f"hub: {error}"
    return True, f"hub: {place.url} answers as {place.hub}"
