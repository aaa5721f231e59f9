"""A pack together with the code lists that ship with the program: all choices in one object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import msgspec

from domain.fields import ADDED, FIELDS, AddedFields, Field, bare
from domain.ids import PackHash
from domain.interception.record import PackRef
from domain.pack.added import AddedField, table_of
from domain.pack.fitting import CodeFitting
from domain.pack.goods_kind import kind_of, once
from domain.pack.model import (
    CODE_LISTS,
    Category,
    Choice,
    Pack,
    Post,
    Unit,
    labels_of,
)
from domain.pack.part import Code
from domain.pack.profile import GoodsKind
from domain.plural import category_of
from domain.words import Labels, in_language

PLURAL_ENDING = 2
"""Letters by which a plural is longer: `boxes`."""
SHORTEST_WORD = 3
"""A code of so many letters or more can be a word; `FR` is not a word."""
Terms = Mapping[str, tuple[Code, ...]]
"""Code lists that no pack changes: modes, place types, countries, currencies, ..."""


@dataclass(frozen=True, slots=True)
class ListedCodes:
    """Codes of a list with their labels; as a value of a fault it is shown as the labels."""

    codes: tuple[tuple[str, Labels], ...]

    def labels(self, language: str) -> str:
        """Their labels in `language`, as `Checklist.label` gives them."""
        return ", ".join(in_language(labels, language) or code for code, labels in self.codes)

    def __str__(self) -> str:
        """Codes and labels, for users who write codes into a file: `kg (kilograms), pack`."""
        return ", ".join(
            _with_label(code, in_language(labels, "en")) for code, labels in self.codes
        )


class Checklist(msgspec.Struct, frozen=True, dict=True):
    """A pack in force at a post."""

    pack: Pack
    sha256: PackHash
    terms: Terms
    unsigned: bool = False
    """Whether it is used at the post without a signature; records and papers say so."""

    @property
    def ref(self) -> PackRef:
        """The reference to the pack that a record contains."""
        return PackRef(
            id=self.pack.id,
            version=self.pack.version,
            sha256=self.sha256,
            unsigned=self.unsigned or None,
        )

    def choices(self, list_name: str) -> tuple[Choice, ...]:
        """The entries (each with `code`, and `label` or `name`) of a list; () when unknown."""
        if list_name in CODE_LISTS:
            choices: tuple[Choice, ...] = getattr(self.pack, list_name)
            return choices
        return self.pack.lists.get(list_name) or self.terms.get(list_name, ())

    def has(self, list_name: str, code: str) -> bool:
        """Whether the list holds the code."""
        return code in self._by_code(list_name)

    def is_other(self, list_name: str, code: str) -> bool:
        """Whether the code is a catch-all ("other") that needs a description."""
        return bool(getattr(self._by_code(list_name).get(code), "other", False))

    def label(self, list_name: str, code: str, language: str) -> str:
        """The label of a code in `language`, else in English, else the code itself."""
        choice = self._by_code(list_name).get(code)
        if choice is None:
            return code
        return in_language(labels_of(choice), language)

    def unit_words(self, unit_code: str, value: Decimal, language: str) -> str:
        """The unit's name for a number (`capsule` for 1, `capsules` for 560), else its code."""
        unit = self.unit(unit_code)
        if unit is None:
            return unit_code
        for tag in (language, language.partition("-")[0], "en"):
            if unit.label.get(tag):
                return _form(unit, category_of(value, tag), tag)
        return in_language(unit.label, language)

    def listed(self, list_name: str, *codes: str) -> ListedCodes:
        """These codes of a list with their labels, for the values of a fault."""
        return ListedCodes(tuple((code, self._labels(list_name, code)) for code in codes))

    def _labels(self, list_name: str, code: str) -> Labels:
        """The labels of a code by language, where no amount is shown before it: a unit has its
        plural, if it has one. Empty for an unknown code.
        """
        choice = self._by_code(list_name).get(code)
        if isinstance(choice, Unit):
            plurals = {tag: text for tag, text in choice.plural.items() if isinstance(text, str)}
            return {**choice.label, **plurals}
        return self.labels(list_name, code)

    def labels(self, list_name: str, code: str) -> Labels:
        """The labels of a code by language; empty for an unknown code."""
        choice = self._by_code(list_name).get(code)
        return {} if choice is None else labels_of(choice)

    def heading(self, group: str, language: str) -> str:
        """The heading of a group of codes, else the name of the group."""
        return in_language(self.pack.headings.get(group, {}), language) or group

    def category(self, code: str | None) -> Category | None:
        """The category of that code, if this version has it."""
        found = self._by_code("categories").get(code)
        return found if isinstance(found, Category) else None

    @cached_property
    def added(self) -> AddedFields:
        """The fields that this version adds to lines of goods, by their codes."""
        return table_of(self.pack.fields)

    def added_field(self, code: str) -> AddedField | None:
        """The added field of that code, as the pack describes it."""
        return next((field for field in self.pack.fields if field.code == code), None)

    def field_at(self, path: str) -> Field | None:
        """The field that `path` names in a record, also one that this version adds."""
        name = bare(path)
        if name.startswith(ADDED):
            return self.added.get(name.removeprefix(ADDED))
        return FIELDS.get(name)

    def goods_kind(self, code: str | None) -> GoodsKind | None:
        """What a line of the category of that code has and needs, if this version has it."""
        category = self.category(code)
        if category is None:
            return None
        if category.code not in self._kinds:
            self._kinds[category.code] = kind_of(self.pack, category)
        return self._kinds[category.code]

    @cached_property
    def fitting(self) -> CodeFitting:
        """Which codes are for some goods or modes of transport alone."""
        return CodeFitting(self.pack, [mode.code for mode in self.terms.get("modes", ())])

    def unit(self, code: str | None) -> Unit | None:
        """The unit of that code, if this version has it."""
        found = self._by_code("units").get(code)
        return found if isinstance(found, Unit) else None

    def post(self, code: str | None) -> Post | None:
        """The post of that code, if this version has it."""
        found = self._by_code("posts").get(code)
        return found if isinstance(found, Post) else None

    def _by_code(self, list_name: str) -> dict[str | None, Choice]:
        """The entries of a list by code; computed once, as the form needs it on every key press."""
        held = self._indexes.get(list_name)
        if held is None:
            held = {choice.code: choice for choice in self.choices(list_name)}
            self._indexes[list_name] = held
        return held

    @cached_property
    def _kinds(self) -> dict[str, GoodsKind]:
        return {}

    @cached_property
    def _indexes(self) -> dict[str, dict[str | None, Choice]]:
        return {}

    def required_photos(self, categories: tuple[str, ...], mode: str = "") -> tuple[str, ...]:
        """The photo roles that a record with these categories, in this mode of transport, must
        have, each once, in order. A role that is for some alone is required there alone.
        """
        roles = [(role, categories) for role in self.pack.photos]
        for code in categories:
            kind = self.goods_kind(code)
            roles += [(role, (code,)) for role in (kind.photos if kind else ())]
        return once(
            role
            for role, goods in roles
            if self.fitting.fits("photo_roles", role, goods, mode, sure=True)
        )


def _with_label(code: str, label: str) -> str:
    """The code alone when its label is the same word, or the plural: `pack` for `packs`; words
    alone as they are."""
    if not code:
        return label
    one, other = code.casefold(), label.casefold()
    ending = other.removeprefix(one) if len(code) >= SHORTEST_WORD else other
    says_it = one == other or (other != ending and len(ending) <= PLURAL_ENDING)
    return code if says_it or not label else f"{code} ({label})"


def _form(unit: Unit, category: str, tag: str) -> str:
    """The unit's name in a plural category, in a language for which the unit has a label."""
    others = unit.plural.get(tag)
    if isinstance(others, Mapping):
        word = others.get(category) or (unit.label[tag] if category == "one" else "")
        return word or others.get("other") or unit.label[tag]
    return unit.label[tag] if category == "one" or not others else others
