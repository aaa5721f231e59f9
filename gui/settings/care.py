"""The model of the care of a workstation: packs, checks, and what opens it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Signal

from acts.errors import WorkStopped
from acts.receipt.verify_paper import verify_here
from acts.station.adopt_pack import Adoption, adopt_file
from acts.station.adopt_shipped import ShippedPack, adopt_shipped, adoptable
from acts.station.check_folder import check_folder
from acts.station.fetch_back import Lacking, lacking, take_from_copy
from acts.station.rekey import rekey
from acts.station.trust_key import trust_signer
from domain.changes import Changes
from domain.words import mark
from gui.bridge import Bridge, Progress
from gui.long_work import LongWork
from gui.session import DeskSession
from gui.stop import Stop
from papers.judge.judgement import Judgement
from storage import journal
from storage.check import Health
from storage.keys import Passphrase, way_of
from storage.workstation import Workstation, open_workstation
from sync.examine import AskHub, Examined, examine_beside, judged_health
from sync.http.downloads import fetch_photos

T = TypeVar("T")


class CareModel(LongWork):
    """`adopted` carries the pack's file and the remarks on it, `judged` the judgement of a paper,
    `checked` what was examined, `keyed` the new recovery key or an empty text, `fetched` what came
    back and what is still lacking; `refused` carries the work's name and the error.
    """

    adopted = Signal(object, object)
    judged = Signal(object)
    checked = Signal(object)
    keyed = Signal(str)
    fetched = Signal(object, object)
    refused = Signal(str, object)

    def __init__(self, ws: Workstation, bridge: Bridge, session: DeskSession) -> None:
        super().__init__(bridge)
        self._ws, self._session = ws, session

    @property
    def about(self) -> str:
        """The workstation, for the paper with its recovery key."""
        station = self._ws.station
        return f"{station.country} {station.post} {station.number} · {station.name}"

    def adopt(self, file: Path, *, unsigned: bool = False) -> None:
        """Adopt the pack in the file; with `unsigned` also one that nobody signed."""
        session = self._session.acting

        def work(_progress: Progress, _stop: Stop) -> Adoption:
            return adopt_file(self._ws, file, session, unsigned=unsigned)

        def then(adoption: Adoption) -> None:
            self.bridge.changed.emit(adoption.changes)
            self.adopted.emit(file, adoption.remarks)

        self._begin("pack", work, then)

    def trust_and_adopt(self, file: Path, fingerprint: str) -> None:
        """Trust the key that signed the pack in the file, when the fingerprint that a person typed
        is that of the key; then adopt the pack.
        """
        session = self._session.acting

        def work(_progress: Progress, _stop: Stop) -> Changes:
            return trust_signer(self._ws, file, fingerprint, session)

        def then(changes: Changes) -> None:
            self.bridge.changed.emit(changes)
            self.adopt(file)

        self._begin("pack", work, then)

    def adoptable(self) -> tuple[ShippedPack, ...]:
        """The packs of this program that are new or newer here."""
        return adoptable(self._ws)

    def adopt_shipped(self) -> None:
        """Adopt them all."""
        session = self._session.acting

        def work(_progress: Progress, _stop: Stop) -> tuple[tuple[ShippedPack, Adoption], ...]:
            return adopt_shipped(self._ws, session)

        def then(adopted: tuple[tuple[ShippedPack, Adoption], ...]) -> None:
            for each, adoption in adopted:
                self.bridge.changed.emit(adoption.changes)
                self.adopted.emit(Path(each.name), adoption.remarks)

        self._begin("pack", work, then)

    def judge(self, file: Path) -> None:
        """Judge a paper by the journal of this workstation."""

        def work(_progress: Progress, _stop: Stop) -> Judgement:
            return verify_here(file, self._ws)

        self._begin("paper", work, self.judged.emit)

    def check(self, *, beside: bool) -> None:
        """Check the folder; with `beside` also the computer, the packs and the hub."""

        def work(progress: Progress, stop: Stop) -> tuple[Examined, ...]:
            total = journal.last_number(self._ws.db, self._ws.device)
            health = _check(self._ws, total, progress, stop)
            findings = list(judged_health(health))

            if beside:
                findings += examine_beside(self._ws, _outside(stop))
            return tuple(findings)

        self._begin("check", work, self.checked.emit)

    def change_passphrase(self, present: str, new: str) -> None:
        """Replace the passphrase; `present` is the present one, or the recovery key."""

        def work(_progress: Progress, _stop: Stop) -> str:
            rekey(self._ws, way_of(present), passphrase=Passphrase(new))
            return ""

        self._begin("passphrase", work, self.keyed.emit)

    def make_recovery_key(self, present: str) -> None:
        """Replace the recovery key; `present` is the passphrase, or the present recovery key."""

        def work(_progress: Progress, _stop: Stop) -> str:
            made: list[str] = []
            rekey(self._ws, way_of(present), recovery=made.append)
            return made[0]

        self._begin("recovery", work, self.keyed.emit)

    def fetch_from_hub(self) -> None:
        """Fetch the photos that are lacking here back from the hub."""

        def work(progress: Progress, stop: Stop) -> tuple[Lacking, Lacking]:
            wanted, came = lacking(self._ws).photos, Lacking()
            waiting = _outside(stop)
            for photo, why in fetch_photos(self._ws, wanted, waiting=waiting):
                if why is None:
                    came.photos.append(photo)
                progress(len(came.photos), len(wanted))
                if stop.is_set():
                    break
            return came, lacking(self._ws)

        self._begin("fetch", work, lambda both: self.fetched.emit(*both))

    def fetch_from_copy(self, folder: Path, secret: str) -> None:
        """Take what is lacking here from a copy of the folder, which `secret` opens."""

        def work(_progress: Progress, _stop: Stop) -> tuple[Lacking, Lacking]:
            with open_workstation(folder, way_of(secret), reading=True) as copy:
                came = take_from_copy(self._ws, copy)
            return came, lacking(self._ws)

        self._begin("fetch", work, lambda both: self.fetched.emit(*both))

    def _begin(
        self, name: str, work: Callable[[Progress, Stop], T], then: Callable[[T], None]
    ) -> None:
        self.begin_work(work, then, lambda error: self.refused.emit(name, error), name)


def _outside(stop: Stop) -> AskHub:
    """Calls what waits for the hub so that the desk can be closed meanwhile."""

    def waiting(ask: Callable[[], T], /) -> T:
        stop.out()
        try:
            return ask()
        finally:
            stop.back()

    return waiting


def _check(ws: Workstation, total: int, progress: Progress, stop: Stop) -> Health:
    def show(done: int) -> None:
        if stop.is_set():
            raise WorkStopped(mark("stopped; the rest was not checked"))
        progress(done, max(done, total))

    return check_folder(ws, show)
