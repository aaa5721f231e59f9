"""`--database` and `--objects`: where a hub keeps what it holds."""

from __future__ import annotations

import argparse


def add_database(parser: argparse.ArgumentParser) -> None:
    """Let `parser` take the hub's database."""
    parser.add_argument(
        "--database", required=True, metavar="URL", help="sqlite:///PATH of the hub's database"
    )


def add_objects(parser: argparse.ArgumentParser) -> None:
    """Let `parser` take the folder for photos."""
    parser.add_argument(
        "--objects", required=True, metavar="URL", help="file:///PATH of the folder for photos"
    )
