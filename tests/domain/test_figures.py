"""Numbers as text, and the identifiers that are read off the table of fields."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.faults import examine
from domain.fields import IDENTIFIERS
from domain.figures import figure, shortest, written
from tests.builders import NIGHT, a_checklist, a_document


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_last_zeros_of_a_number_are_kept(language: str) -> None:
    assert figure(Decimal("12.50"), language) == ("12.50" if language == "en" else "12,50")
    assert written(Decimal("12.50")) == "12.50"
    assert shortest(Decimal("12.50")) == "12.5"
    assert shortest(Decimal(500)) == "500"


def test_digits_are_grouped_by_narrow_spaces_from_ten_thousand_on() -> None:
    assert figure(9999, "en") == "9999"
    assert figure(1234567, "en") == "1\u202f234\u202f567"


@pytest.mark.parametrize("text", ["1E+999", "NaN", "-Infinity"])
def test_a_number_of_absurd_length_is_shown_as_it_came(text: str) -> None:
    assert written(Decimal(text)) == figure(Decimal(text), "en") == text


@pytest.mark.parametrize(
    ("mode", "needed"),
    [
        ("mail", set()),
        ("express", {"consignment.courier_name", "consignment.courier_awb"}),
        ("air_cargo", {"consignment.awb_no"}),
        ("sea_container", {"consignment.container_no"}),
        ("sea_other", set()),
        ("road_freight", set()),
    ],
)
def test_a_mode_needs_its_own_identifiers(mode: str, needed: set[str]) -> None:
    document = a_document(consignment={"mode": mode, "postal_item_id": None})
    found = {f.path for f in examine(document, a_checklist(), NIGHT).faults if not f.warns}
    assert {path for path in found if path.startswith("consignment.")} == needed


def test_the_identifiers_of_a_consignment_stand_in_their_order() -> None:
    assert [field.path for field in IDENTIFIERS] == [
        "consignment.postal_item_id",
        "consignment.courier_awb",
        "consignment.awb_no",
        "consignment.container_no",
        "consignment.mrn",
        "conveyance.imo_no",
    ]
