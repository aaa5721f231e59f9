"""The command `demo`: a practice workstation and a hub, on a desk or without a screen."""

from __future__ import annotations

import argparse
import signal
from pathlib import Path

from acts.errors import OptionsRefused
from domain.words import mark


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this room's command."""
    demo = commands.add_parser(
        "demo",
        help="a practice workstation and a hub of its own",
        description="Opens the desk on a practice workstation, with a hub on loopback. With "
        "--headless: records, issues receipts, synchronises and verifies without a screen, "
        "prints what the hub has, and ends with 1 when that is not everything.",
    )
    demo.add_argument("--headless", action="store_true", help="without a screen, into --out")
    demo.add_argument("--count", type=int, default=12, metavar="N", help="interceptions to record")
    demo.add_argument("--seed", type=int, default=1, metavar="S", help="same seed, same goods")
    demo.add_argument(
        "--out",
        type=Path,
        default=Path("demo-out"),
        metavar="DIR",
        help="folder for what --headless makes (default: %(default)s)",
    )
    demo.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when the hub has everything (or the desk was closed), 1 when not."""
    if arguments.count < 0:
        raise OptionsRefused(mark("cannot record fewer than none"), about=str(arguments.count))
    # An end from outside must end the hub and the desk too, so it goes the way of Ctrl+C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if not arguments.headless:
        from demo.desk import run_desk  # draws photos and starts a hub: not for --help

        return run_desk(arguments.count, arguments.seed)
    from demo.headless import run as run_headless  # as above

    report = run_headless(arguments.count, arguments.seed, arguments.out)
    print(report.line())
    return 0 if report.complete else 1
