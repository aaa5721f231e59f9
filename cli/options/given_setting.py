"""`list`, `set` and `clear`: what a person does with the settings that headquarters may give."""

from __future__ import annotations

import argparse
from typing import NamedTuple

from domain.given_settings import GIVEN


class SettingDeeds(NamedTuple):
    """The parsers of the three deeds."""

    listed: argparse.ArgumentParser
    put: argparse.ArgumentParser
    clear: argparse.ArgumentParser


def add_setting_deeds(
    parser: argparse.ArgumentParser, *, listed: str, put: str, clear: str
) -> SettingDeeds:
    """Add the three deeds, with these sentences of help, and their names and values."""
    deeds = parser.add_subparsers(required=True, metavar="DEED", dest="deed")
    made = SettingDeeds(
        deeds.add_parser("list", help=listed, allow_abbrev=False),
        deeds.add_parser("set", help=put, allow_abbrev=False),
        deeds.add_parser("clear", help=clear, allow_abbrev=False),
    )
    for each in (made.put, made.clear):
        each.add_argument("name", help=f"the setting: {', '.join(GIVEN)}")
    made.put.add_argument("value", help="its value (docs/commands.md)")
    return made
