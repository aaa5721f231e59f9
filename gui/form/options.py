"""The choices of a checklist as options for the entries, in the officer's language."""

from __future__ import annotations

from collections.abc import Sequence

from domain.fields import Field
from domain.pack.checklist import Checklist
from domain.pack.model import Category, Choice, labels_of
from domain.pack.part import Code
from domain.pack.profile import Group
from domain.words import in_language
from gui.parts.option import Option
from gui.words import Words

FEW = 12
"""Up to so many choices are shown as chips with number keys; more as type-ahead."""


class Choices:
    """Options of every list of one checklist, in one language; made when first asked for."""

    def __init__(self, checklist: Checklist, words: Words) -> None:
        self._checklist = checklist
        self._words = words
        self._made: dict[str, tuple[Option, ...]] = {}
        self._labels: dict[str, dict[str, str]] = {}

    def of(self, list_name: str, likely: Sequence[str] = ()) -> tuple[Option, ...]:
        """The options of a list; the codes in `likely` come first, in that order."""
        if list_name not in self._made:
            self._made[list_name] = tuple(
                self._option(list_name, choice) for choice in self._checklist.choices(list_name)
            )
        options = self._made[list_name]
        by_code = {option.code: option for option in options} if likely else {}
        first = {code: by_code[code] for code in likely if code in by_code}
        return (*first.values(), *(option for option in options if option.code not in first))

    def label(self, list_name: str, code: str) -> str:
        """The label of a code; the code itself when the list does not have it."""
        if list_name not in self._labels:
            self._labels[list_name] = {option.code: option.label for option in self.of(list_name)}
        return self._labels[list_name].get(code, code)

    def catch_alls(self, list_name: str) -> tuple[Option, ...]:
        """The options that fit what the list does not name: `Other medicine`."""
        if not list_name:
            return ()
        codes = {
            choice.code
            for choice in self._checklist.choices(list_name)
            if isinstance(choice, (Code, Category)) and choice.other
        }
        return tuple(option for option in self.of(list_name) if option.code in codes)

    def units(self, category_code: str | None) -> tuple[Option, ...]:
        """The units of a category; all units when the category is unknown."""
        options = self.of("units")
        kind = self._checklist.goods_kind(category_code)
        if kind is None:
            return options
        return tuple(option for code in kind.units for option in options if option.code == code)

    def content_units(self, category_code: str | None) -> tuple[Option, ...]:
        """The units for the content of one; all units when the category names none."""
        options, kind = self.of("units"), self._checklist.goods_kind(category_code)
        if kind is None or not kind.contents:
            return options
        return tuple(option for code in kind.contents for option in options if option.code == code)

    def _option(self, list_name: str, choice: Choice) -> Option:
        labels = labels_of(choice)
        label = in_language(labels, self._words.language)
        others = [text for language, text in labels.items() if text != label]
        detail = ""
        if isinstance(choice, Category):
            detail = self._about(choice)
            others += choice.search
            others += [hs.code.replace(".", "") for hs in choice.hs]
            others += [hs.code for hs in choice.hs]
        elif list_name in ("countries", "currencies", "units"):
            detail = choice.code if list_name != "units" else ""
        return Option(choice.code, label, detail, tuple(others))

    def _about(self, category: Category) -> str:
        groups: dict[str, str] = {
            Group.MEDICINE: self._words.say("medicine"),
            Group.SUPPLY: self._words.say("medical supply"),
            Group.DRUG: self._words.say("drug"),
            Group.PRECURSOR: self._words.say("precursor"),
            Group.EQUIPMENT: self._words.say("equipment"),
        }
        code = category.profile_code
        edition = self._checklist.pack.hs_edition
        hs = [heading.code for heading in category.hs if heading.edition == edition]
        units = [option.label for option in self.units(category.code)]
        profile = next((p for p in self._checklist.pack.profiles if p.code == code), None)
        group = (
            in_language(profile.label, self._words.language) if profile else groups.get(code, "")
        )
        parts = [group, f"HS {hs[0]}" if hs else "", ", ".join(units[:3])]
        if category.control:
            parts.insert(1, category.control)
        return " · ".join(part for part in parts if part)


def few(field: Field, checklist: Checklist) -> bool:
    """Whether the choices of a field are few enough for chips."""
    return len(checklist.choices(field.list_name)) <= FEW
