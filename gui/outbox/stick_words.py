"""What came of a stick, in sentences for the officer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gui.parts.mood import Mood
from gui.words import Words

if TYPE_CHECKING:
    from sync.stick.bring import ImportOutcome
    from sync.stick.outcome import ExportOutcome

Sentence = tuple[str, Mood]


def export_sentences(outcome: ExportOutcome, words: Words) -> Iterator[Sentence]:
    """What is on the stick now, and what is not."""
    say, count = words.say, words.count
    if any(bundle.entries + bundle.photos for bundle in outcome.written):
        entries = sum(bundle.entries for bundle in outcome.written)
        photos = sum(bundle.photos for bundle in outcome.written)
        what = say(
            "{entries} and {photos}",
            entries=count("1 journal entry", "{count} journal entries", entries),
            photos=count("1 photo", "{count} photos", photos),
        )
        if outcome.flushed:
            text = say(
                "{what} are on the stick and were read back. It can be pulled out. They wait here"
                " until the hub has answered.",
                what=what,
            )
        else:
            text = say("{what} were written, and then the stick failed.", what=what)
        yield text, Mood.OK if outcome.flushed else Mood.WARN
    elif outcome.flushed:
        text = say(
            "The stick asks the hub what it holds of this workstation. It can be pulled out; bring"
            " it to the hub, and its answer back."
        )
        yield text, Mood.OK
    elif outcome.before:
        yield (
            say(
                "Everything that waits is on a stick already, in {files}. If that stick was lost,"
                " write everything again.",
                files=", ".join(bundle.id for bundle in outcome.before),
            ),
            Mood.NONE,
        )
    elif outcome.problem is None and not outcome.set_aside and not outcome.cancelled:
        yield say("Nothing to write: the hub has everything."), Mood.OK
    for item in outcome.set_aside:
        yield (
            say("Not on the stick: {what}. {why}", what=item.name.short, why=words.error(item.why)),
            Mood.WARN,
        )
    if outcome.passed_over is not None:
        yield words.error(outcome.passed_over), Mood.WARN
    if outcome.problem is not None:
        yield words.error(outcome.problem), Mood.WARN
    if outcome.cancelled:
        yield say("Stopped. What is complete on the stick counts; the rest waits here."), Mood.WARN


def import_sentences(outcome: ImportOutcome, words: Words) -> Iterator[Sentence]:
    """What the stick brought, and what still waits on it."""
    say, count = words.say, words.count
    carried = sum(1 for bundle in outcome.carried if bundle.complete)
    if outcome.answer is not None:
        yield say("The hub's answer for this workstation was on the stick and is taken."), Mood.OK
    if outcome.lacking:
        text = say(
            "The hub has entries of this workstation that are not here. A stick does not bring"
            " them; the next synchronisation does."
        )
        yield text, Mood.WARN
    if outcome.feed.items:
        came = ", ".join(f"{item.name} {item.version}".strip() for item in outcome.feed.items)
        yield say("From headquarters: {what}.", what=came), Mood.OK
    if carried:
        text = count(
            "1 bundle of another workstation is at the hub, and its answer is on the stick.",
            "{count} bundles are at the hub, and their answers are on the stick.",
            carried,
        )
        yield text, Mood.OK
    if outcome.passed_over is not None:
        yield words.error(outcome.passed_over), Mood.WARN
    for bundle in outcome.carried:
        if bundle.problem is not None:
            yield f"{bundle.path.name}: {words.error(bundle.problem)}", Mood.WARN
    for problem in outcome.feed.problems:
        yield words.error(problem), Mood.WARN
    if outcome.waiting:
        text = count(
            "1 bundle waits on the stick; the hub does not have it yet.",
            "{count} bundles wait on the stick; the hub does not have them yet.",
            len(outcome.waiting),
        )
        yield text, Mood.WARN
    if outcome.no_link is not None:
        yield words.error(outcome.no_link), Mood.WARN
    if outcome.feed_is_there and not outcome.carried:
        yield (
            say("Packs, bulletins and settings are on the stick now, for a post without a link."),
            Mood.OK,
        )
    elif outcome.nothing:
        yield (
            say("There is nothing on the stick for this workstation or from another one."),
            Mood.NONE,
        )


def ejected_sentence(words: Words) -> Sentence:
    """What the officer may do now."""
    return words.say("The stick is ejected: pull it out."), Mood.OK
