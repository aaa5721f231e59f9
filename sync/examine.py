"""Examines a workstation: its folder, its computer, and what its hub holds of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol, TypeVar

from acts.hub.freshness import refuse_old
from acts.hub.join_hub import enrolled_hub
from acts.station.adopt_pack import faults_of_adopted
from acts.station.adopt_shipped import adoptable
from acts.station.check_folder import check_folder
from domain.errors import TidewaiterError
from domain.instant import ClockState
from domain.pack.finding import in_one_sentence
from domain.remark import Remark, remark
from domain.words import mark
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

T = TypeVar("T")
DAYS_AHEAD = 30
"""Days before the end of an authority's certificate on which it is pointed out."""
LEAST_FREE = 1024**3
"""Bytes; with less free space, the photos of one night may not fit."""
AHEAD = mark(
    "{count} entry is dated after now, up to {when} (entry {seq}, {clock}): this clock was wrong"
    " then, or is wrong now",
    "{count} entries are dated after now, up to {when} (entry {seq}, {clock}): this clock was"
    " wrong then, or is wrong now",
)
WAITS = mark("{count} entry waits for the next sync", "{count} entries wait for the next sync")
COUNTS = (
    mark("{count} entry", "{count} entries"),
    mark("1 photo", "{count} photos"),
    mark("{count} paper", "{count} papers"),
)

SLOTS = {
    SlotKind.PASSPHRASE: mark("passphrase"),
    SlotKind.KEYSTORE: mark("keystore"),
    SlotKind.RECOVERY: mark("recovery"),
}


class AskHub(Protocol):
    """Calls a function that waits for the hub and does not use the workstation."""

    def __call__(self, ask: Callable[[], T], /) -> T:
        """What `ask` returns."""


class Result(StrEnum):
    """The result of examining one part."""

    FINE = "ok"
    LOOK = "look at"
    ACT = "act"
    """Somebody must act, though nothing is damaged."""
    WRONG = "WRONG"


@dataclass(frozen=True, slots=True)
class Examined:
    """One part and its result. Values of `remark` may be remarks and errors themselves."""

    result: Result
    about: Remark
    remark: Remark

    def __str__(self) -> str:
        return f"{self.about}: {self.remark}"


def examine_home(home: Path, way: Unlock) -> Iterator[Examined]:
    """Examine all parts of the folder, even when its database is damaged or does not open.

    Raises as `open_workstation` but for `Damaged`.
    """
    try:
        ws = open_workstation(home, way, reading=True)
    except Damaged as error:
        yield from judged_health(check_unopened(home, way, error))
        yield from _beside_the_database(home)
        why = remark(mark("not judged, since the database does not open"))
        yield Examined(Result.LOOK, remark(mark("clock, packs, hub")), why)
        return
    with ws:
        yield from judged_health(check_folder(ws))
        yield from examine_beside(ws)


def examine_beside(ws: Workstation, waiting: AskHub = lambda ask: ask()) -> Iterator[Examined]:
    """Examine all but the content of the folder. `waiting` calls the function that asks the hub."""
    yield from _beside_the_database(ws.home)
    for about, judge in (
        (remark(mark("clock")), _clock),
        (remark(mark("packs")), _packs),
        (remark(mark("hub")), lambda ws: _hub(ws, waiting)),
    ):
        yield from _as_far_as_it_goes(about, ws, judge)


def judged_health(health: Health) -> Iterator[Examined]:
    """The findings of a check of the folder, then its counts and the end of the journal."""
    for finding in health.findings:
        result = Result.ACT if finding.forked else Result.LOOK
        result = result if finding.forked or finding.warns else Result.WRONG
        yield Examined(result, finding.about, Remark(finding.what, finding.values))
    numbers = (health.entries, health.photos, health.papers)
    counts = [remark(what, count=n) for what, n in zip(COUNTS, numbers, strict=True)]
    yield Examined(
        _judged(health.sound),
        remark(mark("database and journal")),
        remark(
            mark("{entries}, {photos}, {papers} read and judged; {end}"),
            entries=counts[0],
            photos=counts[1],
            papers=counts[2],
            end=Remark(*health.end_words),
        ),
    )


