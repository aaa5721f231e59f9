"""A night at the bench: many parcels by real keys, one in ten with something wrong.

    python -m tests.night [--parcels N] [--seed N] [--language en|fr|ar] [--keys 3ms|uneven]
                          [--pictures FOLDER]

The desk is a process of its own, with a hub on loopback and, where one can be mounted, a small
disk. Every parcel is recorded, mended and made final with keys alone. Prints what happened, and
what a record cost in each quarter of the night; the exit status is 1 when something was not as it
must be.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random

from tests.night.hand import three, uneven
from tests.night.kinds import KINDS
from tests.night.night import NEEDS_A_DISK, Night, Spent, a_night_of, may_mount
from tests.night.plan import GROUNDS
from tests.night.seat import Stuck


def main() -> int:
    """Exit status 0 when nothing was lost, doubled or left over."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else "")
    parser.add_argument("--parcels", type=int, default=200, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--language", choices=sorted(GROUNDS), default="en")
    parser.add_argument("--keys", choices=("3ms", "uneven"), default="3ms")
    parser.add_argument("--pictures", type=Path, metavar="FOLDER", help="of odd moments")
    given = parser.parse_args()
    kinds = [kind for kind in KINDS if kind != NEEDS_A_DISK or may_mount()]
    if given.parcels <= len(kinds):
        parser.error(f"--parcels: at least {len(kinds) + 1}, one for each thing that goes wrong")
    random = Random(given.seed)
    if given.pictures is not None:
        given.pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        night = Night(
            Path(folder),
            random,
            a_night_of(given.parcels, random, given.language, kinds),
            given.language,
            uneven if given.keys == "uneven" else three,
            given.pictures,
        )
        try:
            with night.open():
                night.work()
                night.end()
        except Stuck as error:
            print(error)
            return 1
        finally:
            _print(night)
    return 0


def _print(night: Night) -> None:
    for kind in KINDS:
        print(f"  {kind:30} {night.happened[kind]}")
    size = max(1, len(night.parcels) // 4)
    quarters = [night.spent[at : at + size] for at in range(0, 4 * size, size)]
    print(f"  {'quarter':8} {'records':>8} {'s':>8} {'ms of the window':>18} {'MB':>8}")
    for number, quarter in enumerate(quarters, 1):
        if quarter:
            seconds, ms, size_mb = _medians(quarter)
            print(f"  {number:<8} {len(quarter):8} {seconds:8.1f} {ms:18.0f} {size_mb:8.0f}")
    if all(quarters):
        second, last = _medians(quarters[1]), _medians(quarters[3])
        words = ("time", "time of the window", "memory")
        for what, before, now in zip(words, second, last, strict=True):
            print(f"  {what} of the last quarter / the second: {now / before:.2f}")


def _medians(spent: Sequence[Spent]) -> tuple[float, float, float]:
    """Seconds, milliseconds of the window's thread, and MB, of records where nothing was wrong."""
    calm = [each for each in spent if not each.wrong] or list(spent)
    return (
        statistics.median(each.seconds for each in calm),
        statistics.median(each.thread_ms for each in calm),
        statistics.median(each.kilobytes for each in calm) / 1024,
    )


if __name__ == "__main__":
    sys.exit(main())
