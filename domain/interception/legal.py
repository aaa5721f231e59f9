"""Block J: the legal act, and how the paper reached the person."""

from __future__ import annotations

from typing import Annotated

from domain.instant import Instant
from domain.interception.base import LONG_TEXT, Block, Privacy, from_list, private


class Legal(Block, frozen=True):
    """What the authority does with the goods, on which ground."""

    action: Annotated[str | None, from_list("actions")] = None
    legal_basis: Annotated[tuple[str, ...], from_list("legal_bases")] = ()
    grounds: Annotated[str | None, private(Privacy.NOMINAL), LONG_TEXT] = None
    """The officer's reasons to believe, in own words; never prefilled. Free text may name
    persons, so it stays at the post unless the pack frees it."""
    served: Annotated[str | None, from_list("service_ways")] = None
    served_at: Instant | None = None
    holder_signature: Annotated[str | None, from_list("signature_states")] = None
    holder_signature_reason: Annotated[str | None, private(Privacy.NOMINAL)] = None
    property_left: Annotated[str | None, LONG_TEXT] = None
    """Personal property that stays with the person."""
    witnesses: Annotated[tuple[str, ...], private(Privacy.NOMINAL)] = ()
