"""A form as data. The engine knows no form of its own: a screen gives it a `FormDescription`.

What a field is (number, date, choice, long text) is read off the blocks of the domain; the pack
says what it requires and asks; a description says only where a field stands and what follows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from domain.interception.fields import Field, field_at
from domain.pack.checklist import Checklist
from gui.form.document import Document
from gui.form.options import Choices
from gui.parts.option import Option

COLUMNS = 24

Item = Mapping[str, Any]
"""One item of a list of the document: a line of goods, a person."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One field: `path` below its block, `span` of the 24 columns of a card.

    `modes` and `groups`: asked only for these modes of transport or groups of goods. `core` fields
    are always shown then; others in the long form, when the pack asks, or when filled.
    `kind` overrides how it is entered. Enter goes from `stop` to `stop`, past what may stay empty.
    `noun` names the field in a sentence, where its label cannot. `amended_for` is the reason (a
    code of `amend_reasons`) for which an amendment always asks for the field.
    """

    path: str
    label: str
    span: int = 6
    modes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    core: bool = True
    kind: str = ""
    hint: str = ""
    stop: bool = False
    noun: str = ""
    amended_for: str = ""


@dataclass(frozen=True, slots=True)
class FormSection:
    """A card of the form, whose fields stand below `block` of the domain.

    `repeats` names the list of the document whose items get one such card each. `offers` gives the
    options of a field that depend on what stands in the same item, by the field's path below it.
    """

    name: str
    title: str
    asks: tuple[Ask, ...]
    block: type[Any]
    repeats: str = ""
    add_words: str = ""
    """What the button says that adds an item."""
    add_key: str = ""
    begins_with_one: bool = False
    """One empty card is shown while the list has no item."""
    offers: Mapping[str, Callable[[Choices, Item], tuple[Option, ...]]] | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Put `value` at `path`. `over`: also where something stands already; `firm`: even where it
    was taken back once, because what stands there no longer fits."""

    path: str
    value: Any
    over: bool = False
    firm: bool = False


class AskedNow(Protocol):
    """Decides which fields of a section are shown."""

    def __call__(
        self,
        section: FormSection,
        document: Item,
        checklist: Checklist,
        *,
        line: Item | None = None,
        more: bool = False,
        reason: str = "",
    ) -> tuple[Ask, ...]:
        """The fields that are shown now. `line`: the item of a section that repeats; `more`: the
        officer opened the card; `reason`: why the record is amended, empty for a new one."""


Follows = Callable[[Document, str, Checklist], tuple[Proposal, ...]]
"""What follows from what now stands at a path."""


@dataclass(frozen=True, slots=True)
class FormDescription:
    """All that the engine knows of one form."""

    sections: tuple[FormSection, ...]
    asked: AskedNow
    follows: Follows
    label_of: Callable[[str], str]
    """The words of the field at a path of a document, marked for translation; empty for none."""
    follows_at_once: frozenset[str] = frozenset()
    """Last names of paths from which something follows with each key, not only when they are
    left: what is shown depends on them."""
    kept_as_seen: str = ""
    """Where the document lists the identifiers that are kept as seen on the label."""
    not_copied: frozenset[str] = frozenset()
    """Names that the copy of an item does not take along."""
    beside: frozenset[str] = frozenset()
    """Lists of the document that no card of the form shows: the photos."""

    def ask_at(self, path: str) -> Ask | None:
        """The field that `path` names in a document."""
        return ask_at(self.sections, path)

    def section_of(self, path: str) -> FormSection | None:
        """The section whose card shows what stands at `path` of a document."""
        for section in self.sections:
            if section.repeats and path.startswith(f"{section.repeats}."):
                return section
        for section in self.sections:
            if not section.repeats and any(ask.path == path for ask in section.asks):
                return section
        return None


def ask_at(sections: tuple[FormSection, ...], path: str) -> Ask | None:
    """The field of `sections` that `path` (`goods.0.packs`) names in a document."""
    bare = ".".join(part for part in path.split(".") if not part.isdigit())
    for section in sections:
        below = bare.removeprefix(f"{section.repeats}.") if section.repeats else bare
        for ask in section.asks:
            if ask.path == below and (not section.repeats or below != bare):
                return ask
    return None


def field_of(section: FormSection, ask: Ask) -> Field:
    """What the domain says of that field."""
    return field_at(section.block, ask.path)
