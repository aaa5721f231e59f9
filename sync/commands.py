"""The commands about the hub: enrol, sync, and doctor (which also asks the hub)."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from acts.place_options import add_home, open_here, unlock
from domain.words import filled, mark

if TYPE_CHECKING:
    from storage.check import Health
    from storage.keys import Unlock
    from storage.workstation import Workstation
    from sync.engine import Outcome, Progress

LEAST_FREE = 1024**3
"""Bytes; below, a night's photos may not fit."""
AUTHORITY = "certificate (PEM) of who vouches for the hub, if the system knows it not; kept"
CAME_BACK = mark(
    "{count} entry came back from the hub: this folder is an older copy of itself, or its last"
    " entry was lost. Names and papers that were made since are not here.",
    "{count} entries came back from the hub: this folder is an older copy of itself, or its last"
    " entries were lost. Names and papers that were made since are not here.",
)
AHEAD = mark(
    "{count} entry is dated after now, up to {when} (entry {seq}, {clock}): this clock was wrong"
    " then, or is wrong now",
    "{count} entries are dated after now, up to {when} (entry {seq}, {clock}): this clock was"
    " wrong then, or is wrong now",
)
WAITS = mark("{count} entry waits for the next sync", "{count} entries wait for the next sync")
CLOCK_OFF = mark("this computer's clock says {now}: {why}")
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
    from sync.http.enrol import enrol  # --help must not wait for the HTTP client
    from sync.http.trust import read_authority  # as above

    authority = read_authority(arguments.authority) if arguments.authority else ""
    with open_here(arguments) as ws:
        enrol(ws, arguments.hub, arguments.code, authority)
        print(f"enrolled at {arguments.hub} as {ws.device}")
    return 0


def run_sync(arguments: argparse.Namespace) -> int:
    """Exit status 0 when the hub signed for everything, 1 when something waits or has branched."""
    with open_here(arguments) as ws:
        outcome = _synchronise(ws, arguments.hub, max(1, arguments.tries), arguments.authority)
        drifted = tuple(_drifted(ws))
    for problem in outcome.problems:
        print(f"tidewaiter: {problem}", file=sys.stderr)
    for warning in (*_warnings(outcome), *drifted):
        print(f"tidewaiter: warning: {warning}", file=sys.stderr)
    print(counts(outcome))
    return 0 if outcome.complete and not outcome.forks else 1


def _warnings(outcome: Outcome) -> Iterator[str]:
    """What came to light in the run that somebody has to look into."""
    if outcome.came_back:
        yield filled(CAME_BACK, {"count": outcome.came_back})
    for fork in outcome.forks:
        yield str(fork)
    here = {fork.about for fork in outcome.forks}
    for number, device in outcome.given_twice:
        if number not in here:
            yield f"number {number} was given by workstation {device} too; tell headquarters"
    if outcome.summary.branched and not outcome.forks:
        yield "the hub holds another branch of this journal: this folder was copied or restored"


def _drifted(ws: Workstation) -> Iterator[str]:
    """That the clock is off, now that the hub was heard."""
    from domain.instant import ClockState  # --help must not wait for the database

    now = ws.now()
    clock = ws.clock(now)
    if clock.state is ClockState.DRIFTED:
        yield filled(CLOCK_OFF, {"now": now, "why": clock})


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

    from acts.hub.join_hub import hub_place, trust_authority  # as above
    from sync.engine import Run  # as above
    from sync.errors import HubFailed, NoLink  # as above
    from sync.http.link import Link  # as above
    from sync.http.trust import read_authority  # as above

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
    """Exit status 0 when nothing is wrong, 1 when something is, or when the journal branched."""
    no = False
    for word, sentence in _examine(arguments.home, unlock(arguments)):
        print(f"{LOOK if word == ACT else word:7} {sentence}")
        no |= word in (WRONG, ACT)
    return 1 if no else 0


OK, LOOK, ACT, WRONG = "ok", "look at", "act", "WRONG"
"""What `doctor` says of each thing. `ACT` is shown as `LOOK` and is a no: somebody must act."""


