"""What a version of a pack has otherwise than another, in words.

Every field of every part is compared, as the model has them: one that is added later is compared
too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.pack.model import Choice, NamedPart, Pack, labels_of
from domain.pack.part import PackPart
from domain.pack.workbook.shapes import attributes
from domain.remark import Remark, remark
from domain.words import in_language, mark

SHOWN = 80
"""Characters of a text that a line shows."""
BEFORE = 25
"""Characters that are shown before the first difference of two long texts."""
NEW = mark("{name} is new")
GONE = mark("{name} is gone")
NEW_CODE = mark("{name} is new{renamed}")
GONE_CODE = mark("{name} is gone: it can no longer be chosen; records that have it keep it")
RENAMED = mark(", with the label of {other}, which is gone: totals do not join the two")
OTHERWISE = mark("{new}, was {old}")
EMPTY = mark("nothing")
YES = mark("yes")
NO = mark("no")
ORDER = mark("the order is another")
COUNTS_OTHERWISE = mark(
    "{new}, was {old}: amounts of this code no longer mean the same; use a new code"
)
ANOTHER_PACK = mark("{new}, was {old}: this is another pack, not another version of it")
NOT_HIGHER = mark("{new}, was {old}: a newer version has a higher number")
SAME_VERSION = mark("{new} on both, with another content: a version is never changed")
MEANING = {("units", "factor"), ("units", "dimension")}
"""Fields that give amounts another meaning."""


@dataclass(frozen=True, slots=True)
class PackChange:
    """One difference: `where` names list, code and field (`units pair: factor`)."""

    where: str
    what: Remark

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def changes(old: Pack, new: Pack) -> list[PackChange]:
    """What `new` has otherwise than `old`, in the order of the format."""
    found = [each for each in _in_part(old, new, "") if each.where not in ("id", "version")]
    if old.id != new.id:
        found.insert(0, _otherwise("id", ANOTHER_PACK, old.id, new.id))
    elif old.version != new.version:
        later = _numbers(new.version) > _numbers(old.version)
        template = OTHERWISE if later else NOT_HIGHER
        found.insert(0, _otherwise("version", template, old.version, new.version))
    elif found:
        found.insert(0, PackChange("version", remark(SAME_VERSION, new=new.version)))
    return found


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _in_part(old: PackPart, new: PackPart, where: str) -> Iterator[PackChange]:
    for name, field in attributes(type(new)).items():
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before != after:
            here = _below(where, name)
            if (where.partition(" ")[0], name) in MEANING:
                yield _otherwise(here, COUNTS_OTHERWISE, before, after)
            else:
                found = list(_in_value(before, after, here))
                yield from found or [PackChange(here, Remark(ORDER))]


def _below(where: str, name: str) -> str:
    """`units`, `paper: address`, `units pair: label`."""
    return f"{where}: {name}" if where else name


def _in_value(old: object, new: object, where: str) -> Iterator[PackChange]:
    if isinstance(old, PackPart) and isinstance(new, PackPart):
        yield from _in_part(old, new, where)
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _by_key(old, new, where)
    elif isinstance(old, tuple) and isinstance(new, tuple):
        yield from _in_list(old, new, where)
    else:
        yield _otherwise(where, OTHERWISE, old, new)


def _by_key(
    old: Mapping[str, object], new: Mapping[str, object], where: str
) -> Iterator[PackChange]:
    """Words by language, words of headings, lists by name."""
    for key in dict.fromkeys((*old, *new)):
        listed = isinstance(new.get(key, old.get(key)), tuple)
        here = f"{where} {key}" if listed else f"{where} ({key})"
        if old.get(key) == new.get(key):
            continue
        if key not in old or key not in new:
            held = new.get(key, old.get(key))
            template = NEW if key in new else GONE
            name: object = _shown(held) if isinstance(held, str) else key
            yield PackChange(here if isinstance(held, str) else where, remark(template, name=name))
        else:
            yield from _in_value(old[key], new[key], here)


def _in_list(old: Sequence[object], new: Sequence[object], where: str) -> Iterator[PackChange]:
    before, after = _by_name(old), _by_name(new)
    gone = {name: item for name, item in before.items() if name not in after}
    for name, item in gone.items():
        template = GONE_CODE if isinstance(item, Choice) else GONE
        yield PackChange(where, remark(template, name=_named(name, item)))
    for name, item in after.items():
        if name not in before:
            renamed = _renamed(item, gone)
            yield PackChange(where, remark(NEW_CODE, name=_named(name, item), renamed=renamed))
        elif isinstance(item, PackPart) and before[name] != item:
            yield from _in_value(before[name], item, f"{where} {name}")
    kept = [name for name in before if name in after]
    if kept != [name for name in after if name in before]:
        yield PackChange(where, Remark(ORDER))


def _by_name(items: Sequence[object]) -> dict[str, object]:
    """The items by code; what has none by all that it says."""
    return {_name_of(item): item for item in items}


def _name_of(item: object) -> str:
    if isinstance(item, PackPart) and not isinstance(item, NamedPart):
        return _in_words(item)
    return str(getattr(item, "code", item))


def _in_words(value: object) -> str:
    """All that a value says, for what has no code: `need added.vet when added.state is dead`."""
    if isinstance(value, PackPart):
        named = attributes(type(value)).items()
        fields = {name: getattr(value, field.name) for name, field in named}
        return _in_words({name: held for name, held in fields.items() if held or held is False})
    if isinstance(value, Mapping):
        if "en" in value and isinstance(value["en"], str):
            return f"'{value['en']}'"
        return " ".join(f"{key} {_in_words(held)}" for key, held in value.items())
    if isinstance(value, tuple):
        return ", ".join(_in_words(item) for item in value)
    return str(value)


def _named(name: str, item: object) -> str:
    """`GLOVE (Gloves)`."""
    labels = labels_of(item) if isinstance(item, NamedPart) else {}
    return f"{name} ({in_language(labels, 'en')})" if labels else name


def _renamed(item: object, gone: Mapping[str, object]) -> Remark | str:
    labels = labels_of(item) if isinstance(item, NamedPart) else {}
    for name, other in gone.items():
        if labels and isinstance(other, NamedPart) and labels_of(other) == labels:
            return remark(RENAMED, other=name)
    return ""


def _otherwise(where: str, template: str, old: object, new: object) -> PackChange:
    if isinstance(old, str) and isinstance(new, str) and old and new:
        start = max(0, _alike(old, new) - BEFORE)
        return PackChange(where, remark(template, new=_cut(new, start), old=_cut(old, start)))
    return PackChange(where, remark(template, new=_shown(new), old=_shown(old)))


def _alike(old: str, new: str) -> int:
    """The number of characters at the beginning that are the same."""
    pairs = zip(old, new, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))


def _cut(text: str, start: int) -> str:
    """The text in quotation marks; of a long one, the part from `start`."""
    if len(text) <= SHOWN:
        return f"'{text}'"
    part = text[start : start + SHOWN]
    return f"'{'…' if start else ''}{part}{'…' if start + SHOWN < len(text) else ''}'"


def _shown(value: object) -> object:
    if isinstance(value, bool):
        return Remark(YES if value else NO)
    if isinstance(value, str) and value:
        return _cut(value, 0)
    if value is None or value == "" or value in ((), {}):
        return Remark(EMPTY)
    if isinstance(value, PackPart):
        return _in_words(value)
    return str(value)
