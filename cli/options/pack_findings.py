"""Prints what the check of a pack found."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from domain.errors import PackRefused
from domain.pack.check import PackCheck
from domain.pack.finding import PackFinding
from domain.words import joined, one_line


def list_check(file: Path, check: PackCheck) -> None:
    """A line for each finding in the order of the text, then their number, as the result."""
    every = sorted((*check.faults, *check.remarks), key=lambda found: found.line or 0)
    for found in every:
        print(one_line(f"{file}: {'remark' if found.warns else 'fault'}: {found}"))
    faults, remarks = len(check.faults), len(check.remarks)
    words = f"{_counted(faults, 'fault')}, {_counted(remarks, 'remark')}"
    print(one_line(f"{file}: {words}"))


def tell_refused_pack(file: Path, error: PackRefused, result: str, hint: str = "") -> int:
    """Tell on standard error what is wrong, the result, and the hint; returns the exit status.

    One fault is one sentence; of several each has its line.
    """
    several = len(error.findings) > 1
    for found in error.faults if several else ():
        print(f"tidewaiter: {one_line(f'{file}: {found}')}", file=sys.stderr)
    tell_remarks_on_pack(file, (found for found in error.findings if found.warns))
    what = result if several else f"{result}: {error.faults[0]}"
    print(f"tidewaiter: {one_line(f'{file}: {joined(what, hint)}')}", file=sys.stderr)
    return int(error.kind.value)


def tell_remarks_on_pack(file: Path, remarks: Iterable[PackFinding]) -> None:
    """A line for each remark on standard error; remarks do not refuse a pack."""
    for found in remarks:
        print(f"tidewaiter: remark: {one_line(f'{file}: {found}')}", file=sys.stderr)


def _counted(number: int, noun: str) -> str:
    """`1 fault`, `no remarks`."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
