"""The model of the first run: makes a workstation, or puts a backup copy where it belongs."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Signal

from acts.errors import InputRefused
from acts.session import Session
from acts.station.init import (
    made_up_for_practice,
    make_workstation,
    posts_of,
    refuse_unfit,
    refuse_unknown_post,
)
from acts.station.restore import restore_copy
from domain.badge import NEVER_A_NAME, NO_BADGE, names_nobody
from domain.errors import TidewaiterError
from domain.fields import label_of
from domain.numbers.case_number import station_number
from domain.pack.model import Post
from domain.words import mark
from gui.bridge import Bridge, Progress
from gui.long_work import LongWork
from gui.stop import Stop
from storage import settings
from storage.identity import Station
from storage.keys import USUAL_COST, Passphrase, PassphraseCost
from storage.workstation import Workstation, open_workstation
from sync.http.enrol import Enrolment, enrol_with, expect_valid, file_text, read_enrolment
from sync.http.trust import read_authority
from sync.join import synchronise_first, usable_packs
from system.shipped import shipped_packs

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StationFacts:
    """What the officer typed about the new workstation."""

    name: str = ""
    post: str = ""
    """`XA MCN`: country and code."""
    number: str = ""
    badge: str = ""


class FirstRunModel(LongWork):
    """`found` carries what headquarters gave, `made` the recovery key, `opened` the open
    workstation, `restored` the folder.
    """

    found = Signal(object)
    made = Signal(str)
    opened = Signal(object)
    restored = Signal(object)
    refused = Signal(object)

    def __init__(
        self, home: Path, bridge: Bridge, language: str, cost: PassphraseCost = USUAL_COST
    ) -> None:
        super().__init__(bridge)
        self.home, self._language, self._cost = home, language, cost
        self._passphrase: Passphrase | None = None
        self._badge = ""
        self.enrolment: Enrolment | None = None
        """What headquarters gave; None without it."""
        self.practice = False

    @property
    def made_here(self) -> bool:
        """Whether the workstation is made, and only to be opened."""
        return self._passphrase is not None

    def posts(self) -> tuple[Post, ...]:
        """The posts of the packs that ship. Raises `Damaged`."""
        return posts_of(shipped_packs())

    def look_up(self, given: str | Path, url: str, authority: Path | None) -> None:
        """Find out what headquarters gives; then `found` or `refused` is sent."""

        def work(_progress: Progress, stop: Stop) -> Enrolment:
            stop.out()
            refuse_unfit(self.home)
            text = file_text(given) if isinstance(given, Path) else given.strip()
            if not text:
                raise InputRefused(
                    mark("the enrolment file or the code is missing"),
                    hint=mark("Headquarters gives one of them to every new workstation."),
                )
            pem = read_authority(authority) if authority else ""
            found = read_enrolment(text, url.strip(), pem)
            expect_valid(found)
            return found

        def then(found: Enrolment) -> None:
            self.enrolment = found
            self.found.emit(found)

        self._begin(work, then)

    def make(self, facts: StationFacts, passphrase: str) -> None:
        """Make the workstation; then `made` or `refused` is sent."""
        way, enrolment = Passphrase(passphrase, self._cost), self.enrolment
        practice, home = self.practice, self.home

        def work(_progress: Progress, stop: Stop) -> tuple[str, str]:
            stop.out()  # nothing of a workstation is open yet, and the hub may be slow
            if enrolment is not None:
                expect_valid(enrolment)
            stop.back()
            return _make(home, facts, way, enrolment, practice=practice)

        def then(made: tuple[str, str]) -> None:
            self._passphrase = way
            recovery, self._badge = made
            self.made.emit(recovery)

        self._begin(work, then)

    def open(self, *, enrols: bool = True) -> None:
        """Open what was made, and enrol it where headquarters gave something; then `opened` or
        `refused` is sent.
        """
        way, enrolment = self._passphrase, self.enrolment if enrols else None
        assert way is not None

        def work(_progress: Progress, stop: Stop) -> Workstation:
            stop.out()  # only this thread knows the workstation
            ws = open_workstation(self.home, way)
            try:
                changes = [settings.LANGUAGE.to(self._language), settings.OFFICER.to(self._badge)]
                settings.write(ws.db, changes)
                if enrolment is not None:
                    enrol_with(ws, enrolment)
                    self.enrolment = None
                    _first_sync(ws)
            except BaseException:
                ws.close()
                raise
            return ws

        self._begin(work, self.opened.emit)

    def restore(self, copy: Path) -> None:
        """Copy a backup to the workstation's folder; then `restored` or `refused` is sent."""

        def work(progress: Progress, stop: Stop) -> Path:
            def show(done: int, total: int) -> None:
                progress(done >> 10, total >> 10)  # a signal counts at most two thousand million

            restore_copy(copy, self.home, show, stop.is_set)
            return self.home

        self._begin(work, self.restored.emit)

    def _begin(self, work: Callable[[Progress, Stop], T], then: Callable[[T], None]) -> None:
        self.begin_work(work, then, self.refused.emit)


def _make(
    home: Path,
    facts: StationFacts,
    way: Passphrase,
    enrolment: Enrolment | None,
    *,
    practice: bool,
) -> tuple[str, str]:
    """The recovery key of the new workstation, and the badge of who made it."""
    packs = shipped_packs()
    given = {"country": "", "post": "", "number": facts.number, "officer": facts.badge}
    given["country"], _, given["post"] = facts.post.partition(" ")
    name = facts.name
    if enrolment is not None and enrolment.station is not None:
        packs = dict(usable_packs(packs, enrolment))
        station = enrolment.station
        given |= {"country": station.country, "post": station.post, "number": str(station.number)}
        name = name or station.name
    if practice:
        given = made_up_for_practice(given, posts_of(packs))
    _refuse_missing(given)
    station_made = Station(
        name=name or "workstation",
        post=given["post"],
        country=given["country"],
        number=station_number(given["number"]),
        practice=practice,
    )
    refuse_unknown_post(station_made, packs)
    badge = given["officer"]
    return make_workstation(home, station_made, (way,), packs, session=Session(badge)), badge


def _refuse_missing(given: dict[str, str]) -> None:
    if not given["post"]:
        raise InputRefused(
            mark("the post is missing"), hint=mark("Headquarters says which post this is.")
        )
    if not given["number"]:
        raise InputRefused(
            mark("the number is missing"),
            hint=mark("Headquarters gives each workstation of a post a number of its own."),
        )
    if names_nobody(given["officer"]):
        raise InputRefused(NO_BADGE, about=label_of("officer"), hint=NEVER_A_NAME)


def _first_sync(ws: Workstation) -> None:
    with contextlib.suppress(TidewaiterError):  # it is enrolled, and the desk tries again
        synchronise_first(ws)
