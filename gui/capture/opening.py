"""Prepares a draft for the screen: sets a missing officer and removes calculated quantities."""

from __future__ import annotations

from collections.abc import Mapping

from domain.amount import read_decimal
from domain.badge import names_nobody
from domain.document import Document, JsonValue
from domain.errors import Malformed
from domain.fault import Fault, FaultKind, Shape
from domain.words import mark
from gui.capture.proposals import product

OTHER_OFFICER = FaultKind(
    "other_officer",
    mark("the draft names officer {named}, and you are {officer}"),
    mark("Take it over, or say that you are {named}."),
    shape=Shape.SENTENCE,
)


def on_screen(document: Document, officer: str) -> Document:
    """The document that is shown to `officer`."""
    lines = document.get("goods")
    if isinstance(lines, list):
        document = document | {"goods": [_without_product(line) for line in lines]}
    if not names_nobody(document.get("officer")):
        return document
    rest = {name: value for name, value in document.items() if name != "officer"}
    return rest if names_nobody(officer) else rest | {"officer": officer}


def other_officer(named: str, officer: str) -> tuple[Fault, ...]:
    """A fault when the draft contains another officer's badge number."""
    if not named:
        return ()
    return (Fault("officer", OTHER_OFFICER, named=named, officer=officer),)


def _without_product(line: JsonValue) -> JsonValue:
    """Remove a quantity that equals packs times units, so that it is calculated again after an
    amendment.
    """
    if not isinstance(line, Mapping):
        return line
    worked_out = product(line)
    try:
        same = worked_out is not None and read_decimal(str(line.get("quantity"))) == worked_out
    except Malformed:
        same = False
    return {name: value for name, value in line.items() if not (same and name == "quantity")}
