"""Bad photos, and what happens to the machine: the hub, the disk and the power."""

from __future__ import annotations

from pathlib import Path

from tests.builders import a_photo
from tests.night.mishaps import PACKS, Mishap, same
from tests.night.seat import Stuck

HUGE = 1 << 30


class BadPhoto(Mishap):
    """A picture that cannot be shown is asked about and left out."""

    def begun(self) -> None:
        """Before the good ones."""
        before = self.hand.sight["photos"]
        self.hand.paste([self._file()], messages={"least": ["!"]}, taking=0)
        same(self.hand.sight["ways"][:1], [2], "the ways out")
        self.hand.answer(-1)
        same(self.hand.sight["messages"], [], "the messages")
        same(self.hand.sight["photos"], before, "the photos")

    def _file(self) -> Path:
        """The bad file."""
        file = self.night.folder / "desk" / "cut.jpg"
        file.write_bytes(a_photo(3, size=(800, 600))[:3000])
        return file


class NotAPhoto(BadPhoto):
    """A text with the name of a picture."""

    def _file(self) -> Path:
        file = self.night.folder / "desk" / "letter.jpg"
        file.write_text("Dear Sir, we are sorry to tell you …")
        return file


class HugePhoto(BadPhoto):
    """A file of a gigabyte."""

    def _file(self) -> Path:
        file = self.night.folder / "desk" / "film.jpg"
        with file.open("wb") as out:
            out.truncate(HUGE)
        return file

    def begun(self) -> None:
        """It is refused at once, and only said."""
        before = self.hand.sight["photos"]
        self.hand.paste([self._file()], messages={"least": ["!"]}, taking=0)
        self.hand.answer(-1)
        same(self.hand.sight["messages"], [], "the messages")
        same(self.hand.sight["photos"], before, "the photos")


class HubGone(Mishap):
    """The hub is gone for some parcels; nothing of it is a message in front of the officer."""

    def before(self) -> None:
        """It goes."""
        self.night.hub_goes(for_parcels=3)


class DiskFull(Mishap):
    """The disk is full for a minute: typing goes on, and is saved when there is room again."""

    def begun(self) -> None:
        """At the packs."""
        self.steps[PACKS] = self._full

    def _full(self) -> None:
        self.night.fill_disk()
        # A little may still be saved, where the log has room that it keeps.
        self.hand.write(str(self.parcel.packs), "Enter")
        self.hand.seat.look(busy=0)
        if not self.hand.sight["saved"]:
            self.hand.seat.look(messages={"least": ["!"]})
        same(self.hand.value(PACKS), str(self.parcel.packs), "the packs")

    def full(self) -> None:
        """Refused while it is full."""
        record = self.hand.sight["record"]
        if self.hand.finalise():
            raise Stuck("final on a full disk")
        same(self.hand.sight["record"], record, "the record")
        self.night.free_disk()
        self.hand.seat.look(saved=True)


class PowerCut(Mishap):
    """The power is cut while the officer types."""

    def begun(self) -> None:
        """At the lot, or at the narrative."""
        self.steps["legal.grounds"] = self._cut

    def _cut(self) -> None:
        self.hand.write(self.parcel.grounds, saved=True)
        before = self.hand.sight["document"]
        self.night.cut_power()
        same(self.hand.sight["document"], before, "the draft")
        self.answer_it()

    def answer_it(self) -> None:
        """Read that the desk ended unexpectedly."""
        same(len(self.hand.sight["messages"]), 1, "messages after a power cut")
        self.hand.answer(-1)
        same(self.hand.sight["messages"], [], "the messages")


class CutWhileSigning(PowerCut):
    """The power is cut somewhere between Ctrl+Enter and the number."""

    def begun(self) -> None:
        """Nothing yet."""

    def finalise(self) -> None:
        """Final once, before or after."""
        record, finals = self.hand.sight["record"], self.hand.sight["finals"]
        self.night.cut_power(self.night.random.uniform(0.06, 0.25), "Ctrl+Enter")
        self.answer_it()
        if self.hand.sight["record"]:
            same(self.hand.sight["record"], record, "the draft")
            super().finalise()
        same(self.hand.sight["finals"], finals + 1, "final records")
