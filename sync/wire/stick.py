"""The names of files on a stick; the hub and the workstations find them there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from domain.ids import DeviceId, PackHash

FOLDER = "tidewaiter"
BUNDLE = re.compile(r"tidewaiter-(D[A-Z2-7]{16})-([0-9a-z]{8,32})-([0-9]{1,5})\.age")
ANSWER = re.compile(r"(D[A-Z2-7]{16})\.json")
ANSWER_LIMIT = 16 * 1024 * 1024
"""Bytes of an answer or a page of the feed at most."""


def bundle_name(device: DeviceId, bundle: str) -> str:
    """The name of a bundle's file."""
    return f"tidewaiter-{device}-{bundle}.age"


def bundles_on(folder: Path) -> tuple[Path, ...]:
    """The bundles in the folder, those of one export in the order of their parts. A link is none:
    it leads to what is not on the stick.

    Raises `OSError`.
    """
    files = (path for path in folder.iterdir() if path.is_file() and not path.is_symlink())
    found = [(order, path) for path in files if (order := _order(path))]
    return tuple(path for _, path in sorted(found))


def _order(path: Path) -> tuple[str, str, int] | None:
    match = BUNDLE.fullmatch(path.name)
    return (match[1], match[2], int(match[3])) if match else None


def device_in(path: Path) -> DeviceId | None:
    """The workstation in the name of a bundle's file; anybody may have written the name."""
    match = BUNDLE.fullmatch(path.name)
    return DeviceId(match[1]) if match else None


def answer_file(folder: Path, device: DeviceId) -> Path:
    """The hub's answer for this workstation."""
    return folder / FOLDER / "answers" / f"{device}.json"


def answers_on(folder: Path) -> Iterator[DeviceId]:
    """The workstations for which answers are there. Raises `OSError`."""
    answers = folder / FOLDER / "answers"
    if answers.is_dir():
        for path in sorted(answers.iterdir()):
            if match := ANSWER.fullmatch(path.name):
                yield DeviceId(match[1])


def feed_folder(folder: Path) -> Path:
    """The pages of the hub's feed: `0.json` and so on, by the number that they begin after."""
    return folder / FOLDER / "feed"


def pack_file(folder: Path, pack: PackHash) -> Path:
    """The bytes of a pack that the feed names."""
    return folder / FOLDER / "packs" / f"{pack}.json"
