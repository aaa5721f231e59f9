"""Enrol the workstation at a hub with a one-time code."""

from __future__ import annotations

from collections.abc import Callable

from acts.hub.join_hub import EnrolledHub, join_hub
from domain.changes import Changes
from storage.workstation import Workstation
from sync.http.exchange import client, exchange
from sync.wire.enrolment import make_request, read_answer


def enrol(
    ws: Workstation,
    url: str,
    code: str,
    authority: str = "",
    answered: Callable[[], None] = lambda: None,
) -> Changes:
    """Enrol this workstation at the hub at `url`. After a lost answer, call it again.

    `authority` (PEM) is the certificate authority of the hub, when the system does not trust it
    already; `answered` is called before the workstation is changed. Raises `NoLink`,
    `HubNotTrusted`, `HubFailed`, `HubRefused` (wrong or used code), `EnrolmentRefused` when the
    answer is not a hub's.
    """
    request = make_request(
        ws.signing_key(),
        code=code.strip(),
        device=ws.device,
        name=ws.station.name,
        post=ws.station.post,
        station=ws.station.number,
    )
    with client(url, {"Content-Type": "application/json"}, authority) as http:
        answer = read_answer(exchange(http, "POST", "/api/enrol", content=request).body)
    answered()
    hub = EnrolledHub(url.rstrip("/"), answer.hub, answer.public_key, answer.token, authority)
    return join_hub(ws, hub, answer.recipient)
