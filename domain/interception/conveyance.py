"""Block D, the consignment and the conveyance that carried it; block E, the route."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from domain.interception.base import Block, Privacy, from_list, number, private


class Declaration(Block, frozen=True):
    """What the consignment said of itself."""

    form: Annotated[str | None, from_list("declarations")] = None
    cn_category: Annotated[str | None, from_list("cn_categories")] = None
    description: str | None = None
    value: Decimal | None = None
    currency: Annotated[str | None, from_list("currencies")] = None
    weight_kg: Decimal | None = None
    postage: Decimal | None = None


class Consignment(Block, frozen=True):
    """The parcel, airwaybill, container or baggage that held the goods."""

    mode: Annotated[str | None, from_list("modes")] = None
    """Decides which identifiers are asked for."""
    postal_item_id: Annotated[str | None, number("s10")] = None
    courier_name: Annotated[str | None, private(Privacy.COMMERCIAL)] = None
    courier_awb: Annotated[str | None, private(Privacy.COMMERCIAL)] = None
    awb_no: Annotated[str | None, number("awb")] = None
    house_awb_no: Annotated[str | None, private(Privacy.COMMERCIAL)] = None
    container_no: Annotated[str | None, number("iso6346")] = None
    seals_found: tuple[str, ...] = ()
    seal_state: Annotated[str | None, from_list("seal_states")] = None
    bill_of_lading: Annotated[str | None, private(Privacy.COMMERCIAL)] = None
    manifest_ref: Annotated[str | None, private(Privacy.COMMERCIAL)] = None
    mrn: Annotated[str | None, number("mrn")] = None
    gross_weight_kg: Decimal | None = None
    declaration: Declaration = Declaration()
    as_seen_on_label: tuple[str, ...] = ()
    """Paths of identifiers whose check digit is wrong and which the officer keeps as printed."""


class Conveyance(Block, frozen=True):
    """The ship, aircraft or vehicle."""

    imo_no: Annotated[str | None, number("imo")] = None
    flight_no: str | None = None
    vehicle_registration: Annotated[str | None, private(Privacy.NOMINAL)] = None
    vehicle_country: Annotated[str | None, from_list("countries")] = None
    train_no: str | None = None


class Route(Block, frozen=True):
    """Countries as ISO 3166-1 alpha-2 (and XK; ZZ for unknown), places as UN/LOCODE."""

    origin_country: Annotated[str | None, from_list("countries")] = None
    """Where the goods were made, as far as known."""
    dispatch_country: Annotated[str | None, from_list("countries")] = None
    transit_countries: Annotated[tuple[str, ...], from_list("countries")] = ()
    """In the order of the journey."""
    destination_country: Annotated[str | None, from_list("countries")] = None
    place_of_loading: str | None = None
    place_of_unloading: str | None = None
    office_of_exchange: str | None = None
