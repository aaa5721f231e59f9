"""A stick at the hub's machine: its bundles are taken, and answers and the feed are written on
it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from domain.errors import TidewaiterError
from domain.ids import DeviceId
from domain.statement import Refusal
from hub.bundles import BundleReport, answer, take_bundle
from hub.feed import page
from hub.hub import Hub
from hub.intake import REFUSALS_LIMIT
from hub.packs import open_library
from hub.store.sql import devices
from sync.wire.errors import BundleRefused
from sync.wire.feed import FeedPage, sign_feed
from sync.wire.feed_files import put_feed
from sync.wire.stick import (
    answer_file,
    answers_on,
    bundles_on,
    device_in,
)
from system.errors import StickFailed
from system.stick import as_stick, expect_file_or_folder, flush_disk, put

Shown = Callable[[Path, int, int], None]
"""Called with the file, the bytes that were read and its size."""


@dataclass(frozen=True)
class TakenFile:
    """What came of one file: a report, or the reason why nothing of it was taken."""

    path: Path
    report: BundleReport | None
    refused: TidewaiterError | None = None

    @property
    def complete(self) -> bool:
        """Whether everything in it was taken."""
        return self.report is not None and self.report.complete


@dataclass
class StickReport:
    """What came of a file or folder."""

    files: list[TakenFile] = field(default_factory=list)
    answers: list[DeviceId] = field(default_factory=list)
    """The workstations for which an answer was written."""
    feed_is_there: bool = False
    """Whether the feed is on the stick, for posts without a link."""
    not_written: TidewaiterError | None = None
    """Why no answers could be written: the stick is full or read-only."""

    def refused_of(self, device: DeviceId) -> tuple[Refusal, ...]:
        """The entries in the bundles of this workstation that the hub refused."""
        reports = [taken.report for taken in self.files if taken.report]
        mine = [each for each in reports if each.manifest and each.manifest.device == device]
        found = {refusal.hash: refusal for each in mine for refusal in each.refused}
        return tuple(found.values())[:REFUSALS_LIMIT]


def take_stick(
    hub: Hub, path: Path, *, everybody: bool = False, shown: Shown = lambda *_: None
) -> StickReport:
    """Take the bundle `path`, or all in the folder `path`, and write the hub's answers beside them.

    With `everybody` every enrolled workstation gets an answer, else those that have a bundle that
    can be read or an earlier answer there. The feed is written too. Raises `StickFailed` when the
    stick cannot be read, and `PhotosAway` or `CannotWrite` when the hub cannot store what came.
    """
    expect_file_or_folder(path)
    folder = path if path.is_dir() else path.parent
    report = StickReport()
    with as_stick(path):
        files = bundles_on(folder) if path.is_dir() else (path,)
        report.files = [_take(hub, file, shown) for file in files]
        whole = [taken for taken in report.files if taken.report]
        wanted = {device for taken in whole if (device := device_in(taken.path))}
        manifests = [taken.report.manifest for taken in whole if taken.report]
        wanted |= {manifest.device for manifest in manifests if manifest}
        wanted |= set(answers_on(folder))
    try:
        for device in _known(hub, wanted, everybody=everybody):
            put(answer_file(folder, device), answer(hub, device, report.refused_of(device)))
            report.answers.append(device)
        _put_feed(hub, folder)
        report.feed_is_there = True
        flush_disk(folder)
    except StickFailed as error:
        report.not_written = error
    return report


def _take(hub: Hub, path: Path, shown: Shown) -> TakenFile:
    size = path.stat().st_size
    try:
        with path.open("rb") as source:
            return TakenFile(
                path, take_bundle(hub, source, progress=lambda done: shown(path, done, size))
            )
    except BundleRefused as error:
        return TakenFile(path, None, error)


def _put_feed(hub: Hub, folder: Path) -> None:
    """Put all pages of the feed and the packs that they name on the stick."""
    library = open_library(hub.database)

    def page_after(after: int) -> tuple[bytes, FeedPage]:
        found = page(hub, after)
        return sign_feed(found, hub.identity.key, hub.identity.keys), found

    put_feed(folder, page_after, lambda item: library.file((item.name, item.version)))


def _known(hub: Hub, wanted: Iterable[DeviceId], *, everybody: bool) -> tuple[DeviceId, ...]:
    """Those of the workstations that have a journal at this hub; with `everybody` all of them."""
    with hub.database.reading() as rows:
        known = [device.id for device in devices.devices(rows) if device.key is not None]
    return tuple(sorted(known if everybody else set(known) & set(wanted)))
