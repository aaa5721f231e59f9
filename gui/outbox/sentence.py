"""The footer's sentence about the hub, and whether the officer must do something."""

from __future__ import annotations

from domain.errors import ErrorKind
from domain.instant import Instant
from gui.outbox.schedule import Schedule
from gui.parts.mood import Mood
from gui.words import Words
from storage.hub_memory import HubSummary
from sync.errors import HubFailed, NoLink
from system.errors import MachineError


def hub_sentence(
    summary: HubSummary,
    words: Words,
    schedule: Schedule | None = None,
    *,
    forked: bool = False,
) -> tuple[str, Mood]:
    """The sentence and its mood. `forked`: copies of this folder were used, and nobody has chosen.

    `OK`: the hub has everything; `WARN`: something waits; `BAD`: the officer must act.
    """
    say = words.say
    if forked:
        return (
            say(
                "Two copies of this folder were used: nothing is signed here until the"
                " administrator chooses which one goes on. Open the outbox; tell headquarters."
            ),
            Mood.BAD,
        )
    records, photos = _records(summary.records, words), _photos(summary.photos, words)
    if not summary.hub:
        if not summary.records:
            return say(
                "Nothing is recorded yet. No hub is set up; all stays at this post."
            ), Mood.OK
        return (
            say("{records} and {photos} are kept here. No hub is set up; nothing for you to do.",
                records=records, photos=photos),
            Mood.OK,
        )  # fmt: skip
    held = say(
        "Hub has {held} of {records}, {held_photos} of {photos}.",
        held=words.number(summary.records_held), records=records,
        held_photos=words.number(summary.photos_held), photos=photos,
    )  # fmt: skip
    link, mood = link_words(schedule, words) if schedule else ("", Mood.OK)
    parts = [link, held]
    if summary.refused:
        parts.append(say("The hub refuses a part: open the outbox."))
        mood = Mood.BAD
    else:
        waits = _waits(summary, words, quiet=mood is not Mood.BAD)
        parts.append(waits)
        mood = mood if mood is Mood.BAD or not waits else Mood.WARN
    return " ".join(part for part in parts if part), mood


def link_words(schedule: Schedule, words: Words) -> tuple[str, Mood]:
    """The state of the runs in words, empty when all is well, and its mood."""
    say = words.say
    if schedule.running:
        return say("Stopping …") if schedule.stopping else say("Sending."), Mood.OK
    if schedule.paused:
        return say("Synchronisation is paused."), Mood.WARN
    error, since = schedule.failure, schedule.failing_since
    if error is None or since is None:
        held_back = say("Photos wait for their time of day, or for another line: see the settings.")
        return (held_back if schedule.photos_held_back else ""), Mood.OK
    at = words.minute(since)
    if isinstance(error, NoLink):
        text = say("No link since {time}", time=at)
    elif isinstance(error, HubFailed):
        why = error.values.get("why")
        text = (
            say("The hub has accepted nothing since {time} ({why})", time=at, why=why)
            if why
            else say("The hub has had an error since {time}", time=at)
        )
    elif isinstance(error, MachineError):
        return say("A file at this post cannot be read: open the outbox."), Mood.BAD
    elif error.kind is ErrorKind.PERSON:
        return say("The hub has refused since {time}: open the outbox.", time=at), Mood.BAD
    else:
        text = say("The hub's answers have been unusable since {time}", time=at)
    if schedule.knocking:
        return say("{what}; goes on by itself when it is back.", what=text), Mood.WARN
    return _again(text, schedule.next_try, words), Mood.WARN


def _again(text: str, at: Instant | None, words: Words) -> str:
    if at is None:
        return f"{text}."
    return words.say("{what}, tries again at {time}.", what=text, time=words.minute(at))


def _waits(summary: HubSummary, words: Words, *, quiet: bool) -> str:
    late_records = summary.records - summary.records_held
    late_photos = summary.photos - summary.photos_held
    if not late_records and not late_photos:
        return ""
    parts = [_records(late_records, words)] if late_records else []
    parts += [_photos(late_photos, words)] if late_photos else []
    what, one_or_more = ", ".join(parts), late_records + late_photos
    if not quiet:
        return words.count("{what} waits.", "{what} wait.", one_or_more, what=what)
    since = words.minute(summary.waiting_since) if summary.waiting_since else ""
    return words.count(
        "{what} waits since {time}; nothing for you to do.",
        "{what} wait since {time}; nothing for you to do.",
        one_or_more,
        what=what,
        time=since,
    )


def _records(count: int, words: Words) -> str:
    return words.count("1 record", "{count} records", count)


def _photos(count: int, words: Words) -> str:
    return words.count("1 photo", "{count} photos", count)
