"""Codes of the shipped code lists that rules, papers and screens name; each list is whole.

A record keeps a code as text: a later version of a list may have codes that this program does not
know. The words of the codes stand in resources/terms/.
"""

from __future__ import annotations

from enum import StrEnum


class Mode(StrEnum):
    """How a consignment travels: the list `modes`."""

    MAIL = "mail"
    EXPRESS = "express"
    AIR_CARGO = "air_cargo"
    AIR_PASSENGER = "air_passenger"
    SEA_CONTAINER = "sea_container"
    SEA_OTHER = "sea_other"
    ROAD_FREIGHT = "road_freight"
    ROAD_PASSENGER = "road_passenger"
    RAIL = "rail"
    OTHER = "other"


class CustomsDirection(StrEnum):
    """Where the goods were going: the list `customs_directions`."""

    IMPORT = "import"
    EXPORT = "export"
    TRANSIT = "transit"
    TRANSHIPMENT = "transhipment"
    INTERNAL = "internal"


class PartyRole(StrEnum):
    """What a person or business has to do with the goods: the list `party_roles`."""

    TRAVELLER = "traveller"
    SHIPPER = "shipper"
    CONSIGNEE = "consignee"
    DRIVER = "driver"
    AGENT = "agent"
    NOTIFY = "notify"
    INTERMEDIARY = "intermediary"
    OTHER = "other"


class LegalAction(StrEnum):
    """What the authority did with the goods: the list `actions`."""

    SEIZURE = "seizure"
    DETENTION = "detention"
    SAMPLE = "sample"
    RELEASE = "release"
    ABANDONMENT = "abandonment"
    DESTROYED = "destroyed"


class ServiceWay(StrEnum):
    """How the paper was served: the list `service_ways`."""

    PERSON = "person"
    AGENT = "agent"
    LEFT_AT_PLACE = "left_at_place"
    POST = "post"
    NONE = "none"
    """It was not served."""


class SignatureState(StrEnum):
    """What the holder of the goods did with the paper: the list `signature_states`."""

    SIGNED = "signed"
    REFUSED = "refused"
    ABSENT = "absent"
