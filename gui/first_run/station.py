"""The step that asks for the station and the passphrase of a new workstation."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout

from domain.document import JsonValue
from domain.errors import TidewaiterError
from domain.fields import label_of
from domain.pack.model import Post
from domain.words import in_language, mark
from gui.first_run.model import StationFacts
from gui.first_run.step import Step
from gui.look.tokens import GAP_3
from gui.parts.card import Card
from gui.parts.chips import ChipRow
from gui.parts.entry import FieldEntry, LineEntry
from gui.parts.field import FieldBox
from gui.parts.mood import Mood
from gui.parts.new_secret import NewSecret
from gui.parts.option import Option
from gui.parts.pick import WHOLE_LIST, NoMatch, PickEntry
from gui.parts.text import label
from gui.words import Words
from storage.keys import PASSPHRASE_LEAST
from sync.http.enrol import Enrolment

MOST_CHIPS = 12


class StationStep(Step):
    """`facts` is what was typed; `secret` the fields of the passphrase."""

    def __init__(
        self,
        posts: Sequence[Post],
        words: Words,
        *,
        given: Enrolment | None = None,
        practice: bool = False,
    ) -> None:
        say = words.say
        title = say("Practice") if practice else say("New workstation")
        super().__init__(title, words, main=say("Make the workstation"))
        self._typed: dict[str, str] = {}
        self._posts = {f"{post.country} {post.code}": post for post in posts}
        self._boxes: dict[str, FieldBox] = {}
        if practice:
            text = say("Post and number are made up, and every page is marked as practice.")
            self.column.addWidget(label(text, wrap=True))
        elif given is not None and given.station is not None:
            self.column.addWidget(self._given(given))
        card = Card(say("Workstation"))
        asks = not practice and (given is None or given.station is None)
        if asks:
            options = [Option(code, self._named(p)) for code, p in self._posts.items()]
            post: FieldEntry = (
                ChipRow(options, many=False)
                if len(options) <= MOST_CHIPS
                else PickEntry(options, no_match=NoMatch(lambda _: say(WHOLE_LIST)))
            )
            hint = say("the country is that of the post")
            card.body.addWidget(self._box("post", say(label_of("post")), post, hint))
        row = QHBoxLayout()
        row.setSpacing(GAP_3)
        if asks:
            hint = say("1 to 35, or its character 1 to Z: tells those of a post apart")
            row.addWidget(self._box("number", say("Number"), LineEntry(), hint), 1)
        if not practice:
            hint = say("the number of the badge, never a name")
            row.addWidget(self._box("badge", say(label_of("officer")), LineEntry(), hint), 1)
        hint = say("what people call this computer; may stay empty")
        row.addWidget(self._box("name", say("Name of this computer"), LineEntry(), hint), 1)
        card.body.addLayout(row)
        self.column.addWidget(card)
        secret = Card(say("Passphrase of this post"))
        self.secret = NewSecret(words, PASSPHRASE_LEAST)
        self.secret.entered.connect(self.forward)
        secret.body.addWidget(self.secret)
        self.column.addWidget(secret)
        boxes = list(self._boxes.values())
        for box, after in itertools.pairwise(boxes):
            box.entry.entered.connect(after.entry.target().setFocus)
        boxes[-1].entry.entered.connect(self.secret.take_focus)
        self.end()

    def _named(self, post: Post) -> str:
        return f"{in_language(post.name, self.words.language)} · {post.code} ({post.country})"

    def _given(self, given: Enrolment) -> Card:
        say, station = self.words.say, given.station
        assert station is not None
        card = Card(say("Headquarters gives"))
        for what, value in (
            (say("Name of this computer"), station.name),
            (say(label_of("post")), station.post),
            (say("Country"), station.country),
            (say("Number"), str(station.number)),
            (say("Hub"), given.url),
        ):
            if value:
                card.body.addWidget(label(f"{what}: {value}", wrap=True))
        return card

    def _box(self, name: str, title: str, entry: FieldEntry, hint: str) -> FieldBox:
        def keep(value: JsonValue) -> None:
            self._typed[name] = str(value or "").strip()

        entry.typed.connect(keep)
        self._boxes[name] = box = FieldBox(title, entry, hint=hint)
        return box

    @property
    def facts(self) -> StationFacts:
        """What was typed."""
        return StationFacts(**self._typed)

    def lacks(self) -> bool:
        """Whether something is missing; it is said below its field, which gets the focus."""
        needed = [name for name in ("post", "number", "badge") if name in self._boxes]
        faults = {name: self._fault(name) for name in needed}
        for name, fault in faults.items():
            what = self.words.say(fault)
            self._boxes[name].say(what, Mood.BAD if what else Mood.NONE)
        first = next((name for name in needed if faults[name]), "")
        if first:
            self._boxes[first].entry.target().setFocus()
        return bool(first)

    def _fault(self, name: str) -> str:
        typed = self._typed.get(name)
        if not typed:
            return mark("is missing")
        return WHOLE_LIST if name == "post" and typed not in self._posts else ""

    def refuse(self, error: TidewaiterError) -> None:
        """Show why no workstation was made."""
        self.tell(self.words.error(error), Mood.BAD)
