"""The notes below the fields: a fault, the meaning of a number, or a calculated value."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from domain.document import DocumentPart, part_at, text_at, texts_at, value_at
from domain.fault import Fault, FieldAt, Shape
from domain.fields import noun_of
from domain.interception.read import read
from domain.numbers import CheckResult, NumberCheck, check_number
from domain.pack.checklist import Checklist, ListedCodes
from domain.pack.second_amount import second_amount
from domain.rules.codes import CODE_LIKE_ANOTHER, CODE_UNKNOWN, FIELD_MISSING
from domain.words import joined, mark, sentence
from gui.action import key_words
from gui.capture.proposals import EXPIRED, months_over, product
from gui.form.fault_notes import EVERYTHING, Note
from gui.parts.mood import Mood
from gui.words import Words

NOT_LISTED = mark("{code} is not on this list")
"""Beside its field a list needs no name; its name in a pack is no word of an officer."""
KEEP_KEY = "Alt+K"
SEIZED_AT = "occasion.seized_at"


class Notes:
    """Writes the notes of one checklist in one language."""

    def __init__(self, checklist: Checklist, words: Words) -> None:
        self._checklist, self._words = checklist, words
        pack = checklist.pack
        self._measures = any(own.measure for own in pack.profiles) or any(
            category.measure for category in pack.categories
        )
        """Whether any goods of the pack have a second amount."""

    @property
    def keep_key(self) -> str:
        """The key that keeps an identifier as seen."""
        return key_words(KEEP_KEY, self._words)

    def fault(self, fault: Fault) -> str:
        """The words for a fault in the line below its field."""
        shape = fault.kind.shape
        if shape is Shape.MISSING and fault.kind.hint:
            return self._words.say(fault.kind.hint)
        below = Shape.SENTENCE if shape is Shape.ABOUT else shape
        return self._sentence(fault, below, self._noun(fault.path))

    def with_field(self, fault: Fault) -> str:
        """A fault as a sentence about its field, for the list of all faults."""
        say, shape = self._words.say, fault.kind.shape
        if fault.path == "officer" and shape is Shape.MISSING:
            return say("Say who you are: badge number")
        field = self._noun(fault.path)
        line = _line_of(fault.path)
        if line > 0:
            field = say("{field}, line {number}", field=field, number=line + 1)
            shape = Shape.ABOUT if shape is Shape.SENTENCE else shape
        return self._sentence(fault, shape, field)

    def _sentence(self, fault: Fault, shape: Shape, field: str) -> str:
        say, values = self._words.say, self._values(fault)
        of_desk = NOT_LISTED if fault.kind in (CODE_UNKNOWN, CODE_LIKE_ANOTHER) else fault.kind.what
        what, hint = say(of_desk, **values), say(fault.kind.hint, **values)
        if fault.kind is FIELD_MISSING:
            hint = ""  # it adds nothing to "is missing"
        begins = self._words.template(fault.kind.what) if shape is Shape.SENTENCE else ""
        return sentence(joined(say(shape.value, field=field, what=what), hint), begins)

    def _values(self, fault: Fault) -> dict[str, object]:
        return {name: self._in_words(value) for name, value in fault.values.items()}

    def _in_words(self, value: object) -> object:
        if isinstance(value, ListedCodes):
            return value.labels(self._words.language)
        if isinstance(value, FieldAt):
            return self._noun(value.path)
        return value

    def _noun(self, path: str) -> str:
        field = self._checklist.field_at(path)
        if field is None or not field.words:
            return self._words.say(noun_of(path)) or path
        return field.named(self._words.say, self._words.language)

    def below(
        self,
        path: str,
        document: DocumentPart,
        fault: Fault | None,
        *,
        kept: bool = False,
        proposed: bool = False,
    ) -> Note:
        """As `NoteWriter`."""
        value = value_at(document, path)
        field = self._checklist.field_at(path)
        if field and field.number and not field.many and value:
            return self._number(field.number, str(value), fault, kept=kept)
        if fault is not None:
            return Note(self.fault(fault), Mood.WARN if fault.warns else Mood.BAD)
        line = part_at(document, ".".join(path.split(".")[:2]))
        if path.startswith("goods.") and value and path.endswith("medicine.expiry"):
            return self._expiry(line, document)
        if path.startswith("goods.") and path.endswith(".quantity"):
            return self._product(line)
        if path.startswith("goods.") and path.endswith(".measure") and not value:
            return self._second(line)
        if path.startswith("goods.") and path.endswith(".category"):
            return self._category(line)
        if proposed and path == "route.dispatch_country":
            return Note(self._words.say("from the item number"), Mood.ACCENT)
        return Note()

    def depends_on(self, path: str) -> tuple[str, ...]:
        """As `NoteWriter`: the quantity depends on packs, their units, and the unit; what is said
        of an expiry on the reasons, and on when the goods were seized.
        """
        line, _, name = path.rpartition(".")
        if name in ("packs", "units_per_pack", "unit"):
            return (f"{line}.quantity", f"{line}.measure")
        if path.startswith("goods.") and self._measures:
            return (f"{'.'.join(path.split('.')[:2])}.measure",)
        if name == "reasons":
            return (f"{line}.medicine.expiry",)
        return EVERYTHING if path == SEIZED_AT else ()

    def _number(self, kind: str, text: str, fault: Fault | None, *, kept: bool) -> Note:
        checked = check_number(kind, text)
        read = _meaning(checked, self._words, self._country)
        if checked.right:
            return Note(read)
        if checked.result is CheckResult.SHAPE:
            shown = self.fault(fault) if fault else ""
            if not shown:
                return Note()
            offer = "" if kept else self._words.say("Keep as seen")
            return Note(shown, Mood.WARN if kept or (fault and fault.warns) else Mood.BAD, offer)
        if kept:
            return Note(self._words.say("{read} · kept as seen on the label", read=read), Mood.WARN)
        return Note(read, Mood.BAD, self._words.say("Keep as seen"))

    def _country(self, code: str) -> str:
        return self._checklist.label("countries", code, self._words.language)

    def _expiry(self, line: DocumentPart, document: DocumentPart) -> Note:
        months = months_over(line, document)
        if months is None:
            return Note()
        if months == 0:
            ago = self._words.say("expired this month")
        else:
            ago = self._words.count("expired 1 month ago", "expired {count} months ago", months)
        if EXPIRED in texts_at(line, "reasons"):
            return Note(self._words.say("{ago}: added as a reason", ago=ago), Mood.WARN)
        return Note(ago, Mood.WARN)

    def _product(self, line: DocumentPart) -> Note:
        count = product(line)
        if count is None:
            return Note()
        unit = text_at(line, "unit")
        name = self._checklist.unit_words(unit, Decimal(count), self._words.language)
        return Note(f"= {self._words.number(count)} {name}".strip(), Mood.ACCENT)

    def _second(self, line: DocumentPart) -> Note:
        """The second amount that follows from the other fields of the line."""
        found = read({"goods": [line]}, self._checklist.added).interception.goods
        second = second_amount(found[0], self._checklist) if found else None
        if second is None:
            return Note()
        name = self._checklist.unit_words(second.unit, second.value, self._words.language)
        return Note(f"= {self._words.number(second.value)} {name}", Mood.ACCENT)

    def _category(self, line: DocumentPart) -> Note:
        category = self._checklist.category(text_at(line, "category"))
        if category is None:
            return Note()
        parts = [f"HS {hs.code}" for hs in category.hs
                 if hs.edition == self._checklist.pack.hs_edition]  # fmt: skip
        if category.control:
            parts.append(
                self._words.say("{control} (list of {day})", control=category.control,
                                day=category.control_as_of)
                if category.control_as_of else category.control
            )  # fmt: skip
        return Note(" · ".join(parts[:3]))


def _line_of(path: str) -> int:
    """The index of the goods line that `path` is in; 0 for other fields too."""
    parts = path.split(".")
    return int(parts[1]) if parts[0] == "goods" and len(parts) > 1 else 0


def _meaning(checked: NumberCheck, words: Words, country: Callable[[str], str]) -> str:
    """The meaning of a number: `registered letter · issued in … · check digit right`."""
    values = dict(checked.values)
    if "country" in values:
        values["country"] = country(values["country"])
    parts = [words.say(template, **values) for template in checked.says]
    if checked.result is CheckResult.RIGHT:
        parts.append(words.say("check digit right"))
    elif checked.result is CheckResult.CHECK_DIGIT and checked.expected:
        parts.append(words.say("check digit wrong: {digit} would be right", digit=checked.expected))
    elif checked.result is CheckResult.CHECK_DIGIT:
        parts.append(words.say("check digit wrong"))
    return " · ".join(parts)
