"""What can go wrong on the way to the hub. In each case everything stays in the journal and waits.

SyncError
├── NoLink            the hub cannot be reached, or the link was cut
├── HubFailed         the hub answers that it has a fault of its own
├── HubRefused        the hub answers that it will not (not enrolled, wrong code)
├── HubNotTrusted     nobody we trust vouches for its certificate; our token was not sent
└── HubUnintelligible the answer makes no sense; nothing was changed because of it
"""

from __future__ import annotations

from domain.errors import Kind, TidewaiterError


class SyncError(TidewaiterError):
    """Something did not reach the hub; it waits and nothing is lost."""


class NoLink(SyncError):
    """No answer. Whether the last request arrived is unknown, and asking again is safe."""

    kind = Kind.MACHINE


class HubFailed(SyncError):
    """The hub has a fault."""

    kind = Kind.MACHINE


class HubRefused(SyncError):
    """The hub will not do it."""


class HubNotTrusted(SyncError):
    """What answers cannot prove that it is the hub."""


class HubUnintelligible(SyncError):
    """What came is no answer of a hub."""

    kind = Kind.MACHINE
