"""The officer's pace: how many records tonight, and how long the open one takes."""

from __future__ import annotations

from gui.words import Words

DAY = 86_400


def pace(finals: int, seconds: int | None, amends: bool, words: Words) -> str:
    """`finals` is the number of finalised records, `seconds` the time of the open record, None
    without one.

    The open record counts as the next one, except an amendment.
    """
    if seconds is None:
        return words.count("1 tonight", "{count} tonight", finals) if finals else ""
    # The time of a draft that is open for days has no meaning.
    spent = spent_words(seconds, words) if seconds < DAY else ""
    parts = ["" if amends else nth_tonight(finals + 1, words), spent]
    return " · ".join(part for part in parts if part)


def nth_tonight(number: int, words: Words) -> str:
    """`14th tonight`; the English endings are templates of their own for other languages."""
    say = words.say
    if number == 1:
        return say("1st tonight")
    ending = 0 if number % 100 in (11, 12, 13) else number % 10
    if ending == 1:
        return say("{number}st tonight", number=number)
    if ending == 2:
        return say("{number}nd tonight", number=number)
    if ending == 3:
        return say("{number}rd tonight", number=number)
    return say("{number}th tonight", number=number)


def spent_words(seconds: int, words: Words) -> str:
    """`48 s`, `1 min 04 s`, `2 h 05 min`."""
    minutes, rest = divmod(seconds, 60)
    hours, left = divmod(minutes, 60)
    if hours:
        return words.say("{hours} h {minutes} min", hours=hours, minutes=f"{left:02}")
    if minutes:
        return words.say("{minutes} min {seconds} s", minutes=minutes, seconds=f"{rest:02}")
    return words.say("{seconds} s", seconds=rest)
