"""A hub and its workstations through a history: what is done to them, and what must hold."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

from acts.station.change_key import change_key
from acts.station.forked import keep_on
from domain.entry import Entry
from domain.errors import TidewaiterError
from domain.ids import RecordId
from sync.open import open_carrier
from sync.run import SyncOutcome, synchronise
from tests.builders import SESSION
from tests.chaos.deeds import finalise_one, revise
from tests.chaos.demands import held_is_held
from tests.chaos.faults import Faults
from tests.chaos.headquarters import Headquarters
from tests.chaos.judge import Judge
from tests.chaos.lanes import ShuffledLanes
from tests.chaos.net import Net
from tests.chaos.parts import Clock, Machine, Template
from tests.chaos.steps import Step
from tests.chaos.sticks import Sticks

MINUTE = 60
MINUTES_OF_A_WEEK = 7 * 24 * 60


class World:
    """The present state, with a ledger of everything that was ever recorded."""

    def __init__(self, template: Template, folder: Path, net: Net, random: Random) -> None:
        self.folder, self.net, self.random = folder, net, random
        self.site, self.machines = template.copy_to(folder, net, random)
        self.true = self.site.clock._true
        for machine in self.machines:
            machine.clock = Clock(self.true)
        self.ledger: dict[bytes, Entry] = {}
        self.photos: dict[bytes, bytes] = {}
        self.lost: set[bytes] = set()
        """What the hub held and lost by a restore or a damaged disk."""
        self.damaged: set[bytes] = set()
        """Photos whose files the hub's disk damaged."""
        self.happened: Counter[str] = Counter()
        self._copies: list[tuple[Machine, Path, frozenset[bytes]]] = []
        self._clones = 0
        self._hub_copied = folder / "hub-copied"
        self.put_back = False
        """Whether an old copy of the hub's folder was put back without a new epoch."""
        self._syncing: set[str] = set()
        self.faults = Faults(random, judge=Judge(self.site, self.damaged))
        net.fate = self.faults
        self.site.start()
        self.sticks = Sticks(folder, self.site, random, self.faults.judge)
        self.headquarters = Headquarters(self.site, len(self.machines))
        for machine in self.machines:
            self.note(machine)

    def close(self) -> None:
        """End all programs and delete the folders."""
        for machine in self.machines:
            machine.close()
        self.site.close()
        shutil.rmtree(self.folder)

    def do(self, step: Step) -> None:
        """Do one step of a history; what cannot be done now is left out."""
        self.happened[step.what] += 1
        getattr(self, f"_{step.what}")(step)

    # what people and machines do

    def _record(self, step: Step) -> None:
        machine = self._any_machine(step)
        random = Random(step.seed)
        self._tried(lambda: finalise_one(machine, self.photos, random, step.size))
        self.note(machine)

    def _amend(self, step: Step) -> None:
        machine = self._any_machine(step)
        ws = machine.ws
        rows = ws.db.execute("SELECT record FROM record ORDER BY record").fetchall()
        if rows:
            record = RecordId(rows[step.size % len(rows)][0])
            self._tried(lambda: revise(machine, self.photos, record, Random(step.seed)))
        self.note(machine)

    def _tried(self, deed: Callable[[], object]) -> None:
        try:
            deed()
        except TidewaiterError as error:
            self.happened[f"deed refused: {type(error).__name__}"] += 1

    def _sync(self, step: Step) -> None:
        machine = self._machine(step)
        if machine is None:
            return
        self.faults.share = step.share
        steps = dict(step.meanwhile)
        start = self.faults.number

        def meanwhile(number: int) -> None:
            inner = steps.pop(number - start, None)
            if inner is not None:
                self._beside(inner)

        self.faults.meanwhile = meanwhile
        try:
            self.bring(machine, tries=step.size)
        except TidewaiterError as error:
            self.happened[f"sync: {type(error).__name__}"] += 1
        finally:
            self.faults.share, self.faults.meanwhile = 0.0, lambda _: None
        self.note(machine)
        held_is_held(self, machine)

    def _beside(self, step: Step) -> None:
        """Another step in the middle of a run, without bad luck of its own."""
        before = self.faults.share, self.faults.meanwhile
        try:
            self.do(step)
        finally:
            self.faults.share, self.faults.meanwhile = before

    def bring(self, machine: Machine, *, tries: int) -> SyncOutcome:
        """What `main.py sync` does."""
        ws = machine.ws
        self._syncing.add(machine.name)
        try:
            return synchronise(
                ws,
                lambda: open_carrier(ws),
                tries=max(1, tries),
                lanes=ShuffledLanes(self.random, self.true.pass_by),
                chance=self.random.random,
            )
        finally:
            self._syncing.discard(machine.name)

    def _restart(self, step: Step) -> None:
        machine = self._machine(step)
        if machine is not None:
            machine.close()
            machine.clock.boots += 1

    def _wait(self, step: Step) -> None:
        """Minutes pass, sometimes weeks."""
        self.true.pass_by(MINUTE * step.size * (1 if step.seed % 4 else MINUTES_OF_A_WEEK))

    def _clock(self, step: Step) -> None:
        machine = self._machine(step)
        clock = self.site.clock if step.size % 3 == 0 or machine is None else machine.clock
        hours = Random(step.seed).choice([0, 0, -1, 1, 26, -26, 24 * 40, -24 * 400])
        clock.ahead = hours * 3_600_000

    def _copy(self, step: Step) -> None:
        machine = self._machine(step)
        if machine is not None:
            folder = self.folder / f"copy-{len(self._copies)}"
            machine.copy_to(folder)
            self._copies.append((machine, folder, frozenset(machine.kept)))

    def _restore(self, step: Step) -> None:
        if not self._copies:
            return
        machine, folder, kept = self._copies[step.size % len(self._copies)]
        if machine.name not in self._syncing:
            machine.become(folder)
            machine.kept = set(kept)

    def _clone(self, step: Step) -> None:
        machine = self._machine(step)
        if machine is None or len(self.machines) >= 5:
            return
        self._clones += 1
        name = f"{machine.name}, copy {self._clones}"
        home = self.folder / f"clone-{self._clones}"
        machine.copy_to(home)
        clock = Clock(self.true)
        self.machines.append(Machine(name, home, machine.way, clock, machine.random, machine.noted))

    def _gone(self, step: Step) -> None:
        """A computer burns; what only it had is lost."""
        machine = self._machine(step)
        if machine is not None and len(self.machines) > 1:
            machine.close()
            self.machines.remove(machine)
            self._copies = [copy for copy in self._copies if copy[0] is not machine]

    def _keep(self, step: Step) -> None:
        """After a fork: the other copy is said to be no longer used."""
        keep_on(self._any_machine(step).ws)

    def _rotate(self, step: Step) -> None:
        """The workstation signs with a new key from now on."""
        machine = self._any_machine(step)
        self._tried(lambda: change_key(machine.ws, SESSION))
        self.note(machine)

    def _enrol(self, step: Step) -> None:
        machine = self._any_machine(step)
        self._tried(lambda: self.headquarters.enrol(machine))

    def _renew(self, step: Step) -> None:
        """A copy becomes a workstation of its own."""
        machine = self._machine(step)
        if machine is not None:
            self._tried(lambda: self.headquarters.renew(machine))
            self.note(machine)

    def _hub_copy(self, step: Step) -> None:
        """Somebody copies the hub's folder, as a snapshot of its machine does."""
        self.site.close()
        shutil.rmtree(self._hub_copied, ignore_errors=True)
        shutil.copytree(self.site.folder, self._hub_copied)
        self.site.start()

    def _hub_put_back(self, step: Step) -> None:
        """The copy is put back without a word, and serves in its old epoch."""
        if self._hub_copied.exists():
            before = set(self.site.entries()) | self.site.photos()
            self.site.close()
            shutil.rmtree(self.site.folder)
            shutil.copytree(self._hub_copied, self.site.folder)
            self.site.start()
            self.lost |= before - set(self.site.entries()) - self.site.photos()
            self.put_back = True

    def _stick_export(self, step: Step) -> None:
        machine = self._any_machine(step)
        self._tried(lambda: self.sticks.export(machine.ws, step))

    def _stick_carry(self, step: Step) -> None:
        """A courier that is connected brings the stick to the hub, over a bad link."""
        machine = self._machine(step)
        if machine is None:
            return
        self.faults.share = step.share
        try:
            self._tried(lambda: self.sticks.carry(machine.ws, step))
        finally:
            self.faults.share = 0.0
        self.note(machine)
        held_is_held(self, machine)

    def _stick_to_hub(self, step: Step) -> None:
        self._tried(lambda: self.sticks.to_hub(step))

    def _stick_damage(self, step: Step) -> None:
        self.sticks.damage(step)

    def _stick_copy(self, step: Step) -> None:
        self.sticks.copy(step)

    def _end(self, step: Step) -> None:
        device = self._any_machine(step).ws.device
        self._tried(lambda: self.headquarters.end(device))

    def _accept(self, step: Step) -> None:
        device = self._any_machine(step).ws.device
        self._tried(lambda: self.headquarters.accept(device))

    def living(self) -> list[Machine]:
        """The machines that headquarters has not ended as what they are now."""
        ended = self.headquarters.ended()
        return [each for each in self.machines if each.ws.device not in ended]

    def _hub_restart(self, step: Step) -> None:
        self.site.close()
        self.site.start()

    def _hub_backup(self, step: Step) -> None:
        self.site.back_up()

    def _hub_restore(self, step: Step) -> None:
        before = set(self.site.entries()) | self.site.photos()
        self.site.restore(step.size)
        self.lost |= before - set(self.site.entries()) - self.site.photos()

    def _hub_loses(self, step: Step) -> None:
        """A photo's file is deleted or damaged on the hub's disk."""
        held = sorted(self.site.photos())
        if held:
            name = held[step.size % len(held)]
            self.lost.add(name)
            self.damaged.add(name)
            file = self.site.photo_file(name)
            if step.seed % 2:
                file.unlink()
            else:
                file.write_bytes(file.read_bytes()[:-1] + b"?")

    def _late(self, step: Step) -> None:
        """A request of long ago arrives at the hub; its answer goes nowhere."""
        if self.faults.late and self.net.apps:
            late = self.faults.late
            self.net.deliver(late.pop(step.size % len(late)))

    def _machine(self, step: Step) -> Machine | None:
        """The machine of the step, unless a run of it is in the middle."""
        machine = self._any_machine(step)
        return None if machine.name in self._syncing else machine

    def _any_machine(self, step: Step) -> Machine:
        """The machine of the step, also when it synchronises just now."""
        return self.machines[step.machine % len(self.machines)]

    def note(self, machine: Machine) -> None:
        """Take what is new in a journal into the ledger."""
        rows = machine.ws.db.execute(
            "SELECT place, bytes, signature FROM entry WHERE place > ? ORDER BY place",
            (machine.noted,),
        ).fetchall()
        for row, data, signature in rows:
            entry = Entry(bytes(data), bytes(signature))
            before = self.ledger.setdefault(entry.hash.raw, entry)
            assert before == entry, "an entry came back changed"
            machine.noted = row
