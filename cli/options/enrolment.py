"""What headquarters gave out: an enrolment file, or a code typed on the command line."""

from __future__ import annotations

import argparse
from pathlib import Path

from acts.errors import FileUnreadable
from cli.options.authority import add_authority
from domain.words import mark
from sync.http.enrol import Enrolment, read_enrolment
from sync.http.trust import read_authority
from sync.wire.enrolment_file import FILE_LIMIT, is_file

GIVEN = "the enrolment file from headquarters, or the code that it gave"


def add_hub(parser: argparse.ArgumentParser) -> None:
    """Add the arguments for the hub's address, which a typed code needs, and its authority."""
    parser.add_argument(
        "--hub", default="", metavar="URL", help="the hub's address; needed with a code"
    )
    add_authority(parser)


def enrolment(arguments: argparse.Namespace, given: str) -> Enrolment:
    """What `given`, a file or a code, says; a code is looked up at the hub.

    Raises `FileUnreadable` for a file that is missing or no enrolment file, and what
    `read_enrolment` raises.
    """
    authority = read_authority(arguments.authority) if arguments.authority else ""
    return read_enrolment(_text(given), arguments.hub, authority)


def _text(given: str) -> str:
    if is_file(given):
        return given
    file = Path(given)
    try:
        with file.open("rb") as opened:
            data = opened.read(FILE_LIMIT + 1)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and len(file.parts) == 1 and not file.suffix:
            return given  # a typed code
        raise FileUnreadable(
            mark("the enrolment file cannot be read: {cause}"),
            about=given[:200],
            cause=error.strerror,
        ) from error
    text = data.decode("utf-8-sig", "replace")
    if not is_file(text):
        raise FileUnreadable(mark("this is not an enrolment file"), about=given[:200])
    return text
