"""The words of a pack: complete in each of its languages, and no two choices alike."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator, Sequence
from typing import get_args, get_origin

import msgspec

from domain.pack.contradictions import LANGUAGE, NOT_A_LANGUAGE
from domain.pack.finding import PackFindings, doubt, fault
from domain.pack.model import NAMED_LISTS, NamedPart, Pack, Post, Unit, labels_of
from domain.pack.part import Code, PackPart
from domain.plural import categories_of
from domain.remark import Remark
from domain.words import Labels, mark

TOLD_ONE_BY_ONE = 20
"""Places without words in a language that are named each; with more, they are told together."""
Words = tuple[str, Labels]
"""A position, and the words there by language."""


def words(pack: Pack) -> PackFindings:
    """Faults and remarks of all words."""
    every = list(_words_of(pack, "$"))
    yield from _tags(every)
    for number, language in enumerate(pack.languages):
        if LANGUAGE.fullmatch(language):
            yield from _incomplete(f"$.languages[{number}]", language, every)
    yield from _complete_but_not_listed(pack.languages, every)
    for number, unit in enumerate(pack.units):
        yield from _plurals(f"$.units[{number}].plural", unit, pack.languages)
    yield from _without_heading(pack)
    for name in NAMED_LISTS:
        yield from _alike(f"$.{name}", getattr(pack, name))
    for name, codes in pack.lists.items():
        yield from _alike(f"$.lists.{name}", codes)


def _words_of(part: PackPart, here: str) -> Iterator[Words]:
    """All words, where an optional field that is left out has none; but not those that each
    language may have or not: plurals, and what stands in place of the words of the program.
    """
    for name, written in _worded(type(part)):
        value = getattr(part, name)
        if value:
            yield from _words_in(value, f"{here}.{written}")


@functools.cache
def _worded(kind: type[PackPart]) -> tuple[tuple[str, str], ...]:
    """The fields of a part in which words can stand, each as it is written in the file."""
    return tuple(
        (field.name, field.encode_name)
        for field in msgspec.structs.fields(kind)
        if field.name not in ("plural", "words") and _has_words(field.type)
    )


def _has_words(held: object) -> bool:
    if isinstance(held, type) and issubclass(held, PackPart):
        return bool(_worded(held))
    return get_origin(held) is dict or any(_has_words(inner) for inner in get_args(held))


def _words_in(value: object, here: str) -> Iterator[Words]:
    if isinstance(value, PackPart):
        yield from _words_of(value, here)
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _words_in(item, f"{here}[{number}]")
    elif isinstance(value, dict):
        if any(isinstance(held, str) for held in value.values()):
            yield here, value
        else:
            for name, held in value.items():
                yield from _words_in(held, f"{here}.{name}")


def _tags(every: Collection[Words]) -> PackFindings:
    if all(map(LANGUAGE.fullmatch, {language for _, labels in every for language in labels})):
        return
    for here, labels in every:
        for language in labels:
            if not LANGUAGE.fullmatch(language):
                yield fault(f"{here}.{language}", NOT_A_LANGUAGE, language=language)


def _incomplete(position: str, language: str, every: Collection[Words]) -> PackFindings:
    lacking = [here for here, labels in every if not labels.get(language, "").strip()]
    if language == "en":
        # without the key it is told as a contradiction
        lacking = [here for here, labels in every if "en" in labels and not labels["en"].strip()]
    if len(lacking) > TOLD_ONE_BY_ONE or len(lacking) == len(every):
        what = mark(
            "'{language}' has no words in {count} of {total} places, first at {first}: fill them"
            " in, or take it out of languages"
        )
        values = {"count": len(lacking), "total": len(every), "first": lacking[0]}
        yield fault(position, what, language=language, **values)
        return
    for here in lacking:
        what = mark("has no words in '{language}', which is among languages")
        yield fault(here, what, language=language)


def _complete_but_not_listed(listed: Collection[str], every: Collection[Words]) -> PackFindings:
    tags = {tag for _, labels in every for tag in labels} - {*listed, "en"}
    for tag in sorted(tags):
        if all(labels.get(tag, "").strip() for _, labels in every):
            what = mark("'{language}' has words everywhere and is not among languages")
            yield doubt("$.languages", what, language=tag)


def _plurals(position: str, unit: Unit, languages: Collection[str]) -> PackFindings:
    for language in languages:
        there = unit.plural.get(language)
        forms = categories_of(language)
        if len(forms) == 1 or not unit.label.get(language):
            continue
        if not there:
            what = mark("'{code}' has no plural in '{language}': its label stands for all amounts")
            yield doubt(position, what, code=unit.code, language=language)
            continue
        given = {"other"} if isinstance(there, str) else {f for f, text in there.items() if text}
        lacking = [form for form in forms if form not in given | {"one"}]
        if lacking:
            what = mark("'{code}' has no words in '{language}' for: {forms}")
            missing = Remark(", ".join(lacking))
            values = {"code": unit.code, "language": language, "forms": missing}
            yield doubt(f"{position}.{language}", what, **values)


def _without_heading(pack: Pack) -> PackFindings:
    """A group without heading is shown as it is written, in each language alike."""
    if set(pack.languages) <= {"en"}:
        return
    named: set[str] = set()
    shared = ("reasons", "indicators", "concealment", "detection", "photo_roles")
    lists: list[tuple[str, Sequence[Code]]] = [(name, getattr(pack, name)) for name in shared]
    lists += [(f"lists.{name}", codes) for name, codes in pack.lists.items()]
    for name, codes in lists:
        for number, item in enumerate(codes):
            if item.group and item.group not in pack.headings and item.group not in named:
                named.add(item.group)
                what = mark("'{group}' has no words in headings: it is shown as it is written")
                yield doubt(f"$.{name}[{number}].group", what, group=item.group)


def _alike(position: str, choices: Sequence[NamedPart]) -> PackFindings:
    """Faults for choices of one list that look alike in a language, and for codes alike."""
    if _all_differ(choices):
        return
    first: dict[tuple[str, str, str], str] = {}
    codes: dict[str, str] = {}
    for number, choice in enumerate(choices):
        beside = choice.group if isinstance(choice, Code) else ""
        beside = choice.country if isinstance(choice, Post) else beside
        field = "name" if isinstance(choice, Post) else "label"
        for language, label in labels_of(choice).items():
            key = (language, beside, " ".join(label.split()).casefold())
            other = first.setdefault(key, choice.code)
            if other != choice.code and key[2]:
                what = mark("'{label}' is also the label of {other}: nobody can tell them apart")
                here = f"{position}[{number}].{field}.{language}"
                yield fault(here, what, label=label, other=other)
        other = codes.setdefault(choice.code.casefold(), choice.code)
        if other != choice.code:
            what = mark("'{code}' and '{other}' differ in capitals alone")
            yield doubt(f"{position}[{number}].code", what, code=choice.code, other=other)


def _all_differ(choices: Sequence[NamedPart]) -> bool:
    """Whether no label and no code is there twice; of thousands, this is asked quickly."""
    texts: dict[str, list[str]] = {"": [choice.code for choice in choices]}
    for choice in choices:
        for language, label in labels_of(choice).items():
            texts.setdefault(language, []).append(" ".join(label.split()))
    return all(len(set(map(str.casefold, each))) == len(each) for each in texts.values())
