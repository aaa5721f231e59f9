"""The table of fields: everything that is known of each field of an interception, in one place.

What a field is stands in the annotation of its block (`domain/interception/`), written with
`field(...)`; to add a field, add its line there. This file reads the annotations into `FIELDS`,
which desk, paper, hub page, command line and docs use: no other file has a label of a field.

A pack adds further fields of goods (`domain.pack.added`). They are no part of `FIELDS`; whoever
knows the checklist passes them on, by their codes, and they are walked like all others.

A path names a field below the record: `goods.0.medicine.lot` with the number of the line (from 0),
`goods.medicine.lot` without. `FIELDS` has the paths without numbers.
"""

from __future__ import annotations

import functools
import inspect
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Any, Union, get_args, get_origin

from domain.ids import Digest, Name
from domain.instant import Instant
from domain.interception.base import About, Block, FieldKind, Privacy
from domain.interception.codes import Mode
from domain.interception.record import Interception
from domain.words import Labels, in_english, in_language, mark

RECORD = mark("Interception")
"""The title of the fields outside all blocks."""
_KINDS: tuple[tuple[type, FieldKind], ...] = (
    (Block, FieldKind.BLOCK),
    (bool, FieldKind.YES_NO),
    (int, FieldKind.WHOLE),
    (float, FieldKind.DEGREES),
    (Decimal, FieldKind.DECIMAL),
    (date, FieldKind.DAY),
    (Instant, FieldKind.MOMENT),
    (Digest, FieldKind.IDENTITY),
    (Name, FieldKind.IDENTITY),
    (str, FieldKind.TEXT),
)
"""The kind of a field by its type, where the annotation names no kind; the first match counts."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field. It says nothing of where the field comes from, so it fits any block.

    `path`: below the block that was asked for. `value_type`: its Python type, of a list that of one
    item; `kind`: how a value is written; `many`: whether it holds several. `label`: its name, a
    template to translate; `noun`: what a sentence calls it where the label is no noun; `unit`: the
    text in brackets after the label. `list_name`: the code list and `number`: the check rule that
    it follows. `identifies`: the mode of transport of what is known by this number. `words`: the
    label by language, for a field that a pack adds (`label` is then the English one); `hint`: what
    the pack tells the officer about it.
    """

    path: str
    value_type: type
    kind: FieldKind
    many: bool
    label: str
    noun: str
    unit: str = ""
    list_name: str = ""
    number: str = ""
    privacy: Privacy | None = None
    identifies: Mode | None = None
    words: Labels | None = None
    hint: Labels | None = None

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition(".")[2]

    @property
    def block(self) -> type[Block] | None:
        """The block the field holds, if it holds one."""
        return self.value_type if issubclass(self.value_type, Block) else None

    @property
    def long(self) -> bool:
        """Whether it holds text of several lines."""
        return self.kind is FieldKind.LONG_TEXT

    def named(self, say: Callable[[str], str] = in_english, language: str = "en") -> str:
        """The label, in the language of `say`."""
        return say(self.label) if self.words is None else in_language(self.words, language)

    def heading(self, say: Callable[[str], str] = in_english, language: str = "en") -> str:
        """The heading of the value: the label, and the unit in brackets."""
        named = self.named(say, language)
        return f"{named} ({say(self.unit)})" if self.unit else named


AddedFields = Mapping[str, Field]
"""The fields that a pack adds to a line of goods, by their codes; their path is the code."""
NO_FIELDS: AddedFields = MappingProxyType({})
ADDED = "goods.added."
"""The beginning of the path of a field that a pack adds."""


def _field(name: str, hint: Any) -> Field:
    about, many = None, False
    if get_origin(hint) is Annotated:
        hint, *metas = get_args(hint)
        about = next((meta for meta in metas if isinstance(meta, About)), None)
    if about is None:
        raise TypeError(f"the annotation of {name} has no field(...)")
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    if get_origin(hint) is tuple:
        hint, many = get_args(hint)[0], True
    if get_origin(hint) is dict:
        hint = str
    kind = about.kind or _kind(hint, about)
    return Field(
        path=name,
        value_type=hint,
        kind=kind,
        many=many,
        label=about.label,
        noun=about.noun or about.label,
        unit=about.unit or ("kg" if kind is FieldKind.KILOGRAMS else ""),
        list_name=about.list_name,
        number=about.number,
        privacy=about.privacy,
        identifies=about.identifies,
    )


def _kind(held: type, about: About) -> FieldKind:
    if about.list_name:
        return FieldKind.CODE
    if about.number:
        return FieldKind.NUMBER
    return next(kind for known, kind in _KINDS if issubclass(held, known))


_cache: dict[type[Block], dict[str, Field]] = {}


