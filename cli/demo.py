"""`demo`: a practice workstation and a hub, on a desk or without a screen."""

from __future__ import annotations

import argparse
import signal
from pathlib import Path

from cli.options.numbers import at_least
from demo.desk import run_desk
from demo.headless import run as run_headless


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.description = (
        "Opens the desk on a practice workstation, with a hub on loopback. With "
        "--headless: records, issues receipts, synchronises and verifies without a screen, "
        "prints what the hub has, and ends with 1 when that is not everything."
    )
    parser.add_argument("--headless", action="store_true", help="without a screen, into --out")
    parser.add_argument(
        "--count", type=at_least(0), default=12, metavar="N", help="interceptions to record"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="same seed, same goods")
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("demo-out"),
        metavar="DIR",
        help="folder for what --headless makes (default: %(default)s)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when the hub has everything (or the desk was closed), 1 when not."""
    # A signal must end the hub and the desk too, so it is handled like Ctrl+C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if not arguments.headless:
        return run_desk(arguments.count, arguments.seed)
    report = run_headless(arguments.count, arguments.seed, arguments.out)
    print(report.line())
    return 0 if report.complete else 1
