"""The words of one goods line, in the language of the paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from domain.fields import Field, items_of, walk
from domain.figures import figure
from domain.interception.goods import Drug, GoodsLine, Medicine
from domain.words import mark
from papers.receipt.model import ReceiptPaper

BETWEEN = "\u00a0· "
"""The separator between two facts of a sentence."""


@dataclass(frozen=True, slots=True)
class LineWords:
    """The texts of one line; empty texts and lists are not printed.

    `details` are sentences below the description; `weights` are printed one below the other.
    """

    number: str
    amount: str
    unit: str
    weights: tuple[str, ...]
    bag: str
    description: str
    details: tuple[str, ...]


def words_of(paper: ReceiptPaper, number: int, line: GoodsLine) -> LineWords:
    """The words for line `number` (from 1) of the paper, in its language."""
    counted = line.counted
    return LineWords(
        number=str(number),
        amount="" if counted is None else figure(counted, paper.language),
        unit="" if counted is None or not line.unit else paper.unit_words(line.unit, counted),
        weights=tuple(_weights(paper, line)),
        bag=line.bag_no or "",
        description=line.description or _kind(paper, line),
        details=tuple(_details(paper, line)),
    )


def all_words(paper: ReceiptPaper) -> tuple[LineWords, ...]:
    """The words of every goods line, in order."""
    goods = enumerate(paper.interception.goods, start=1)
    return tuple(words_of(paper, number, line) for number, line in goods)


def _kind(paper: ReceiptPaper, line: GoodsLine) -> str:
    if line.category_other:
        return line.category_other
    return paper.label("categories", line.category) if line.category else ""


def _weights(paper: ReceiptPaper, line: GoodsLine) -> Iterable[str]:
    say = paper.say
    if line.net_weight_kg is not None:
        kg = figure(line.net_weight_kg, paper.language)
        yield say(mark("{weight} kg net")).format(weight=kg)
    if line.gross_weight_kg is not None:
        kg = figure(line.gross_weight_kg, paper.language)
        yield say(mark("{weight} kg gross")).format(weight=kg)
    if line.weight_basis and (line.net_weight_kg, line.gross_weight_kg) != (None, None):
        yield paper.label("weight_bases", line.weight_basis)


def _details(paper: ReceiptPaper, line: GoodsLine) -> Iterable[str]:
    say = paper.say

    def write(value: Decimal | int) -> str:
        return figure(value, paper.language)

    kind = _kind(paper, line)
    if kind and line.description:
        yield kind
    known = [
        ("goods.brand", line.brand),
        ("goods.model", line.model),
        ("goods.marks", line.marks),
        *_medicine(paper, line.medicine),
        *_drug(paper, line.drug),
    ]
    if line.packs is not None and line.units_per_pack is not None:
        packed = say(mark("{packs} pack of {units}", "{packs} packs of {units}", "packs"),
                     line.packs)  # fmt: skip
        counts = packed.format(packs=write(line.packs), units=write(line.units_per_pack))
        known.append(("goods.quantity", counts))
    for path, each in (("goods.content", line.content), ("goods.measure", line.measure)):
        unit = line.content_unit if each is line.content else line.measure_unit
        if each is not None:
            words = f"{write(each)} {paper.unit_words(unit, each) if unit else ''}".strip()
            known.append((path, words))
    if line.packages is not None:
        kinds = f"{write(line.packages)} {line.package_kind or ''}".strip()
        known.append(("goods.packages", kinds))
    if line.value is not None:
        basis = paper.label("value_bases", line.value_basis) if line.value_basis else ""
        amount = f"{write(line.value)} {line.currency or ''}".strip()
        known.append(("goods.value", f"{amount} ({basis})" if basis else amount))
    named = say(mark("{name}: {text}"))
    # A no-break space keeps the name on the line on which its text begins.
    facts = [
        named.format(name=name, text=text).replace(f" {text}", f"\u00a0{text}", 1)
        for name, text in (
            *((paper.name(path), text) for path, text in known),
            *_added(paper, line),
        )
        if text
    ]
    if facts:
        yield BETWEEN.join(facts)
    if line.condition:
        yield named.format(name=paper.name("goods.condition"), text=line.condition)


def _added(paper: ReceiptPaper, line: GoodsLine) -> Iterable[tuple[str, str]]:
    """The fields of the pack that are printed, in its order: their names and values."""
    table = paper.checklist.added
    values = {
        field.path: value for _, field, value in walk(line, added=table) if field.path in table
    }
    for added in paper.checklist.pack.fields:
        if added.printed and added.code in values:
            field = table[added.code]
            words = (_in_words(paper, field, value) for value in items_of(values[added.code]))
            yield field.heading(paper.say, paper.language), ", ".join(words)


def _in_words(paper: ReceiptPaper, field: Field, value: object) -> str:
    if field.list_name:
        return paper.label(field.list_name, str(value))
    if isinstance(value, bool):
        return paper.say(mark("yes")) if value else paper.say(mark("no"))
    if isinstance(value, int | Decimal):
        return figure(value, paper.language)
    return str(value)


def _medicine(paper: ReceiptPaper, medicine: Medicine) -> list[tuple[str, str | None]]:
    form = paper.label("dosage_forms", medicine.dosage_form) if medicine.dosage_form else ""
    substance = ", ".join(part for part in (medicine.inn, medicine.strength, form) if part)
    return [
        ("goods.medicine", substance),
        ("goods.medicine.gtin", medicine.gtin),
        ("goods.medicine.lot", medicine.lot),
        ("goods.medicine.expiry", medicine.expiry.isoformat() if medicine.expiry else None),
        ("goods.medicine.serial", medicine.serial),
    ]


def _drug(paper: ReceiptPaper, drug: Drug) -> list[tuple[str, str | None]]:
    form = paper.label("drug_forms", drug.form) if drug.form else None
    return [
        _substance(paper, drug),
        ("goods.drug.form", form),
        ("goods.drug.colour", drug.colour),
        ("goods.drug.shape", drug.shape),
        ("goods.drug.tablet_logo", drug.tablet_logo),
        ("goods.drug.sample_ids", ", ".join(drug.sample_ids)),
    ]


def _substance(paper: ReceiptPaper, drug: Drug) -> tuple[str, str | None]:
    """The substance confirmed by a laboratory, else the suspected one, marked as not confirmed."""
    say = paper.say
    if drug.substance_confirmed:
        words = say(mark("{substance} (confirmed by a laboratory)"))
        return "goods.drug.substance_confirmed", words.format(substance=drug.substance_confirmed)
    words = say(mark("{substance} (not confirmed by a laboratory)"))
    suspected = drug.substance_suspected
    return "goods.drug.substance_suspected", suspected and words.format(substance=suspected)
