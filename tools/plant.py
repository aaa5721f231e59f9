"""Plants bugs, one after another, and runs the tests that must fail.

    .venv/bin/python -m tools.plant                        all plants of tests/nets/plants/
    .venv/bin/python -m tools.plant --list                 a line each: area, name, promise
    .venv/bin/python -m tools.plant --check                only check that the list is valid
    .venv/bin/python -m tools.plant --only NAME...         these
    .venv/bin/python -m tools.plant --area AREA...         those of these areas
    .venv/bin/python -m tools.plant --changed [COMMIT]     whose file or test changed since COMMIT
    .venv/bin/python -m tools.plant --jobs 2               as many at a time

Each worker has a copy of the tree in a temporary folder; the tree itself is never touched. The
tests run without a bug first and must pass. With the bug, pytest must report failed tests (status
1): then the plant is killed. When the tests still pass, it lived. When anything else happens (no
such test, an error before the tests, no end after --timeout seconds), it is broken, unless its
entry expects this.

Exit status: 0 all were killed, 1 some lived or are broken, 2 the list is invalid or the tests fail
without a bug.
"""

from __future__ import annotations

import argparse
import queue
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from tools.planting import Outcome, Runner, copy_tree
from tools.plants import FOLDER, ROOT, BadList, Plant, faults, read

TAIL = 25
"""Lines of pytest's output that are shown for a broken plant."""


def changed(root: Path, commit: str) -> set[str]:
    """The files that differ from `commit`, new ones included."""
    diff = ["git", "diff", "--name-only", "--relative", commit, "--"]
    new = ["git", "ls-files", "--others", "--exclude-standard"]
    done = [subprocess.run(c, cwd=root, capture_output=True, check=True) for c in (diff, new)]
    return {name for one in done for name in one.stdout.decode().splitlines()}


def chosen(plants: list[Plant], options: argparse.Namespace, root: Path) -> list[Plant]:
    """The plants that the command line selects. Raises `BadList` for an unknown name or area."""
    for wanted, there in (
        (options.only, {plant.name for plant in plants}),
        (options.area, {plant.area for plant in plants}),
    ):
        if unknown := set(wanted or ()) - there:
            raise BadList(f"there is no {', '.join(sorted(unknown))}; --list shows what there is")
    if options.only:
        plants = [plant for plant in plants if plant.name in options.only]
    if options.area:
        plants = [plant for plant in plants if plant.area in options.area]
    if options.changed:
        touched = changed(root, options.changed)
        plants = [plant for plant in plants if touched & _concerned(plant)]
    return plants


def _concerned(plant: Plant) -> set[str]:
    tests = {test.partition("::")[0] for test in plant.tests}
    return {plant.file, (FOLDER / f"{plant.area}.toml").as_posix(), *tests}


def run(plants: list[Plant], root: Path, jobs: int, runner: Runner) -> int:
    """Try all plants and print each result; returns the exit status."""
    with tempfile.TemporaryDirectory(prefix="plants-", ignore_cleanup_errors=True) as folder:
        trees = [Path(folder) / f"tree-{number}" for number in range(jobs)]
        copy_tree(root, trees[0])
        for tree in trees[1:]:
            shutil.copytree(trees[0], tree)
        tests = list(dict.fromkeys(test for plant in plants for test in plant.tests))
        begin = time.monotonic()
        print(f"{len(tests)} tests without a bug ... ", end="", flush=True)
        status, output = runner.pytest(trees[0], tests, limit=60 + 20 * len(tests))
        if status != 0:
            print("do not pass:", _tail(output), sep="\n")
            return 2
        print(f"pass ({time.monotonic() - begin:.0f} s)", flush=True)
        return _try_all(plants, trees, runner)


def _try_all(plants: list[Plant], trees: list[Path], runner: Runner) -> int:
    free: queue.SimpleQueue[Path] = queue.SimpleQueue()
    for tree in trees:
        free.put(tree)

    def one(plant: Plant) -> Outcome:
        tree = free.get()
        try:
            return runner.try_one(tree, plant)
        finally:
            free.put(tree)

    begin, outcomes = time.monotonic(), []
    with ThreadPoolExecutor(len(trees)) as pool:
        try:
            for done in as_completed([pool.submit(one, plant) for plant in plants]):
                outcomes.append(done.result())
                _show(outcomes[-1], len(outcomes), len(plants))
        except BaseException:
            runner.stop()
            pool.shutdown(cancel_futures=True)
            raise
    count = {
        word: sum(o.verdict == word for o in outcomes) for word in ("killed", "lived", "broken")
    }
    print(", ".join(f"{n} {word}" for word, n in count.items()), end="")
    print(f" in {time.monotonic() - begin:.0f} s")
    return 0 if count["killed"] == len(outcomes) else 1


def _show(outcome: Outcome, number: int, of: int) -> None:
    plant = outcome.plant
    line = f"{outcome.verdict:6} {outcome.seconds:5.1f} s  {plant.area}/{plant.name}"
    print(f"[{number:{len(str(of))}}/{of}] {line}", flush=True)
    if outcome.verdict != "killed":
        print(f"    promise: {plant.promise}", *plant.tests, sep="\n    ")
    if outcome.verdict == "broken":
        print(_tail(outcome.output), flush=True)


def _tail(output: str) -> str:
    return "\n".join("    " + line for line in output.splitlines()[-TAIL:])


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Run the command; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.plant", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--list", action="store_true", help="show the plants, a line each")
    parser.add_argument("--check", action="store_true", help="only see whether the list is sound")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these plants")
    parser.add_argument("--area", nargs="+", metavar="AREA", help="the plants of these areas")
    parser.add_argument(
        "--changed", nargs="?", const="HEAD", metavar="COMMIT",
        help="plants whose file, test or list differs from COMMIT (the last one)",
    )  # fmt: skip
    parser.add_argument("--jobs", type=int, default=1, help="how many at a time (1)")
    parser.add_argument("--timeout", type=float, default=120, help="seconds for each plant (120)")
    options = parser.parse_args(arguments)
    try:
        everything = read(root)
        plants = chosen(everything, options, root)
    except BadList as error:
        print(error, file=sys.stderr)
        return 2
    except subprocess.CalledProcessError as error:
        print(f"git: {error.stderr.decode().strip()}", file=sys.stderr)
        return 2
    if options.list:
        print(*(f"{plant.area:8} {plant.name:40} {plant.promise}" for plant in plants), sep="\n")
        return 0
    if wrong := faults(everything, root):
        print("the list of plants is not sound:", *wrong, sep="\n  ", file=sys.stderr)
        return 2
    if options.check or not plants:
        print(f"{len(plants)} plants, none wrong")
        return 0
    runner = Runner(options.timeout)
    try:
        return run(plants, root, max(1, min(options.jobs, len(plants))), runner)
    except KeyboardInterrupt:
        runner.stop()
        print("\nstopped", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
