"""Random histories over the real engine and the real hub, in virtual time.

    python -m tests.chaos [--histories N] [--seed N] [--processes N]

Prints how many histories ended well and what happened in them; the first that fails is made
shorter and printed, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing

from tests.chaos.run import Chaos, Report

AT_ONCE = 25


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
            whole.histories += report.histories
            whole.requests += report.requests
            whole.happened += report.happened
            if report.failure is not None:
                print(report.failure)
                pool.shutdown(cancel_futures=True)
                return 1
    _print(whole, time.monotonic() - begun)
    return 0


def part_of(seeds: range) -> Report:
    """The report of some histories, in a process of its own."""
    with closing(Chaos()) as chaos:
        return chaos.run(seeds)


def _print(whole: Report, seconds: float) -> None:
    print(
        f"{whole.histories} histories, {whole.requests} requests, {seconds:.0f} s, "
        f"{whole.histories / seconds:.1f} histories a second: all ended well"
    )
    for what, count in sorted(Counter(whole.happened).items()):
        print(f"  {what:40} {count}")


if __name__ == "__main__":
    sys.exit(main())
