"""`hub export`: write the interceptions of a period into a folder, for people and programs."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime
from pathlib import Path

from cli.options.hub_stores import add_database, add_objects
from cli.options.numbers import counted, photos
from cli.options.steps import shown_steps
from domain.instant import DAY_MILLIS
from domain.words import mark
from hub.build import open_hub
from hub.errors import RequestRefused
from hub.export.folder import WantedExport, export_to
from hub.export.writer import ExportForm
from hub.packs import open_library
from hub.store.sql.bounds import FIRST, LAST
from hub.store.sql.exported import ChosenInterceptions


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="a new folder")
    parser.add_argument(
        "--from", dest="begin", type=_day, metavar="DAY", help="the first day, as 2026-11-01"
    )
    parser.add_argument("--to", dest="end", type=_day, metavar="DAY", help="the last day")
    parser.add_argument(
        "--by",
        choices=("seizure", "arrival"),
        default="seizure",
        help="which days count: of the seizure by the clock of the post, or of the arrival in UTC",
    )
    parser.add_argument("--post", default="", help="only this post, by its code")
    parser.add_argument("--checklist", default="", metavar="ID", help="only this checklist")
    parser.add_argument(
        "--format", dest="form", choices=[str(form) for form in ExportForm], default="csv"
    )
    parser.add_argument(
        "--language", default="en", metavar="TAG", help="of the words for codes: en, fr, ..."
    )
    parser.add_argument("--photos", action="store_true", help="copy the photos as well")
    parser.add_argument(
        "--bom", action="store_true", help="begin CSV files as some spreadsheets want it"
    )
    add_objects(parser)
    add_database(parser)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("must be a day like 2026-11-30") from error


def run(arguments: argparse.Namespace) -> int:
    """Write the export and say what is in it; status 1 when photos are missing at the hub."""
    if arguments.begin and arguments.end and arguments.begin > arguments.end:
        raise RequestRefused(mark("the first day is after the last one"))
    hub = open_hub(arguments.database, arguments.objects, create=False)
    try:
        with shown_steps() as progress:
            made = export_to(
                hub, open_library(hub.database), _wanted(arguments), arguments.out, progress
            )
    finally:
        hub.close()
    whole = counted(made.interceptions, "interception", "interceptions")
    print(f"{arguments.out}: {whole}, as many as the hub has for this")
    if made.not_readable:
        print(f"{made.not_readable} of them cannot be read by this version and have no fields")
    if arguments.photos:
        print(f"copied and hashed: {photos(made.photos)}")
    for photo in made.photos_missing:
        print(f"photo {photo} is not whole at the hub")
    return 1 if made.photos_missing else 0


def _wanted(arguments: argparse.Namespace) -> WantedExport:
    asked = {
        "from": str(arguments.begin or ""),
        "to": str(arguments.end or ""),
        "by": arguments.by,
        "post": arguments.post,
        "checklist": arguments.checklist,
        "format": arguments.form,
    }
    return WantedExport(
        chosen=ChosenInterceptions(
            begin=_millis(arguments.begin) if arguments.begin else FIRST,
            end=_millis(arguments.end) + DAY_MILLIS if arguments.end else LAST,
            by_arrival=arguments.by == "arrival",
            post=arguments.post,
            pack=arguments.checklist,
        ),
        form=ExportForm(arguments.form),
        language=arguments.language,
        photos=arguments.photos,
        bom=arguments.bom,
        asked={name: value for name, value in asked.items() if value},
    )


def _millis(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)
