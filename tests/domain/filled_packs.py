"""Packs with something in every field of the model, and made-up packs, for tests of workbooks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec
from hypothesis import strategies as st

from domain.pack import part
from domain.pack.model import Pack
from domain.pack.part import PackPart
from domain.pack.workbook.cells import Cell, CellKind, WorkbookSheet, letters
from domain.pack.workbook.shapes import (
    Keyed,
    Leaf,
    LeafKind,
    PartOf,
    Several,
    Shape,
    attributes,
    required,
)
from domain.pack.workbook.write import Table

LIKE = {
    part.CODE_PATTERN: ("A1", "b_2.c-3"),
    part.FIELD_PATTERN: ("fibre", "cert_no"),
    part.HS_PATTERN: ("0507.10", "3004"),
    part.POST_PATTERN: ("MCN", "0012"),
    part.COUNTRY_PATTERN: ("XA", "GB"),
    part.ID_PATTERN: ("OP-1", "A2"),
    part.VERSION_PATTERN: ("1.0.0", "1.10.2"),
}
"""Texts that are written as a pattern says."""
_NAMED = re.compile(r"(\w+)\[([\w:.]+)\](\d+|[AB])")
_CHARACTERS = "aZ09.,;:\"'=_-/ \u00a0\u3000éßعж中\U0001f600"
_WORDS = st.text(_CHARACTERS, max_size=6).map(str.strip)
_TEXT = _WORDS.filter(bool)
_LINES = st.lists(_TEXT, min_size=1, max_size=2).map("\n".join)
_NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=3)
_LANGUAGES = st.sampled_from(("en", "fr", "pt-BR", "ar"))


def every_field(kind: type[PackPart] = Pack) -> PackPart:
    """A part with something in each of its fields that the format does not say by itself."""
    made = {name: _something(shape, name) for name, shape in PartOf(kind).fields.items()}
    return kind(**{attributes(kind)[name].name: value for name, value in made.items()})


def _something(shape: Shape, name: str) -> Any:
    if isinstance(shape, PartOf):
        return every_field(shape.part)
    if isinstance(shape, Several):
        item = _something(shape.item, name)
        if shape.keyed:
            return {"own_list": item}
        return (item, item) if isinstance(shape.item, PartOf) else item
    if isinstance(shape, Keyed):
        texts = {"en": f"{name}; of «all»", "fr": f"{name} : « tout »"}
        key = "holder" if name == "words" else "few.things"
        return {key: texts} if shape.again and not shape.either else texts
    text = LIKE[shape.pattern][0] if shape.pattern else f"{name}_1"
    return {
        LeafKind.TEXT: text,
        LeafKind.DAY: "2026-11-23",
        LeafKind.YES_NO: name not in {"whole", "sample"},
        LeafKind.WHOLE: 3,
        LeafKind.NUMBER: Decimal("0.0010"),
        LeafKind.CODES: (text, "second"),
        LeafKind.TEXTS: (text, 'a "b", c; d', "1,4-butanediol"),
    }[shape.kind]


def packs() -> st.SearchStrategy[Any]:
    """Packs of which one field was made up, as far as the model goes."""
    full = every_field()
    made_up = (_one_field(name, _value(shape, name)) for name, shape in PartOf(Pack).fields.items())
    return st.one_of(*made_up).map(lambda changed: msgspec.structs.replace(full, **changed))


def _one_field(name: str, value: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    own = attributes(Pack)[name].name
    return value.map(lambda made: {own: made})


def _part(kind: type[PackPart]) -> st.SearchStrategy[Any]:
    fields, needed = PartOf(kind).fields, required(kind)
    own = {name: attributes(kind)[name].name for name in fields}
    must = {own[name]: _value(fields[name], name) for name in fields if name in needed}
    optional = {own[name]: _value(fields[name], name) for name in fields if name not in needed}
    made = st.fixed_dictionaries(must, optional=optional).map(lambda given: kind(**given))
    return made if must else made.filter(lambda part: part != kind())


def _value(shape: Shape, name: str) -> st.SearchStrategy[Any]:
    if isinstance(shape, Leaf):
        return _leaf(shape)
    if isinstance(shape, PartOf):
        return _part(shape.part)
    if isinstance(shape, Keyed):
        words = st.dictionaries(_LANGUAGES, _LINES, min_size=1, max_size=2)
        if not shape.again:
            return words
        if shape.either:
            forms = st.fixed_dictionaries({"few": _TEXT, "other": _TEXT})
            return st.dictionaries(_LANGUAGES, _TEXT | forms, max_size=2)
        keys = st.sampled_from(("holder", "seal")) if name == "words" else _TEXT
        return st.dictionaries(keys, words, max_size=2)
    inside = _value(shape.item, name)
    if shape.keyed:
        return st.dictionaries(st.sampled_from(("drug.Form", "own_list")), inside, max_size=2)
    return st.lists(inside, min_size=1, max_size=2).map(tuple)


def _leaf(leaf: Leaf) -> st.SearchStrategy[Any]:
    text = st.sampled_from(LIKE[leaf.pattern]) if leaf.pattern else _TEXT
    kinds: dict[LeafKind, st.SearchStrategy[Any]] = {
        LeafKind.TEXT: text,
        LeafKind.DAY: _TEXT,
        LeafKind.YES_NO: st.booleans(),
        LeafKind.WHOLE: st.integers(0, 999),
        LeafKind.NUMBER: _NUMBERS,
        LeafKind.CODES: st.lists(text, max_size=2).map(tuple),
        LeafKind.TEXTS: st.lists(_WORDS, max_size=3).map(tuple),
    }
    return kinds[leaf.kind]


def as_sheet(table: Table) -> WorkbookSheet:
    """The table as a sheet of text that was read."""
    rows = enumerate((table.header, *table.rows), 1)
    cells = {
        (row, column): Cell(CellKind.TEXT, text)
        for row, texts in rows
        for column, text in enumerate(texts, 1)
        if text
    }
    return WorkbookSheet(table.name, cells)


def cells_named(text: str, sheets: Mapping[str, WorkbookSheet]) -> str:
    """`units[factor]2` as `units!G2`; `settings[version]B` as `settings!B4`: whatever columns and
    rows the model adds before.
    """
    return _NAMED.sub(lambda found: _named(sheets[found[1]], found[2], found[3]), text)


def _named(sheet: WorkbookSheet, name: str, beside: str) -> str:
    row, column = next(address for address, cell in sheet.cells.items() if cell.text == name)
    if beside.isdigit():
        return f"{sheet.name}!{letters(column)}{beside}"
    return f"{sheet.name}!{beside}{row}"
