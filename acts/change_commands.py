"""The commands that change what is recorded: amend, review, cancel. Nothing is ever deleted."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from acts.errors import BadgeNeeded
from acts.place_options import add_home, open_here
from domain.words import mark, one_line

if TYPE_CHECKING:
    from domain.fault import Fault


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this room's commands."""
    amend = commands.add_parser("amend", help="amend an interception from a file")
    add_home(amend)
    amend.add_argument("file", type=Path, metavar="FILE", help="docs/exchange-format.md")
    amend.add_argument("--reason", required=True, metavar="CODE", help="of the list amend_reasons")
    amend.add_argument("--comment", default="", metavar="WORDS")
    amend.add_argument(
        "--number", default="", metavar="NUMBER", help="when the file names no record_id"
    )
    amend.add_argument(
        "--officer", default="", metavar="BADGE", help="who amends; else the file's officer"
    )
    amend.set_defaults(run=run_amend)
    review = commands.add_parser("review", help="approve an interception, or return it")
    add_home(review)
    review.add_argument("number", metavar="NUMBER", help="seizure or receipt number")
    verdict = review.add_mutually_exclusive_group(required=True)
    verdict.add_argument("--approve", action="store_true")
    verdict.add_argument("--return", dest="why", metavar="WHY", help="what to put right")
    review.add_argument("--officer", default="", metavar="BADGE", help="who reviews")
    review.set_defaults(run=run_review)
    cancel = commands.add_parser("cancel", help="cancel an interception; it stays, marked so")
    add_home(cancel)
    cancel.add_argument("number", metavar="NUMBER", help="seizure or receipt number")
    cancel.add_argument("why", metavar="WHY", help="the reason, in words")
    cancel.add_argument("--officer", default="", metavar="BADGE", help="who cancels")
    cancel.set_defaults(run=run_cancel)


def run_amend(arguments: argparse.Namespace) -> int:
    """Exit status 0 when the next revision is signed, or the file is that of the one in force."""
    from acts.interception.amend_file import amend_file  # --help must not wait for the database
    from domain.errors import RecordRefused  # as above

    with open_here(arguments) as ws:
        try:
            done = amend_file(
                ws,
                arguments.file,
                officer=arguments.officer,
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


def run_review(arguments: argparse.Namespace) -> int:
    """Exit status 0 when the revision in force is approved or returned."""
    from acts.interception.review import review  # --help must not wait for the database
    from storage.projections import records  # as above

    officer = _badge(arguments)
    with open_here(arguments) as ws:
        record = records.find_number(ws.db, arguments.number)
        done = review(ws, record, officer, approved=arguments.approve, comment=arguments.why or "")
    print(f"{done.number} {'approved' if arguments.approve else 'returned'}")
    return 0


def run_cancel(arguments: argparse.Namespace) -> int:
    """Exit status 0 when the interception is marked as cancelled."""
    from acts.interception.cancel import cancel  # --help must not wait for the database
    from storage.projections import records  # as above

    officer = _badge(arguments)
    with open_here(arguments) as ws:
        done = cancel(ws, records.find_number(ws.db, arguments.number), officer, arguments.why)
    print(f"{done.number} cancelled")
    return 0


def tell_refused(file: Path, error: Exception) -> None:
    """A line for each fault, then one for each remark, on standard error."""
    for fault in getattr(error, "faults", ()):
        print(f"tidewaiter: {one_line(f'{file}: {fault.path}: {fault}')}", file=sys.stderr)
    tell_remarks(file, getattr(error, "remarks", ()))


def tell_remarks(file: Path, remarks: tuple[Fault, ...]) -> None:
    """A line for each remark: worth a look, and no reason to refuse."""
    for fault in remarks:
        print(f"tidewaiter: remark: {one_line(f'{file}: {fault.path}: {fault}')}", file=sys.stderr)


def _badge(arguments: argparse.Namespace) -> str:
    from acts.interception.said import said  # --help must not wait for the domain

    badge = said(arguments.officer, "--officer")
    if not badge:
        raise BadgeNeeded(
            mark("is missing"), about="officer", hint=mark("Name a badge with --officer.")
        )
    return badge
