"""Block D, the consignment and the conveyance that carried it; block E, the route."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from domain.interception.base import COMMERCIAL, NOMINAL, Block, FieldKind, Text, field
from domain.interception.codes import Mode
from domain.words import mark


class Declaration(Block, frozen=True):
    """The customs declaration of the consignment."""

    form: Annotated[Text, field(mark("Declaration form"), codes="declarations")] = None
    cn_category: Annotated[Text, field(mark("Declared category"), codes="cn_categories")] = None
    description: Annotated[Text, field(mark("Declared content"))] = None
    value: Annotated[Decimal | None, field(mark("Declared value"))] = None
    currency: Annotated[Text, field(mark("Declared currency"), codes="currencies")] = None
    weight_kg: Annotated[Decimal | None, field(mark("Declared weight"), FieldKind.KILOGRAMS)] = None
    postage: Annotated[Decimal | None, field(mark("Postage paid"))] = None


class Consignment(Block, frozen=True):
    """The parcel, airwaybill, container or baggage that held the goods."""

    mode: Annotated[Text, field(mark("Mode of transport"), codes="modes")] = None
    """The form asks for the identifiers of this mode."""
    postal_item_id: Annotated[
        Text, field(mark("Postal item number"), number="s10", identifies=Mode.MAIL)
    ] = None
    courier_name: Annotated[Text, field(mark("Courier"), privacy=COMMERCIAL)] = None
    courier_awb: Annotated[
        Text, field(mark("Courier waybill"), privacy=COMMERCIAL, identifies=Mode.EXPRESS)
    ] = None
    awb_no: Annotated[Text, field(mark("Air waybill"), number="awb", identifies=Mode.AIR_CARGO)] = (
        None
    )
    house_awb_no: Annotated[Text, field(mark("House air waybill"), privacy=COMMERCIAL)] = None
    container_no: Annotated[
        Text, field(mark("Container"), number="iso6346", identifies=Mode.SEA_CONTAINER)
    ] = None
    seals_found: Annotated[
        tuple[str, ...], field(mark("Seals found"), noun=mark("Number of a seal"))
    ] = ()
    seal_state: Annotated[Text, field(mark("State of the seals"), codes="seal_states")] = None
    bill_of_lading: Annotated[Text, field(mark("Bill of lading"), privacy=COMMERCIAL)] = None
    manifest_ref: Annotated[Text, field(mark("Manifest"), privacy=COMMERCIAL)] = None
    road_note_no: Annotated[
        Text, field(mark("Consignment note (CMR, CIM)"), privacy=COMMERCIAL)
    ] = None
    tir_carnet: Annotated[Text, field(mark("TIR carnet"))] = None
    mrn: Annotated[Text, field(mark("Declaration number (MRN)"), number="mrn")] = None
    gross_weight_kg: Annotated[Decimal | None, field(mark("Gross weight"), FieldKind.KILOGRAMS)] = (
        None
    )
    declaration: Annotated[Declaration, field(mark("Declaration"))] = Declaration()
    as_seen_on_label: Annotated[
        tuple[str, ...], field(mark("Kept as seen on the label"), FieldKind.FIELD)
    ] = ()
    """Paths of identifiers with a wrong check digit that the officer keeps as printed on the
    label."""


class Conveyance(Block, frozen=True):
    """The ship, aircraft or vehicle."""

    imo_no: Annotated[Text, field(mark("Ship (IMO number)"), number="imo")] = None
    ship_name: Annotated[Text, field(mark("Name of the ship"))] = None
    voyage_no: Annotated[Text, field(mark("Voyage"))] = None
    flight_no: Annotated[Text, field(mark("Flight"))] = None
    flight_date: Annotated[date | None, field(mark("Date of the flight"))] = None
    vehicle_registration: Annotated[Text, field(mark("Vehicle registration"), privacy=NOMINAL)] = (
        None
    )
    trailer_registration: Annotated[Text, field(mark("Trailer registration"), privacy=NOMINAL)] = (
        None
    )
    vin: Annotated[Text, field(mark("Vehicle number (VIN)"), privacy=NOMINAL)] = None
    """ISO 3779: 17 characters on the vehicle itself, which stay when its plates change."""
    vehicle_country: Annotated[Text, field(mark("Country of registration"), codes="countries")] = (
        None
    )
    train_no: Annotated[Text, field(mark("Train"))] = None


class Route(Block, frozen=True):
    """Countries as ISO 3166-1 alpha-2 (and XK; ZZ for unknown), places as UN/LOCODE."""

    origin_country: Annotated[Text, field(mark("Country of origin"), codes="countries")] = None
    """Where the goods were made, as far as known."""
    dispatch_country: Annotated[Text, field(mark("Country of dispatch"), codes="countries")] = None
    transit_countries: Annotated[
        tuple[str, ...],
        field(mark("Countries of transit"), noun=mark("Country of transit"), codes="countries"),
    ] = ()
    """In the order of the journey."""
    destination_country: Annotated[
        Text, field(mark("Country of destination"), codes="countries")
    ] = None
    place_of_loading: Annotated[Text, field(mark("Place of loading"))] = None
    place_of_unloading: Annotated[Text, field(mark("Place of unloading"))] = None
    office_of_exchange: Annotated[Text, field(mark("Office of exchange"))] = None
