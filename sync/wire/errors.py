"""Errors in bytes that came from the other end.

WireError
├── BatchRefused             not a batch, too large, or made by a newer program
├── AcknowledgementRefused   forged, cut short, or not a statement of this hub
├── EnrolmentRefused         a request or an answer of enrolment that cannot be used
│   └── OtherHub             the introduction of a hub that has another key
├── BundleRefused            not a bundle, not for this hub, damaged, or forged
├── RecipientRefused         a recipient of another kind than X25519
└── FeedRefused              not a statement of the hub about what it gives out
"""

from __future__ import annotations

from domain.errors import ErrorKind, TidewaiterError


class WireError(TidewaiterError):
    """Bytes from the other end that cannot be used; nothing was changed."""


class BatchRefused(WireError):
    """Not a batch that this program can read."""


class AcknowledgementRefused(WireError):
    """Not a statement of the hub; no entry counts as delivered because of it."""

    kind = ErrorKind.MACHINE


class EnrolmentRefused(WireError):
    """Not a usable request, or not a usable answer."""


class OtherHub(EnrolmentRefused):
    """Another hub than the expected one answers."""


class BundleRefused(WireError):
    """Not a bundle that can be read, or only in part."""


class RecipientRefused(WireError):
    """Not an X25519 recipient of age; nothing is encrypted to it."""

    kind = ErrorKind.MACHINE


class FeedRefused(WireError):
    """Not the hub's statement about the packs and other things that it gives out."""

    kind = ErrorKind.MACHINE
