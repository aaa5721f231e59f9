"""Finds names that must stay at the post in texts that go to headquarters.

Fields for names stay at the post, unless the pack frees them; but an officer may write a name in a
text field. These are searched for: each word of each name in the record, and its document numbers,
telephone numbers, e-mail addresses and registrations as a whole. A whole name or number in a
narrative or in a badge field is a fault; in another field (maker, business, brand) it is a remark.
One word of a name in a narrative is a remark, since it may be an ordinary word (White, Rose).
Invisible characters and particles of names (van, de, bin) are ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import IntEnum
from itertools import pairwise

from domain.fault import Fault, FaultKind, Shape
from domain.fields import Field, bare, items_of
from domain.interception.nominal import stays
from domain.numbers import check_number
from domain.pack.model import Pack
from domain.rules.situation import RecordPart, Situation
from domain.rules.spelling import Token, folded, standing, tokens
from domain.words import mark

NAMES = ("persons.parties.name", "persons.parties.alias", "legal.witnesses")
NUMBERS = (
    "persons.parties.document_no",
    "persons.parties.phone",
    "persons.parties.email",
    "conveyance.vehicle_registration",
    "conveyance.trailer_registration",
    "conveyance.vin",
)
NARRATIVES = frozenset(
    ("concealment_text", "description", "condition", "caption", "place_text", "property_left",
     "packaging_inner", "packaging_outer", "category_other", "grounds", "remarks")
)  # fmt: skip
"""Fields in the officer's own words."""
BADGES = ("officer", "detection.field_test.tester", "detection.field_test.witness")
QUOTED = "consignment.declaration.description"
"""The sender's own words: a word in small letters means goods here (hand cream), even when it is
also the name of a party."""
NOT_WORDS = frozenset(("post", "captured_at", "as_seen_on_label", "record_id", "case"))
"""Fields that cannot contain a name; another rule checks their form."""
PARTICLES = frozenset(
    ("van", "den", "der", "ter", "ten", "te", "von", "zu", "zum", "zur", "und", "de", "del",
     "della", "di", "la", "las", "le", "los", "du", "da", "do", "dos", "das", "y", "e", "el", "al",
     "bin", "ibn", "bint", "binti", "of", "the", "and")
)  # fmt: skip
"""Small words in the names of many persons and places; they do not count as a name."""
SHORTEST_NUMBER = 6
SURE_NUMBER = 8
"""Digits; a shorter number may occur by chance (a lot, an order)."""
SHORTEST_WORD = 3
SURE_TOGETHER = 8
"""Letters; a whole name of this length does not occur inside other words by chance."""
SURE_WITHOUT_SPACES = 2
"""Characters; a longer whole name does not occur in a text by chance."""
FEW_WORDS = 2
"""In a name with more words, two words count as the whole name only when one is the last word."""
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Scripts that put no space between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese."""


NAME_REPEATED = FaultKind(
    "name_repeated",
    mark("contains {word}, which must stay at the post, and is sent to headquarters"),
    mark("Say it without the name or number."),
    shape=Shape.PREDICATE,
)
NAME_PERHAPS_REPEATED = replace(NAME_REPEATED, code="name_perhaps_repeated", warns=True)


class Weight(IntEnum):
    """How much of a name or number a text contains.

    `PART`: one word. `WHOLE`: all of it or two words, but possibly by chance. `SURE`: all of it,
    not by chance.
    """

    PART = 1
    WHOLE = 2
    SURE = 3


@dataclass(slots=True)
class _Secrets:
    """The names and numbers that must stay at the post, in the forms that are searched for."""

    numbers: dict[str, str] = field(default_factory=dict)
    pairs: dict[tuple[str, str], Weight] = field(default_factory=dict)
    words: dict[str, Weight] = field(default_factory=dict)
    short: set[str] = field(default_factory=set)
    together: set[str] = field(default_factory=set)
    unspaced: dict[str, Weight] = field(default_factory=dict)

    def gather(self, situation: Situation) -> None:
        """Add those of the record."""
        freed, parties = situation.checklist.pack.freed, situation.interception.persons.parties
        businesses = {folded(party.company) for party in parties if party.company}
        for name, text in situation.in_parts(_named):
            if name in freed:
                continue
            if name in NUMBERS:
                self._number(text)
            elif folded(text) not in businesses:
                self._name(text)

    def _number(self, text: str) -> None:
        joined = "".join(token.folded for token in tokens(text))
        if len(joined) >= SHORTEST_NUMBER and (re.search(r"\d", joined) or "@" in text):
            self.numbers[joined] = text

    def _name(self, text: str) -> None:
        words = [token.folded for token in tokens(text)]
        if UNSPACED.search(text):
            parts = {part: Weight.PART for part in words if UNSPACED.search(part)}
            sure = sum(map(len, words)) > SURE_WITHOUT_SPACES
            whole = Weight.SURE if sure else Weight.WHOLE
            self.unspaced |= parts | {"".join(words): whole}
            return
        real = _real(words)
        for one, two in [*pairwise(real), *((word, real[-1]) for word in real[:-1])]:
            sure = len(real) <= FEW_WORDS or real[-1] in (one, two)
            weight = Weight.SURE if sure else Weight.WHOLE
            for pair in ((one, two), (two, one)):
                self.pairs[pair] = max(weight, self.pairs.get(pair, weight))
        long = [word for word in real if len(word) >= SHORTEST_WORD]
        for word in long:
            weight = Weight.WHOLE if len(real) == 1 else Weight.PART
            self.words[word] = max(weight, self.words.get(word, weight))
        if len(real) == 1 and not long:
            self.short.add(text.strip())
        if len(real) > 1:
            joined = {"".join(real), "".join([real[-1], *real[:-1]]), "".join(words)}
            self.together |= {name for name in joined if len(name) >= SURE_TOGETHER}

    def found_in(self, text: str) -> tuple[str, Weight] | None:
        """The name or number found in `text`, as written, and its weight; None without one."""
        held = tokens(text)
        found = [*self._numbers_in(held), *self._names_in(held)]
        return max(found, key=lambda one: one[1], default=None)

    def _numbers_in(self, held: list[Token]) -> Iterator[tuple[str, Weight]]:
        joined = "".join(token.folded for token in held)
        for number, written in self.numbers.items():
            rare = len(number) >= SURE_NUMBER and not number.isdecimal()
            if standing(number, held) is not None or (rare and number in joined):
                short = number.isdecimal() and len(number) < SURE_NUMBER
                yield written, Weight.WHOLE if short else Weight.SURE

    def _names_in(self, held: list[Token]) -> Iterator[tuple[str, Weight]]:
        joined = "".join(token.folded for token in held)
        inside = [name for name in self.unspaced if len(name) > 1 and name in joined]
        if inside:
            longest = max(inside, key=len)
            yield longest, self.unspaced[longest]
        real = [token for token in held if token.folded not in PARTICLES]
        for one, two in pairwise(real):
            weight = self.pairs.get((one.folded, two.folded))
            if weight and max(len(one.folded), len(two.folded)) >= SHORTEST_WORD:
                yield f"{one.written} {two.written}", weight
        for name in self.together:
            written = standing(name, held) or next(
                (token.written for token in held if name in token.folded), None
            )
            if written is not None:
                yield written, Weight.SURE
        for token in held:
            if token.folded in self.words:
                yield token.written, self.words[token.folded]
            elif token.written in self.short:
                yield token.written, Weight.PART


def faults(situation: Situation) -> Iterator[Fault]:
    """A fault or a remark for each text that is sent and contains a name that must stay."""
    secrets = _Secrets()
    secrets.gather(situation)
    if secrets != _Secrets():
        yield from situation.in_parts(_in_part, secrets)


def _named(_situation: Situation, part: RecordPart) -> Iterator[tuple[str, str]]:
    """The names and numbers of the part that may have to stay, each with the path of its field."""
    for path, _, value in part.filled:
        name = bare(path)
        if name in NAMES or name in NUMBERS:
            for text in map(str, items_of(value)):
                yield name, text


def _in_part(situation: Situation, part: RecordPart, secrets: _Secrets) -> Iterator[Fault]:
    pack = situation.checklist.pack
    for path, held, value in part.filled:
        if not _travels(path, held, pack):
            continue
        for text in map(str, items_of(value)):
            if held.number and check_number(held.number, text).right:
                continue
            found = secrets.found_in(text)
            if found is None:
                continue
            word, weight = found
            in_own_words = held.name in NARRATIVES or path in BADGES
            if in_own_words or weight > Weight.PART:
                quoted = path == QUOTED and word == word.lower() and word.upper() != word
                sure = weight is Weight.SURE and in_own_words and not quoted
                yield Fault(path, NAME_REPEATED if sure else NAME_PERHAPS_REPEATED, word=word)


def _travels(path: str, held: Field, pack: Pack) -> bool:
    free = held.value_type is str and not held.list_name
    named = bare(path) in NAMES + NUMBERS or held.name in NOT_WORDS
    return free and not named and not stays(path, held.privacy, pack.freed, pack.kept)


def _real(words: list[str]) -> list[str]:
    """The words of a name without its particles; all of them when it has no other."""
    return [word for word in words if word not in PARTICLES] or words
