"""What the hub answers to a courier about one bundle (docs/protocol.md, `/api/bundles`)."""

from __future__ import annotations

import msgspec

from domain.ids import DeviceId
from domain.words import mark
from sync.wire.envelope import UnreadableJson, decode
from sync.wire.errors import AcknowledgementRefused

MEDIA_TYPE = "application/offset+octet-stream"
SIZE_LIMIT = 8 * 1024**3
"""Bytes of one bundle at most that the hub takes over HTTP."""


class BundleAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The hub has read the bundle of `device`."""

    device: DeviceId
    bundle: str
    complete: bool
    """Whether everything in it was taken."""
    problem: str
    """Why not; empty when it was."""
    answer: str
    """The signed statement for `device`, as text, to be carried back."""


def read_bundle_answer(data: bytes) -> BundleAnswer:
    """The answer. Raises `AcknowledgementRefused`."""
    try:
        return decode(data, BundleAnswer)
    except UnreadableJson as error:
        raise AcknowledgementRefused(
            mark("the answer is not a statement of a hub"),
            hint=mark("Nothing was changed. Check the hub's address."),
        ) from error
