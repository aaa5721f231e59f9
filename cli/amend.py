"""`amend`: amend an interception from a file."""

from __future__ import annotations

import argparse
from pathlib import Path

from acts.interception.amend_file import amend_file
from cli.options.faults import tell_refused, tell_remarks
from cli.options.folder import add_home
from cli.options.home import officer_named, open_here
from domain.errors import RecordRefused
from domain.words import one_line


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser)
    parser.add_argument("file", type=Path, metavar="FILE", help="docs/exchange-format.md")
    parser.add_argument("--reason", required=True, metavar="CODE", help="of the list amend_reasons")
    parser.add_argument("--comment", default="", metavar="WORDS")
    parser.add_argument(
        "--number", default="", metavar="NUMBER", help="when the file names no record_id"
    )
    parser.add_argument(
        "--officer", default="", metavar="BADGE", help="who amends; else the file's officer"
    )


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when the next revision is signed, or the file is recorded already."""
    with open_here(arguments) as ws:
        try:
            done = amend_file(
                ws,
                arguments.file,
                session=officer_named(arguments),
                reason=arguments.reason,
                comment=arguments.comment,
                number=arguments.number,
            )
        except RecordRefused as error:
            tell_refused(arguments.file, error)
            return 2
    tell_remarks(arguments.file, done.remarks)
    result = "(recorded before)" if done.before else "amended"
    print(f"{done.number} {one_line(str(arguments.file))} {result}")
    return 0
