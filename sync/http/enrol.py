"""Enrol the workstation at a hub with an enrolment file or a one-time code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from acts.errors import FileUnreadable, InputRefused, StationRefused
from acts.hub.join_hub import EnrolledHub, join_hub
from acts.session import Session
from acts.station.renew import coming, renew
from acts.station.take_station import refuse_other_station, take_station
from domain.changes import Changes, joined
from domain.encoding import to_json
from domain.entry import Entry
from domain.signing import VerifyKey
from domain.words import mark
from storage import journal
from storage.identity import Station, StationIdentity
from storage.workstation import Workstation
from sync.errors import HubFailed, NoLink
from sync.http.exchange import client, exchange
from sync.http.meet import MetHub, meet
from sync.wire.code import fingerprint, read_code
from sync.wire.enrolment import make_request, read_answer
from sync.wire.enrolment_file import FILE_LIMIT, GivenStation, is_file, read_file
from sync.wire.errors import EnrolmentRefused

JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What headquarters gave out, read from a file or looked up with a code."""

    url: str
    code: str
    """The one-time secret."""
    authority: str = ""
    key: VerifyKey | None = None
    """The hub's key; None for a code that does not name it, where TLS alone proves the hub."""
    station: GivenStation | None = None
    """The station; None for a workstation that has one."""
    packs: tuple[str, ...] = ()
    met: MetHub | None = None
    """The hub, when it was met to look the code up."""

    def __repr__(self) -> str:
        return f"Enrolment({self.url})"


def read_enrolment(text: str, url: str = "", authority: str = "") -> Enrolment:
    """What the file or the code says; a code with a fingerprint is looked up at the hub at `url`.

    `text` is the content of an enrolment file, the text of its QR code, or a typed code. `url`
    replaces the address in a file; `authority` (PEM) is trusted too. Raises `InputRefused` when a
    code stands alone, `EnrolmentRefused` for a broken file or another hub, and what `meet` raises.
    """
    if not is_file(text):
        return _looked_up(text, url, authority)
    file = read_file(text.encode())
    return Enrolment(
        (url or file.url).rstrip("/"),
        file.code,
        authority + file.authority,
        file.public_key,
        file.station,
        file.packs,
    )


def file_text(file: Path) -> str:
    """The text of an enrolment file. Raises `FileUnreadable` for any other file."""
    try:
        with file.open("rb") as opened:
            data = opened.read(FILE_LIMIT + 1)
    except OSError as error:
        raise FileUnreadable(
            mark("the enrolment file cannot be read: {cause}"),
            about=str(file)[:200],
            cause=error.strerror,
        ) from error
    text = data.decode("utf-8-sig", "replace")
    if not is_file(text):
        raise FileUnreadable(mark("this is not an enrolment file"), about=str(file)[:200])
    return text


def enrol(
    ws: Workstation,
    url: str,
    text: str,
    authority: str = "",
    answered: Callable[[], None] = lambda: None,
) -> Changes:
    """Enrol this workstation. After a lost answer, call it again.

    `text` and the others are as in `read_enrolment`; `answered` is called before the workstation is
    changed. Raises what `read_enrolment` and `enrol_with` raise.
    """
    return enrol_with(ws, read_enrolment(text, url, authority), answered)


def expect_valid(enrolment: Enrolment) -> None:
    """Raise `HubRefused` when the hub does not take the code of this enrolment any more.

    A code that was used is not valid for a workstation that is not made yet. Without an answer of
    the hub nothing is known, and nothing is raised.
    """
    if enrolment.key is None:
        return
    try:
        met = _met(enrolment)
        with client(enrolment.url, JSON, met.authority if met else "") as http:
            content = to_json({"code": enrolment.code, "unused": True})
            exchange(http, "POST", "/api/enrolment", content=content)
    except (NoLink, HubFailed):
        return


