"""Blocks F, G and H: one goods line, with what a medicine or a drug adds to it; its sealed bag."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from domain.amount import Amount
from domain.interception.base import MONTH_TOO, Block, Privacy, from_list, number, private


class Medicine(Block, frozen=True):
    """Block G: medicines and medical supplies."""

    inn: str | None = None
    """International non-proprietary name."""
    strength: str | None = None
    dosage_form: Annotated[str | None, from_list("dosage_forms")] = None
    gtin: Annotated[str | None, number("gtin")] = None
    lot: str | None = None
    expiry: Annotated[date | None, MONTH_TOO] = None
    serial: str | None = None
    manufacturer_on_label: Annotated[str | None, private(Privacy.COMMERCIAL)] = None
    country_on_label: Annotated[str | None, from_list("countries")] = None
    authorisation_no: Annotated[str | None, private(Privacy.COMMERCIAL)] = None
    who_class: Annotated[str | None, from_list("who_classes")] = None
    """Suspected class, WHO 2017 terms; apart from infringement of a trade mark."""
    cold_chain_broken: bool | None = None
    storage_condition: str | None = None
    conformity_marks: Annotated[tuple[str, ...], from_list("conformity_marks")] = ()
    concentration_pct: Decimal | None = None


class Drug(Block, frozen=True):
    """Block H: drugs, new psychoactive substances, precursors."""

    substance_suspected: str | None = None
    substance_confirmed: str | None = None
    """By a laboratory only, in a later revision."""
    cas_no: Annotated[str | None, number("cas")] = None
    form: Annotated[str | None, from_list("drug_forms")] = None
    tablet_logo: str | None = None
    colour: str | None = None
    shape: str | None = None
    diameter_mm: Decimal | None = None
    purity_pct: Decimal | None = None
    laboratory_ref: str | None = None
    laboratory_date: date | None = None
    sample_count: int | None = None
    sample_ids: tuple[str, ...] = ()


class GoodsLine(Block, frozen=True):
    """Block F: one line of goods. Lines are numbered by their place, from 1."""

    category: Annotated[str | None, from_list("categories")] = None
    category_other: str | None = None
    """What it is, when the category is a catch-all."""
    hs_code: str | None = None
    description: str | None = None
    brand: str | None = None
    marks: str | None = None
    model: str | None = None
    packs: int | None = None
    units_per_pack: int | None = None
    quantity: Decimal | None = None
    """As counted; never converted on entry. Packs times units per pack when those are given."""
    unit: Annotated[str | None, from_list("units")] = None
    gross_weight_kg: Decimal | None = None
    net_weight_kg: Decimal | None = None
    weight_basis: Annotated[str | None, from_list("weight_bases")] = None
    packages: int | None = None
    package_kind: str | None = None
    value: Decimal | None = None
    currency: Annotated[str | None, from_list("currencies")] = None
    value_basis: Annotated[str | None, from_list("value_bases")] = None
    reasons: Annotated[tuple[str, ...], from_list("reasons")] = ()
    condition: str | None = None
    rights_holder: Annotated[str | None, private(Privacy.COMMERCIAL)] = None
    medicine: Medicine = Medicine()
    drug: Drug = Drug()
    bag_no: str | None = None
    """The sealed bag or seal; unique across the post for ever."""
    storage_location: str | None = None

    @property
    def counted(self) -> Decimal | None:
        """What was counted: the quantity, or packs times units per pack."""
        if self.quantity is not None:
            return self.quantity
        if self.packs is not None and self.units_per_pack is not None:
            return Decimal(self.packs * self.units_per_pack)
        return None

    @property
    def amount(self) -> Amount | None:
        """What was counted, with its unit."""
        counted = self.counted
        return None if counted is None or self.unit is None else Amount(counted, self.unit)
