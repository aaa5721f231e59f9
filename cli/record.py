"""`record`: record interceptions from files."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from acts.interception.record_file import record_file
from cli.options.faults import tell_refused, tell_remarks
from cli.options.folder import add_home
from cli.options.home import officer_named, open_here
from domain.errors import ErrorKind, RecordRefused, TidewaiterError
from domain.words import one_line


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser)
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="docs/exchange-format.md"
    )
    parser.add_argument(
        "--same-find", metavar="NUMBER", help="another interception of the same find"
    )
    parser.add_argument("--officer", default="", metavar="BADGE", help="when a file names none")


def run(arguments: argparse.Namespace) -> int:
    """One line per file, its remarks on standard error; 2 when any was refused, the others stay."""
    status = 0
    with open_here(arguments) as ws:
        for file in arguments.files:
            try:
                done = record_file(
                    ws, file, session=officer_named(arguments), same_find=arguments.same_find
                )
            except RecordRefused as error:
                tell_refused(file, error)
                status = max(status, 2)
            except TidewaiterError as error:
                if error.kind is not ErrorKind.PERSON:
                    raise
                print(f"tidewaiter: {one_line(str(error))}", file=sys.stderr)
                status = max(status, 2)
            else:
                tell_remarks(file, done.remarks)
                before = " (recorded before)" if done.before else ""
                _report(f"{done.number} {one_line(str(file))}{before}")
    return status


def _report(line: str) -> None:
    """Print a result. When it cannot be written, the record stays, and the other files follow."""
    try:
        print(line, flush=True)
    except OSError as error:
        # Later output, and what Python flushes at its end, is discarded.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            print(f"tidewaiter: the results cannot be written: {error.strerror}", file=sys.stderr)
