"""The card of the checks: a paper, the folder, and the whole workstation with its computer."""

from __future__ import annotations

from collections.abc import Iterator

from domain.words import sentence
from gui.parts.button import push_button
from gui.parts.chosen_file import ChooseFile, choose_file
from gui.parts.mood import Mood
from gui.parts.text import label
from gui.settings.care import CareModel
from gui.settings.remarks import examined, in_words
from gui.settings.work_card import Line, WorkCard
from gui.words import Words
from papers.judge.judgement import SAYS, SENTENCES, Judgement, Verdict
from sync.examine import Examined, Result

VERDICT_MOODS = {Verdict.GENUINE: Mood.OK, Verdict.SEAL_ONLY: Mood.WARN}
RESULT_MOODS = {
    Result.FINE: Mood.OK, Result.LOOK: Mood.WARN, Result.ACT: Mood.WARN, Result.WRONG: Mood.BAD,
}  # fmt: skip


class CheckCard(WorkCard):
    """Nothing that is checked is changed."""

    def __init__(self, model: CareModel, words: Words, file_of: ChooseFile = choose_file) -> None:
        super().__init__(words.say("Checks"), model, words, ("paper", "check"))
        self._file_of = file_of
        say = words.say
        text = say("A receipt is compared with the journal; the folder is read whole.")
        self.body.addWidget(label(text, wrap=True))
        paper = push_button(say("Check a paper …"))
        paper.clicked.connect(self._choose)
        folder = push_button(say("Check the folder"))
        folder.clicked.connect(lambda: model.check(beside=False))
        doctor = push_button(say("Examine everything"))
        doctor.clicked.connect(lambda: model.check(beside=True))
        self.buttons(paper, folder, doctor)
        self.body.addLayout(self.foot)
        model.judged.connect(self._judged)
        model.checked.connect(self._checked)

    def _choose(self) -> None:
        file = self._file_of(self, self.words.say("The PDF or picture of a receipt"))
        if file is not None:
            self.model.judge(file)

    def _judged(self, judgement: Judgement) -> None:
        self.show_result(*self._lines(judgement))

    def _lines(self, judgement: Judgement) -> Iterator[Line]:
        words = self.words
        mood = VERDICT_MOODS.get(judgement.verdict, Mood.BAD)
        yield mood, words.say(SENTENCES[judgement.verdict])
        for one in judgement.differences:
            yield Mood.BAD, sentence(in_words(one, words))
        for one in judgement.notes:
            yield Mood.NONE, sentence(in_words(one, words))
        if judgement.values:
            yield Mood.NONE, words.say(SAYS)
        for one in judgement.values:
            yield Mood.NONE, in_words(one, words)

    def _checked(self, findings: tuple[Examined, ...]) -> None:
        wrong = any(one.result in (Result.WRONG, Result.ACT) for one in findings)
        say = self.words.say
        head = say("Somebody has to act.") if wrong else say("Nothing is wrong.")
        self.show_result(
            (Mood.BAD if wrong else Mood.OK, head),
            *((RESULT_MOODS[one.result], examined(one, self.words)) for one in findings),
        )
