"""Opens the carrier that the address of the hub asks for."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping

from acts.hub.join_hub import EnrolledHub, enrolled_hub, trust_authority
from domain.given_settings import KILOBITS
from domain.ids import DeviceId
from storage import hub_memory
from storage.in_force import in_force
from storage.workstation import Workstation
from sync.carrier import Carrier
from sync.http.carrier import HttpCarrier
from sync.http.flow import LARGEST_PIECE, Flow

CARRIERS: Mapping[str, Callable[[EnrolledHub, DeviceId, Flow], Carrier]] = {
    "http": HttpCarrier,
    "https": HttpCarrier,
}
"""By the scheme of the hub's address; `HttpCarrier` refuses an address that is none."""


def open_carrier(
    ws: Workstation,
    *,
    url: str = "",
    authority: str = "",
    kilobits: int | None = None,
    met: EnrolledHub | None = None,
) -> Carrier:
    """Open a carrier to the hub at which this workstation is enrolled. Close it after use.

    `url` is another address of the same hub, for this call only; the hub proves its key there
    before the token is sent. `authority` (PEM) is tried alone beside the system's authorities;
    after a hub behind it has sent a signed answer, it is stored beside the earlier ones. `kilobits`
    (a second) is what may be sent, 0 for no limit; None for the setting. `met` is the hub at `url`
    when it has proved its key there already. Raises
    `NotFound` when the workstation is not enrolled, and `HubRefused` when the URL is not the
    address of a hub.
    """
    hub = met or enrolled_hub(ws).at(url)
    if authority:
        hub = dataclasses.replace(hub, authority=authority)
    carrier = CARRIERS.get(hub.url.partition(":")[0].lower(), HttpCarrier)(
        hub, ws.device, _flow(ws, kilobits)
    )
    if authority:
        try:
            carrier.tips()  # raises when the statement cannot be trusted
        except BaseException:
            carrier.close()
            raise
        trust_authority(ws, authority)
    return carrier


def _flow(ws: Workstation, kilobits: int | None) -> Flow:
    """The limits of what is sent; a proxy's limit is tried again each day."""
    limit = in_force(ws, KILOBITS).value if kilobits is None else kilobits
    piece = hub_memory.piece_of(ws.db, ws.now().local_date.isoformat())
    return Flow(max(0, limit), piece or LARGEST_PIECE)
