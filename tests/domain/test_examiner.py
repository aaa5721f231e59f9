"""A document that is examined after each change has the faults that a first look at it finds."""

from __future__ import annotations

import random
from typing import Any

from domain.document import value_at
from domain.faults import Examiner, examine
from gui.form.document import filled_paths, with_value
from tests.builders import NIGHT, a_checklist, a_document, a_line

WORDS = (
    "", "Dyer", "Bob Dyer was here", "a\tb", "x\u200by", "-1", "640", "2020-01-02", "none", "OTHER",
    "RR473124829GB", "TW-0000001", "!", {"not": "an object"}, ["a", "a"],
)  # fmt: skip
"""Texts that some rule has something to say of, and values that cannot be read."""
ELSEWHERE = (
    "remarks", "occasion.seized_at", "consignment.as_seen_on_label", "persons.parties.0.name",
    "persons.parties.0.company", "legal.witnesses", "detection.concealment_text",
)  # fmt: skip
"""Values that rules look at when they judge other fields."""


ONE_BY_ONE: tuple[tuple[str, Any], ...] = (
    ("goods.1.reasons", ["OTHER_CRIME"]),
    ("goods.1.description", ""),
    ("remarks", "Sold in a street"),
    ("remarks", ""),
    ("goods.0.medicine.gtin", "04012345678902"),
    ("consignment.as_seen_on_label", ["goods.0.medicine.gtin"]),
    ("consignment.as_seen_on_label", []),
    ("legal.grounds", "Dyer was seen with it"),
    ("persons.parties", [{"name": "Dyer"}]),
    ("persons.parties", [{"name": "Miller"}]),
    ("goods.0.medicine.expiry", "2026-10-31"),
    ("occasion.seized_at", "2026-09-01T10:00:00.000+01:00"),
)
"""Each changes the faults of a field elsewhere, or is what the next one changes."""


def test_faults_after_each_change_are_those_of_a_first_look() -> None:
    chance, examiner, checklist = random.Random(5), Examiner(), a_checklist()
    first: dict[str, Any] = a_document(goods=[a_line(), a_line(), a_line()])
    document = first

    def look() -> None:
        found = examiner.examine(document, checklist, NIGHT, {}, {})
        assert found == examine(document, checklist, NIGHT)

    for path, value in ONE_BY_ONE:
        document = with_value(document, path, value)
        look()
    for _ in range(200):
        path = chance.choice([*filled_paths(document), *ELSEWHERE])
        value = chance.choice(WORDS)
        if isinstance(value_at(document, path), list) and chance.random() < 0.7:
            value = [value] if value else []
        elif chance.random() < 0.3:
            path, value = "goods", document.get("goods", [])[::-1]
        document = with_value(document, path, value)
        if chance.random() < 0.1:
            document = first | {"goods": document.get("goods") or [a_line()]}
        look()
