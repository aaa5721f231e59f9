"""A form as data.

The form engine contains no form: a screen passes a `FormDescription` to it. Kinds and labels of
fields are in the domain's table of fields; required fields are in the pack. A description defines
only the position of a field and the values that follow from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from domain.document import Document, DocumentPart, JsonValue
from domain.fields import Field, bare
from domain.interception.codes import Mode
from domain.pack.checklist import Checklist
from domain.pack.profile import Group
from gui.form.options import Choices
from gui.parts.option import Option
from gui.words import Words

COLUMNS = 24


class By(Enum):
    """How a field is entered, when its kind alone does not decide it."""

    KIND = auto()
    """By its kind: chips for few choices, type-ahead for many, a line or an area for text."""
    FINDING = auto()
    """Type-ahead, even for few choices."""
    LINE = auto()
    """One line, even for long text."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One field: `path` below its block, `span` of the 24 columns of a card.

    `modes` and `groups`: shown only for these modes of transport or groups of goods. Of these,
    `core` fields are always shown; others in the long form, when the pack asks for them, or when
    they have a value. `only_catch_all`: shown only when the category of the line is a catch-all, or
    with a value. Enter goes from one `stop` field to the next one and skips optional fields.
    `amended_for` is a code of `amend_reasons`: an amendment for this reason always shows the field.
    `folded`: in the short form it is shown only while it is empty and must be filled, because it
    rarely changes from one record to the next, or is not needed at once; the head of the card names
    its value. `rare`: not `core`, and even in the long form it is not shown before it has a value,
    unless the pack asks for it; the card opens all of its fields on demand.
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
    folded: bool = False
    rare: bool = False
    large: bool = False
    """Whether a value that is worked out for the empty field stands there in large letters."""
    made_of: tuple[str, ...] = ()
    """Last parts of the paths of fields beside it from which its value is worked out."""
    amended_for: str = ""


@dataclass(frozen=True, slots=True)
class FormSection:
    """A card of the form, with the title of the block at the path `block`.

    `repeats`: the block is a list; each item has its own card, and the paths of the fields begin
    below the item. `offers` contains functions for options that depend on other values in the item;
    keys are the field's path below the item.
    """

    block: str
    asks: tuple[Ask, ...]
    repeats: bool = False
    add_words: str = ""
    """The label of the button that adds an item."""
    add_key: str = ""
    begins_with_one: bool = False
    """Whether one empty card is shown while the list has no item."""
    offers: Mapping[str, Callable[[Choices, DocumentPart], Sequence[Option]]] | None = None
    in_one_line: Callable[[DocumentPart, Checklist, Words], str] | None = None
    """What an item holds, for the line that stands for its card in a long list."""

    @property
    def below(self) -> str:
        """The prefix of the fields' paths, without the number of the item."""
        return f"{self.block}." if self.repeats else ""

    def holds(self, path: str) -> bool:
        """Whether `path`, below its item, is that of a field, or inside or around one."""
        return bool(path) and any(
            ask.path == path or ask.path.startswith(f"{path}.") or path.startswith(f"{ask.path}.")
            for ask in self.asks
        )


@dataclass(frozen=True, slots=True)
class Proposal:
    """Set `value` at `path`.

    `over`: also replace an existing value; `firm`: also set it again after the officer undid it,
    because the old value no longer fits.
    """

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
        """The fields that are shown now.

        `line`: the item of a repeated section; `more`: the officer opened the long form; `reason`:
        why the record is amended, empty for a new record.
        """


Follows = Callable[[Document, str, Checklist], tuple[Proposal, ...]]
"""A function that returns what follows from the present value at a path."""


@dataclass(frozen=True, slots=True)
class FormDescription:
    """Everything that the form engine needs for one form."""

    fields: Mapping[str, Field]
    """The domain's table of the fields, by their paths without numbers of items."""
    sections: tuple[FormSection, ...]
    asked: AskedNow
    follows: Follows
    deciding: Callable[[DocumentPart, Checklist], object]
    """Returns all that decides which fields are asked on any card, and what is offered there, to be
    compared. Beside it, values decide it by whether they are there, and only on their own card.
    """
    follows_at_once: frozenset[str] = frozenset()
    """Last parts of paths from which values follow after each key, not only when the field is left,
    because other fields depend on them.
    """
    kept_as_seen: str = ""
    """Path of the list of identifiers that are kept as seen on the label."""
    not_copied: frozenset[str] = frozenset()
    """Names of fields that are not copied with an item."""
    beside: frozenset[str] = frozenset()
    """Lists in the document that are on no card of the form: the photos."""

    def title_of(self, section: FormSection) -> str:
        """The title of a card, marked for translation."""
        return self.fields[section.block].label

    def field_of(self, section: FormSection, ask: Ask) -> Field:
        """The field at `path` in the domain's table."""
        return self.fields[section.below + ask.path]

    def ask_at(self, path: str) -> Ask | None:
        """The description of the field at `path` (`goods.0.packs`) in a document."""
        return ask_at(self.sections, path)


def ask_at(sections: tuple[FormSection, ...], path: str) -> Ask | None:
    """The description of the field at `path` in a document, from `sections`; None without one."""
    wanted = bare(path)
    found = (
        ask for section in sections for ask in section.asks if section.below + ask.path == wanted
    )
    return next(found, None)
