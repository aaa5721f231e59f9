"""What only the second format has, inside parts that both formats have."""

from __future__ import annotations

from collections.abc import Iterator

from domain.pack.model import LIMITED_LISTS, Pack


def inside(pack: Pack) -> Iterator[str]:
    """The positions of what a pack of the first format cannot have."""
    for name in LIMITED_LISTS:
        for number, item in enumerate(getattr(pack, name)):
            if item.only_for:
                yield f"$.{name}[{number}].for"
