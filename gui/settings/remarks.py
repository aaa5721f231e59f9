"""Remarks in the officer's language."""

from __future__ import annotations

from domain.errors import TidewaiterError
from domain.instant import ClockState, Instant
from domain.remark import Remark
from domain.words import mark, sentence
from gui.words import Words
from sync.examine import Examined

CLOCK_WORDS = {
    ClockState.TRUSTED: mark("confirmed by the hub"),
    ClockState.UNKNOWN: mark("not confirmed"),
    ClockState.DRIFTED: mark("wrong"),
}


def in_words(remark: Remark, words: Words) -> str:
    """The remark, and the remarks and errors among its values, translated."""
    return words.say(remark.what, **{name: _value(value, words) for name, value in remark.values})


def examined(found: Examined, words: Words) -> str:
    """`Clock: ...`."""
    about, what = in_words(found.about, words), in_words(found.remark, words)
    return sentence(words.say("{about}: {what}", about=about, what=what))


def _value(value: object, words: Words) -> object:
    if isinstance(value, Remark):
        return in_words(value, words)
    if isinstance(value, Instant):
        return words.moment(value)
    if isinstance(value, ClockState):
        return words.say(CLOCK_WORDS[value])
    return words.error(value) if isinstance(value, TidewaiterError) else value
