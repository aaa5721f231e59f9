"""The choices of a checklist as options for the entries, in the officer's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.fields import Field
from domain.pack.checklist import Checklist
from domain.pack.model import Category, Choice, labels_of
from domain.pack.part import Code
from domain.pack.profile import Group
from domain.words import in_language
from gui.parts.option import Option
from gui.parts.option_list import OptionList
from gui.words import Words

FEW = 12
"""Up to so many choices are shown as chips with number keys; more as type-ahead."""


class Choices:
    """Options of every list of one checklist, in one language; made when first asked for."""

    def __init__(self, checklist: Checklist, words: Words) -> None:
        self._checklist = checklist
        self._words = words
        self._made: dict[str, dict[str, Option]] = {}
        """The options of each list by their codes."""
        self._lists: dict[tuple[str, ...], OptionList] = {}
        self._others: dict[str, tuple[Option, ...]] = {"": ()}
        self._kinds: dict[object, tuple[str, str]] = {}

    def of(self, list_name: str, likely: Sequence[str] = ()) -> OptionList:
        """The options of a list; the codes in `likely` come first, in that order."""
        key = (list_name, *likely)
        if key not in self._lists:
            self._lists[key] = OptionList(
                lambda: self._in_order(list_name, likely), lambda code: self.label(list_name, code)
            )
        return self._lists[key]

    def _in_order(self, list_name: str, likely: Sequence[str]) -> Iterable[Option]:
        made = self._made.get(list_name)
        if made is None:
            choices = self._checklist.choices(list_name)
            made = {choice.code: self._option(list_name, choice) for choice in choices}
            self._made[list_name] = made
        first = {code: made[code] for code in likely if code in made}
        return (first | made).values()

    def label(self, list_name: str, code: str) -> str:
        """The label of a code; the code itself when the list does not have it."""
        return self._checklist.label(list_name, code, self._words.language)

    def catch_alls(self, list_name: str) -> tuple[Option, ...]:
        """The options that fit what the list does not name: `Other medicine`."""
        if list_name not in self._others:
            self._others[list_name] = tuple(
                self._option(list_name, choice)
                for choice in self._checklist.choices(list_name)
                if isinstance(choice, (Code, Category)) and choice.other
            )
        return self._others[list_name]

    def units(self, category_code: str | None) -> Sequence[Option]:
        """The units of a category; all units when the category is unknown."""
        options = self.of("units")
        kind = self._checklist.goods_kind(category_code)
        if kind is None:
            return options
        return tuple(option for code in kind.units for option in options if option.code == code)

    def content_units(self, category_code: str | None) -> Sequence[Option]:
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
        group, units = self._of_kind(category)
        edition = self._checklist.pack.hs_edition
        hs = next((f"HS {held.code}" for held in category.hs if held.edition == edition), "")
        return " · ".join(part for part in (group, category.control, hs, units) if part)

    def _of_kind(self, category: Category) -> tuple[str, str]:
        """The words for its profile and for its units; the same for many categories."""
        kind = (category.profile_code, category.units, category.dimensions)
        if kind not in self._kinds:
            units = [option.label for option in self.units(category.code)]
            self._kinds[kind] = (self._profile(category.profile_code), ", ".join(units[:3]))
        return self._kinds[kind]

    def _profile(self, code: str) -> str:
        profile = next((own for own in self._checklist.pack.profiles if own.code == code), None)
        if profile is not None:
            return in_language(profile.label, self._words.language)
        shipped: dict[str, str] = {
            Group.MEDICINE: self._words.say("medicine"),
            Group.SUPPLY: self._words.say("medical supply"),
            Group.DRUG: self._words.say("drug"),
            Group.PRECURSOR: self._words.say("precursor"),
            Group.EQUIPMENT: self._words.say("equipment"),
        }
        return shipped.get(code, "")


def few(field: Field, checklist: Checklist) -> bool:
    """Whether the choices of a field are few enough for chips."""
    return len(checklist.choices(field.list_name)) <= FEW
