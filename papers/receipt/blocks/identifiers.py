"""Block 7: the numbers by which the consignment and its carrier are known."""

from __future__ import annotations

from domain.words import mark
from papers.receipt.model import ReceiptPaper
from papers.typeset.flow import Piece, pair, section


def identifiers(paper: ReceiptPaper) -> list[Piece]:
    """Each number that the record fills, by its name."""
    say, held = paper.say, paper.interception.consignment
    carried = paper.interception.conveyance
    courier = " ".join(p for p in (held.courier_name, held.courier_awb) if p)
    vehicle = carried.vehicle_registration or ""
    if vehicle and carried.vehicle_country:
        vehicle += f" ({paper.label('countries', carried.vehicle_country)})"
    named = (
        (say(mark("Postal item")), "postal_item_id", held.postal_item_id),
        (say(mark("Courier waybill")), "courier_awb", courier),
        (say(mark("Air waybill")), "awb_no", held.awb_no),
        (say(mark("House air waybill")), "house_awb_no", held.house_awb_no),
        (say(mark("Container")), "container_no", held.container_no),
        (say(mark("Seals found")), "seals_found", ", ".join(held.seals_found)),
        (say(mark("Bill of lading")), "bill_of_lading", held.bill_of_lading),
        (say(mark("Manifest")), "manifest_ref", held.manifest_ref),
        (say(mark("Declaration (MRN)")), "mrn", held.mrn),
        (say(mark("Ship (IMO no.)")), "imo_no", carried.imo_no),
        (say(mark("Flight")), "flight_no", carried.flight_no),
        (say(mark("Vehicle")), "vehicle_registration", vehicle),
        (say(mark("Train")), "train_no", carried.train_no),
    )
    pieces: list[Piece] = []
    for name, field, text in named:
        if text:
            kept = any(path.endswith(field) for path in held.as_seen_on_label)
            pieces += pair(
                name, f"{text} {say(mark('(as printed on the label)'))}" if kept else text
            )
    return section(say(mark("Identifiers")), pieces)
