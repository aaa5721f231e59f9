"""An officer's hands: they record parcels with keys, and look at the screen before they go on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

from domain.document import value_at
from gui.words import Words
from system.resources import translation
from tests.builders import a_photo
from tests.night.plan import CHECKLIST, Parcel
from tests.night.seat import Seat, Strokes, Stuck

MOST = 60
"""Fields that are gone to for one parcel at most, before the hand is stuck."""
LISTS = {
    "detection.methods": "detection",
    "goods.0.reasons": "reasons",
    "legal.legal_basis": "legal_bases",
}
Gaps = Callable[[Random, bool], int]
"""Milliseconds before the next key; True for a key of a scanner."""


def three(_random: Random, _scanned: bool) -> int:
    """Every key 3 ms after the one before."""
    return 3


def uneven(random: Random, scanned: bool) -> int:
    """As over a remote desktop: keys come in bursts, with pauses."""
    if random.random() < 0.07:
        return random.randint(60, 180)
    return random.randint(0, 12) if scanned else random.randint(5, 60)


class Hand:
    """Types into one seat. `gaps` says how fast."""

    def __init__(self, seat: Seat, random: Random, gaps: Gaps, camera: Path, language: str) -> None:
        self.seat, self.random, self.gaps, self.camera = seat, random, gaps, camera
        self.language = language
        self.words = Words(language, translation(language))

    # keys

    def press(self, *keys: str, **until: Any) -> dict[str, Any]:
        """Press keys one after the other."""
        return self.seat.type(self._with_gaps(keys), **until)

    def write(self, text: str, *keys: str, **until: Any) -> dict[str, Any]:
        """Type a text, then press keys."""
        return self.press(*text, *keys, **until)

    def scan(self, text: str, **until: Any) -> dict[str, Any]:
        """Let the scanner type a text and its Enter."""
        return self.seat.type(self._with_gaps((*text, "Enter"), scanned=True), **until)

    def _with_gaps(self, keys: Sequence[str], *, scanned: bool = False) -> Strokes:
        # A hand rests before a word, a scanner before a code.
        first = max(self.gaps(self.random, scanned), 60)
        rest = (self.gaps(self.random, scanned) for _ in keys[1:])
        return list(zip(keys, (first, *rest), strict=True))

    # a parcel

    @property
    def sight(self) -> dict[str, Any]:
        """What the screen showed last."""
        return self.seat.sight

    def value(self, path: str) -> Any:
        """What the open record holds."""
        return value_at(self.sight["document"], path)

    def begin(self, parcel: Parcel) -> None:
        """Open a new record for the parcel."""
        if parcel.begins == "scan":
            self.scan(parcel.item, busy=0)
        if not self.sight["record"]:
            self.press("Ctrl+N")
        self.seat.look(record=ANY, path=ANY)

    def fill(self, parcel: Parcel, wrong: Callable[[Hand, Parcel, str], bool]) -> None:
        """Go from field to field, type what is missing, until nothing more is asked.

        `wrong` is asked at every field first; True when it did something there.
        """
        for _ in range(MOST):
            here, missing = self.sight["path"], self.is_missing(parcel)
            if missing and here not in parcel.held():
                self.go_back_to(missing[0])
                continue
            if not here and not missing:
                return
            if not wrong(self, parcel, here) and not self.fill_here(parcel, here):
                self.go_on()
            if self.sight["path"] == here and not self.is_missing(parcel):
                return
        raise Stuck(f"parcel {parcel.number} is not full after {MOST} fields: {self.sight}")

    def go_back_to(self, path: str) -> None:
        """Go back to a field that was passed by, and that the desk does not ask for."""
        for _ in range(MOST):
            self.press("Shift+Backtab")
            if self.sight["path"] == path:
                return
        raise Stuck(f"Shift+Tab does not lead to {path}")

    def go_to_fault(self, path: str) -> None:
        """Go from fault to fault, to a field where something is wrong."""
        for _ in range(MOST):
            if self.sight["path"] == path:
                return
            self.press("F8")
        raise Stuck(f"F8 does not lead to {path}: {self.sight['faults']}")

    def is_missing(self, parcel: Parcel) -> list[str]:
        """Paths that the officer has still to fill."""
        empty = [path for path in parcel.held() if self.value(path) in (None, "", [])]
        # The country follows from the label's number, once that is right.
        is_right = self.value("consignment.postal_item_id") == parcel.item
        return [path for path in empty if is_right or path != "route.dispatch_country"]

    def go_on(self) -> None:
        """Go to the next field that asks for something; Enter is a new line in the narrative."""
        self.press(self.on)

    @property
    def on(self) -> str:
        """The key that goes on from here."""
        return "F8" if self.sight["path"] in ("legal.grounds", "") else "Enter"

    def fill_here(self, parcel: Parcel, here: str) -> bool:
        """Type the value of this field, unless it is there; whether the focus went on by itself."""
        if here in LISTS:
            self._choose(here, parcel.held()[here][0])
            return False
        text = {
            "consignment.postal_item_id": parcel.item,
            "goods.0.category": parcel.word,
            "goods.0.packs": str(parcel.packs),
            "goods.0.units_per_pack": str(parcel.per_pack),
            "goods.0.medicine.lot": parcel.lot,
            "goods.0.medicine.expiry": parcel.expiry,
            "legal.grounds": parcel.grounds,
            "goods.0.bag_no": parcel.bag,
        }.get(here)
        if text is None or self.value(here) not in (None, ""):
            return False
        if here.endswith(".lot") and parcel.as_code:
            self.scan(code_of(parcel))
        elif here.endswith(".bag_no") or (here.endswith("item_id") and parcel.begins == "scan"):
            self.scan(text)
        else:
            self.write(text, self.on)
        return True

    def _choose(self, here: str, code: str) -> None:
        """Choose exactly this code: by the number of its chip, or by its name."""
        held = self.value(here) or []
        for other in [one for one in held if one != code]:
            self.press(_digit(self.sight["chips"], other))
        if code in held:
            return
        chips = self.sight["chips"]
        if code in chips[:10] and self.sight["focus"] != "TextLine":
            self.press(_digit(chips, code))
        else:
            self.write(CHECKLIST.label(LISTS[here], code, self.words.language))

    # photos

    def add_photos(self, parcel: Parcel) -> None:
        """Add the pictures that are still missing, each way that a keyboard has."""
        missing = len(parcel.roles) - self.sight["photos"]
        if missing <= 0:
            return
        files = [self._shoot(parcel, place) for place in range(len(parcel.roles))][-missing:]
        if parcel.photo_way == "folder":
            for file in files:
                file.rename(self.camera / file.name)
        elif parcel.photo_way == "paste":
            self.paste(files)
        else:
            self.choose_files(files)
        self.seat.look(photos={"least": len(parcel.roles)}, taking=0)

    def paste(self, files: Sequence[Path], **until: Any) -> None:
        """Copy files in another program, and paste them here."""
        self.seat.copy(files)
        self.press("Ctrl+Shift+V", **until)

    def choose_files(self, files: Sequence[Path]) -> None:
        """Choose files in the system's dialog."""
        self.press("Ctrl+P", dialog=True)
        self.write(" ".join(f'"{file}"' for file in files), "Enter", dialog=False)

    def watch_the_camera(self) -> None:
        """Choose the folder where the camera puts its pictures."""
        self.press("Ctrl+Shift+F", dialog=True)
        self.write(str(self.camera), "Enter", dialog=False, path=ANY)

    def _shoot(self, parcel: Parcel, place: int) -> Path:
        file = self.camera.with_name("desk") / f"{parcel.number:03}-{place}.jpg"
        data = a_photo(parcel.number * 7 + place * 3, size=(640, 480))
        file.write_bytes(data)
        digest = hashlib.sha256(data).digest()
        if digest not in parcel.photos:
            parcel.photos.append(digest)
        return file

    # the end

    def finalise(self) -> bool:
        """Make the record final; False when it is refused."""
        ends = self.sight["ends"]
        self.press("Ctrl+Enter", ends={"least": ends + 1})
        return not self.sight["record"]

    def answer(self, number: int, **until: Any) -> None:
        """Press a button of the newest message by its key; -1 is the last."""
        ways = self.sight["ways"]
        if not ways:
            raise Stuck(f"there is no message to answer: {self.sight}")
        self.press(f"Alt+{number if number > 0 else ways[0]}", **until)


ANY = {"least": "!"}
"""Any text at all."""


def code_of(parcel: Parcel) -> str:
    """The code on the box of a medicine."""
    day = parcel.expiry[2:].replace("-", "")
    return f"010952123454321317{day}0010{parcel.lot}"


def _digit(chips: Sequence[str], code: str) -> str:
    return "1234567890"[list(chips).index(code)]
