"""`--authority`: the authority that signed the hub's certificate."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_authority(parser: argparse.ArgumentParser) -> None:
    """Add the argument for the certificate of a private authority."""
    parser.add_argument(
        "--authority",
        metavar="FILE",
        type=Path,
        help="certificate (PEM) of the authority that signed the hub's, when the system does not"
        " know it; it is kept for later",
    )
