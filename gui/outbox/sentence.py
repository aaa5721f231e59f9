"""The footer's sentence: true, short, and whether anything is for the officer to do."""

from __future__ import annotations

from gui.words import Words
from storage.projections.hub import HubSummary


def hub_sentence(summary: HubSummary, words: Words) -> tuple[str, str]:
    """The sentence, and its mood: `ok` all is there, `warn` it waits, `bad` it is yours to act."""
    say = words.say
    if summary.branched:
        return (
            say("The hub holds another branch of this journal. Tell headquarters: this folder was "
                "copied or restored. Nothing is lost."),
            "bad",
        )  # fmt: skip
    records, photos = _records(summary.records, words), _photos(summary.photos, words)
    if not summary.hub:
        if not summary.records:
            return say("Nothing is recorded yet. No hub is set up; all stays at this post."), "ok"
        return (
            say("{records} and {photos} are kept here. No hub is set up; nothing for you to do.",
                records=records, photos=photos),
            "ok",
        )  # fmt: skip
    held = say(
        "Hub has {held} of {records}, {held_photos} of {photos}.",
        held=words.number(summary.records_held), records=records,
        held_photos=words.number(summary.photos_held), photos=photos,
    )  # fmt: skip
    if summary.refused:
        return held + " " + say("It refuses a part: look at the outbox."), "bad"
    return _rest(summary, held, words)


def _rest(summary: HubSummary, held: str, words: Words) -> tuple[str, str]:
    late_records = summary.records - summary.records_held
    late_photos = summary.photos - summary.photos_held
    if not late_records and not late_photos:
        return held, "ok"
    parts = [_records(late_records, words)] if late_records else []
    parts += [_photos(late_photos, words)] if late_photos else []
    since = words.minute(summary.waiting_since) if summary.waiting_since else ""
    waits = words.say("{what} wait since {time}; nothing for you to do.",
                      what=", ".join(parts), time=since)  # fmt: skip
    return f"{held} {waits}", "warn"


def _records(count: int, words: Words) -> str:
    return words.count("1 record", "{count} records", count)


def _photos(count: int, words: Words) -> str:
    return words.count("1 photo", "{count} photos", count)
