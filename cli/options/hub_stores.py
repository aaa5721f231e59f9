"""`--database` and `--objects`: where a hub stores its data."""

from __future__ import annotations

import argparse

OBJECTS_HELP = (
    "file:///PATH of the folder for photos, or s3://BUCKET/PREFIX?arriving=/PATH with a folder for"
    " uploads"
)


def add_database(parser: argparse.ArgumentParser) -> None:
    """Add the argument for the hub's database."""
    parser.add_argument(
        "--database",
        required=True,
        metavar="URL",
        help="of the hub's database: sqlite:///PATH or postgresql://USER@HOST/NAME",
    )


def add_objects(parser: argparse.ArgumentParser) -> None:
    """Add the argument for the store of photos."""
    parser.add_argument("--objects", required=True, metavar="URL", help=OBJECTS_HELP)
