"""Headquarters lets workstations enrol, ends them, and lets in what was held apart of them."""

from __future__ import annotations

from collections import defaultdict

from domain.entry import Entry
from domain.ids import DeviceId
from hub.codes import fresh_code
from hub.devices import accept, add_earlier, revoke
from hub.signers import keys_of
from hub.store.sql import apart, devices
from storage import hub_memory
from storage.hub_memory import HubFact
from storage.key_memory import PUBLIC_KEY
from sync.errors import HubRefused
from sync.http.enrol import enrol, read_enrolment, renew_with
from sync.wire.enrolment_file import GivenStation
from tests.builders import SESSION
from tests.chaos.parts import URL, HubSite, Machine

LAST_STATION = 35
"""The highest number of a workstation at a post."""


class Headquarters:
    """Gives out stations, and knows which entries of ended workstations may be at the hub."""

    def __init__(self, site: HubSite, stations: int) -> None:
        self._site = site
        self._stations = stations
        self._may_be_held: defaultdict[DeviceId, set[bytes]] = defaultdict(set)

    def enrol(self, machine: Machine) -> None:
        """The workstation gets a new token; that of another copy of it is void then."""
        enrol(machine.ws, URL, fresh_code(self._site.hub))

    def renew(self, machine: Machine) -> None:
        """The machine becomes a workstation of its own, as long as there are numbers."""
        if self._stations < LAST_STATION:
            self._stations += 1
            given = GivenStation(post="MCN", country="XA", number=self._stations, name="new")
            code = fresh_code(self._site.hub, given)
            renew_with(machine.ws, read_enrolment(code, URL), SESSION)

    def help(self, machine: Machine) -> None:
        """What docs/hub.md says when the hub does not know a workstation, or its token."""
        token = hub_memory.remembered(machine.ws.db, HubFact.TOKEN) or b""
        with self._site.hub.database.reading() as rows:
            is_known = devices.bearer(rows, token.decode()) is not None
        if not is_known:
            try:
                self.enrol(machine)
            except HubRefused:
                assert self._changed_elsewhere(machine), "an honest workstation cannot enrol"
                self.renew(machine)
        add_earlier(self._site.hub, (machine.ws.home / PUBLIC_KEY).read_bytes())

    def _changed_elsewhere(self, machine: Machine) -> bool:
        """Whether another copy changed the key: only that copy is the workstation from then on."""
        ws = machine.ws
        with self._site.hub.database.reading() as rows:
            return not set(keys_of(rows, ws.device)) <= set(ws.keys_of(ws.device))

    def end(self, device: DeviceId) -> None:
        """The workstation is stolen, or out of use: what arrived stays. Raises `NotHere`."""
        if device not in self.ended():
            revoke(self._site.hub, device, "stolen")
            self._note(device)

    def accept(self, device: DeviceId) -> None:
        """A person lets in what was held apart. Raises `NotHere`."""
        accept(self._site.hub, device)
        self._note(device)

    def ended(self) -> frozenset[DeviceId]:
        """Workstations that are ended; a hub that was set back forgets the later ends."""
        with self._site.hub.database.reading() as rows:
            known = devices.devices(rows)
            return frozenset(each.id for each in known if each.ended_at is not None)

    def held_apart(self) -> dict[bytes, Entry]:
        """The entries that the hub holds apart, by hash; all are of ended workstations."""
        with self._site.hub.database.reading() as rows:
            found = [
                each.entry for one in apart.counts(rows) for each in apart.of_device(rows, one)
            ]
        assert {entry.head.device for entry in found} <= self.ended()
        return {entry.hash.raw: entry for entry in found}

    def nothing_slipped_in(self) -> None:
        """Of an ended workstation the hub holds only what arrived before, or was let in."""
        for device in self.ended():
            late = self._held_of(device) - self._may_be_held[device]
            assert not late, f"the hub took {len(late)} entries of a workstation that was ended"

    def _note(self, device: DeviceId) -> None:
        self._may_be_held[device] |= self._held_of(device)

    def _held_of(self, device: DeviceId) -> set[bytes]:
        entries = self._site.entries()
        return {name for name, entry in entries.items() if entry.head.device == device}
