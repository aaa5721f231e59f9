"""What a record of one checklist gives to a record of the same find under another checklist."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from domain.document import Document, DocumentPart, JsonValue, texts_at
from domain.fields import items_of, label_of, walk
from domain.interception.read import read
from domain.pack.checklist import Checklist
from domain.pack.model import CODE_LISTS
from domain.remark import Remark, remark
from domain.words import mark

OF_THE_FIND = (
    "post", "case_ref", "occasion", "detection", "consignment", "conveyance", "route", "persons",
)  # fmt: skip
"""The parts of a record that are the same for all interceptions of a find: not the goods, the
photos, the legal act and the remarks."""
OF_ONE_RECORD = ("occasion.clock_state", "detection.field_test")
"""What is in those parts and belongs to one interception."""
AS_SEEN = "consignment.as_seen_on_label"
LEFT_OUT = mark("{field}: {value}")


def of_the_find(
    document: DocumentPart, before: Checklist | None, after: Checklist, language: str = "en"
) -> tuple[Document, tuple[Remark, ...]]:
    """The parts of `document` that hold for the whole find, without the codes that `after` lacks or
    means otherwise than `before`, and a remark for each of these. Labels are in `language`.
    """
    taken: Document = {name: document[name] for name in OF_THE_FIND if name in document}
    for path in OF_ONE_RECORD:
        taken = _without(taken, path)
    # Numbers of goods that were kept as seen on the label are not in the other record.
    of_goods = [path for path in texts_at(taken, AS_SEEN) if path.startswith("goods.")]
    taken = _without(taken, AS_SEEN, of_goods)
    remarks = []
    for path, list_name, codes in tuple(_lacking(taken, before, after)):
        taken = _without(taken, path, codes)
        for code in codes:
            label = before.label(list_name, code, language) if before else code
            remarks.append(remark(LEFT_OUT, field=remark(label_of(path)), value=label))
    return taken, tuple(remarks)


def _lacking(
    taken: Document, before: Checklist | None, after: Checklist
) -> Iterator[tuple[str, str, list[str]]]:
    """Path, list and codes of what `after` does not have, or calls otherwise."""
    for path, field, value in walk(read(taken).interception):
        if field.list_name in CODE_LISTS:
            name = field.list_name
            codes = [c for c in map(str, items_of(value)) if not _is_same(name, c, before, after)]
            if codes:
                yield path, name, codes


def _is_same(list_name: str, code: str, before: Checklist | None, after: Checklist) -> bool:
    if before is not None and before.ref == after.ref:
        return True  # also what was typed and is on no list
    if not after.has(list_name, code):
        return False
    if list_name == "posts" or before is None or not before.has(list_name, code):
        return True
    return before.label(list_name, code, "en") == after.label(list_name, code, "en")


def _without(document: DocumentPart, path: str, codes: Collection[str] | None = None) -> Document:
    """`document` without the codes in the value at `path`; without the value when none is left, or
    no codes are named.
    """
    name, _, rest = path.partition(".")
    held = document.get(name)
    left: JsonValue = None
    if not rest:
        if codes is not None and isinstance(held, list):
            left = [code for code in held if str(code) not in codes]
    elif isinstance(held, list):
        index, _, rest = rest.partition(".")
        left = [
            _without(item, rest, codes) if str(n) == index and isinstance(item, Mapping) else item
            for n, item in enumerate(held)
        ]
    else:
        left = _without(held, rest, codes) if isinstance(held, Mapping) else held
    others = {key: value for key, value in document.items() if key != name}
    return {**others, name: left} if left else others