def fields_of(block: type[Block]) -> dict[str, Field]:
    """The fields of `block` by name, in their written order."""
    if block not in _cache:
        # The blocks' files do not turn annotations into text, which would be compiled here.
        hints = inspect.get_annotations(block)
        _cache[block] = {name: _field(name, hints[name]) for name in block.__struct_fields__}
    return _cache[block]


def _below(block: type[Block], before: str = "") -> Iterator[Field]:
    for name, field in fields_of(block).items():
        if field.kind is FieldKind.ADDED:
            continue
        yield replace(field, path=before + name) if before else field
        if field.block is not None:
            yield from _below(field.block, f"{before}{name}.")


FIELDS: Mapping[str, Field] = MappingProxyType({f.path: f for f in _below(Interception)})
"""Every field and every block of an interception by its path without numbers, in their order."""
IDENTIFIERS: tuple[Field, ...] = tuple(
    field
    for path, field in FIELDS.items()
    if (field.number or field.identifies) and not path.startswith("goods.")
)
"""The numbers by which a consignment, or what carries it, is known."""


@functools.lru_cache(maxsize=4096)
def bare(path: str) -> str:
    """`path` without the numbers of lines and items."""
    return ".".join(part for part in path.split(".") if not part.isdecimal())


def field_at(path: str) -> Field:
    """The field that `path` names in a record. Raises `KeyError` when there is none."""
    return FIELDS[bare(path)]


def label_of(path: str) -> str:
    """The label of the field that `path` names in a record, a template; empty for no field."""
    field = FIELDS.get(bare(path))
    return field.label if field else ""


def noun_of(path: str) -> str:
    """What a sentence calls the field at `path`, a template; empty for no field."""
    field = FIELDS.get(bare(path))
    return field.noun if field else ""


def title_of(path: str) -> tuple[str, int | None]:
    """The title of the group that the field at `path` is shown in, and its number from 1.

    The title is the label of the block: of the innermost one that the path numbers
    (`goods.2.medicine.lot`: Goods, 3), else of the outermost one (`detection.field_test.kit`:
    Detection, None). A field in no block has the title `RECORD`.
    """
    parts = path.split(".")
    for end in range(len(parts) - 1, 0, -1):
        if parts[end].isdecimal() and field_at(".".join(parts[:end])).block is not None:
            return label_of(".".join(parts[:end])), int(parts[end]) + 1
    return (label_of(parts[0]) if len(parts) > 1 else RECORD), None


Walked = tuple[str, Field, object]
"""A field that is not empty: its path (`goods.0.medicine.lot`), the field, and its value."""


def walk(value: Block, path: str = "", added: AddedFields = NO_FIELDS) -> list[Walked]:
    """Every field of `value` that is not empty; `path` is where `value` is.

    A list of codes is one field; blocks are walked into. `added` are the fields that the pack adds:
    what it does not know is walked as text, under its code.
    """
    found: list[Walked] = []
    _walk(value, f"{path}." if path else "", found, added)
    return found


def _walk(value: Block, before: str, found: list[Walked], added: AddedFields) -> None:
    for name, field, is_leaf in _ways(type(value)):
        held = getattr(value, name)
        if is_leaf:
            if held is not None and held != ():
                found.append((before + name, field, held))
        elif field.kind is FieldKind.ADDED:
            for code, written in held.items():
                known = added.get(code) or unknown_field(code, many=isinstance(written, tuple))
                found.append((f"{before}{name}.{code}", known, _typed(known, written)))
        elif field.many:
            for index, item in enumerate(held):
                _walk(item, f"{before}{name}.{index}.", found, added)
        else:
            _walk(held, f"{before}{name}.", found, added)


def unknown_field(code: str, *, many: bool = False) -> Field:
    """A field of a pack that is not at hand: text, called by its code."""
    return Field(code, str, FieldKind.TEXT, many, code, code, words={"en": code})


_TYPED: Mapping[type, Callable[[str], object]] = {
    bool: "true".__eq__,
    int: int,
    Decimal: Decimal,
    date: date.fromisoformat,
}


def _typed(field: Field, written: str | tuple[str, ...]) -> object:
    """The value of an added field as its Python type; what another version of the pack wrote in
    another form stays text.
    """
    make = _TYPED.get(field.value_type)
    if make is None or not isinstance(written, str):
        return written
    try:
        return make(written)
    except (ValueError, ArithmeticError):
        return written


@functools.cache
def _ways(block: type[Block]) -> tuple[tuple[str, Field, bool], ...]:
    """The fields of `block`, and whether each holds a value, no block: asked once, not at every
    walk.
    """
    return tuple(
        (name, f, f.block is None and f.kind is not FieldKind.ADDED)
        for name, f in fields_of(block).items()
    )


def items_of(value: object) -> tuple[object, ...]:
    """What the value of a field holds one by one: a list's items, else the value alone."""
    return value if isinstance(value, tuple) else (value,)
