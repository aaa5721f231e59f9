"""Errors of the hub; each has its HTTP status.

HubError
├── NotKnown          no token, or one the hub does not know (401)
├── NotAllowed        known, but not for this (403)
├── NotHere           no such thing (404)
├── CodeRefused       a one-time code that is wrong, used, too old, or tried too often (403, 429)
├── PublishingRefused a pack or bulletin that cannot be given out as it is (400)
├── RequestRefused    a request that cannot be served as it is (400 and its kin)
├── CannotServe       the machine: a port, a database or a folder that cannot be used
│   ├── AddressRefused    an address that names no store
│   └── ConfigRefused     a configuration file with faults
├── Unavailable       the database cannot take this now, and may in a moment (503)
└── PhotosAway        the folder for photos is not there, or is another hub's, while it serves (503)
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from domain.errors import ErrorKind, TidewaiterError
from domain.words import filled, mark


class ApiCode(StrEnum):
    """Why the API refuses a request, for a program; these words never change (docs/protocol.md)."""

    UNKNOWN_TOKEN = "unknown_token"
    ENDED = "ended"
    """Headquarters ended the workstation: its token is void, and it never enrols again."""
    NOT_ALLOWED = "not_allowed"
    NOT_HERE = "not_here"
    NO_UPLOAD = "no_upload"
    CODE_REFUSED = "code_refused"
    TOO_MANY_CODES = "too_many_codes"
    OTHER_KEY = "other_key"
    STATION_TAKEN = "station_taken"
    OTHER_STATION = "other_station"
    MALFORMED = "malformed"
    TOO_LARGE = "too_large"
    WRONG_METHOD = "wrong_method"
    WRONG_TYPE = "wrong_type"
    WRONG_VERSION = "wrong_version"
    WRONG_OFFSET = "wrong_offset"
    WRONG_CHECKSUM = "wrong_checksum"
    UNKNOWN_CHECKSUM = "unknown_checksum"
    WRONG_SHA256 = "wrong_sha256"
    NOT_A_PICTURE = "not_a_picture"
    SILENCE = "silence"
    DISK_FULL = "disk_full"
    PHOTOS_AWAY = "photos_away"
    UNAVAILABLE = "unavailable"
    INTERNAL = "internal"


CURABLE_CODES = frozenset(
    {
        ApiCode.UNKNOWN_TOKEN,
        ApiCode.NO_UPLOAD,
        ApiCode.TOO_MANY_CODES,
        ApiCode.WRONG_OFFSET,
        ApiCode.WRONG_CHECKSUM,
        ApiCode.WRONG_SHA256,
        ApiCode.SILENCE,
        ApiCode.DISK_FULL,
        ApiCode.PHOTOS_AWAY,
        ApiCode.UNAVAILABLE,
        ApiCode.INTERNAL,
    }
)
"""After these the same bytes can still be taken; after all others sending them again is useless."""


class HubError(TidewaiterError):
    """The hub cannot do what the caller asked for; `code` says why, for a program."""

    status = 500
    code = ApiCode.INTERNAL

    def __init__(
        self,
        what: str,
        *,
        status: int = 0,
        code: ApiCode | None = None,
        about: str = "",
        hint: str = "",
        **values: object,
    ) -> None:
        super().__init__(what, about=about, hint=hint, **values)
        self.status = status or type(self).status
        self.code = code or type(self).code


ENDED_HINT = mark(
    "Nothing here is lost. Ask headquarters for an enrolment file of another station; with it this"
    " folder becomes another workstation."
)
"""What is to be done at a workstation that headquarters ended."""


class NotKnown(HubError):
    """The request has no token, or one that the hub does not know."""

    status = 401
    code = ApiCode.UNKNOWN_TOKEN


class NotAllowed(HubError):
    """The caller is known, but has no right to this."""

    status = 403
    code = ApiCode.NOT_ALLOWED


class NotHere(HubError):
    """There is no such thing at this hub."""

    status = 404
    code = ApiCode.NOT_HERE


class CodeRefused(HubError):
    """The one-time code is not valid."""

    status = 403
    code = ApiCode.CODE_REFUSED


class RequestRefused(HubError):
    """The request breaks the protocol, or is larger than the hub accepts."""

    status = 400
    code = ApiCode.MALFORMED


class PublishingRefused(HubError):
    """The pack or bulletin cannot be given out as it is."""

    status = 400


class CannotServe(HubError):
    """The hub cannot run with this address, database or folder."""

    kind = ErrorKind.MACHINE


class AddressRefused(CannotServe):
    """The address of a database or of a store for photos is none that the hub can use."""

    kind = ErrorKind.PERSON


class ConfigFault(NamedTuple):
    """What is wrong in a configuration file."""

    line: int
    """Counted from 1; 0 when it is unknown."""
    key: str
    """Like `log.requests`; empty when the fault is about no key."""
    what: str
    """A template that is filled from `values`."""
    values: Mapping[str, object] = MappingProxyType({})

    def __str__(self) -> str:
        where = f"line {self.line}" if self.line else ""
        parts = (where, self.key, filled(self.what, self.values))
        return ": ".join(part for part in parts if part)


class ConfigRefused(CannotServe):
    """A configuration that cannot be read (`cause`), or has the faults in `faults`."""

    kind = ErrorKind.PERSON

    def __init__(self, file: str, faults: tuple[ConfigFault, ...], *, cause: str = "") -> None:
        self.faults = faults
        if cause:
            what = mark("the configuration cannot be read: {cause}")
        else:
            what = mark("the configuration has faults: {list}")
        super().__init__(what, about=file, cause=cause, list="; ".join(map(str, faults)))


class Unavailable(HubError):
    """The database cannot take the request now; the same request may succeed in a moment."""

    kind = ErrorKind.MACHINE
    status = 503
    code = ApiCode.UNAVAILABLE


class PhotosAway(HubError):
    """The folder for photos is missing or another hub's; questions about photos are refused."""

    kind = ErrorKind.MACHINE
    status = 503
    code = ApiCode.PHOTOS_AWAY
