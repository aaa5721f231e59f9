"""Random histories over the real engine and the real hub, in virtual time.

    python -m tests.chaos [--histories N] [--seed N] [--processes N]

Prints how many histories ended well and what happened in them. Each that fails is made shorter and
printed, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing

from tests.chaos.run import Chaos, Report

AT_ONCE = 50


def main() -> int:
    """Exit status 0 when every history ended well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=200, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the first history")
    parser.add_argument("--processes", type=int, default=1, metavar="N")
    given = parser.parse_args()
    end = given.seed + given.histories
    parts = [range(s, min(end, s + AT_ONCE)) for s in range(given.seed, end, AT_ONCE)]
    begun = time.monotonic()
    whole = Report()
    with ProcessPoolExecutor(given.processes) as pool:
        for report in pool.map(part_of, parts):
            whole.add(report)
            for failure in report.failures:
                print(failure)
            seconds = time.monotonic() - begun
            print(
                f"{whole.histories} histories, {len(whole.failures)} failed, {seconds:.0f} s",
                flush=True,
            )
    _print(whole, time.monotonic() - begun)
    return 1 if whole.failures else 0


def part_of(seeds: range) -> Report:
    """The report of some histories, in a process of its own."""
    with closing(Chaos()) as chaos:
        return chaos.run(seeds, all_of_them=True)


def _print(whole: Report, seconds: float) -> None:
    print(f"{whole.requests} requests, {whole.histories / seconds:.1f} histories a second")
    for what, count in sorted(whole.happened.items()):
        print(f"  {what:40} {count}")


if __name__ == "__main__":
    sys.exit(main())
