"""`hub config`: check the configuration of a hub, and show what counts."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cli.options.hub_stores import add_config, config_of
from domain.words import one_line
from hub.config import Config, dotted
from hub.config_check import examine
from hub.errors import ConfigRefused


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "--check",
        action="store_true",
        help="also look whether the machine has what the file names; changes nothing",
    )
    parser.add_argument("--show", action="store_true", help="print every value, also defaults")
    add_config(parser)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when it can be used, 1 when the machine lacks something, 2 for faults."""
    try:
        config = config_of(arguments)
    except ConfigRefused as error:
        if not error.faults:
            raise
        for fault in error.faults:
            print(f"tidewaiter: {one_line(f'{error.about}: {fault}')}", file=sys.stderr)
        return 2
    if arguments.show:
        _show(config)
    found = examine(config) if arguments.check else []
    for each in found:
        print(f"{'look at' if each.warns else 'WRONG'}: {one_line(each.text)}")
    wrong = [each for each in found if not each.warns]
    name = one_line(str(config.file)) if config.file else "no configuration file"
    print(f"{name}: {'can be used' if not wrong else 'cannot be used as it is'}")
    return 1 if wrong else 0


def _show(config: Config) -> None:
    usual = dotted(Config())
    for name, value in dotted(config).items():
        origin = "" if value != usual[name] else "\tdefault"
        print(f"{name} = {one_line(_written(value))}{origin}")


def _written(value: object) -> str:
    """The value as the file has it."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{each}"' for each in value) + "]"
    return f'"{value}"' if isinstance(value, str | Path) else str(value)
