"""Entries of a workstation that this folder was before: they go on to the hub by courier."""

from __future__ import annotations

from contextlib import suppress

from acts.hub.acknowledge_earlier import acknowledge_earlier
from domain.ids import DeviceId
from storage import hub_entries, journal
from storage.workstation import Workstation
from sync.carrier import Carrier
from sync.errors import HubRefused
from sync.plan import ENTRIES_AT_ONCE


def bring_earlier(ws: Workstation, carrier: Carrier) -> None:
    """Send what the hub does not have of the workstations that this folder was.

    Done after the entries of the present one, so that the epoch of the hub is known. Raises
    `SyncError`; what was sent before stays sent.
    """
    for one in ws.earlier():
        waits = hub_entries.waiting_entries(ws.db, one.device, ENTRIES_AT_ONCE)
        if waits:
            _ask(ws, carrier, one.device)
        before: object = None
        while waits := hub_entries.waiting_entries(ws.db, one.device, ENTRIES_AT_ONCE):
            if waits == before:
                break  # the hub does not take them; they are shown as waiting
            before = waits
            sent = [journal.entry(ws.db, name) for name in waits]
            acknowledge_earlier(ws, carrier.send(sent))
            if waits == hub_entries.waiting_entries(ws.db, one.device, ENTRIES_AT_ONCE):
                # a hub of protocol 1 does not list what was brought
                _ask(ws, carrier, one.device)


def _ask(ws: Workstation, carrier: Carrier, device: DeviceId) -> None:
    """Ask what the hub holds of it. One that does not know it says so of each entry it is sent."""
    with suppress(HubRefused):
        acknowledge_earlier(ws, carrier.tips_of(device))
