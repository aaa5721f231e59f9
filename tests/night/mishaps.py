"""What goes wrong with a parcel, and the way out that keys lead to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.night.hand import ANY, Hand
from tests.night.plan import Parcel
from tests.night.seat import Stuck

if TYPE_CHECKING:
    from tests.night.night import Night

ITEM, CATEGORY, PACKS = "consignment.postal_item_id", "goods.0.category", "goods.0.packs"
BAG, LOT, METHODS = "goods.0.bag_no", "goods.0.medicine.lot", "detection.methods"
STRANGER = "CP165931839CN"
"""The label of a parcel that lies beside this one."""


def same(shown: Any, wanted: Any, what: str) -> None:
    """Raise where the screen shows something else."""
    if shown != wanted:
        raise Stuck(f"{what}: {shown!r} instead of {wanted!r}")


@dataclass
class Mishap:
    """One kind. Each step is called once for its parcel, the one at a field when the focus is there
    first; `full` when nothing is missing but the pictures.
    """

    night: Night
    parcel: Parcel
    steps: dict[str, Callable[[], None]] = field(default_factory=dict)

    @property
    def hand(self) -> Hand:
        """Whose hands."""
        return self.night.hand

    def at(self, _hand: Hand, _parcel: Parcel, here: str) -> bool:
        """Do the step of this field, if it has one that was not done."""
        step = self.steps.pop(here, None)
        if step is not None:
            step()
        return step is not None

    def before(self) -> None:
        """The record is not begun yet."""

    def begun(self) -> None:
        """The record is open, nothing is typed yet."""

    def full(self) -> None:
        """Nothing is missing."""

    def finalise(self) -> None:
        """Make it final."""
        if not self.hand.finalise():
            raise Stuck(f"refused: {self.hand.sight['faults']} {self.hand.sight['messages']}")


class TypoInList(Mishap):
    """A word with two letters changed over finds nothing; it is typed again."""

    def begun(self) -> None:
        """At the category."""
        self.steps[CATEGORY] = self._typo

    def _typo(self) -> None:
        word = self.parcel.word[:-2] + "qx"
        self.hand.write(word, "Enter")
        same(self.hand.sight["path"], CATEGORY, "the focus")
        same(self.hand.sight["text"], word, "the field")
        self.hand.press("Ctrl+A")
        self.hand.write(self.parcel.word, "Enter")
        same(self.hand.value(CATEGORY), self.parcel.category, "the category")


class TypoInNumber(Mishap):
    """A letter in a number: finalise is refused and leads to it."""

    path, wrong = PACKS, "4o"

    def begun(self) -> None:
        """At the number."""
        self.steps[self.path] = self._typo

    def _typo(self) -> None:
        self.hand.write(self.wrong, "Enter")

    def full(self) -> None:
        """Refused, mended."""
        if self.hand.finalise():
            raise Stuck(f"final with {self.wrong} in {self.path}")
        same(self.hand.sight["path"], self.path, "the focus after a refusal")
        self.hand.press("Ctrl+A")
        self.hand.write(str(self.parcel.held()[self.path]), "Enter")


class WrongCheckDigit(TypoInNumber):
    """The label's number is typed with a wrong check digit."""

    path = ITEM

    def before(self) -> None:
        """The label cannot be scanned."""
        self.parcel.begins = "typed"
        item = self.parcel.item
        self.wrong = f"{item[:10]}{(int(item[10]) + 1) % 10}{item[11:]}"


class OwnLabelAgain(Mishap):
    """The parcel's own label is scanned again, into the list of categories."""

    def begun(self) -> None:
        """At the category."""
        self.steps[CATEGORY] = lambda: self.scan_astray(self.parcel.item)

    def scan_astray(self, text: str) -> None:
        """Scan; a slow scanner's text stays in the field until the focus leaves."""
        here = self.hand.sight["path"]
        self.hand.scan(text)
        if self.hand.sight["path"] == here and self.hand.sight["text"]:
            self.hand.press("Tab", "Shift+Backtab")
        same(self.hand.value(ITEM), self.parcel.item, "the label")


