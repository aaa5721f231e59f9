"""A workstation enrols with a one-time code and receives its own token."""

from __future__ import annotations

import base64
import hashlib

from domain.ids import DeviceId
from domain.words import mark
from hub.codes import enrolment_file, start_of_year
from hub.errors import ENDED_HINT, ApiCode, CodeRefused
from hub.hub import Registry
from hub.signers import present_keys
from hub.store.sql import codes, devices
from hub.store.sql.identity import former_keys
from sync.wire.code import read_code
from sync.wire.enrolment import EnrolmentAnswer, EnrolmentRequest, OfferedPack
from sync.wire.enrolment_file import GivenStation
from sync.wire.introduction import Introduction, sign_introduction
from system.database import Connection

ATTEMPTS_LIMIT = 10
"""Wrong codes that one address may send in an hour."""


def enrol(
    hub: Registry, request: EnrolmentRequest, address: str, packs: tuple[OfferedPack, ...]
) -> EnrolmentAnswer:
    """The answer for the workstation.

    Raises `CodeRefused`; wrong codes are counted for each address.

    A workstation with the post and number of another one is refused, because both would give the
    same seizure numbers, and so is one whose station is not the one that the code gives. The code
    stays valid then.
    """
    now = hub.now().millis
    secret = read_code(request.code).secret
    token = "tw_" + base64.urlsafe_b64encode(hub.random(32)).decode().rstrip("=")
    station = f"{request.post} {request.station}"
    with hub.database.writing(("codes", str(request.device), station)) as rows:
        _refuse_guessing(rows, address, now)
        code = codes.valid(rows, secret, now)
        if code is not None and code.station is not None:
            _refuse_other_station(request, code.station)
        if code is not None:
            _refuse_ended(rows, request.device)
        known = code is not None and codes.use(rows, code, request.device, now)
        mine = known and _enrols(rows, request, now)
        if known and not mine:
            raise CodeRefused(
                mark("this workstation is enrolled with another key"),
                status=409,
                code=ApiCode.OTHER_KEY,
                about=str(request.device),
                hint=mark(
                    "Another copy of its folder changed the key. With a code that gives a station"
                    " this copy becomes a new workstation, and sends what it recorded."
                ),
            )
        if mine:
            _refuse_second(rows, request, start_of_year(hub.now()))
            devices.give_token(rows, request.device, token, now)
        else:
            codes.add_attempt(rows, _hashed(address), now)
    if not mine:
        raise _wrong_code()
    # A new device receives only the present key; it never needs the earlier ones.
    return EnrolmentAnswer(
        hub=hub.identity.hub,
        public_key=hub.identity.key.verify_key,
        epoch=hub.identity.epoch,
        token=token,
        packs=packs,
        recipient=hub.identity.recipient,
    )


def file_of(hub: Registry, secret: str, address: str, *, unused: bool = False) -> bytes:
    """The enrolment file of a code that waits, for a workstation where only the code was typed.

    With `unused` a code that was used is refused too. Raises `CodeRefused`; wrong codes are counted
    for each address.
    """
    now = hub.now().millis
    with hub.database.writing(("codes",)) as rows:
        _refuse_guessing(rows, address, now)
        code = codes.valid(rows, secret, now)
        if code is not None and unused and code.used_by is not None:
            raise _wrong_code()
        if code is not None:
            return enrolment_file(hub, rows, code, secret)
        codes.add_attempt(rows, _hashed(address), now)
    raise _wrong_code()


def introduction(hub: Registry, nonce: str) -> bytes:
    """Who this hub is, signed; no secret is needed to ask."""
    identity = hub.identity
    with hub.database.reading() as rows:
        _, authority = codes.address(rows)
        former = former_keys(rows)
    made = Introduction(
        hub=identity.hub,
        public_key=identity.key.verify_key,
        former=former,
        authority=authority,
        nonce=nonce,
    )
    return sign_introduction(made, identity.key, identity.keys)


def _refuse_guessing(rows: Connection, address: str, now: int) -> None:
    if codes.failed_attempts(rows, _hashed(address), now) >= ATTEMPTS_LIMIT:
        raise CodeRefused(
            mark("too many wrong codes from this address"),
            status=429,
            code=ApiCode.TOO_MANY_CODES,
            hint=mark("Wait an hour, or ask headquarters to enrol from another place."),
        )


def _wrong_code() -> CodeRefused:
    return CodeRefused(
        mark("the code is not known, is used up, or is too old"),
        hint=mark("Ask headquarters for a fresh code."),
    )


def _hashed(address: str) -> bytes:
    return hashlib.sha256(address.encode()).digest()


def _refuse_other_station(request: EnrolmentRequest, given: GivenStation) -> None:
    asked = (request.post, request.country or given.country, request.station)
    if asked != (given.post, given.country, given.number):
        raise CodeRefused(
            mark("this code gives {given}; the workstation is number {number} of post {post}"),
            status=409,
            code=ApiCode.OTHER_STATION,
            hint=mark("Ask headquarters for a code for this station."),
            given=given,
            number=request.station,
            post=request.post,
        )


def _enrols(rows: Connection, request: EnrolmentRequest, now: int) -> bool:
    """Whether the device is new, or the request is signed by a key with which it signs now: one
    that the hub knows, or one that follows such a key by changes which the hub does not have yet.
    """
    present = present_keys(rows, request.device)
    if present and not request.continues(present):
        return False
    return devices.enrol(rows, _device(request, now))


def _refuse_ended(rows: Connection, device: DeviceId) -> None:
    found = devices.device(rows, device)
    if found is not None and found.ended_at is not None:
        raise CodeRefused(
            mark("headquarters ended this workstation"),
            code=ApiCode.ENDED,
            about=str(device),
            hint=ENDED_HINT,
        )


def _refuse_second(rows: Connection, mine: EnrolmentRequest, since: int) -> None:
    other = devices.at_station(rows, mine.post, mine.station, besides=mine.device, since=since)
    if other is not None:
        raise CodeRefused(
            mark("another workstation ({other}) is enrolled as number {station} of post {post}"),
            status=409,
            code=ApiCode.STATION_TAKEN,
            hint=mark(
                "Two of one number give the same seizure numbers. Ask headquarters for a code that"
                " gives a number of its own."
            ),
            other=other.id,
            station=mine.station,
            post=mine.post,
        )


def photo_token(hub: Registry, name: str) -> tuple[DeviceId, str]:
    """A new device that may send photos but has no journal, and its token."""
    now = hub.now().millis
    device = DeviceId.from_random(hub.random(10))
    token = "tw_" + base64.urlsafe_b64encode(hub.random(32)).decode().rstrip("=")
    with hub.database.writing((str(device),)) as rows:
        devices.enrol(
            rows,
            devices.Device(device, None, name, "", 0, enrolled_at=now, seen_at=now),
        )
        devices.give_token(rows, device, token, now)
    return device, token


def _device(request: EnrolmentRequest, now: int) -> devices.Device:
    return devices.Device(
        request.device,
        request.first_key or request.public_key,
        request.name,
        request.post,
        request.station,
        enrolled_at=now,
        seen_at=now,
    )
