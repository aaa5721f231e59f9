"""What headquarters gave out: an enrolment file, or a code typed on the command line."""

from __future__ import annotations

import argparse
from pathlib import Path

from acts.errors import FileUnreadable
from cli.options.authority import add_authority
from domain.words import mark
from sync.http.enrol import Enrolment, file_text, read_enrolment
from sync.http.trust import read_authority
from sync.wire.code import is_code
from sync.wire.enrolment_file import is_file

NAME_LIMIT = 255
"""Letters of a file's name; longer ones are the text of a QR code."""
GIVEN = "the enrolment file from headquarters, or the code that it gave"


def add_hub(parser: argparse.ArgumentParser) -> None:
    """Add the arguments for the hub's address, which a typed code needs, and its authority."""
    parser.add_argument(
        "--hub",
        default=parser.argument_default or "",
        metavar="URL",
        help="the hub's address; needed with a code",
    )
    add_authority(parser)


def enrolment(arguments: argparse.Namespace, given: str) -> Enrolment:
    """What `given`, a file or a code, says; a code is looked up at the hub.

    Raises `FileUnreadable` for a file that is missing or no enrolment file, and what
    `read_enrolment` raises.
    """
    authority = read_authority(arguments.authority) if arguments.authority else ""
    text = _text(given)
    if not (arguments.hub or is_file(text) or is_code(text)):
        raise FileUnreadable(
            mark("there is no such file, and a code needs the address of the hub beside it"),
            about=given[:100],
            hint=mark("Name the enrolment file, or the address with --hub URL."),
        )
    return read_enrolment(text, arguments.hub, authority)


def _text(given: str) -> str:
    file = Path(given)
    if is_file(given):
        return given
    if len(file.parts) > 1 or file.suffix or (len(given) < NAME_LIMIT and file.exists()):
        return file_text(file)
    return given
