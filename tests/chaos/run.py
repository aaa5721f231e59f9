"""Runs histories, and makes a failing one shorter."""

from __future__ import annotations

import tempfile
import traceback
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.chaos.demands import settle_by_stick, settle_down
from tests.chaos.net import Net, installed
from tests.chaos.parts import Template
from tests.chaos.steps import Step, a_history, shorter
from tests.chaos.world import World

RAM = Path("/dev/shm")
STATIONS = 3


@dataclass
class Failure:
    """A history that ended badly."""

    seed: int
    steps: list[Step]
    why: str

    def __str__(self) -> str:
        lines = [f"history {self.seed} fails with {len(self.steps)} steps:"]
        return "\n".join([*lines, *(f"  {step}" for step in self.steps), self.why])


@dataclass
class Report:
    """What happened in many histories."""

    histories: int = 0
    requests: int = 0
    happened: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)

    def add(self, other: Report) -> None:
        """Count what happened in the histories of another report too."""
        self.histories += other.histories
        self.requests += other.requests
        self.happened += other.happened
        self.failures += other.failures


class Chaos:
    """Histories over copies of one template, in a folder in memory."""

    def __init__(self) -> None:
        home = RAM if RAM.is_dir() else None
        self._folder = tempfile.TemporaryDirectory(dir=home, prefix="tidewaiter-chaos-")
        root = Path(self._folder.name)
        self._template = Template.make(root / "template", STATIONS, Random("template"))
        self._world = root / "world"

    def close(self) -> None:
        """Delete the folder."""
        self._folder.cleanup()

    def run(self, seeds: range, *, all_of_them: bool = False) -> Report:
        """Run the histories with these seeds, until one fails or all of them."""
        report = Report()
        for seed in seeds:
            self.try_one(seed, a_history(seed), report, shrink=True)
            if report.failures and not all_of_them:
                break
        return report

    def try_one(
        self, seed: int, steps: list[Step], report: Report, *, shrink: bool = False
    ) -> None:
        """Run one history; the report then holds what happened, and why it failed."""
        why = self._why(seed, steps, report)
        report.histories += 1
        if why and shrink:
            steps = shorter(steps, lambda few: bool(self._why(seed, few)))
            why = self._why(seed, steps) or why
        if why:
            report.failures.append(Failure(seed, steps, why))

    def _why(self, seed: int, steps: list[Step], report: Report | None = None) -> str:
        """Why the history fails; empty when it ends well."""
        with installed(Net()) as net:
            world = World(self._template, self._world, net, Random(f"world {seed}"))
            try:
                for step in steps:
                    world.do(step)
                (settle_by_stick if seed % 4 == 0 else settle_down)(world)
            except Exception:
                return traceback.format_exc()
            finally:
                if report is not None:
                    report.requests += net.requests
                    report.happened += world.happened
                with suppress(Exception):
                    world.close()
        return ""
