"""Check the file of a pack, whether JSON or a workbook, for who writes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from acts.pack.write_workbook import write_new
from domain.errors import PackRefused
from domain.pack.check import PackCheck, check_pack
from domain.pack.finding import PackFinding
from domain.pack.text import is_workbook
from domain.pack.workbook.check import check_workbook
from system.shipped import program_lists
from system.workbook import read_workbook


@dataclass(frozen=True, slots=True)
class PackFile:
    """What the check found, and the pack as JSON: None when a workbook has faults."""

    check: PackCheck
    data: bytes | None


def check_file(data: bytes, today: date) -> PackFile:
    """Check a pack as JSON or as a workbook; in a workbook the findings name sheets and cells."""
    if not is_workbook(data):
        return PackFile(check_pack(data, program_lists(), today), data)
    found = check_workbook(read_workbook(data), program_lists(), today)
    return PackFile(found.check, found.data)


def write_pack_of_workbook(
    data: bytes, file: Path, target: Path, today: date
) -> tuple[PackFinding, ...]:
    """Write the pack in the workbook `data` as JSON; returns the remarks on it.

    Raises `PackRefused` with all faults, `TargetRefused`, `CannotWrite`.
    """
    found = check_workbook(read_workbook(data), program_lists(), today)
    if found.data is None:
        raise PackRefused(str(file), (*found.check.faults, *found.check.remarks))
    write_new(target, found.data)
    return found.check.remarks
