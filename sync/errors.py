"""Errors of synchronisation. In each case everything stays in the journal and waits.

SyncError
├── NoLink            the hub cannot be reached, the link was cut, or only a proxy answers
├── HubFailed         the hub reports an internal error
├── HubRefused        the hub refuses the request (not enrolled, wrong code)
│   ├── ItemRefused   the hub never takes these bytes
│   └── TooLarge      a proxy before the hub refuses requests of this size
├── HubNotTrusted     the hub's certificate is not trusted; the token was not sent
│   └── UnknownAuthority  only because no known authority signed it
└── HubUnintelligible the answer does not come from a hub; nothing was changed
"""

from __future__ import annotations

from domain.errors import ErrorKind, TidewaiterError


class SyncError(TidewaiterError):
    """Synchronisation failed; everything waits here and nothing is lost."""

    retry_after = 0.0
    """Seconds that the hub asks to be left alone; 0 when it asks for nothing."""


class NoLink(SyncError):
    """No answer came. Whether the request arrived is unknown; it is safe to send it again."""

    kind = ErrorKind.MACHINE


class HubFailed(SyncError):
    """The hub reports an internal error; the same request may succeed later."""

    kind = ErrorKind.MACHINE


class HubRefused(SyncError):
    """The hub refuses the request; sending it again changes nothing."""

    code = ""
    """The hub's code for the reason (docs/protocol.md); empty where it gave none."""


class ItemRefused(HubRefused):
    """The hub never takes these bytes; it says so with a code (docs/protocol.md)."""


class TooLarge(HubRefused):
    """A proxy before the hub refuses requests of this size."""


class HubNotTrusted(SyncError):
    """The certificate at the hub's address is not trusted."""


class UnknownAuthority(HubNotTrusted):
    """The certificate is valid now and for this name, but no known authority signed it."""


class HubUnintelligible(SyncError):
    """The answer does not come from a hub, or breaks the protocol."""

    kind = ErrorKind.MACHINE
