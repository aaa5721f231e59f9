"""The card of the packs: which one new interceptions use, and adopting another from a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel

from domain.errors import PackKeyUnknown, PackUnsigned, TidewaiterError
from domain.fields import label_of
from domain.pack.finding import PackFinding, in_one_sentence
from domain.words import in_language, mark
from gui.packs import PackChoice
from gui.parts.button import push_button
from gui.parts.chips import ChipRow
from gui.parts.chosen_file import ChooseFile, choose_file
from gui.parts.entry import LineEntry
from gui.parts.field import FieldBox
from gui.parts.mood import Mood
from gui.parts.option import Option
from gui.parts.text import label
from gui.settings.care import CareModel
from gui.settings.work_card import WorkCard
from gui.words import Words

FINGERPRINT_WIDTH = 480
"""Room for 24 letters in groups of four."""


class PackCard(WorkCard):
    """Adopting is signed by the officer who sits at the desk."""

    def __init__(
        self,
        model: CareModel,
        packs: PackChoice,
        words: Words,
        file_of: ChooseFile = choose_file,
    ) -> None:
        super().__init__(words.say("Checklist for new interceptions"), model, words, ("pack",))
        self._packs, self._file_of = packs, file_of
        say = words.say
        self._none: QLabel = label(say("No pack is adopted here."), wrap=True)
        self.body.addWidget(self._none)
        self._chips = ChipRow([], many=False)
        self._chips.typed.connect(lambda code: packs.choose(code) if code else None)
        hint = say("a draft keeps the pack it was begun with")
        self._box = FieldBox(say(label_of("pack")), self._chips, hint=hint)
        self.body.addWidget(self._box)
        self.adopt = push_button(say("Adopt a pack from a file …"))
        self.adopt.clicked.connect(self._choose)
        self._refused_file: Path | None = None
        self._fingerprint = ""
        self._typed = LineEntry()
        self._typed.typed.connect(self._take_fingerprint)
        self._typed_box = FieldBox(
            say("Fingerprint of the key, from headquarters"),
            self._typed,
            hint=say("by telephone or on paper: not from whoever sent the file"),
        )
        self._typed_box.setMaximumWidth(FINGERPRINT_WIDTH)
        self._trust = push_button(say("Trust this key and adopt the pack"))
        self._trust.clicked.connect(self._trust_and_adopt)
        self.adopt_unsigned = push_button(say("Adopt it unsigned"))
        self.adopt_unsigned.clicked.connect(self._adopt_unsigned)
        self.adopt_unsigned.hide()
        self.buttons(self.adopt, self.adopt_unsigned)
        self.body.addWidget(self._typed_box)
        self.buttons(self._trust)
        self._offer_trust(may=False)
        self._brought: QLabel = label("", wrap=True)
        self.body.addWidget(self._brought)
        self.shipped = push_button(say("Adopt what this program brings"))
        self.shipped.clicked.connect(model.adopt_shipped)
        self.buttons(self.shipped)
        self.body.addLayout(self.foot)
        model.adopted.connect(self._adopted)
        model.refused.connect(self._offer_ways_out)
        self._show()

    def _show(self) -> None:
        language, adopted = self.words.language, self._packs.adopted
        self._chips.offer(
            [
                Option(c.pack.id, f"{in_language(c.pack.title, language)} · {c.pack.version}")
                for c in adopted
            ]
        )
        self._chips.put(self._packs.pack_id)
        self._none.setVisible(not adopted)
        self._box.setVisible(bool(adopted))

    def showEvent(self, event: QShowEvent) -> None:
        """The packs that ship are read when somebody looks."""
        super().showEvent(event)
        self._offer_shipped()

    def _offer_shipped(self) -> None:
        names = ", ".join(each.name for each in self.model.adoptable())
        self._brought.setText(self.words.say("New with this program: {list}.", list=names))
        for widget in (self._brought, self.shipped):
            widget.setVisible(bool(names))

    def _choose(self) -> None:
        file = self._file_of(self, self.words.say("The file of the pack"))
        if file is not None:
            self.adopt_unsigned.hide()
            self._offer_trust(may=False)
            self._refused_file = file
            self.model.adopt(file)

    def _offer_ways_out(self, work: str, error: TidewaiterError) -> None:
        """A person may take a pack that nobody signed, which its records and receipts show, and
        may confirm a key that the hub does not give.
        """
        self.adopt_unsigned.setVisible(work == "pack" and isinstance(error, PackUnsigned))
        if work == "pack" and isinstance(error, PackKeyUnknown):
            self._offer_trust(may=True)

    def _offer_trust(self, *, may: bool) -> None:
        self._typed.put("")
        self._take_fingerprint("")
        self._typed_box.setVisible(may)
        self._trust.setVisible(may)

    def _take_fingerprint(self, typed: object) -> None:
        self._fingerprint = str(typed)

    def _trust_and_adopt(self) -> None:
        if self._refused_file is not None:
            self.model.trust_and_adopt(self._refused_file, self._fingerprint)

    def _adopt_unsigned(self) -> None:
        if self._refused_file is not None:
            self.model.adopt(self._refused_file, unsigned=True)

    def _adopted(self, file: Path, remarks: tuple[PackFinding, ...]) -> None:
        self._show()
        if self.shipped.hasFocus():
            self.adopt.setFocus()
        self._offer_shipped()
        if self.adopt_unsigned.hasFocus() or self._trust.hasFocus():
            self.adopt.setFocus()
        self.adopt_unsigned.hide()
        self._offer_trust(may=False)
        say, lines = self.words.say, []
        if remarks:
            what = mark("Tell headquarters, at {list}.")
            lines.append((Mood.WARN, say(what, list=in_one_sentence(remarks))))
        self.show_result((Mood.OK, say("{file} is adopted.", file=file.name)), *lines)
