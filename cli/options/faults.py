"""Prints the faults and remarks of a record."""

from __future__ import annotations

import sys
from pathlib import Path

from domain.errors import RecordRefused
from domain.fault import Fault
from domain.words import one_line


def tell_refused(file: Path, error: RecordRefused) -> None:
    """A line for each fault, then one for each remark, on standard error."""
    for fault in error.faults:
        print(f"tidewaiter: {one_line(f'{file}: {fault.path}: {fault}')}", file=sys.stderr)
    tell_remarks(file, error.remarks)


def tell_remarks(file: Path, remarks: tuple[Fault, ...]) -> None:
    """A line for each remark; remarks do not refuse the record."""
    for fault in remarks:
        print(f"tidewaiter: remark: {one_line(f'{file}: {fault.path}: {fault}')}", file=sys.stderr)
