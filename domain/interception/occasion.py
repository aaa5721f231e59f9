"""Block B, when and where; block C, how it was detected."""

from datetime import date
from typing import Annotated

from domain.instant import ClockState, Instant
from domain.interception.base import Block, FieldKind, Text, field
from domain.words import mark

UNLOCODE = r"[A-Z]{2}[A-Z2-9]{3}"
"""How a UN/LOCODE is written (UNECE Recommendation 16): the country, then the place."""


class Occasion(Block, frozen=True):
    """When and where the goods were detected and seized."""

    detected_at: Annotated[Instant | None, field(mark("Time of detection"))] = None
    seized_at: Annotated[Instant | None, field(mark("Time of seizure"))] = None
    clock_state: Annotated[ClockState | None, field(mark("Clock"), codes="clock_states")] = None
    place_text: Annotated[Text, field(mark("Place"))] = None
    unlocode: Annotated[Text, field(mark("UN/LOCODE"))] = None
    latitude: Annotated[float | None, field(mark("Latitude"))] = None
    """Degrees, WGS 84, north positive."""
    longitude: Annotated[float | None, field(mark("Longitude"))] = None
    """Degrees, WGS 84, east positive."""
    place_type: Annotated[Text, field(mark("Kind of place"), codes="place_types")] = None
    customs_direction: Annotated[Text, field(mark("Direction"), codes="customs_directions")] = None
    customs_procedure: Annotated[Text, field(mark("Customs procedure"))] = None


class FieldTest(Block, frozen=True):
    """A presumptive test at the bench; only a laboratory confirms a substance."""

    kit: Annotated[Text, field(mark("Test kit"))] = None
    lot: Annotated[Text, field(mark("Lot of the kit"))] = None
    expiry: Annotated[date | None, field(mark("Expiry of the kit"), FieldKind.DAY_OR_MONTH)] = None
    result: Annotated[Text, field(mark("Field test"), codes="test_results")] = None
    tester: Annotated[Text, field(mark("Tester"))] = None
    witness: Annotated[Text, field(mark("Witness"))] = None


class Detection(Block, frozen=True):
    """Why the officer searched, and how the goods were hidden. Never printed on a receipt."""

    methods: Annotated[tuple[str, ...], field(mark("Detection method"), codes="detection")] = ()
    indicators: Annotated[
        tuple[str, ...],
        field(mark("Risk indicators"), noun=mark("Risk indicator"), codes="indicators"),
    ] = ()
    bulletin: Annotated[Text, field(mark("Bulletin"))] = None
    concealment: Annotated[tuple[str, ...], field(mark("Concealment"), codes="concealment")] = ()
    """The first is the main one."""
    concealment_text: Annotated[Text, field(mark("Concealment in words"), FieldKind.LONG_TEXT)] = (
        None
    )
    packaging_inner: Annotated[Text, field(mark("Inner packing"))] = None
    packaging_outer: Annotated[Text, field(mark("Outer packing"))] = None
    field_test: Annotated[FieldTest, field(mark("Field test"))] = FieldTest()
    canine_team: Annotated[Text, field(mark("Dog team"))] = None