def _beside_the_database(home: Path) -> Iterator[Examined]:
    kinds = [slot.kind for slot in key_file(home).slots]
    named = {kind: remark(SLOTS[kind]) for kind in kinds}
    every = Remark(", ".join(f"{{{kind}}}" for kind in kinds), tuple(named.items()))
    good = SlotKind.RECOVERY in kinds and len(kinds) > 1
    slots = remark(mark("slots {kinds}"), kinds=every)
    yield Examined(_judged(good), remark(mark("keys")), slots)
    free = shutil.disk_usage(home).free
    room = remark(mark("{free} MB free"), free=free // 1024**2)
    yield Examined(_judged(free >= LEAST_FREE), remark(mark("disk")), room)


def _as_far_as_it_goes(
    about: Remark, ws: Workstation, judge: Callable[[Workstation], Iterator[Examined]]
) -> Iterator[Examined]:
    """The result of `judge`; a damaged page that stops it is reported as the fault."""
    try:
        with errors_as_ours(ws.home):
            yield from judge(ws)
    except Damaged as error:
        why = Remark(error.what, tuple(error.values.items()))
        yield Examined(Result.WRONG, about, remark(mark("cannot be judged: {why}"), why=why))


def _packs(ws: Workstation) -> Iterator[Examined]:
    packs = ", ".join(f"{c.pack.id} {c.pack.version}" for c in ws.checklists())
    found = remark("{packs}", packs=packs) if packs else remark(mark("none"))
    yield Examined(_judged(bool(packs)), remark(mark("packs")), found)
    newer = [each for each in adoptable(ws) if each.in_use]
    if newer:
        names = ", ".join(each.name for each in newer)
        what = mark("this program brings newer ones: {list}; adopt them: {command}")
        words = remark(what, list=names, command="`main.py pack --shipped`")
        yield Examined(Result.LOOK, remark(mark("packs")), words)
    for checklist in ws.checklists():
        if checklist.unsigned:
            what = mark(
                "{pack} is in use here and nobody signed it; its records and receipts say so"
            )
            unsigned = remark(what, pack=f"{checklist.pack.id} {checklist.pack.version}")
            yield Examined(Result.LOOK, remark(mark("packs")), unsigned)
        faults = faults_of_adopted(ws, checklist.ref)
        if faults:
            name = f"{checklist.pack.id} {checklist.pack.version}"
            what = mark("{pack} is in use here and would not be adopted today: at {list}")
            refused = remark(what, pack=name, list=in_one_sentence(faults))
            yield Examined(Result.LOOK, remark(mark("packs")), refused)


def _judged(good: bool) -> Result:
    return Result.FINE if good else Result.WRONG


def _clock(ws: Workstation) -> Iterator[Examined]:
    now, clock = ws.now(), ws.clock()
    results = {
        ClockState.TRUSTED: Result.FINE,
        ClockState.UNKNOWN: Result.LOOK,
        ClockState.DRIFTED: Result.WRONG,
    }
    why = Remark(clock.why, clock.values)
    state = remark("{now} ({state}: {why})", now=now, state=clock.state, why=why)
    yield Examined(results[clock.state], remark(mark("clock")), state)
    count, last = entries_ahead(ws.db, now)
    if last is not None:
        newest = last.head
        ahead = remark(AHEAD, count=count, when=newest.at, seq=newest.seq, clock=newest.clock)
        yield Examined(Result.LOOK, remark(mark("clock")), ahead)


def _hub(ws: Workstation, waiting: AskHub) -> Iterator[Examined]:
    result, what = _asked_hub(ws, waiting)
    yield Examined(result, remark(mark("hub")), what)
    held = hub_memory.remembered(ws.db, HubFact.AUTHORITY) or b""
    for authority in authorities(held.decode()):
        left = (authority.ends - ws.now().local).days
        day = authority.ends.date().isoformat()
        yield Examined(
            Result.FINE if left >= DAYS_AHEAD else Result.LOOK,
            remark(mark("authority")),
            remark(mark("{name}, until {day}"), name=authority.name, day=day),
        )


def _asked_hub(ws: Workstation, waiting: AskHub) -> tuple[Result, Remark]:
    try:
        hub = enrolled_hub(ws)
    except NotFound:
        return Result.FINE, remark(mark("not enrolled; everything waits here"))
    try:
        with closing(open_carrier(ws)) as carrier:
            statement = waiting(carrier.tips)
        refuse_old(ws.db, statement)
    except TidewaiterError as error:
        return Result.WRONG, remark("{error}", error=error)
    known = [tip.hash for tip in statement.tips if journal.holds(ws.db, tip.hash)]
    if len(known) < len(statement.tips):
        what = mark(
            "{url} holds entries of this workstation that are not here: this folder is an older"
            " copy, or its last entries were cut off. A synchronisation fetches them back"
        )
        return Result.WRONG, remark(what, url=hub.url)
    waits = len(journal.lacking(ws.db, ws.device, known))
    what = mark("{url} answers as {id}, and holds nothing that is not here")
    answers = remark(what, url=hub.url, id=hub.id)
    if not waits:
        return Result.FINE, answers
    return Result.FINE, remark(
        "{answers}; {left}", answers=answers, left=remark(WAITS, count=waits)
    )
