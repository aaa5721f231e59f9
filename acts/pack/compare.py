"""Compare two versions of a pack, each as JSON, signed or not, or as a workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from acts.pack.check_file import check_file
from acts.station.adopt_pack import read_file
from domain.errors import PackRefused
from domain.pack.diff import PackChange, changes
from domain.pack.model import Pack
from domain.pack.read import read_pack
from domain.pack.signature import opened
from domain.pack.text import is_workbook


def compare_files(old: Path, new: Path, today: date) -> list[PackChange]:
    """What the pack in `new` has otherwise.

    Raises `FileUnreadable`, `PackRefused`, `PackUntrusted`.
    """
    return changes(_pack_in(old, today), _pack_in(new, today))


def _pack_in(file: Path, today: date) -> Pack:
    data, _ = opened(read_file(file), str(file))
    if not is_workbook(data):
        return read_pack(data, str(file))
    found = check_file(data, today)
    if found.data is None:
        raise PackRefused(str(file), (*found.check.faults, *found.check.remarks))
    return read_pack(found.data, str(file))
