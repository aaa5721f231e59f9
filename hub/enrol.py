"""A workstation enrols with a one-time code and receives its own token."""

from __future__ import annotations

import base64
import hashlib
import re

from domain.ids import DeviceId
from domain.words import mark
from hub.errors import ApiCode, CodeRefused
from hub.hub import Registry
from hub.store.sql import codes, devices
from sync.wire.enrolment import EnrolmentAnswer, EnrolmentRequest, OfferedPack
from system.database import Connection

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters and digits that are not easily confused; 12 of them have 60 bits."""
CODE_HOURS = 72
ATTEMPTS_LIMIT = 10
"""Wrong codes that one address may send in an hour."""


def fresh_code(hub: Registry) -> str:
    """A new one-time code like `ABCD-EFGH-JKLM`, valid for `CODE_HOURS` by the hub's clock."""
    letters = "".join(ALPHABET[byte % 32] for byte in hub.random(12))
    code = "-".join(letters[i : i + 4] for i in (0, 4, 8))
    accept_code(hub, code)
    return code


def accept_code(hub: Registry, code: str) -> None:
    """Make this code valid for one enrolment; a code that was used before stays used."""
    expires_at = hub.now().millis + CODE_HOURS * codes.HOUR
    with hub.database.writing(("codes",)) as rows:
        codes.add(rows, as_typed(code), expires_at)


def as_typed(code: str) -> str:
    """The code in capital letters, without spaces and dashes."""
    return re.sub(r"[\s-]", "", code).upper()


def enrol(
    hub: Registry, request: EnrolmentRequest, address: str, packs: tuple[OfferedPack, ...]
) -> EnrolmentAnswer:
    """The answer for the workstation.

    Raises `CodeRefused`; wrong codes are counted for each address.

    A workstation with the post and number of another one is refused, because both would give the
    same seizure numbers; its code stays valid.
    """
    now = hub.now().millis
    where = hashlib.sha256(address.encode()).digest()
    token = "tw_" + base64.urlsafe_b64encode(hub.random(32)).decode().rstrip("=")
    station = f"{request.post} {request.station}"
    with hub.database.writing(("codes", str(request.device), station)) as rows:
        if codes.failed_attempts(rows, where, now) >= ATTEMPTS_LIMIT:
            raise CodeRefused(
                mark("too many wrong codes from this address"),
                status=429,
                code=ApiCode.TOO_MANY_CODES,
                hint=mark("Wait an hour, or ask headquarters to enrol from another place."),
            )
        known = codes.use(rows, as_typed(request.code), request.device, now)
        mine = known and devices.enrol(rows, _device(request, now))
        if known and not mine:
            raise CodeRefused(
                mark("this workstation is enrolled with another key"),
                status=409,
                code=ApiCode.OTHER_KEY,
                about=str(request.device),
                hint=mark("Set the workstation up anew; it then has an id of its own."),
            )
        if mine:
            _refuse_second(rows, _device(request, now))
            devices.give_token(rows, request.device, token, now)
        else:
            codes.add_attempt(rows, where, now)
    if not mine:
        raise CodeRefused(
            mark("the code is not known, is used up, or is too old"),
            hint=mark("Ask headquarters for a fresh code."),
        )
    # A new device receives only the present key; it never needs the earlier ones.
    return EnrolmentAnswer(
        hub=hub.identity.hub,
        public_key=hub.identity.key.verify_key,
        epoch=hub.identity.epoch,
        token=token,
        packs=packs,
        recipient=hub.identity.recipient,
    )


def _refuse_second(rows: Connection, mine: devices.Device) -> None:
    other = devices.other_at_station(rows, mine)
    if other is not None:
        raise CodeRefused(
            mark("another workstation ({other}) is enrolled as number {station} of post {post}"),
            status=409,
            code=ApiCode.STATION_TAKEN,
            hint=mark(
                "Two of one number give the same seizure numbers. Set this one up anew with a"
                " number of its own (main.py init --number N) and enrol it with the same code."
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
        request.public_key,
        request.name,
        request.post,
        request.station,
        enrolled_at=now,
        seen_at=now,
    )
