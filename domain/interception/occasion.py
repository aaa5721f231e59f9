"""Block B, when and where; block C, how it was detected."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from domain.instant import ClockState, Instant
from domain.interception.base import LONG_TEXT, MONTH_TOO, Block, from_list


class Occasion(Block, frozen=True):
    """When and where the goods were detected and seized."""

    detected_at: Instant | None = None
    seized_at: Instant | None = None
    clock_state: Annotated[ClockState | None, from_list("clock_states")] = None
    place_text: str | None = None
    unlocode: str | None = None
    latitude: float | None = None
    """Degrees, WGS 84, north positive."""
    longitude: float | None = None
    """Degrees, WGS 84, east positive."""
    place_type: Annotated[str | None, from_list("place_types")] = None
    customs_direction: Annotated[str | None, from_list("customs_directions")] = None
    customs_procedure: str | None = None


class FieldTest(Block, frozen=True):
    """A presumptive test at the bench; only a laboratory confirms a substance."""

    kit: str | None = None
    lot: str | None = None
    expiry: Annotated[date | None, MONTH_TOO] = None
    result: Annotated[str | None, from_list("test_results")] = None
    tester: str | None = None
    witness: str | None = None


class Detection(Block, frozen=True):
    """What made the officer look, and how it was hidden. Never printed on a receipt."""

    methods: Annotated[tuple[str, ...], from_list("detection")] = ()
    indicators: Annotated[tuple[str, ...], from_list("indicators")] = ()
    bulletin: str | None = None
    concealment: Annotated[tuple[str, ...], from_list("concealment")] = ()
    """The first is the main one."""
    concealment_text: Annotated[str | None, LONG_TEXT] = None
    packaging_inner: str | None = None
    packaging_outer: str | None = None
    field_test: FieldTest = FieldTest()
    canine_team: str | None = None
