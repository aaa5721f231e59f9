"""What the page of sticks shows."""

from __future__ import annotations

import msgspec

from domain.ids import DeviceId
from hub.bundle_words import content, faults
from hub.bundles import BundleReport


class SticksPage(msgspec.Struct, frozen=True, kw_only=True):
    """The values of `page.html`."""

    here: str = "sticks"


class BundleResult(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one bundle, as the page's script shows it."""

    complete: bool
    text: str
    faults: tuple[str, ...] = ()
    device: str = ""
    """The workstation whose answer can be downloaded; empty when nothing was believed."""


OF_OTHERS = BundleResult(
    complete=True,
    text="taken; it is from a workstation that is not in your regions, so nothing more is shown",
)


def result_of(report: BundleReport) -> BundleResult:
    """What came of a bundle that was read."""
    device: DeviceId | None = report.manifest.device if report.manifest else None
    return BundleResult(
        complete=report.complete,
        text=content(report),
        faults=tuple(faults(report)),
        device=str(device or ""),
    )
