"""Errors of the hub; each has its HTTP status.

HubError
├── NotKnown          no token, or one the hub does not know (401)
├── NotAllowed        known, but not for this (403)
├── NotHere           no such thing (404)
├── CodeRefused       a one-time code that is wrong, used, too old, or tried too often (403, 429)
├── PublishingRefused a pack or bulletin that cannot be given out as it is (400)
├── RequestRefused    a request that cannot be served as it is (400 and its kin)
├── CannotServe       the machine: a port, a database or a folder that cannot be used
│   └── AddressRefused    an address that names no store
└── PhotosAway        the folder for photos is not there, or is another hub's, while it serves (503)
"""

from __future__ import annotations

from domain.errors import ErrorKind, TidewaiterError


class HubError(TidewaiterError):
    """The hub cannot do what the caller asked for."""

    status = 500

    def __init__(
        self, what: str, *, status: int = 0, about: str = "", hint: str = "", **values: object
    ) -> None:
        super().__init__(what, about=about, hint=hint, **values)
        self.status = status or type(self).status


class NotKnown(HubError):
    """The request has no token, or one that the hub does not know."""

    status = 401


class NotAllowed(HubError):
    """The caller is known, but has no right to this."""

    status = 403


class NotHere(HubError):
    """There is no such thing at this hub."""

    status = 404


class CodeRefused(HubError):
    """The one-time code is not valid."""

    status = 403


class RequestRefused(HubError):
    """The request breaks the protocol, or is larger than the hub accepts."""

    status = 400


class PublishingRefused(HubError):
    """The pack or bulletin cannot be given out as it is."""

    status = 400


class CannotServe(HubError):
    """The hub cannot run with this address, database or folder."""

    kind = ErrorKind.MACHINE


class AddressRefused(CannotServe):
    """The address of a database or of a store for photos is none that the hub can use."""

    kind = ErrorKind.PERSON


class PhotosAway(HubError):
    """The folder for photos is missing or another hub's; questions about photos are refused."""

    kind = ErrorKind.MACHINE
    status = 503
