"""The order of the versions of a pack."""

from __future__ import annotations


def version_key(version: str) -> tuple[int, ...]:
    """What a version (`1.10.0`) is sorted by; later versions have higher keys."""
    return tuple(int(part) for part in version.split("."))
