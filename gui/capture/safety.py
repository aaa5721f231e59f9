"""The pack's safety advice, shown while the goods are of a kind that has one."""

from __future__ import annotations

from domain.document import parts_at, text_at
from domain.pack.checklist import Checklist
from domain.words import in_language
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
        self._sheet, self._checklist, self._words = sheet, checklist, words
        self._text = label("", wrap=True)
        self.body.addWidget(self._text)
        self.hide()
        sheet.changed.connect(self._follow)
        sheet.reshaped.connect(self._follow)

    def follow(self) -> None:
        """Show or hide the advice, depending on the goods."""
        goods = parts_at(self._sheet.document, "goods")
        kinds = [self._checklist.goods_kind(text_at(line, "category")) for line in goods]
        advice = (in_language(kind.safety, self._words.language) for kind in kinds if kind)
        text = "\n".join(dict.fromkeys(filter(None, advice)))
        if text:
            self._text.setText(text)
        self.setVisible(bool(text))

    def _follow(self, path: str = "goods") -> None:
        # At each key in another field the goods are the same ones.
        if path.startswith("goods"):
            self.follow()
