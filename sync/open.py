"""Opens the carrier that the address of the hub asks for."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping

from acts.hub.join_hub import EnrolledHub, enrolled_hub, trust_authority
from domain.ids import DeviceId
from storage.workstation import Workstation
from sync.carrier import Carrier
from sync.http.carrier import HttpCarrier

CARRIERS: Mapping[str, Callable[[EnrolledHub, DeviceId], Carrier]] = {
    "http": HttpCarrier,
    "https": HttpCarrier,
}
"""By the scheme of the hub's address; `HttpCarrier` refuses an address that is none."""


def open_carrier(ws: Workstation, *, url: str = "", authority: str = "") -> Carrier:
    """Open a carrier to the hub at which this workstation is enrolled. Close it after use.

    `url` is another address of the same hub, for this call only. `authority` (PEM) is tried alone
    beside the system's authorities; after a hub behind it has sent a signed answer, it is stored
    beside the earlier ones. Raises `NotFound` when the workstation is not
    enrolled, and `HubRefused` when the URL is not the address of a hub.
    """
    hub = enrolled_hub(ws)
    if url:
        hub = dataclasses.replace(hub, url=url.rstrip("/"))
    if authority:
        hub = dataclasses.replace(hub, authority=authority)
    carrier = CARRIERS.get(hub.url.partition(":")[0].lower(), HttpCarrier)(hub, ws.device)
    if authority:
        try:
            carrier.tips()  # raises when the statement cannot be trusted
        except BaseException:
            carrier.close()
            raise
        trust_authority(ws, authority)
    return carrier
