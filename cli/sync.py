"""`sync`: send new records to the hub."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from cli.options.authority import add_authority
from cli.options.home import add_home, open_here
from cli.options.numbers import at_least
from domain.instant import ClockState
from domain.words import filled, mark
from storage.workstation import Workstation
from sync.errors import HubFailed, NoLink
from sync.http.trust import read_authority
from sync.open import open_carrier
from sync.run import SyncOutcome, SyncProgress, synchronise

CAME_BACK = mark(
    "{count} entry came back from the hub: this folder is an older copy of itself, or its last"
    " entry was lost. Names and papers that were made since are not here.",
    "{count} entries came back from the hub: this folder is an older copy of itself, or its last"
    " entries were lost. Names and papers that were made since are not here.",
)
CLOCK_OFF = mark("this computer's clock says {now}: {why}")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser)
    parser.add_argument("--hub", metavar="URL", help="another address of the same hub")
    add_authority(parser)
    parser.add_argument(
        "--tries", type=at_least(1), default=3, help="times to try when the link is cut"
    )


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when the hub signed for everything, 1 when something waits or has branched."""
    with open_here(arguments) as ws:
        outcome = _synchronise(ws, arguments)
        drifted = tuple(_drifted(ws))
    for problem in outcome.problems:
        print(f"tidewaiter: {problem}", file=sys.stderr)
    for warning in (*_warnings(outcome), *drifted):
        print(f"tidewaiter: warning: {warning}", file=sys.stderr)
    print(counts(outcome))
    undecided = any(fork.forked for fork in outcome.forks)
    return 0 if outcome.complete and not undecided else 1


def _warnings(outcome: SyncOutcome) -> Iterator[str]:
    """Warnings about facts found in this run that somebody must check."""
    if outcome.came_back:
        yield filled(CAME_BACK, {"count": outcome.came_back})
    for fork in outcome.forks:
        if fork.forked:
            yield str(fork)
    here = {fork.about for fork in outcome.forks}
    for twice in outcome.given_twice:
        if twice.number not in here:
            yield (
                f"number {twice.number} was given by workstation {twice.device} too; "
                "tell headquarters"
            )
    if outcome.summary.branched and not outcome.forks:
        yield "the hub holds another branch of this journal: this folder was copied or restored"


def _drifted(ws: Workstation) -> Iterator[str]:
    """A warning when the clock differs from the hub's."""
    now = ws.now()
    clock = ws.clock(now)
    if clock.state is ClockState.DRIFTED:
        yield filled(CLOCK_OFF, {"now": now, "why": clock})


def counts(outcome: SyncOutcome) -> str:
    """`hub has 12 of 14 records, 40 of 52 photos`."""
    held = outcome.summary
    return (
        f"hub has {held.records_held} of {held.records} records, "
        f"{held.photos_held} of {held.photos} photos"
    )


def _synchronise(ws: Workstation, arguments: argparse.Namespace) -> SyncOutcome:
    authority = read_authority(arguments.authority) if arguments.authority else ""
    return synchronise(
        ws,
        lambda: open_carrier(ws, url=arguments.hub or "", authority=authority),
        tries=arguments.tries,
        progress=_show,
        trying_again=_show_failure,
    )


def _show(progress: SyncProgress) -> None:
    held = progress.summary
    print(
        f"{progress.sending}: hub has {held.records_held} of {held.records} records,"
        f" {held.photos_held} of {held.photos} photos",
        file=sys.stderr,
    )


def _show_failure(error: NoLink | HubFailed) -> None:
    what = filled(error.what, error.values)
    print(f"{error.about}: {what}; trying again", file=sys.stderr)