def _examine(home: Path, way: Unlock) -> Iterator[tuple[str, str]]:
    """Every part of the place, also of one whose database does not open or is damaged within."""
    from acts.station.check_folder import check_folder  # --help must not wait for the database
    from storage.check import check_unopened  # as above
    from storage.workstation import open_workstation  # as above
    from system.errors import Damaged  # as above

    try:
        ws = open_workstation(home, way, reading=True)
    except Damaged as error:
        yield from _judged_health(check_unopened(home, way, error))
        yield from _beside_the_database(home)
        yield LOOK, "clock, packs, hub: not judged, since the database does not open"
        return
    with ws:
        yield from _judged_health(check_folder(ws))
        yield from _beside_the_database(home)
        yield from _as_far_as_it_goes("clock", ws, _clock)
        yield from _as_far_as_it_goes("packs", ws, _packs)
        yield from _as_far_as_it_goes("hub", ws, _hub)


def _judged_health(health: Health) -> Iterator[tuple[str, str]]:
    for finding in health.findings:
        yield ACT if finding.forked else LOOK if finding.warns else WRONG, str(finding)
    yield (
        _judged(health.sound),
        f"database and journal: {health.entries} entries, {health.photos} photos,"
        f" {health.papers} papers read and judged; {health.end}",
    )


def _beside_the_database(home: Path) -> Iterator[tuple[str, str]]:
    from storage.keys import key_file  # --help must not wait for the cryptography

    kinds = [slot.kind for slot in key_file(home).slots]
    yield _judged("recovery" in kinds and len(kinds) > 1), f"keys: slots {', '.join(kinds)}"
    free = shutil.disk_usage(home).free
    yield _judged(free >= LEAST_FREE), f"disk: {free // 1024**2} MB free"


def _as_far_as_it_goes(
    about: str, ws: Workstation, judge: Callable[[Workstation], Iterator[tuple[str, str]]]
) -> Iterator[tuple[str, str]]:
    """What `judge` says; a damaged page that ends it is what is wrong then."""
    from system.database.errors import errors_as_ours  # --help must not wait for the database
    from system.errors import Damaged  # as above

    try:
        with errors_as_ours(ws.home):
            yield from judge(ws)
    except Damaged as error:
        yield WRONG, f"{about}: cannot be judged: {filled(error.what, error.values)}"


def _packs(ws: Workstation) -> Iterator[tuple[str, str]]:
    packs = ", ".join(f"{c.pack.id} {c.pack.version}" for c in ws.checklists())
    yield _judged(bool(packs)), f"packs: {packs or 'none'}"


def _judged(good: bool) -> str:
    return OK if good else WRONG


def _clock(ws: Workstation) -> Iterator[tuple[str, str]]:
    from domain.instant import ClockState  # --help must not wait for the database
    from storage.clock import entries_ahead  # as above

    now, clock = ws.now(), ws.clock()
    words = {ClockState.TRUSTED: OK, ClockState.UNKNOWN: LOOK, ClockState.DRIFTED: WRONG}
    yield words[clock.state], f"clock: {now} ({clock.state}: {clock})"
    count, last = entries_ahead(ws.db, now)
    if last is not None:
        newest = last.head
        values = {"count": count, "when": newest.at, "seq": newest.seq, "clock": newest.clock}
        yield LOOK, f"clock: {filled(AHEAD, values)}"


def _hub(ws: Workstation) -> Iterator[tuple[str, str]]:
    yield _asked_hub(ws)


def _asked_hub(ws: Workstation) -> tuple[str, str]:
    from acts.hub.acknowledge import refuse_old  # --help must not wait for the HTTP client
    from acts.hub.join_hub import hub_place  # as above
    from domain.errors import TidewaiterError  # as above
    from storage import journal  # as above
    from storage.errors import NotFound  # as above
    from sync.http.link import Link  # as above

    try:
        place = hub_place(ws)
    except NotFound:
        return OK, "hub: not enrolled; everything waits here"
    try:
        with Link(place, ws.device) as link:
            said = link.tips()
        refuse_old(ws.db, said)
    except TidewaiterError as error:
        return WRONG, f"hub: {error}"
    known = [name for name in said.tips if journal.holds(ws.db, name)]
    if len(known) < len(said.tips):
        return WRONG, (
            f"hub: {place.url} holds entries of this workstation that are not here: this folder is"
            " an older copy, or its last entries were cut off. `main.py sync` fetches them back"
        )
    waits = len(journal.lacking(ws.db, ws.device, known))
    left = f"; {filled(WAITS, {'count': waits})}" if waits else ""
    return OK, f"hub: {place.url} answers as {place.hub}, and holds nothing that is not here{left}"