class OtherLabel(OwnLabelAgain):
    """Another parcel's label is scanned while this record is open: its value is kept."""

    def begun(self) -> None:
        """At the number of packs."""
        self.steps[PACKS] = self._other

    def _other(self) -> None:
        self.scan_astray(STRANGER)
        self.hand.seat.look(ways={"least": [1]})
        self.hand.answer(-1)
        same(self.hand.sight["messages"], [], "the messages")
        same(self.hand.value(PACKS) or "", "", "the packs")


class BagTooEarly(OwnLabelAgain):
    """The bag is scanned while the list of categories has the focus, and taken back."""

    def begun(self) -> None:
        """At the category."""
        self.steps[CATEGORY] = self._early

    def _early(self) -> None:
        self.scan_astray(self.parcel.bag)
        same(self.hand.value(BAG), self.parcel.bag, "the bag")
        if not self.hand.sight["messages"]:
            self.hand.press("Ctrl+Z")
            same(self.hand.value(BAG) or "", "", "the bag after Ctrl+Z")


class TextTooEarly(Mishap):
    """The narrative is typed on chips, one field too early."""

    def begun(self) -> None:
        """At the methods."""
        self.steps[METHODS] = self._early

    def _early(self) -> None:
        before = self.hand.value(METHODS)
        self.hand.write(self.parcel.grounds)
        same(self.hand.sight["text"], self.parcel.grounds, "the text")
        same(self.hand.value(METHODS), before, "the methods")
        self.hand.press("Ctrl+A", "Backspace")


class UsedBag(Mishap):
    """A bag that another record has; another one is scanned."""

    def begun(self) -> None:
        """At the bag."""
        self.steps[BAG] = self._used

    def _used(self) -> None:
        used = self.night.used_bag()
        self.hand.scan(used, faults={"has": BAG})
        same(self.hand.value(BAG), used, "the bag")
        self.hand.go_to_fault(BAG)
        self.hand.press("Ctrl+A")
        self.hand.scan(self.parcel.bag)
        if self.hand.sight["ways"]:
            self.hand.answer(1)
        self.hand.seat.look(messages=[])
        same(self.hand.value(BAG), self.parcel.bag, "the bag")


class LeftByMistake(Mishap):
    """Esc: the record is a draft, and opened again."""

    def begun(self) -> None:
        """At the packs."""
        self.steps[PACKS] = self._leave

    def _leave(self) -> None:
        record = self.hand.sight["record"]
        self.hand.press("Esc", record="")
        self.hand.seat.look(busy=0)
        self.hand.press("Tab", "Enter", record=ANY)
        same(self.hand.sight["record"], record, "the draft")
        self.hand.seat.look(path=ANY)


class DeletedByMistake(Mishap):
    """The draft is deleted, and put back."""

    def begun(self) -> None:
        """At the packs."""
        self.steps[PACKS] = self._delete

    def _delete(self) -> None:
        record, document = self.hand.sight["record"], self.hand.sight["document"]
        self.hand.press(self.night.delete_key, messages={"least": ["!"]}, record="")
        self.hand.answer(1, record=ANY)
        same(self.hand.sight["record"], record, "the draft")
        same(self.hand.sight["document"], document, "the draft")
        self.hand.seat.look(path=ANY, messages=[])


class LookedAround(Mishap):
    """Every screen is opened in the middle of a field, which has the focus afterwards."""

    def begun(self) -> None:
        """At the packs."""
        self.steps[PACKS] = self._look

    def _look(self) -> None:
        self.hand.write(str(self.parcel.packs))
        for key in ("F3", "F5", "F7", "F10", "F1"):
            self.hand.press(key)
        self.hand.press("Ctrl+K", "Esc", "F2")
        same(self.hand.sight["path"], PACKS, "the focus")
        self.hand.press("Enter")


class NextLabel(Mishap):
    """The next label is scanned instead of finalising: one key does both."""

    def finalise(self) -> None:
        """By the scan."""
        record, ends = self.hand.sight["record"], self.hand.sight["ends"]
        follower = self.night.after(self.parcel)
        if follower is None:
            super().finalise()
            return
        OwnLabelAgain(self.night, self.parcel).scan_astray(follower.item)
        self.hand.seat.look(ways={"least": [1]})
        self.hand.answer(1, ends={"least": ends + 1}, record=ANY)
        self.hand.seat.look(path=ANY)
        if self.hand.sight["record"] == record:
            raise Stuck("the record is still open")
