"""Fields that a pack keeps at the post, though they name no person."""

from __future__ import annotations

from domain.fields import ADDED, FIELDS
from domain.interception.nominal import STAYS
from domain.pack.checks.categories import twice
from domain.pack.finding import PackFindings, fault
from domain.pack.goods_contradictions import field_fault
from domain.pack.model import Pack
from domain.words import mark

NEEDED = (
    "record_id", "case", "pack.", "post", "officer", "occasion.seized_at", "occasion.clock_state",
    "consignment.mode", "consignment.as_seen_on_label", "goods.category", "goods.quantity",
    "goods.unit", "legal.action", "photos.",
)  # fmt: skip
"""What headquarters needs of each record; with a dot at the end, all of a block."""


def kept(pack: Pack) -> PackFindings:
    """Faults of `kept`."""
    own = {ADDED + field.code: field.privacy for field in pack.fields}
    yield from twice("$.kept", pack.kept)
    for number, path in enumerate(pack.kept):
        here = f"$.kept[{number}]"
        field = FIELDS.get(path)
        if path not in own and (field is None or field.block is not None):
            yield from field_fault(here, path, own=list(own))
            continue
        needed = any(path.startswith(one) if one.endswith(".") else path == one for one in NEEDED)
        if needed:
            what = mark("headquarters needs '{path}' of each record")
            yield fault(here, what, path=path)
        elif path in pack.freed:
            yield fault(here, mark("'{path}' is among freed too"), path=path)
        elif (own[path] if field is None else field.privacy) in STAYS:
            what = mark("'{path}' names persons and stays at the post anyway: leave it out")
            yield fault(here, what, path=path)
