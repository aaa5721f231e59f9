"""The modes of transport: the codes of the list `modes` that rules and screens name."""

from __future__ import annotations

from enum import StrEnum


class Mode(StrEnum):
    """How a consignment travels. resources/terms/modes.json has the labels."""

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
