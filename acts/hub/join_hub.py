"""Store the hub at which this workstation was enrolled: its address, its key and our token."""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.changes import Changes
from domain.given_keys import OPERATION_KEY
from domain.given_settings import SETTING
from domain.ids import HubId
from domain.signing import VerifyKey
from domain.words import mark
from storage import exports, feed_items, hub_memory
from storage.errors import NotFound
from storage.hub_memory import HubFact
from storage.workstation import Workstation
from system.authorities import beside
from system.database import transaction


@dataclass(frozen=True, slots=True)
class EnrolledHub:
    """The hub's address, the key that signs its statements, and the token for requests to it."""

    url: str
    id: HubId
    key: VerifyKey
    token: str
    authority: str = ""
    """PEM certificates of authorities for the hub, in addition to the system's."""
    protocol: int = 0
    """The protocol that the hub speaks, by its last statement; 0 before the first."""
    recipient: str = ""
    """The age recipient to which bundles for the hub are encrypted; empty when it named none."""
    elsewhere: bool = False
    """Whether `url` is another address than that of the enrolment: the hub must prove its key there
    before it gets the token.
    """

    def __repr__(self) -> str:
        return f"EnrolledHub({self.url}, {self.id})"

    def at(self, url: str) -> EnrolledHub:
        """The same hub at this address; an empty `url` is that of the enrolment."""
        url = url.rstrip("/")
        return self if url in ("", self.url.rstrip("/")) else replace(self, url=url, elsewhere=True)


def join_hub(ws: Workstation, hub: EnrolledHub) -> Changes:
    """From now on the workstation sends to this hub.

    Statements and settings of another hub no longer count. The data that detects old answers is
    reset too, so that enrolling again helps after a hub was restored. Authorities of the same hub
    stay.
    """
    with transaction(ws.db):
        before = hub_memory.remembered(ws.db, HubFact.ID)
        other = before not in (None, str(hub.id).encode())
        kept = "" if other else _authorities(ws)
        for fact, value in (
            (HubFact.URL, hub.url.encode()),
            (HubFact.ID, str(hub.id).encode()),
            (HubFact.KEY, hub.key.raw),
            (HubFact.TOKEN, hub.token.encode()),
            (HubFact.AUTHORITY, beside(kept, hub.authority, ws.now().local).encode()),
        ):
            hub_memory.remember(ws.db, fact, value)
        hub_memory.unremember(
            ws.db,
            HubFact.EPOCH,
            HubFact.TIPS,
            HubFact.LEFT_EPOCHS,
            HubFact.SIGNED_AT,
            HubFact.SETBACKS,
            HubFact.KNOWS_NONCES,
            HubFact.PROTOCOL,
            HubFact.LOSSES,
            HubFact.FEED,  # it depends on the post, which may be another one now
        )
        if other:
            hub_memory.forget(ws.db)
            exports.drop_all(ws.db)
            hub_memory.unremember(ws.db, HubFact.RECIPIENT)
            feed_items.drop(ws.db, SETTING)
            feed_items.drop(ws.db, OPERATION_KEY)
        if hub.recipient:
            hub_memory.remember(ws.db, HubFact.RECIPIENT, hub.recipient.encode())
    return Changes(hub=True, settings=other)


def trust_authority(ws: Workstation, authority: str) -> Changes:
    """Trust these authorities' certificates (PEM) for the hub too, beside those held already.

    Earlier ones that have expired are dropped.
    """
    with transaction(ws.db):
        both = beside(_authorities(ws), authority, ws.now().local)
        hub_memory.remember(ws.db, HubFact.AUTHORITY, both.encode())
    return Changes(hub=True)


def _authorities(ws: Workstation) -> str:
    return (hub_memory.remembered(ws.db, HubFact.AUTHORITY) or b"").decode()


def enrolled_hub(ws: Workstation) -> EnrolledHub:
    """The hub this workstation is enrolled at. Raises `NotFound` when there is none."""
    url, name, key, token = (
        hub_memory.remembered(ws.db, fact)
        for fact in (HubFact.URL, HubFact.ID, HubFact.KEY, HubFact.TOKEN)
    )
    if url is None or name is None or key is None or token is None:
        raise NotFound(
            mark("this workstation is not enrolled at a hub"),
            hint=mark("Ask headquarters for an enrolment file."),
        ).with_way_out(
            "Then `main.py enrol FILE`.",
            mark("In the settings, press “Take an enrolment file …”."),
        )
    return EnrolledHub(
        url.decode(),
        HubId.parse(name.decode()),
        VerifyKey(key),
        token.decode(),
        _authorities(ws),
        hub_memory.number(ws.db, HubFact.PROTOCOL),
        (hub_memory.remembered(ws.db, HubFact.RECIPIENT) or b"").decode(),
    )
