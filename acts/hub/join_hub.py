"""Remember the hub that this workstation was enrolled at: its address, key and our token."""

from __future__ import annotations

from dataclasses import dataclass

from acts.hub.acknowledge import KNOWS_NONCES, LEFT_EPOCHS, SIGNED_AT
from domain.changes import Changes
from domain.ids import HubId
from domain.signing import VerifyKey
from domain.words import mark
from storage.errors import NotFound
from storage.projections import hub
from storage.workstation import Workstation
from system.database import transaction


@dataclass(frozen=True, slots=True)
class HubPlace:
    """Where the hub is, how its statements are known, and what opens its door for us."""

    url: str
    hub: HubId
    key: VerifyKey
    token: str
    authority: str = ""
    """PEM of who vouches for its certificate, beside those the system trusts."""

    def __repr__(self) -> str:
        return f"HubPlace({self.url}, {self.hub})"


def join_hub(ws: Workstation, place: HubPlace) -> Changes:
    """From now on this hub is the one to send to. What another one signed for counts no more.

    Enrolling is new trust: which answers of this hub are old is learnt anew too.
    """
    with transaction(ws.db):
        other = hub.remembered(ws.db, "id") not in (None, str(place.hub).encode())
        for name, value in (
            ("url", place.url.encode()),
            ("id", str(place.hub).encode()),
            ("key", place.key.raw),
            ("token", place.token.encode()),
            ("authority", place.authority.encode()),
        ):
            hub.remember(ws.db, name, value)
        hub.unremember(ws.db, LEFT_EPOCHS, SIGNED_AT, KNOWS_NONCES)
        if other:
            hub.forget(ws.db)
    return Changes(hub=True)


def trust_authority(ws: Workstation, authority: str) -> Changes:
    """From now on these certificates (PEM) vouch for the hub too."""
    with transaction(ws.db):
        hub.remember(ws.db, "authority", authority.encode())
    return Changes(hub=True)


def hub_place(ws: Workstation) -> HubPlace:
    """The hub this workstation is enrolled at. Raises `NotFound` when there is none."""
    held = {name: hub.remembered(ws.db, name) for name in ("url", "id", "key", "token")}
    url, name, key, token = (held[part] for part in ("url", "id", "key", "token"))
    if url is None or name is None or key is None or token is None:
        raise NotFound(
            mark("this workstation is not enrolled at a hub"),
            hint=mark("Ask headquarters for a one-time code: `main.py enrol --hub URL CODE`."),
        )
    authority = hub.remembered(ws.db, "authority") or b""
    return HubPlace(
        url.decode(), HubId.parse(name.decode()), VerifyKey(key), token.decode(), authority.decode()
    )
