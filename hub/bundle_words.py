"""What came of a bundle, in English: for the command and for the page."""

from __future__ import annotations

from collections.abc import Iterator

from domain.words import Plural, filled
from hub.bundles import BundleReport

ENTRIES = Plural("{count} entry", "{count} entries", "count")
PHOTOS = Plural("{count} photo", "{count} photos", "count")
BATCHES = Plural("{count} batch", "{count} batches", "count")


def content(report: BundleReport) -> str:
    """What it brought: `part 1 of 2, 12 entries (12 new) and 40 photos (38 new)`."""
    entries = report.new_entries + report.held_entries
    photos = len(report.new_photos) + report.held_photos
    part = f"part {report.manifest.part} of {report.manifest.parts}, " if report.manifest else ""
    return (
        f"{part}{_count(ENTRIES, entries)} ({report.new_entries} new) and"
        f" {_count(PHOTOS, photos)} ({len(report.new_photos)} new)"
    )


def faults(report: BundleReport) -> Iterator[str]:
    """Why not everything in it was taken; nothing when it was."""
    if report.problem is not None:
        batches = len(report.missing) - report.missing_photos
        missing = f"{_count(PHOTOS, report.missing_photos)} and {_count(BATCHES, batches)}"
        yield f"{report.problem} ({missing} of it are missing)"
    if report.early_entries:
        yield f"{_count(ENTRIES, report.early_entries)} wait here for an earlier part"
    if report.refused:
        yield f"refused: {_count(ENTRIES, len(report.refused))}; the hub's answer says why"


def _count(words: Plural, number: int) -> str:
    return filled(words, {"count": number})
