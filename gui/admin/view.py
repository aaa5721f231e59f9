"""The officer's own screen: badge, language, theme, and which pack new records follow."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from domain.badge import NEVER_A_NAME, NO_BADGE, is_badge
from domain.fields import label_of
from domain.languages import own_name
from domain.pack.checklist import in_language
from domain.words import mark
from gui.admin.hub_card import HubCard
from gui.admin.model import SettingsModel
from gui.capture.model import CaptureModel
from gui.look.tokens import GAP_3, GAP_4
from gui.outbox.model import OutboxModel
from gui.parts.card import Card
from gui.parts.chips import ChipRow
from gui.parts.column import Column
from gui.parts.entry import LineEntry
from gui.parts.field import FieldBox
from gui.parts.head import Head
from gui.parts.option import Option
from gui.parts.text import label
from gui.words import Words

THEME_WORDS = {"system": mark("as the system"), "light": mark("light"), "dark": mark("dark")}


class SettingsView(QWidget):
    """Every change takes effect at once."""

    def __init__(
        self, model: SettingsModel, capture: CaptureModel, outbox: OutboxModel, words: Words
    ) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self._words = words
        page = QVBoxLayout(self)
        page.setContentsMargins(GAP_4 + 4, GAP_3, GAP_4 + 4, GAP_4)
        page.setSpacing(GAP_3)
        page.addWidget(Head(words.say("Officer and settings")))
        inner = Column()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_3)
        column.addWidget(self._officer(model))
        column.addWidget(self._look(model))
        column.addWidget(self._pack(capture))
        column.addWidget(HubCard(model, outbox, words))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        page.addWidget(area, 1)

    def _officer(self, model: SettingsModel) -> Card:
        say = self._words.say
        card = Card(say("Officer"))
        entry = LineEntry()
        entry.put(model.value("officer"))
        typed: list[str] = []
        entry.typed.connect(typed.append)
        entry.select_when_entered()
        box = FieldBox(
            say(label_of("officer")), entry, hint=say("it stands in every record; no name does")
        )

        def left() -> None:
            badge = is_badge(typed[-1].strip()) if typed else True
            refusal = f"{say(label_of('officer'))} {say(NO_BADGE)}. {say(NEVER_A_NAME)}"
            box.say("" if badge else refusal, "" if badge else "bad")
            if typed and badge:
                model.put("officer", typed[-1])

        for done in (entry.left, entry.entered):
            done.connect(left)
        card.body.addWidget(box)
        return card

    def _look(self, model: SettingsModel) -> Card:
        say = self._words.say
        card = Card(say("Screen"))
        language = ChipRow([Option(c, own_name(c)) for c in model.choices["language"]], many=False)
        language.put(model.value("language"))
        language.typed.connect(lambda code: model.put("language", code))
        card.body.addWidget(FieldBox(say("Language"), language))
        theme = ChipRow([Option(c, say(w)) for c, w in THEME_WORDS.items()], many=False)
        theme.put(model.value("theme"))
        theme.typed.connect(lambda code: model.put("theme", code))
        card.body.addWidget(FieldBox(say("Light or dark"), theme))
        return card

    def _pack(self, capture: CaptureModel) -> Card:
        say = self._words.say
        card = Card(say("Checklist for new interceptions"))
        options = [
            Option(c.pack.id, f"{in_language(c.pack.title, self._words.language)}"
                                   f" · {c.pack.version}")
            for c in capture.packs
        ]  # fmt: skip
        if not options:
            card.body.addWidget(label(say("No pack is adopted here."), wrap=True))
        chips = ChipRow(options, many=False)
        chips.put(capture.pack_id)
        chips.typed.connect(lambda code: capture.use_pack(code) if code else None)
        card.body.addWidget(
            FieldBox(
                say(label_of("pack")), chips, hint=say("a draft keeps the pack it was begun with")
            )
        )
        return card
