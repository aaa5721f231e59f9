"""`receipt`: issue a receipt, or give its PDF again."""

from __future__ import annotations

import argparse
from pathlib import Path

from acts.receipt.save_receipt import give_receipt
from cli.options.folder import add_home
from cli.options.home import add_officer, open_here, who_acts


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser)
    parser.add_argument("number", help="seizure number (issues one) or receipt number (a copy)")
    parser.add_argument("--out", required=True, type=Path, metavar="FILE")
    parser.add_argument("--language", default="en", metavar="TAG", help="en, fr, ... (BCP 47)")
    add_officer(parser)


def run(arguments: argparse.Namespace) -> int:
    """Issues a receipt for a seizure that has none; else gives a copy of the one it has."""
    session = who_acts(arguments)
    with open_here(arguments) as ws:
        number = give_receipt(
            ws,
            arguments.number,
            session=session,
            language=arguments.language,
            file=arguments.out,
        )
    print(f"{number} {arguments.out}")
    return 0
