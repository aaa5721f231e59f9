"""A profile: what all goods of one kind have in common, whatever their category.

Five profiles ship with the program; a pack may add its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.pack.measure import Measure
from domain.pack.part import CodeText, FieldCode, PackPart
from domain.pack.rule import Rule
from domain.words import Labels


class Group(StrEnum):
    """The profiles that ship; each decides which blocks of a line the form asks for."""

    MEDICINE = "medicine"
    SUPPLY = "supply"
    DRUG = "drug"
    PRECURSOR = "precursor"
    EQUIPMENT = "equipment"


class Profile(PackPart, frozen=True, kw_only=True):
    """What lines of goods of one kind have, beyond what every line has."""

    code: CodeText
    label: Labels
    like: str = Group.EQUIPMENT
    """The profile that ships whose fields and rules these goods have too: the code of a `Group`."""
    fields: tuple[FieldCode, ...] = ()
    """Codes of `Pack.fields` that a line has, in the order of the form."""
    required: tuple[str, ...] = ()
    """Fields of the goods line that must be filled (`added.permit_no`)."""
    asked: tuple[str, ...] = ()
    """Fields of the goods line that the form shows though they may stay empty."""
    photos: tuple[CodeText, ...] = ()
    """Roles of required photos."""
    rules: tuple[Rule, ...] = ()
    """What such goods need, should have or must not have."""
    contents: tuple[CodeText, ...] = ()
    """Units in which the content of one can be said; with them the form asks for it."""
    measure: Measure | None = None
    """The second amount that the form asks for."""
    weighed: bool = False
    """Whether a weight must be entered."""
    concealment: bool = False
    """Whether it must be said where the goods were hidden."""
    safety: Labels = {}
    """Shown while such goods are on the screen."""


WEIGHED = (Group.DRUG, Group.PRECURSOR)
"""Goods that are weighed, tested and found hidden, whatever the pack says."""
SHIPPED = {
    group.value: Profile(
        code=group.value,
        label={"en": group.value},
        like=group,
        weighed=group in WEIGHED,
        concealment=group in WEIGHED,
    )
    for group in Group
}
"""The profiles of the program, by code. Their words are in the catalogue of the screens."""


@dataclass(frozen=True, slots=True)
class GoodsKind:
    """What a line of goods of one category has and needs: its category and its profile together."""

    group: str
    """The profile of the program that it is like, or is: the code of a `Group`."""
    fields: tuple[str, ...]
    """Codes of added fields, in the order of the form."""
    required: tuple[str, ...]
    asked: tuple[str, ...]
    photos: tuple[str, ...]
    units: tuple[str, ...]
    """The units in which they may be counted; the first is offered."""
    contents: tuple[str, ...]
    measure: Measure | None
    weighed: bool
    concealment: bool
    tested: bool
    """Whether a field test belongs to such goods: drugs and precursors."""
    safety: Labels
