"""A catch-all code ("other") needs a description."""

from __future__ import annotations

from collections.abc import Iterator

from domain.fault import Fault, FaultKind, FieldAt
from domain.fields import ADDED, items_of
from domain.rules.codes import value_at
from domain.rules.situation import RecordPart, Situation
from domain.words import mark, says_something

WORDS = {
    "goods.reasons": ("{line}description", "{line}condition", "{line}category_other"),
    "goods.medicine.dosage_form": ("{line}description",),
    "goods.drug.form": ("{line}description",),
    "detection.methods": ("detection.concealment_text", "detection.bulletin"),
    "detection.indicators": ("detection.concealment_text", "detection.bulletin"),
    "detection.concealment": ("detection.concealment_text",),
    "consignment.declaration.cn_category": ("consignment.declaration.description",),
    "photos.role": ("{line}caption",),
}
"""The fields that can describe a catch-all code, by field, all in the same part of the record;
`remarks` always counts too."""
OF_ADDED = ("{line}description",)
"""The same for a field that the pack adds: remarks stay at the post, a description travels and is
on the paper."""
ASKED_BY_GOODS = "goods.category"


CATCH_ALL_WITHOUT_WORDS = FaultKind(
    "catch_all_without_words",
    mark("{code} needs a description"),
    mark("Describe it under {field}."),
    warns=True,
)


def faults(situation: Situation) -> Iterator[Fault]:
    """A remark for each catch-all code without a description."""
    yield from situation.in_parts(_in_part, situation.interception.remarks)


def _in_part(situation: Situation, part: RecordPart, _remarks: object) -> Iterator[Fault]:
    for path, field, value in part.filled:
        if not field.list_name:
            continue
        parts = path.split(".")
        bare = ".".join(part for part in parts if not part.isdigit())
        if bare == ASKED_BY_GOODS:
            continue  # another rule covers it: `category_other` must be filled
        line = ".".join(parts[:2]) + "." if parts[1:2] and parts[1].isdigit() else ""
        templates = WORDS.get(bare, OF_ADDED if bare.startswith(ADDED) else ())
        word_paths = [template.format(line=line) for template in templates] + ["remarks"]
        for code in map(str, items_of(value)):
            if situation.checklist.is_other(field.list_name, code) and not _described(
                situation, word_paths
            ):
                yield Fault(
                    path,
                    CATCH_ALL_WITHOUT_WORDS,
                    code=situation.listed(field.list_name, code),
                    field=FieldAt(word_paths[0]),
                )


def _described(situation: Situation, paths: list[str]) -> bool:
    values = [value_at(situation.interception, path) for path in paths]
    return any(says_something(word) for word in values if isinstance(word, str))
