"""Builds what decodes JSON before there are threads."""

from __future__ import annotations

from contextlib import suppress

import msgspec

_built: set[type] = set()


def build_decoders() -> None:
    """Build the decoders of all types that are loaded; takes some 15 ms, once for each type.

    msgspec builds the decoder of a type when it decodes the first value of it. Two threads that do
    that at the same moment end the process (a segmentation fault, with msgspec 0.22): a hub that
    was just started, and to which many workstations return at once, would not stay up.
    """
    waiting: list[type] = [msgspec.Struct]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind is not msgspec.Struct and kind not in _built:
            with suppress(NameError, TypeError):  # one that is only written, and never decoded
                msgspec.json.Decoder(kind)
                _built.add(kind)
