"""`--database` and `--objects`: where a hub stores its data."""

from __future__ import annotations

import argparse


def add_database(parser: argparse.ArgumentParser) -> None:
    """Add the argument for the hub's database."""
    parser.add_argument(
        "--database",
        required=True,
        metavar="URL",
        help="of the hub's database: sqlite:///PATH or postgresql://USER@HOST/NAME",
    )


def add_objects(parser: argparse.ArgumentParser) -> None:
    """Add the argument for the folder of photos."""
    parser.add_argument(
        "--objects", required=True, metavar="URL", help="file:///PATH of the folder for photos"
    )
