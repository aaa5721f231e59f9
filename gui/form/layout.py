"""A form as data. The engine knows no form of its own: a screen gives it a `FormDescription`.

What a field is and what it is called stands in the domain's table of fields; what a pack requires
and asks, in the pack. A description says only where a field stands and what follows from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from domain.document import Document, DocumentPart, JsonValue
from domain.fields import Field, bare
from domain.interception.codes import Mode
from domain.pack.checklist import Checklist
from domain.pack.model import Group
from gui.form.options import Choices
from gui.parts.option import Option

COLUMNS = 24


class By(Enum):
    """How a field is entered where its kind does not decide it alone."""

    KIND = auto()
    """As its kind says: chips for few choices, type-ahead for many, a line or an area for text."""
    FINDING = auto()
    """Type-ahead, also where the choices are few."""
    LINE = auto()
    """One line, also for long text."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One field: `path` below its block, `span` of the 24 columns of a card.

    `modes` and `groups`: asked only for these modes of transport or groups of goods. `core` fields
    are always shown then; others in the long form, when the pack asks, or when filled.
    `only_catch_all`: shown only when the category of the line is a catch-all, or when filled.
    Enter goes from `stop` to `stop`, past what may stay empty. `amended_for` is the reason (a code
    of `amend_reasons`) for which an amendment always asks for the field.
    """

    path: str
    span: int = 6
    modes: tuple[Mode, ...] = ()
    groups: tuple[Group, ...] = ()
    core: bool = True
    by: By = By.KIND
    only_catch_all: bool = False
    hint: str = ""
    stop: bool = False
    amended_for: str = ""


@dataclass(frozen=True, slots=True)
class FormSection:
    """A card of the form, with the title of the block at the path `block`.

    `repeats`: that block is a list; each of its items gets such a card, and the paths of the fields
    begin below it. `offers` gives the options of a field that depend on what stands in the same
    item, by the field's path below it.
    """

    block: str
    asks: tuple[Ask, ...]
    repeats: bool = False
    add_words: str = ""
    """What the button says that adds an item."""
    add_key: str = ""
    begins_with_one: bool = False
    """One empty card is shown while the list has no item."""
    offers: Mapping[str, Callable[[Choices, DocumentPart], tuple[Option, ...]]] | None = None

    @property
    def below(self) -> str:
        """What comes before the paths of the fields, without the number of the item."""
        return f"{self.block}." if self.repeats else ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Put `value` at `path`. `over`: also where something stands already; `firm`: even where it
    was taken back once, because what stands there no longer fits."""

    path: str
    value: JsonValue
    over: bool = False
    firm: bool = False


class AskedNow(Protocol):
    """Decides which fields of a section are shown."""

    def __call__(
        self,
        section: FormSection,
        document: DocumentPart,
        checklist: Checklist,
        *,
        line: DocumentPart | None = None,
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

    fields: Mapping[str, Field]
    """The domain's table of the fields, by their paths without numbers of items."""
    sections: tuple[FormSection, ...]
    asked: AskedNow
    follows: Follows
    follows_at_once: frozenset[str] = frozenset()
    """Last names of paths from which something follows with each key, not only when they are
    left: what is shown depends on them."""
    kept_as_seen: str = ""
    """Where the document lists the identifiers that are kept as seen on the label."""
    not_copied: frozenset[str] = frozenset()
    """Names that the copy of an item does not take along."""
    beside: frozenset[str] = frozenset()
    """Lists of the document that no card of the form shows: the photos."""

    def title_of(self, section: FormSection) -> str:
        """The title of a card, marked for translation."""
        return self.fields[section.block].label

    def field_of(self, section: FormSection, ask: Ask) -> Field:
        """What the domain says of that field."""
        return self.fields[section.below + ask.path]

    def ask_at(self, path: str) -> Ask | None:
        """Where the field stands that `path` (`goods.0.packs`) names in a document."""
        return ask_at(self.sections, path)


def ask_at(sections: tuple[FormSection, ...], path: str) -> Ask | None:
    """Where the field of `sections` stands that `path` names in a document; None for no field."""
    wanted = bare(path)
    found = (
        ask for section in sections for ask in section.asks if section.below + ask.path == wanted
    )
    return next(found, None)
