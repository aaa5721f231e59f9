"""The pack's safety advice, shown while the goods are a drug or a precursor."""

from __future__ import annotations

from domain.document import parts_at, text_at
from domain.pack.checklist import Checklist
from gui.form.sheet import FormSheet
from gui.parts.card import Card
from gui.parts.mood import Mood
from gui.parts.text import label
from gui.words import Words


class SafetyCard(Card):
    """Updates itself when the sheet changes."""

    def __init__(self, sheet: FormSheet, checklist: Checklist, words: Words) -> None:
        super().__init__(words.say("Safety"))
        self.setProperty("mood", Mood.WARN.value)
        self._sheet, self._checklist = sheet, checklist
        advice = checklist.pack.safety
        self._advises = bool(advice)
        text = advice.get(words.language) or advice.get("en", "")
        self.body.addWidget(label(text, wrap=True))
        self.hide()
        sheet.changed.connect(self._follow)
        sheet.reshaped.connect(self._follow)

    def follow(self) -> None:
        """Show or hide the advice, depending on the goods."""
        goods = parts_at(self._sheet.document, "goods")
        found = [self._checklist.category(text_at(line, "category")) for line in goods]
        drugs = any(category and category.weighed for category in found)
        self.setVisible(drugs and self._advises)

    def _follow(self, path: str = "goods") -> None:
        # At each key in another field the goods are the same ones.
        if path.startswith("goods"):
            self.follow()
