"""Blocks F, G and H: one goods line, with what a medicine or a drug adds to it; its sealed bag."""

from datetime import date
from decimal import Decimal
from typing import Annotated

import msgspec

from domain.amount import Amount
from domain.figures import CALCULATED, without_zeros
from domain.interception.base import COMMERCIAL, Block, FieldKind, Text, field
from domain.words import mark


class Medicine(Block, frozen=True):
    """Block G: medicines and medical supplies."""

    inn: Annotated[Text, field(mark("Active ingredient (INN)"))] = None
    """International non-proprietary name."""
    strength: Annotated[Text, field(mark("Strength"))] = None
    dosage_form: Annotated[Text, field(mark("Dosage form"), codes="dosage_forms")] = None
    gtin: Annotated[Text, field(mark("GTIN"), number="gtin")] = None
    lot: Annotated[Text, field(mark("Lot"))] = None
    expiry: Annotated[date | None, field(mark("Expiry"), FieldKind.DAY_OR_MONTH)] = None
    serial: Annotated[Text, field(mark("Serial number"))] = None
    manufacturer_on_label: Annotated[
        Text, field(mark("Maker on the label"), privacy=COMMERCIAL)
    ] = None
    country_on_label: Annotated[Text, field(mark("Country on the label"), codes="countries")] = None
    authorisation_no: Annotated[Text, field(mark("Authorisation number"), privacy=COMMERCIAL)] = (
        None
    )
    who_class: Annotated[Text, field(mark("Suspected class (WHO)"), codes="who_classes")] = None
    """Suspected class in the terms of WHO 2017; it does not cover trade mark infringement."""
    cold_chain_broken: Annotated[bool | None, field(mark("Cold chain broken"))] = None
    storage_condition: Annotated[Text, field(mark("Storage on the label"))] = None
    conformity_marks: Annotated[
        tuple[str, ...],
        field(mark("Conformity marks"), noun=mark("Conformity mark"), codes="conformity_marks"),
    ] = ()
    concentration_pct: Annotated[Decimal | None, field(mark("Strength on the label"), unit="%")] = (
        None
    )


class Drug(Block, frozen=True):
    """Block H: drugs, new psychoactive substances, precursors."""

    substance_suspected: Annotated[Text, field(mark("Suspected substance"))] = None
    substance_confirmed: Annotated[Text, field(mark("Confirmed substance"))] = None
    """Confirmed by a laboratory only, in a later revision."""
    cas_no: Annotated[Text, field(mark("CAS number"), number="cas")] = None
    form: Annotated[Text, field(mark("Form"), codes="drug_forms")] = None
    tablet_logo: Annotated[Text, field(mark("Logo on the tablet"))] = None
    colour: Annotated[Text, field(mark("Colour"))] = None
    shape: Annotated[Text, field(mark("Shape"))] = None
    diameter_mm: Annotated[Decimal | None, field(mark("Diameter"), unit="mm")] = None
    purity_pct: Annotated[Decimal | None, field(mark("Purity"), unit="%")] = None
    laboratory_ref: Annotated[Text, field(mark("Laboratory report"))] = None
    laboratory_date: Annotated[date | None, field(mark("Date of the report"))] = None
    sample_count: Annotated[
        int | None, field(mark("Samples taken"), noun=mark("Number of samples taken"))
    ] = None
    sample_ids: Annotated[
        tuple[str, ...], field(mark("Sample numbers"), noun=mark("Sample number"))
    ] = ()


Added = dict[str, str | tuple[str, ...]]
"""Values by the code of their field, each in the written form of its kind; a list where the field
holds several."""


class GoodsLine(Block, frozen=True):
    """Block F: one line of goods. Lines are numbered in their order, from 1."""

    category: Annotated[Text, field(mark("Category"), codes="categories")] = None
    category_other: Annotated[Text, field(mark("Name of the goods"))] = None
    """What it is, when the category is a catch-all."""
    hs_code: Annotated[Text, field(mark("HS code"))] = None
    description: Annotated[Text, field(mark("Description"))] = None
    brand: Annotated[Text, field(mark("Brand"))] = None
    marks: Annotated[Text, field(mark("Marks and numbers"))] = None
    model: Annotated[Text, field(mark("Model"))] = None
    packs: Annotated[int | None, field(mark("Packs"), noun=mark("Number of packs"))] = None
    units_per_pack: Annotated[
        int | None, field(mark("Units per pack"), noun=mark("Number of units per pack"))
    ] = None
    quantity: Annotated[Decimal | None, field(mark("Quantity"))] = None
    """In the unit that the officer used; never converted. Equal to packs times units per pack
    when those are given."""
    unit: Annotated[Text, field(mark("Unit"), codes="units")] = None
    content: Annotated[Decimal | None, field(mark("Content of each"))] = None
    """What one of the unit holds, in `content_unit`: 500 ml of a bottle, 50 pieces of a box."""
    content_unit: Annotated[Text, field(mark("Unit of the content"), codes="units")] = None
    measure: Annotated[Decimal | None, field(mark("Second amount"))] = None
    """The same goods measured in another way, in `measure_unit`: the weight of counted pieces, the
    pure alcohol of bottles."""
    measure_unit: Annotated[Text, field(mark("Unit of the second amount"), codes="units")] = None
    gross_weight_kg: Annotated[Decimal | None, field(mark("Gross weight"), FieldKind.KILOGRAMS)] = (
        None
    )
    net_weight_kg: Annotated[Decimal | None, field(mark("Net weight"), FieldKind.KILOGRAMS)] = None
    weight_basis: Annotated[Text, field(mark("Kind of weight"), codes="weight_bases")] = None
    packages: Annotated[int | None, field(mark("Packages"), noun=mark("Number of packages"))] = None
    package_kind: Annotated[Text, field(mark("Kind of package"))] = None
    value: Annotated[Decimal | None, field(mark("Value"))] = None
    currency: Annotated[Text, field(mark("Currency"), codes="currencies")] = None
    value_basis: Annotated[Text, field(mark("Kind of value"), codes="value_bases")] = None
    reasons: Annotated[tuple[str, ...], field(mark("Reason for stopping"), codes="reasons")] = ()
    condition: Annotated[Text, field(mark("Condition"))] = None
    rights_holder: Annotated[Text, field(mark("Holder of the right"), privacy=COMMERCIAL)] = None
    medicine: Annotated[Medicine, field(mark("Medicine"))] = Medicine()
    drug: Annotated[Drug, field(mark("Drug"))] = Drug()
    added: Annotated[Added, field(mark("Fields of the checklist"), FieldKind.ADDED)] = (
        msgspec.field(default_factory=dict)
    )
    """The fields that the pack adds for these goods (`domain.pack.added`)."""
    bag_no: Annotated[Text, field(mark("Bag number"))] = None
    """The sealed bag or seal; unique across the post for ever."""
    storage_location: Annotated[Text, field(mark("Storage location"))] = None

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

    @property
    def contained(self) -> Amount | None:
        """What all of them together hold, where the content of each is known."""
        counted = self.counted
        if counted is None or self.content is None or self.content_unit is None:
            return None
        return Amount(without_zeros(CALCULATED.multiply(counted, self.content)), self.content_unit)

    @property
    def measured(self) -> Amount | None:
        """The second amount, with its unit."""
        if self.measure is None or self.measure_unit is None:
            return None
        return Amount(self.measure, self.measure_unit)
