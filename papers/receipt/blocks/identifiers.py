"""Block 7: the numbers by which the consignment and its carrier are known."""

from __future__ import annotations

from domain.fields import items_of, walk
from domain.words import mark
from papers.receipt.model import ReceiptPaper
from papers.typeset.flow import Piece, pair, section

PRINTED = (
    "consignment.postal_item_id",
    "consignment.courier_name",
    "consignment.courier_awb",
    "consignment.awb_no",
    "consignment.house_awb_no",
    "consignment.container_no",
    "consignment.seals_found",
    "consignment.bill_of_lading",
    "consignment.manifest_ref",
    "consignment.road_note_no",
    "consignment.tir_carnet",
    "consignment.mrn",
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
)


def identifiers(paper: ReceiptPaper) -> list[Piece]:
    """Each number that the record fills, by its name."""
    kept = paper.interception.consignment.as_seen_on_label
    held = {path: (field, value) for path, field, value in walk(paper.interception)}
    pieces: list[Piece] = []
    for path in PRINTED:
        if path in held:
            field, value = held[path]
            items = map(str, items_of(value))
            codes = field.list_name
            text = ", ".join(paper.label(codes, item) if codes else item for item in items)
            if path in kept:
                text += f" {paper.say(mark('(as printed on the label)'))}"
            pieces += pair(paper.name(path), text)
    return section(paper.word("identifiers"), pieces)
