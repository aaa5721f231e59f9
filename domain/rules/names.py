"""Names that must stay at the post, repeated in texts that go to headquarters.

Names travel in no field of their own, unless the pack frees it; free text is the hole. What is
compared: the words of all names, and whole document numbers, telephone numbers, e-mail addresses
and registrations, as the record itself holds them. A whole name or number in a narrative is a
fault, elsewhere (a maker, a business, a brand) a remark. One word of a name in a narrative is a
remark, since it may be an ordinary word (White, Rose).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from domain.fault import Fault
from domain.interception.fields import Field, walk
from domain.interception.nominal import STAYS
from domain.interception.record import Interception
from domain.rules.situation import Situation
from domain.words import mark

NAMES = ("persons.parties.name", "persons.parties.alias", "legal.witnesses")
NUMBERS = (
    "persons.parties.document_no",
    "persons.parties.phone",
    "persons.parties.email",
    "conveyance.vehicle_registration",
)
NARRATIVES = frozenset(
    ("concealment_text", "description", "condition", "caption", "place_text", "property_left",
     "packaging_inner", "packaging_outer", "category_other", "grounds", "remarks")
)  # fmt: skip
"""Fields in the officer's own words."""
NOT_WORDS = frozenset(("post", "officer", "captured_at", "as_seen_on_label", "record_id", "tester"))
SHORTEST_NUMBER = 6
SHORTEST_WORD = 3
SURE_WITHOUT_SPACES = 2
"""A longer whole name does not stand in a text by chance."""
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Scripts that put no space between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese."""


class _Secrets:
    """What must stay, in the forms in which it is looked for."""

    def __init__(self, record: Interception, freed: tuple[str, ...]) -> None:
        self.numbers: dict[str, str] = {}
        self.pairs: set[tuple[str, str]] = set()
        self.words: set[str] = set()
        self.short: set[str] = set()
        self.unspaced: dict[str, bool] = {}
        businesses = {_folded(p.company) for p in record.persons.parties if p.company}
        for path, field, value in walk(record):
            bare = _bare(path)
            if bare in freed or bare not in NAMES + NUMBERS:
                continue
            for text in value if field.many else (value,):
                if bare in NUMBERS:
                    self._number(text)
                elif _folded(text) not in businesses:
                    self._name(text)

    def _number(self, text: str) -> None:
        joined = "".join(_words(_folded(text)))
        if len(joined) >= SHORTEST_NUMBER and (re.search(r"\d", joined) or "@" in text):
            self.numbers[joined] = text

    def _name(self, text: str) -> None:
        if UNSPACED.search(text):
            parts = _words(_folded(text))
            self.unspaced |= {part: False for part in parts if UNSPACED.search(part)}
            self.unspaced["".join(parts)] = sum(map(len, parts)) > SURE_WITHOUT_SPACES
            return
        words = _words(_folded(text))
        long = [word for word in words if len(word) >= SHORTEST_WORD]
        self.pairs |= {pair for one, two in pairwise(words) for pair in ((one, two), (two, one))}
        self.words |= set(long)
        if len(words) == 1 and not long:
            self.short.add(text.strip())

    def found_in(self, text: str) -> tuple[str, bool] | None:
        """What of it stands in `text`, and whether it is a whole name or number."""
        folded = _folded(text)
        words = _words(folded)
        joined = "".join(words)
        for number, written in self.numbers.items():
            if number in joined:
                return written, True
        inside = [name for name in self.unspaced if len(name) > 1 and name in joined]
        if inside:
            longest = max(inside, key=len)
            return longest, self.unspaced[longest]
        for pair in pairwise(words):
            if pair in self.pairs and any(len(word) >= SHORTEST_WORD for word in pair):
                return " ".join(pair), True
        part = next((word for word in words if word in self.words), None)
        part = part or next((word for word in _words(text) if word in self.short), None)
        return (part, False) if part else None


def faults(seen: Situation) -> Iterator[Fault]:
    """A fault or a remark for each text that travels and repeats a name that does not."""
    freed = seen.checklist.pack.freed
    secrets = _Secrets(seen.interception, freed)
    for path, field, value in walk(seen.interception):
        if not _travels(path, field, freed):
            continue
        for text in value if field.many else (value,):
            found = secrets.found_in(text)
            if found and (found[1] or field.name in NARRATIVES):
                word, whole = found
                yield Fault(
                    path,
                    mark("repeats {word}, which stays at the post, and goes to headquarters"),
                    mark("Say it without the name or number."),
                    warns=not (whole and field.name in NARRATIVES),
                    word=word,
                )


def _travels(path: str, field: Field, freed: tuple[str, ...]) -> bool:
    free = field.kind is str and not field.list_name and not field.number
    stays = field.privacy in STAYS and _bare(path) not in freed
    named = _bare(path) in NAMES + NUMBERS
    return free and not stays and not named and field.name not in NOT_WORDS


def _bare(path: str) -> str:
    return ".".join(part for part in path.split(".") if not part.isdigit())


def _folded(text: str) -> str:
    """Without case and accents, so that `José` and `JOSE` are one name."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in plain if not unicodedata.combining(char))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)
