"""`hub code`: give out a station with a one-time code, or list and end codes."""

from __future__ import annotations

import argparse
from pathlib import Path

from acts.errors import OptionsRefused, TargetRefused
from cli.options.hub_stores import add_database
from domain.numbers.case_number import station_number
from domain.words import mark, one_line
from hub.build import open_registry
from hub.code_picture import code_picture
from hub.codes import end_code, enrolment_of, fresh_code, put_address, refuse_unknown
from hub.errors import RequestRefused
from hub.hub import Registry
from hub.packs import open_library
from hub.pages.words import utc_time
from hub.store.sql import codes
from sync.wire.enrolment_file import GivenStation, packed
from system.files import write_durably

FILE_BYTES = 1 << 20
"""A file with certificates is not larger."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_database(parser)
    parser.add_argument("--post", default="", metavar="CODE", help="post of the packs")
    parser.add_argument("--country", default="", metavar="CC", help="ISO 3166-1 alpha-2")
    parser.add_argument("--number", default="", help="1 to 35, or its character 1 to Z")
    parser.add_argument("--name", default="", help="what people call the computer")
    parser.add_argument(
        "--pack", action="append", default=[], metavar="ID", help="a pack to work with; repeatable"
    )
    parser.add_argument("--url", default="", help="the hub's address; kept for later codes")
    parser.add_argument(
        "--authority",
        metavar="FILE",
        type=Path,
        help="certificate (PEM) of the authority that signed the hub's; kept for later codes",
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the enrolment file")
    parser.add_argument("--qr", type=Path, metavar="FILE.png", help="write it as a QR code too")
    other = parser.add_mutually_exclusive_group()
    other.add_argument("--list", action="store_true", help="list all codes")
    other.add_argument("--end", metavar="CODE", help="end an unused code, by its id or typed whole")


def run(arguments: argparse.Namespace) -> int:
    """Print the code on the first line, and whom it is for on the next."""
    with open_registry(arguments.database) as hub:
        if arguments.list:
            _list(hub)
        elif arguments.end:
            before = end_code(hub, arguments.end)
            print("ended" if before.ended_at is None else "ended before", before.id, sep=": ")
        else:
            _give_out(hub, arguments)
    return 0


def _give_out(hub: Registry, arguments: argparse.Namespace) -> None:
    station = _station(arguments)
    packs = tuple(dict.fromkeys(arguments.pack))
    for target in (arguments.out, arguments.qr):
        _refuse_existing(target)
    refuse_unknown(open_library(hub.database), station, packs)
    authority = _text(arguments.authority) if arguments.authority else ""
    if station or arguments.out or arguments.qr or arguments.url or authority:
        put_address(hub, arguments.url, authority)
    code = fresh_code(hub, station, packs)
    data, until = enrolment_of(hub, code)
    if arguments.out:
        write_durably(arguments.out, data + b"\n")
    if arguments.qr:
        write_durably(arguments.qr, code_picture(packed(data)))
    print(code)
    if station:
        print(f"for {station}, until {utc_time(until.millis)}")


def _station(arguments: argparse.Namespace) -> GivenStation | None:
    """The station of the options; None without any. Raises `OptionsRefused` for a part of one."""
    given = {name: getattr(arguments, name).strip() for name in ("post", "country", "number")}
    missing = [name for name, value in given.items() if not value]
    if len(missing) == len(given) and not (arguments.name or arguments.pack):
        return None
    if missing:
        raise OptionsRefused(
            mark("a station has a post, a country and a number; missing: {missing}"),
            missing=", ".join(f"--{name}" for name in missing),
        )
    post, country = given["post"].upper(), given["country"].upper()
    number = station_number(given["number"])
    name = arguments.name.strip() or f"{post} {number}"
    return GivenStation(post=post, country=country, number=number, name=name)


def _list(hub: Registry) -> None:
    """One line for each code: id, station, name, condition, until, who used it."""
    now = hub.now().millis
    with hub.database.reading() as rows:
        for code in codes.codes(rows):
            station = str(code.station) if code.station else "any station"
            name = code.station.name if code.station else "-"
            until = f"until {utc_time(code.expires_at)}"
            facts = (code.id, station, name, code.condition(now), until, str(code.used_by or "-"))
            print(*map(one_line, facts), sep="\t")


def _text(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return opened.read(FILE_BYTES).decode("ascii", "replace")
    except OSError as error:
        raise RequestRefused(
            mark("the authority file cannot be read: {cause}"),
            about=str(file),
            cause=error.strerror,
        ) from error


def _refuse_existing(target: Path | None) -> None:
    """A secret must not replace a file that somebody needs."""
    if target is not None and target.exists():
        raise TargetRefused(
            mark("this file exists already"),
            about=str(target),
            hint=mark("Name a new file; each enrolment file is used once."),
        )
