"""`doctor`: report faults of the workstation and its computer; it also asks the hub."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from acts.hub.freshness import refuse_old
from acts.hub.join_hub import enrolled_hub
from acts.station.check_folder import check_folder
from cli.options.folder import add_home, unlock
from cli.options.numbers import entries, papers, photos
from domain.errors import TidewaiterError
from domain.instant import ClockState
from domain.words import filled, mark
from storage import hub_memory, journal
from storage.check import Health, check_unopened
from storage.clock import entries_ahead
from storage.errors import NotFound
from storage.hub_memory import HubFact
from storage.key_file import SlotKind, key_file
from storage.keys import Unlock
from storage.workstation import Workstation, open_workstation
from sync.open import open_carrier
from system.authorities import authorities
from system.database.errors import errors_as_ours
from system.errors import Damaged

DAYS_AHEAD = 30
"""Days before the end of an authority's certificate on which `doctor` points it out."""
LEAST_FREE = 1024**3
"""Bytes; with less free space, the photos of one night may not fit."""
AHEAD = mark(
    "{count} entry is dated after now, up to {when} (entry {seq}, {clock}): this clock was wrong"
    " then, or is wrong now",
    "{count} entries are dated after now, up to {when} (entry {seq}, {clock}): this clock was"
    " wrong then, or is wrong now",
)
WAITS = mark("{count} entry waits for the next sync", "{count} entries wait for the next sync")
OK, LOOK, ACT, WRONG = "ok", "look at", "act", "WRONG"
"""The results of `doctor`. `ACT` is printed as `LOOK` and gives exit status 1: somebody must
act."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when nothing is wrong, 1 when something is, or when the journal branched."""
    no = False
    for word, sentence in _examine(arguments.home, unlock(arguments)):
        print(f"{LOOK if word == ACT else word:7} {sentence}")
        no |= word in (WRONG, ACT)
    return 1 if no else 0


def _examine(home: Path, way: Unlock) -> Iterator[tuple[str, str]]:
    """Check all parts of the folder, even when its database is damaged or does not open."""
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
        f"database and journal: {entries(health.entries)}, {photos(health.photos)},"
        f" {papers(health.papers)} read and judged; {health.end}",
    )


def _beside_the_database(home: Path) -> Iterator[tuple[str, str]]:
    kinds = [slot.kind for slot in key_file(home).slots]
    yield _judged(SlotKind.RECOVERY in kinds and len(kinds) > 1), f"keys: slots {', '.join(kinds)}"
    free = shutil.disk_usage(home).free
    yield _judged(free >= LEAST_FREE), f"disk: {free // 1024**2} MB free"


def _as_far_as_it_goes(
    about: str, ws: Workstation, judge: Callable[[Workstation], Iterator[tuple[str, str]]]
) -> Iterator[tuple[str, str]]:
    """The result of `judge`; a damaged page that stops it is reported as the fault."""
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
    held = hub_memory.remembered(ws.db, HubFact.AUTHORITY) or b""
    for authority in authorities(held.decode()):
        left = (authority.ends - ws.now().local).days
        word = OK if left >= DAYS_AHEAD else LOOK
        yield word, f"authority: {authority.name}, until {authority.ends.date().isoformat()}"


def _asked_hub(ws: Workstation) -> tuple[str, str]:
    try:
        hub = enrolled_hub(ws)
    except NotFound:
        return OK, "hub: not enrolled; everything waits here"
    try:
        with closing(open_carrier(ws)) as carrier:
            statement = carrier.tips()
        refuse_old(ws.db, statement)
    except TidewaiterError as error:
        return WRONG, f"hub: {error}"
    known = [tip.hash for tip in statement.tips if journal.holds(ws.db, tip.hash)]
    if len(known) < len(statement.tips):
        return WRONG, (
            f"hub: {hub.url} holds entries of this workstation that are not here: this folder is"
            " an older copy, or its last entries were cut off. `main.py sync` fetches them back"
        )
    waits = len(journal.lacking(ws.db, ws.device, known))
    left = f"; {filled(WAITS, {'count': waits})}" if waits else ""
    return OK, f"hub: {hub.url} answers as {hub.id}, and holds nothing that is not here{left}"
