"""Sticks: bundles written, damaged, copied, carried by couriers and taken at the hub."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

from hub.stick import take_stick
from storage.workstation import Workstation
from sync.stick.bring import import_stick
from sync.stick.export import export
from sync.wire.stick import answer_file, answers_on
from tests.chaos.net import Answered, Asked
from tests.chaos.parts import PORT, HubSite
from tests.chaos.steps import Step

STICKS = 2
SIZES = (80_000, 300_000, 4_000_000)
"""Bytes of one file at most: some exports are split over several."""


class Sticks:
    """Some folders that go from hand to hand."""

    def __init__(
        self,
        folder: Path,
        site: HubSite,
        random: Random,
        judge: Callable[[Asked, Answered], None],
    ) -> None:
        self._site, self._random, self._judge = site, random, judge
        self._folders = [folder / f"stick-{number}" for number in range(STICKS)]
        for each in self._folders:
            each.mkdir()

    def _of(self, step: Step) -> Path:
        return self._folders[step.size % STICKS]

    def export(self, ws: Workstation, step: Step) -> None:
        """`bundle export`, sometimes stopped in the middle."""
        chance = Random(step.seed)
        steps_left = chance.choice([0, 3, 10, 10**6, 10**6, 10**6])

        def cancelled() -> bool:
            nonlocal steps_left
            steps_left -= 1
            return steps_left < 0

        anew = chance.random() < 0.2
        export(ws, self._of(step), size=chance.choice(SIZES), anew=anew, cancelled=cancelled)

    def carry(self, ws: Workstation, step: Step) -> None:
        """`bundle import`: own answers are taken, bundles of all go to the hub."""
        import_stick(ws, self._of(step), trying=lambda _: self._random.random() < 0.7)

    def to_hub(self, step: Step) -> None:
        """`hub import`, and a look at every answer that it writes."""
        folder = self._of(step)
        take_stick(self._site.hub, folder)
        for device in answers_on(folder):
            data = answer_file(folder, device).read_bytes()
            asked = Asked(PORT, "GET", "/answer", b"", (), b"")
            self._judge(asked, Answered(200, (), data))

    def damage(self, step: Step) -> None:
        """A file on the stick is cut, changed or deleted."""
        chance = Random(step.seed)
        files = sorted(path for path in self._of(step).rglob("*") if path.is_file())
        if not files:
            return
        file = chance.choice(files)
        data = bytearray(file.read_bytes())
        match chance.randrange(3):
            case 0:
                file.write_bytes(data[: chance.randrange(len(data) + 1)])
            case 1 if data:
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
                file.write_bytes(data)
            case _:
                file.unlink()

    def round_trip(self, ws: Workstation) -> bool:
        """Everything that waits goes to the hub on a new stick, and its answer comes back; whether
        it is taken.
        """
        folder = self._folders[0].with_name("last-stick")
        folder.mkdir()
        try:
            export(ws, folder, anew=True)
            take_stick(self._site.hub, folder, everybody=True)
            return import_stick(ws, folder).answer is not None
        finally:
            shutil.rmtree(folder)

    def copy(self, step: Step) -> None:
        """Somebody copies everything from one stick to the other, old answers over newer ones."""
        one, other = self._of(step), self._folders[(step.size + 1) % STICKS]
        shutil.copytree(one, other, dirs_exist_ok=True)
