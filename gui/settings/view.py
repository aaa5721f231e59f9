"""The settings screen: badge number, language, theme, and the pack for new records."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from domain.badge import NEVER_A_NAME, NO_BADGE, is_badge
from domain.fields import label_of
from domain.languages import own_name
from domain.pack.checklist import in_language
from domain.words import mark
from gui.look.theme import ThemeChoice
from gui.look.tokens import GAP_3, GAP_4
from gui.packs import PackChoice
from gui.parts.card import Card
from gui.parts.chips import ChipRow
from gui.parts.column import GrowingColumn
from gui.parts.entry import LineEntry
from gui.parts.field import FieldBox
from gui.parts.head import ScreenHead
from gui.parts.mood import Mood
from gui.parts.option import Option
from gui.parts.text import label
from gui.photos.model import PhotosModel
from gui.session import DeskSession
from gui.settings.hub_card import HubCard
from gui.settings.model import SettingsModel
from gui.settings.photos_card import PhotosFolderCard
from gui.settings.sending_card import SendingCard
from gui.words import Words

THEME_WORDS = {
    ThemeChoice.SYSTEM: mark("as the system"),
    ThemeChoice.LIGHT: mark("light"),
    ThemeChoice.DARK: mark("dark"),
}


class SettingsView(QWidget):
    """Every change takes effect at once."""

    def __init__(
        self,
        model: SettingsModel,
        session: DeskSession,
        packs: PackChoice,
        photos: PhotosModel,
        words: Words,
    ) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self._words = words
        page = QVBoxLayout(self)
        page.setContentsMargins(GAP_4 + 4, GAP_3, GAP_4 + 4, GAP_4)
        page.setSpacing(GAP_3)
        page.addWidget(ScreenHead(words.say("Officer and settings")))
        inner = GrowingColumn()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_3)
        column.addWidget(self._officer(session))
        column.addWidget(self._look(model))
        column.addWidget(self._pack(packs))
        column.addWidget(PhotosFolderCard(photos, words))
        column.addWidget(HubCard(model, words))
        column.addWidget(SendingCard(model, words))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        page.addWidget(area, 1)

    def _officer(self, session: DeskSession) -> Card:
        say = self._words.say
        card = Card(say("Officer"))
        entry = LineEntry()
        entry.put(session.badge)
        typed: list[str] = []
        entry.typed.connect(typed.append)
        entry.select_when_entered()
        box = FieldBox(
            say(label_of("officer")), entry, hint=say("every record contains it, and no name")
        )

        def left() -> None:
            badge = is_badge(typed[-1].strip()) if typed else True
            refusal = f"{say(label_of('officer'))} {say(NO_BADGE)}. {say(NEVER_A_NAME)}"
            box.say("" if badge else refusal, Mood.NONE if badge else Mood.BAD)
            if typed and badge:
                session.sign_in(typed[-1])

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
        theme = ChipRow([Option(c.value, say(w)) for c, w in THEME_WORDS.items()], many=False)
        theme.put(model.value("theme"))
        theme.typed.connect(lambda code: model.put("theme", code))
        card.body.addWidget(FieldBox(say("Light or dark"), theme))
        return card

    def _pack(self, packs: PackChoice) -> Card:
        say = self._words.say
        card = Card(say("Checklist for new interceptions"))
        options = [
            Option(c.pack.id, f"{in_language(c.pack.title, self._words.language)}"
                                   f" · {c.pack.version}")
            for c in packs.adopted
        ]  # fmt: skip
        if not options:
            card.body.addWidget(label(say("No pack is adopted here."), wrap=True))
        chips = ChipRow(options, many=False)
        chips.put(packs.pack_id)
        chips.typed.connect(lambda code: packs.choose(code) if code else None)
        card.body.addWidget(
            FieldBox(
                say(label_of("pack")), chips, hint=say("a draft keeps the pack it was begun with")
            )
        )
        return card
