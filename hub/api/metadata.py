"""The metadata of a tus upload: `name base64value, ...`.

Only a promised SHA-256 is used. File names are ignored: photos are stored by their hash, so a path
in a file name has no effect.
"""

from __future__ import annotations

import base64
import binascii

from domain.errors import Malformed
from domain.ids import PhotoHash
from domain.words import mark
from hub.errors import RequestRefused

SIZE_LIMIT = 8 * 1024


def promised_hash(header: str) -> PhotoHash | None:
    """The SHA-256 in the metadata; None without one. Raises `RequestRefused`."""
    if len(header) > SIZE_LIMIT:
        raise RequestRefused(mark("the metadata is too long"))
    pairs: dict[str, bytes] = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        name, _, value = pair.partition(" ")
        try:
            pairs[name] = base64.b64decode(value.strip(), validate=True)
        except (binascii.Error, ValueError) as error:
            raise RequestRefused(
                mark("the metadata {name} is not base64"), name=name[:40]
            ) from error
    if "sha256" not in pairs:
        return None
    try:
        return PhotoHash.parse(pairs["sha256"].decode("ascii", "replace").lower())
    except Malformed as error:
        raise RequestRefused(mark("the metadata sha256 is not 64 hexadecimal digits")) from error