def enrol_with(
    ws: Workstation, enrolment: Enrolment, answered: Callable[[], None] = lambda: None
) -> Changes:
    """Enrol this workstation with what headquarters gave out.

    A workstation that has recorded nothing takes the given station. Raises `StationRefused` when it
    has recorded something as another station, `NoLink`, `HubNotTrusted`, `HubFailed`, `HubRefused`
    (wrong or used code), `EnrolmentRefused` when the answer is not the hub's.
    """
    station = _as_station(enrolment.station, ws.station)
    refuse_other_station(ws, station)
    identity = msgspec.structs.replace(ws.identity(), station=station)
    before = (one.public_key for one in ws.former_keys() if one.device == ws.device)
    changes = journal.key_changes(ws.db, ws.device)
    hub = _request_token(identity, enrolment, next(before, None), changes)
    answered()
    return joined((take_station(ws, station), join_hub(ws, hub)))


def renew_with(ws: Workstation, enrolment: Enrolment, session: Session) -> Changes:
    """Make this folder the workstation that headquarters gives; it is enrolled then.

    After a lost answer, call it again. Raises `StationRefused` when headquarters gives no station,
    or one whose numbers this folder has given, and what `enrol_with` raises.
    """
    if enrolment.station is None:
        raise StationRefused(
            mark("this enrolment gives no station, and a new workstation needs one"),
            hint=mark("Ask headquarters for a code with post, country and number."),
        )
    identity = coming(ws, _as_station(enrolment.station, ws.station))
    hub = _request_token(identity, enrolment)
    return joined((renew(ws, identity, session), join_hub(ws, hub)))


def _request_token(
    identity: StationIdentity,
    enrolment: Enrolment,
    first_key: VerifyKey | None = None,
    changes: tuple[Entry, ...] = (),
) -> EnrolledHub:
    """The hub with a token for this workstation, which changed its first key by `changes`; nothing
    is stored here.
    """
    met = _met(enrolment)
    station = identity.station
    request = make_request(
        identity.signing_key,
        code=enrolment.code,
        device=identity.device,
        name=station.name,
        post=station.post,
        station=station.number,
        country=station.country,
        first_key=first_key,
        changes=changes,
    )
    authority = met.authority if met else enrolment.authority
    with client(enrolment.url, JSON, authority) as http:
        answer = read_answer(exchange(http, "POST", "/api/enrol", content=request).body)
    if met is not None and (answer.hub, answer.public_key) != (met.id, met.key):
        raise EnrolmentRefused(
            mark("the answer names another key than the hub has"),
            hint=mark("Nothing was changed. Tell headquarters."),
        )
    return EnrolledHub(
        enrolment.url,
        answer.hub,
        answer.public_key,
        answer.token,
        authority,
        recipient=answer.recipient,
    )


def _looked_up(text: str, url: str, authority: str) -> Enrolment:
    """The enrolment of a typed code."""
    if not url:
        raise InputRefused(
            mark("a typed code needs the address of the hub beside it"),
            hint=mark("Headquarters gives you both; an enrolment file has both in it."),
        ).with_way_out("Name the address with --hub URL.", "")
    code = read_code(text)
    if not code.fingerprint:
        return Enrolment(url.rstrip("/"), text.strip(), authority)
    met = meet(url, authority, lambda key: fingerprint(key) == code.fingerprint)
    with client(url, JSON, met.authority) as http:
        content = to_json({"code": code.secret})
        file = read_file(exchange(http, "POST", "/api/enrolment", content=content).body)
    if file.public_key != met.key:
        raise EnrolmentRefused(
            mark("the answer names another key than the hub has"),
            hint=mark("Nothing was changed. Tell headquarters."),
        )
    return Enrolment(met.url, code.secret, met.authority, met.key, file.station, file.packs, met)


def _met(enrolment: Enrolment) -> MetHub | None:
    if enrolment.key is None or enrolment.met is not None:
        return enrolment.met
    return meet(enrolment.url, enrolment.authority, lambda key: key == enrolment.key)


def _as_station(given: GivenStation | None, present: Station) -> Station:
    """The present station, or the one that headquarters gives where it is another."""
    same = (present.post, present.country, present.number)
    if given is None or (given.post, given.country, given.number) == same:
        return present
    return Station(
        name=given.name or present.name,
        post=given.post,
        country=given.country,
        number=given.number,
        practice=present.practice,
    )
