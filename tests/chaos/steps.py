"""Random histories: lists of steps of which any can be left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random


@dataclass(frozen=True)
class Step:
    """One step: what, by which machine; `size` and `seed` mean what the step makes of them."""

    what: str
    machine: int = 0
    size: int = 0
    seed: int = 0
    share: float = 0.0
    meanwhile: tuple[tuple[int, Step], ...] = ()

    def __str__(self) -> str:
        more = "".join(f" [at {number}: {step}]" for number, step in self.meanwhile)
        share = f" bad luck {self.share:.2f}" if self.share else ""
        return f"{self.what} machine {self.machine} size {self.size} seed {self.seed}{share}{more}"


WEIGHTS = {
    "record": 26,
    "amend": 6,
    "sync": 34,
    "restart": 4,
    "wait": 3,
    "clock": 4,
    "copy": 4,
    "restore": 4,
    "clone": 3,
    "gone": 2,
    "hub_restart": 2,
    "hub_backup": 3,
    "hub_restore": 3,
    "hub_loses": 2,
    "late": 4,
    "stick_export": 5,
    "stick_carry": 4,
    "stick_to_hub": 4,
    "stick_damage": 2,
    "stick_copy": 1,
    "keep": 3,
    "renew": 2,
    "rotate": 3,
    "enrol": 1,
    "hub_copy": 2,
    "hub_put_back": 1,
    "end": 2,
    "accept": 1,
}
BESIDE = (
    "record",
    "sync",
    "hub_restart",
    "hub_restore",
    "hub_loses",
    "late",
    "clone",
    "gone",
    "wait",
    "rotate",
    "end",
)
"""What may happen in the middle of a run of synchronisation."""
SHARES = (0.0, 0.05, 0.2, 0.5)


CHOSEN = {
    "two branches of one device, of which only one computer is left, and a hub set back": [
        Step("hub_backup"),
        Step("clone", machine=0),
        Step("record", machine=3, size=2, seed=1),
        Step("sync", machine=3, size=1),
        Step("record", machine=0, size=2, seed=2),
        Step("sync", machine=0, size=1),
        Step("gone", machine=3),
        Step("hub_restore"),
    ],
    "a workstation set back, which goes on before it hears of its lost entries": [
        Step("copy", machine=1),
        *(Step("record", machine=1, size=2, seed=30 + number) for number in range(4)),
        Step("amend", machine=1, seed=4),
        Step("sync", machine=1, size=1),
        Step("restore"),
        Step("record", machine=1, size=3, seed=5),
        Step("sync", machine=1, size=1, share=0.3),
    ],
    "a hub set back to a time between an entry and its photos": [
        Step("record", machine=2, size=3, seed=6),
        Step("sync", machine=2, size=1, meanwhile=((2, Step("hub_backup")),)),
        Step("sync", machine=2, size=1),
        Step("hub_restore"),
    ],
    "a photo that the hub's disk loses": [
        Step("record", machine=0, size=3, seed=7),
        Step("sync", machine=0, size=1),
        Step("hub_loses", size=1, seed=1),
        Step("sync", machine=0, size=1),
        Step("hub_loses", size=0, seed=2),
    ],
    "everything of long ago comes again": [
        Step("record", machine=0, size=3, seed=8),
        Step("sync", machine=0, size=4, share=0.9, seed=9),
        Step("wait", size=1500),
        Step("sync", machine=0, size=1),
        *(Step("late", size=size) for size in range(4)),
    ],
    "a copy that hears by stick of its record, and not yet of what followed that": [
        Step("sync", machine=2, size=1),
        Step("record", machine=2, size=1, seed=18),
        Step("clone", machine=2),
        Step("amend", machine=2, seed=19),
    ],
    "a copy that hears so by stick of its record, at a hub that was restored": [
        Step("sync", machine=2, size=1),
        Step("hub_backup"),
        Step("record", machine=2, size=1, seed=20),
        Step("clone", machine=2),
        Step("amend", machine=2, seed=21),
        Step("hub_restore"),
    ],
    "a copy of which the hub lost everything, and that has nothing to send": [
        Step("clone", machine=0),
        Step("record", machine=3, size=1, seed=22),
        Step("hub_copy"),
        Step("sync", machine=3, size=1),
        Step("hub_put_back"),
    ],
    "a batch three weeks late, signed by a key that was valid then": [
        Step("sync", machine=0, size=1),
        Step("clone", machine=0),
        Step("record", machine=3, size=2, seed=10),
        Step("rotate", machine=0),
        Step("record", machine=0, size=1, seed=11),
        Step("sync", machine=0, size=1),
        Step("wait", size=3, seed=4),
        Step("sync", machine=3, size=1),
    ],
    "a workstation that enrolled, and changed its key, after the hub's backup": [
        Step("hub_backup"),
        Step("renew", machine=1),
        Step("rotate", machine=1),
        Step("record", machine=1, size=1, seed=12),
        Step("sync", machine=1, size=1),
        Step("hub_restore"),
    ],
    "a workstation whose token, and whose change of the key, came after the hub's backup": [
        Step("hub_backup"),
        Step("enrol", machine=1),
        Step("rotate", machine=1),
        Step("sync", machine=1, size=1),
        Step("hub_restore"),
    ],
    "a computer that was two workstations since the hub's backup": [
        Step("hub_backup"),
        Step("renew", machine=1),
        Step("record", machine=1, size=1, seed=13),
        Step("rotate", machine=1),
        Step("renew", machine=1),
        Step("record", machine=1, size=1, seed=14),
        Step("sync", machine=1, size=1),
        Step("hub_restore"),
    ],
    "a workstation that was ended, and became another one twice": [
        Step("end", machine=1),
        Step("renew", machine=1),
        Step("renew", machine=1),
    ],
    "a workstation that was ended and became another one": [
        Step("record", machine=1, size=1, seed=15),
        Step("sync", machine=1, size=1),
        Step("record", machine=1, size=1, seed=16),
        Step("end", machine=1),
        Step("renew", machine=1),
        Step("record", machine=1, size=1, seed=17),
        Step("sync", machine=1, size=1),
    ],
}
"""Histories written by hand, each with a way to fail that chance finds seldom."""


def a_history(seed: int, length: tuple[int, int] = (6, 24)) -> list[Step]:
    """The steps of the history with that seed."""
    random = Random(f"history {seed}")
    count = random.randint(*length)
    return [_step(random) for _ in range(count)]


def _step(random: Random, among: tuple[str, ...] | None = None) -> Step:
    names = among or tuple(WEIGHTS)
    what = random.choices(names, [WEIGHTS[name] for name in names])[0]
    step = Step(what, random.randrange(8), random.randrange(4), random.getrandbits(30))
    if what == "stick_carry":
        return replace(step, share=random.choice(SHARES))
    if what != "sync" or among is not None:
        return step
    inner = [(random.randint(1, 12), _step(random, BESIDE)) for _ in range(random.randrange(3))]
    share = random.choice(SHARES)
    return replace(step, size=1 + step.size, share=share, meanwhile=tuple(inner))


def shorter(steps: list[Step], fails: Callable[[list[Step]], bool]) -> list[Step]:
    """A part of the history that still fails, found by leaving out steps."""
    size = max(1, len(steps) // 2)
    while size:
        start = 0
        while start < len(steps):
            fewer = steps[:start] + steps[start + size :]
            if fewer and fails(fewer):
                steps = fewer
            else:
                start += size
        size //= 2
    return steps
