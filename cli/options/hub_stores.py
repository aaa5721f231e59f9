"""`--config`, `--database` and `--objects`: where a hub stores its data.

A value comes from its option, else from the configuration file, else from the default. The file is
the one that `--config` names, else the one that the variable TIDEWAITER_HUB names, else there is
none.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from acts.errors import OptionsRefused
from domain.words import mark
from hub.config import Config
from hub.config_file import read_config

VARIABLE = "TIDEWAITER_HUB"
OBJECTS_HELP = (
    "file:///PATH of the folder for photos, or s3://BUCKET/PREFIX?arriving=/PATH with a folder for"
    " uploads"
)
FROM_FILE = " (default: as in the configuration)"


def add_config(parser: argparse.ArgumentParser) -> None:
    """Add the option that names the configuration file."""
    parser.add_argument(
        "--config",
        metavar="FILE",
        type=Path,
        help=f"configuration of the hub, hub.toml (default: the file that {VARIABLE} names)",
    )


def add_database(parser: argparse.ArgumentParser) -> None:
    """Add the options for the configuration and for the hub's database."""
    add_config(parser)
    parser.add_argument(
        "--database",
        metavar="URL",
        help="of the hub's database: sqlite:///PATH or postgresql://USER@HOST/NAME" + FROM_FILE,
    )
    parser.set_defaults(prepare=fill_from_config)


def add_objects(parser: argparse.ArgumentParser) -> None:
    """Add the option for the store of photos."""
    parser.add_argument("--objects", metavar="URL", help=OBJECTS_HELP + FROM_FILE)


def config_of(arguments: argparse.Namespace) -> Config:
    """The configuration that counts for these arguments. Raises `ConfigRefused`."""
    named: Path | None = arguments.config
    if named is None and (variable := os.environ.get(VARIABLE, "").strip()):
        named = Path(variable)
    return Config() if named is None else read_config(named)


def fill_from_config(arguments: argparse.Namespace) -> None:
    """Take what no option says from the configuration, which is then `arguments.configuration`.

    Raises `ConfigRefused`, and `OptionsRefused` when a store is named nowhere.
    """
    config = config_of(arguments)
    arguments.configuration = config
    for name in ("database", "objects"):
        if hasattr(arguments, name) and getattr(arguments, name) is None:
            setattr(arguments, name, getattr(config, name))
            if not getattr(arguments, name):
                raise OptionsRefused(
                    mark("it is not known where the hub is: --{name} is missing"),
                    hint=mark("Name it, or a configuration with --config hub.toml."),
                    name=name,
                )


def backup_folder(arguments: argparse.Namespace, named: Path | None, option: str) -> Path:
    """The folder of the backups: `named` by its option, else that of the configuration.

    Raises `OptionsRefused` when it is named nowhere.
    """
    folder: Path | None = named or arguments.configuration.backup
    if folder is None:
        raise OptionsRefused(
            mark("it is not known where the backups are: {option} is missing"),
            hint=mark("Name it, or a configuration with --config hub.toml."),
            option=option,
        )
    return folder
