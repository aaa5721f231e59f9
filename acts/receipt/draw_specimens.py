"""Draw receipts of a pack that nobody recorded: what its words look like on paper.

A specimen has made-up values, no number, no seal, and a band on every page that says that it is no
valid paper. It needs no workstation and is stored nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from acts.interception.begin_draft import over
from domain.document import Document, JsonValue
from domain.ids import DeviceId, EntryHash, PackHash
from domain.instant import Instant
from domain.interception.base import FieldKind
from domain.interception.codes import (
    CustomsDirection,
    LegalAction,
    Mode,
    PartyRole,
    ServiceWay,
    SignatureState,
)
from domain.interception.read import read
from domain.pack.checklist import Checklist
from domain.pack.model import Category, Pack
from domain.words import mark
from papers.receipt.model import ReceiptPaper
from papers.receipt.page import render
from papers.receipt.service import day_served
from system.files import write_whole
from system.resources import languages, translation
from system.shipped import terms

NUMBER = "SPECIMEN"
"""Stands for every number: a specimen must not look like a receipt that was issued."""
NAME = mark("Name of the person")
ADDRESS = mark("Address of the person")
GROUNDS = mark(
    "This is a specimen: here are the grounds, in the words of the officer. What was seen, and why"
    " it made the officer act."
)
_OF_KIND: Mapping[FieldKind, JsonValue] = {
    FieldKind.WHOLE: "1",
    FieldKind.DECIMAL: "1.5",
    FieldKind.KILOGRAMS: "1.5",
    FieldKind.DEGREES: "1.5",
    FieldKind.YES_NO: "true",
    FieldKind.MONEY: "1.50 EUR",
}
COUNTED = ("1", "12")
"""Quantities of each unit: the words for one and for more."""


@dataclass(frozen=True, slots=True)
class Specimen:
    """A receipt for one category in one language."""

    category: str
    language: str
    pdf: bytes


def write_specimens(pack: Pack, data: bytes, folder: Path, now: Instant) -> int:
    """Write a specimen for each category and language into `folder`; returns how many.

    `data` is the file of the pack. Raises `CannotWrite`.
    """
    count = 0
    for specimen in specimens(Checklist(pack, PackHash.of(data), terms()), now):
        name = f"{pack.id}-{pack.version}-{specimen.category}-{specimen.language}.pdf"
        write_whole(folder / name, specimen.pdf)
        count += 1
    return count


def specimens(checklist: Checklist, now: Instant) -> Iterator[Specimen]:
    """A specimen for each category, in each language that pack and program have."""
    ours = languages()
    for language in checklist.pack.languages:
        if language in ours:
            made_up = _MadeUp(checklist, language, now)
            for category in checklist.pack.categories:
                yield Specimen(category.code, language, render(made_up.paper(category)))


class _MadeUp:
    """Makes values up, in one language."""

    def __init__(self, checklist: Checklist, language: str, now: Instant) -> None:
        self._checklist, self._language, self._now = checklist, language, now
        self._say = translation(language)

    def paper(self, category: Category) -> ReceiptPaper:
        """The receipt of a record with goods of the category, served at once."""
        interception = read(self._document(category), self._checklist.added).interception
        return ReceiptPaper(
            receipt_no=NUMBER,
            seizure_no=NUMBER,
            language=self._language,
            interception=interception,
            checklist=self._checklist,
            issued_at=self._now,
            served_on=day_served(interception, self._now),
            officer=NUMBER,
            device=DeviceId.from_random(bytes(10)),
            entry_seq=0,
            tip=EntryHash.of(b""),
            specimen=True,
            say=self._say,
        )

    def _document(self, category: Category) -> Document:
        """What an officer might type, with all fields that the pack requires."""
        pack, say = self._checklist.pack, self._say
        post = pack.posts[0]
        document: Document = {
            "post": post.code,
            "officer": NUMBER,
            "occasion": {
                "seized_at": str(self._now),
                "place_text": self._checklist.label("posts", post.code, self._language),
                "unlocode": post.unlocode,
                "place_type": post.place_type,
                "customs_direction": CustomsDirection.IMPORT,
            },
            "consignment": {"mode": post.default_mode or Mode.MAIL},
            "persons": {
                "parties": [
                    {"role": PartyRole.CONSIGNEE, "name": say(NAME), "address": say(ADDRESS)}
                ]
            },
            "goods": [
                self._line(category, unit, counted)
                for unit in self._units(category)
                for counted in COUNTED
            ],
            "legal": {
                "action": LegalAction.SEIZURE,
                "legal_basis": [
                    basis.code
                    for basis in pack.legal_bases
                    if self._checklist.fitting.fits("legal_bases", basis.code, (category.code,), "")
                    and (not basis.acts or LegalAction.SEIZURE in basis.acts)
                ],
                "grounds": say(GROUNDS),
                "served": ServiceWay.PERSON,
                "served_at": str(self._now),
                "holder_signature": SignatureState.SIGNED,
            },
        }
        return over(self._filled(pack.required, ""), document)

    def _line(self, category: Category, unit: str, counted: str) -> Document:
        kind = self._checklist.goods_kind(category.code)
        assert kind is not None
        added = (f"added.{code}" for code in kind.fields)
        paths = dict.fromkeys(("description", *kind.required, *kind.asked, *added))
        line: Document = {
            "category": category.code,
            "quantity": counted,
            "unit": unit,
            "reasons": [
                reason.code
                for reason in self._checklist.pack.reasons
                if self._checklist.fitting.fits("reasons", reason.code, (category.code,), "")
            ][:1],
        }
        return over(self._filled(paths, "goods."), line)

    def _units(self, category: Category) -> tuple[str, ...]:
        kind = self._checklist.goods_kind(category.code)
        return kind.units if kind else category.units

    def _filled(self, paths: Iterable[str], below: str) -> Document:
        """Values of the fields at `paths`, which begin below `below`."""
        document: Document = {}
        for path in paths:
            value = self._value(below + path)
            for name in reversed(path.split(".")):
                value = {name: value}
            assert isinstance(value, dict)
            document = over(document, value)
        return document

    def _value(self, path: str) -> JsonValue:
        """A value of the field's kind; a text is the field's own name, to be found on the paper."""
        field = self._checklist.field_at(path)
        assert field is not None
        codes = self._checklist.choices(field.list_name) if field.list_name else ()
        value: JsonValue = (
            codes[0].code if codes else f"[{field.heading(self._say, self._language)}]"
        )
        if field.kind in _OF_KIND:
            value = _OF_KIND[field.kind]
        elif field.kind is FieldKind.MOMENT:
            value = str(self._now)
        elif field.kind in (FieldKind.DAY, FieldKind.DAY_OR_MONTH):
            value = self._now.local_date.isoformat()
        return [value] if field.many else value
