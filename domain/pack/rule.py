"""Rules of a pack: what a record needs, should have or must not have, and when.

A rule names one thing and the conditions under which it counts. The conditions are a closed set:
there are no expressions. `domain.rules.of_pack` judges records by them.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal, InvalidOperation

import msgspec

from domain.fields import ADDED, FIELDS, bare
from domain.pack.part import PackPart
from domain.words import Labels

TEXT = "text"
"""Instead of a field: nothing but the words of the rule."""
PHOTO = "photo:"
"""Before the role of a photo, instead of a field."""
OF_GOODS = "goods."


class FieldCondition(PackPart, frozen=True, kw_only=True):
    """What must be so of a field; all that is given must be so together.

    Of a field that holds several codes or texts, one of them is enough.
    """

    equals: str = msgspec.field(name="is", default="")
    """The value, as it is written in a record: a code, `true`, a number."""
    one_of: tuple[str, ...] = ()
    filled: bool | None = None
    over: str = ""
    """A number that the value is more than; of money, an amount with its currency."""
    before: str = ""
    """A day, or a field with a day or a time, that the value is before."""


class Rule(PackPart, frozen=True, kw_only=True):
    """One rule: exactly one of `need`, `warn` and `forbid` names a field, a photo or `text`."""

    need: str = ""
    """Must be there, else the record cannot become final."""
    warn: str = ""
    """Should be there, else the record gets a remark."""
    forbid: str = ""
    """Must not be there."""
    when: dict[str, FieldCondition] = {}
    """Conditions by field, which hold together; without any, the rule always counts."""
    say: Labels = {}
    """What the officer is told."""

    @property
    def named(self) -> str:
        """What the rule is about: a field, `photo:` with a role, or `text`."""
        return self.need or self.warn or self.forbid

    @property
    def role(self) -> str:
        """The role of the photo that it is about; empty for another rule."""
        return self.named.removeprefix(PHOTO) if self.named.startswith(PHOTO) else ""


def field_meant(path: str, added: Collection[str]) -> str | None:
    """The field that a rule means by `path`, as it is in the table of fields.

    A field of the record is named by its path, a field of a line of goods also without `goods.`:
    no field of a record has the path of a field of a line. `added` are the codes of the fields
    that the pack adds. None when there is no such field.
    """
    for full in (path, OF_GOODS + path):
        field = FIELDS.get(full)
        if (field is not None and field.block is None) or (
            full.startswith(ADDED) and full.removeprefix(ADDED) in added
        ):
            return full
    return None


def list_of(path: str) -> str:
    """The list whose items have the field at `path` each: `goods`, `persons.parties`, `photos`;
    empty for a field that a record has once.
    """
    parts = bare(path).split(".")
    for end in range(1, len(parts)):
        above = FIELDS.get(".".join(parts[:end]))
        if above is not None and above.many:
            return above.path
    return ""


def number_in(text: str) -> Decimal | None:
    """The finite number in `text`; None when it is none."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
