"""`sync`: send new records to the hub."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from acts.hub.try_again import try_again
from cli.options.authority import add_authority
from cli.options.feed_item import item_in_words
from cli.options.folder import add_home
from cli.options.home import open_here
from cli.options.numbers import at_least
from cli.options.tries import Tries
from domain.instant import ClockState
from domain.words import filled, mark, one_line
from storage.hub_entries import NotTaken
from storage.workstation import Workstation
from sync.http.trust import read_authority
from sync.open import open_carrier
from sync.run import TRIES, SyncOutcome, SyncProgress, synchronise

CAME_BACK = mark(
    "{count} entry came back from the hub: this folder is an older copy of itself, or its last"
    " entry was lost. Names and papers that were made since are not here.",
    "{count} entries came back from the hub: this folder is an older copy of itself, or its last"
    " entries were lost. Names and papers that were made since are not here.",
)
PROXY_LIMIT = mark(
    "a proxy before the hub refuses pieces of more than {size} KB; photos go in smaller ones, more"
    " slowly. Tell the hub's administrator: deploy/nginx.conf shows what to set"
)
NOT_NOW = mark("photos wait for their time of day, or for another line; see the settings")
NOT_YET = mark(
    "the hub does not take {count} entry or photo yet: {why}. It waits here and is sent again by"
    " itself",
    "the hub does not take {count} entries or photos yet: {why}. They wait here and are sent again"
    " by themselves",
)
REFUSED = mark(
    "the hub refused {count} entry or photo for good: `main.py sync --again` sends it once more,"
    " and `main.py bundle export --only HASH` writes it to a stick alone",
    "the hub refused {count} entries or photos for good: `main.py sync --again` sends them once"
    " more, and `main.py bundle export --only HASH` writes one to a stick alone",
)
NAMED = 10
"""Refused items that are named at most."""
REPORT_EVERY = 5.0
"""Seconds between two lines about the bytes that arrived."""
CLOCK_OFF = mark("this computer's clock says {now}: {why}")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser)
    parser.add_argument("--hub", metavar="URL", help="another address of the same hub")
    add_authority(parser)
    parser.add_argument(
        "--tries",
        type=at_least(1),
        default=TRIES,
        metavar="N",
        help="tries in a row that bring nothing before it gives up (default: %(default)s)",
    )
    parser.add_argument("--again", action="store_true", help="send what the hub refused once more")
    parser.add_argument(
        "--limit",
        type=at_least(0),
        metavar="KBIT",
        help="send at most so many kilobits a second; 0: no limit",
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
    for item in outcome.came:
        print(f"from headquarters: {item_in_words(item)}")
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
    if outcome.piece_limit is not None:
        yield filled(PROXY_LIMIT, {"size": outcome.piece_limit >> 10})
    if not outcome.photos_may_go and outcome.summary.photos > outcome.summary.photos_held:
        yield filled(NOT_NOW, {})
    yield from _not_taken(outcome.not_taken)
    here = {str(fork.about) for fork in outcome.forks}
    for twice in outcome.given_twice:
        if twice.number not in here:
            yield (
                f"number {twice.number} was given by workstation {twice.device} too; "
                "tell headquarters"
            )
    if outcome.summary.branched and not outcome.forks:
        yield "the hub holds another branch of this journal: this folder was copied or restored"


def _not_taken(items: Sequence[NotTaken]) -> Iterator[str]:
    """What the hub did not take: for now, with its reasons; and for good, by name."""
    for why, count in Counter(item.why for item in items if item.curable).items():
        yield filled(NOT_YET, {"count": count, "why": one_line(why)})
    final = [item for item in items if not item.curable]
    for item in final[:NAMED]:
        yield f"{f'{item.number} {item.name}'.strip()}: the hub refuses it: {one_line(item.why)}"
    if final:
        yield filled(REFUSED, {"count": len(final)})


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
    if arguments.again:
        try_again(ws)
    return synchronise(
        ws,
        lambda: open_carrier(
            ws, url=arguments.hub or "", authority=authority, kilobits=arguments.limit
        ),
        tries=arguments.tries,
        progress=_Reports().show,
        trying_again=Tries.say,
    )


class _Reports:
    """Prints the progress: at once when the hub signed for more, else every few seconds."""

    def __init__(self) -> None:
        self._shown: object = None
        self._at = 0.0

    def show(self, progress: SyncProgress) -> None:
        """Print a line, if it is time for one."""
        held = progress.summary
        counts = (held.records_held, held.photos_held)
        if counts == self._shown and progress.seconds < self._at + REPORT_EVERY:
            return
        self._shown, self._at = counts, progress.seconds
        arrived = ""
        if progress.bytes_in_all:
            arrived = f"; {_megabytes(progress.bytes_arrived)} of"
            arrived += f" {_megabytes(progress.bytes_in_all)} MB of photos arrived"
        print(
            f"{progress.sending}: hub has {held.records_held} of {held.records} records,"
            f" {held.photos_held} of {held.photos} photos{arrived}",
            file=sys.stderr,
        )


def _megabytes(count: int) -> str:
    return f"{count / 1_000_000:.1f}"
