"""Fields that a pack requires of each record, and those that it lets travel."""

from __future__ import annotations

from domain.fields import ADDED, FIELDS
from domain.interception.nominal import STAYS
from domain.pack.checks.categories import twice
from domain.pack.finding import PackFindings, doubt, fault
from domain.pack.model import Pack
from domain.remark import Remark
from domain.words import mark

OF_ONE_WAY = (
    "consignment.postal_item_id",
    "consignment.courier_name",
    "consignment.courier_awb",
    "consignment.awb_no",
    "consignment.house_awb_no",
    "consignment.container_no",
    "consignment.seals_found",
    "consignment.seal_state",
    "consignment.bill_of_lading",
    "consignment.manifest_ref",
    "consignment.road_note_no",
    "consignment.tir_carnet",
    "consignment.mrn",
    "consignment.declaration.form",
    "consignment.declaration.cn_category",
    "consignment.declaration.postage",
    "conveyance.imo_no",
    "conveyance.ship_name",
    "conveyance.voyage_no",
    "conveyance.flight_no",
    "conveyance.flight_date",
    "conveyance.vehicle_registration",
    "conveyance.trailer_registration",
    "conveyance.vin",
    "conveyance.vehicle_country",
    "conveyance.train_no",
    "route.office_of_exchange",
)
"""Fields of the consignments that travel in one way or in some."""
OF_SOME = (
    "detection.bulletin",
    "detection.canine_team",
    "detection.concealment_text",
    "detection.field_test.",
    "legal.holder_signature_reason",
    "legal.property_left",
    "legal.served_at",
    "legal.witnesses",
    "route.transit_countries",
)
"""Fields that only some records can fill truly; with a dot at the end, all of a block."""


def fields(pack: Pack) -> PackFindings:
    """Faults and remarks of `required` and `freed`."""
    for number, path in enumerate(pack.required):
        here = f"$.required[{number}]"
        if path in OF_ONE_WAY:
            what = mark(
                "'{path}' is a field of some modes of transport: records of the others could not"
                " become final"
            )
            yield doubt(here, what, path=path)
        elif path.startswith(OF_SOME):
            what = mark("'{path}' is not true of every record: those without could not be final")
            yield doubt(here, what, path=path)
    yield from twice("$.required", pack.required)
    yield from twice("$.freed", pack.freed)
    yield from _freed(pack)


def _freed(pack: Pack) -> PackFindings:
    freed = []
    own: dict[str, str] = {ADDED + field.code: field.privacy for field in pack.fields}
    for number, path in enumerate(pack.freed):
        known = FIELDS.get(path)
        if path not in own and (known is None or known.block is not None):
            continue
        privacy = own[path] if known is None else known.privacy
        if privacy not in STAYS:
            what = mark("'{path}' names no person and travels anyway: leave it out")
            yield fault(f"$.freed[{number}]", what, path=path)
        else:
            freed.append(path)
    if freed:
        what = mark("these fields name persons and would leave the post: {paths}")
        yield doubt("$.freed", what, paths=Remark(", ".join(freed)))
