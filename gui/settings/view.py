"""The settings: the officer, the look, packs, checks, the hub, what opens the workstation."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from domain.badge import NEVER_A_NAME, NO_BADGE, is_badge
from domain.fields import label_of
from domain.languages import own_name
from domain.words import mark
from gui.action import Action
from gui.look.theme import ThemeChoice
from gui.look.tokens import GAP_3, GAP_4
from gui.packs import PackChoice
from gui.parts.card import Card
from gui.parts.chips import ChipRow
from gui.parts.chosen_file import ChooseFile, choose_file, choose_folder
from gui.parts.column import GrowingColumn
from gui.parts.entry import LineEntry
from gui.parts.field import FieldBox
from gui.parts.focus import can_take
from gui.parts.head import ScreenHead
from gui.parts.mood import Mood
from gui.parts.option import Option
from gui.parts.scroll import FollowingScroll
from gui.parts.tab_order import controls
from gui.photos.model import PhotosModel
from gui.session import DeskSession
from gui.settings.care import CareModel
from gui.settings.check_card import CheckCard
from gui.settings.fetch_card import FetchCard
from gui.settings.hub_card import HubCard
from gui.settings.model import SettingsModel
from gui.settings.pack_card import PackCard
from gui.settings.photos_card import PhotosFolderCard
from gui.settings.secret_card import SecretCard
from gui.settings.sending_card import SendingCard
from gui.words import Words

THEME_WORDS = {
    ThemeChoice.SYSTEM: mark("as the system"),
    ThemeChoice.LIGHT: mark("light"),
    ThemeChoice.DARK: mark("dark"),
}
BADGE_WIDTH = 360


class SettingsView(QWidget):
    """Every change takes effect at once."""

    def __init__(
        self,
        model: SettingsModel,
        session: DeskSession,
        packs: PackChoice,
        photos: PhotosModel,
        words: Words,
        *,
        file_of: ChooseFile = choose_file,
        folder_of: ChooseFile = choose_folder,
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
        care = CareModel(model.ws, model.bridge, session)
        self._packs = PackCard(care, packs, words, file_of)
        cards: tuple[Card, ...] = (
            self._officer(session),
            self._look(model),
            self._packs,
            PhotosFolderCard(photos, words),
            CheckCard(care, words, file_of),
            HubCard(model, words),
            SendingCard(model, words),
            FetchCard(care, words, folder_of),
            SecretCard(care, words),
        )
        for card in cards:
            column.addWidget(card)
        self.actions_here = tuple(
            Action(card.accessibleName(), "", partial(_go_into, card)) for card in cards
        )
        """A line of the palette for each card."""
        column.addStretch(1)
        area = FollowingScroll()
        area.setWidget(inner)
        page.addWidget(area, 1)
        model.packs_wanted.connect(self._show_packs)

    def _show_packs(self) -> None:
        self._packs.adopt.setFocus()

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
        box.setMaximumWidth(BADGE_WIDTH)
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


def _go_into(card: QWidget) -> None:
    """Set the focus to the first control of a card."""
    first = next(filter(can_take, controls(card)), None)
    if first is not None:
        first.setFocus(Qt.FocusReason.OtherFocusReason)
