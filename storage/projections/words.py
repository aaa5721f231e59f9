"""The search words of an interception, and the query for a typed text.

Chinese, Japanese, Thai, Lao, Khmer and Burmese put no space between words, and Korean puts endings
to them. Such text is stored as overlapping pairs of characters, and the last character alone:
`白色药片` as `白色 色药 药片 片`. So a search finds any part of it, from one character on.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator

from domain.fields import NO_FIELDS, items_of, walk
from domain.fold import Case
from domain.ids import RecordId
from domain.interception.record import Interception
from domain.pack.checklist import Checklist

WORDS_LIMIT = 12
_UNSPACED = (
    "["
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"  # Burmese
    "\u1780-\u17ff"  # Khmer
    "\u1100-\u11ff\uac00-\ud7ff"  # Korean
    "\u3005-\u3007\u3040-\u312f\u31f0-\u31ff"  # Japanese, and Chinese read aloud
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese characters
    "]+"
)
"""A part of a text in a script without spaces between words."""


@functools.cache
def _unspaced() -> re.Pattern[str]:
    # made when first needed: it takes three milliseconds of a start that has no use for it
    return re.compile(_UNSPACED)


def words_of(case: Case, interception: Interception, checklist: Checklist | None) -> str:
    """Every number, text and label of the record, and its status as `#final`."""
    return spaced(" ".join(_words(case, interception, checklist)))


def spaced(text: str) -> str:
    """`text` as the index stores it: in one Unicode form, text without spaces as pairs."""
    if text.isascii():
        return text
    return _unspaced().sub(lambda run: f" {_pairs(run[0])} {run[0][-1]} ", _one_form(text))


def _one_form(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _pairs(run: str) -> str:
    return " ".join(run[index : index + 2] for index in range(len(run) - 1))


def _words(case: Case, interception: Interception, checklist: Checklist | None) -> Iterator[str]:
    yield f"#{case.status}"
    yield word_of_case(interception.case or case.record)
    yield case.number
    yield _run_together(case.number)
    for receipt in case.receipts:
        yield receipt.body.number
    for _, field, value in walk(interception, added=checklist.added if checklist else NO_FIELDS):
        for text in map(str, items_of(value)):
            yield text
            if field.number:
                yield _run_together(text)
                yield from re.findall(r"\d{4,}", text)
            if field.name == "bag_no":
                # stored without separators, but typed as printed: `XB 0100001`, `TW-1`
                yield " ".join(re.findall(r"[^\W\d_]+|\d+", text))
            if field.list_name and checklist is not None:
                yield from checklist.labels(field.list_name, text).values()


def word_of_case(case_id: RecordId) -> str:
    """The word that all interceptions of one case have; a typed text never has its `#`."""
    return f"#{_run_together(str(case_id))}"


def _run_together(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", "", text)


def query_of(search: str, *exact: str, instead: str = "") -> str:
    """The full-text query for words as typed; "" when there are none.

    A word with separators (`TW-00933`) is searched as a phrase, its last part as a prefix. `exact`
    are words that must be there too; a record with the word `instead` needs none that was typed.
    """
    typed = [_looked_for(part) for part in _one_form(search).split()[:WORDS_LIMIT]]
    asked = " ".join(f'"{part}"*' for part in typed if part)
    either = f'({asked} OR "{instead}")' if instead else asked
    return " AND ".join(part for part in (either, *(f'"{word}"' for word in exact if word)) if part)


def _looked_for(part: str) -> str:
    """The index words for `part`, separated by spaces."""
    kept = "".join(letter if _in_words(letter) else " " for letter in part).strip()
    last = _unspaced().search(kept[::-1])
    if last is None or last.start():
        return " ".join(spaced(kept).split())
    # The text may continue after it, so its last character is not searched alone.
    before, run = kept[: -last.end()], last[0][::-1]
    return " ".join([*spaced(before).split(), *(_pairs(run) or run).split()])


def _in_words(letter: str) -> bool:
    """Whether the index stores the character: letters, digits and combining marks."""
    return letter.isalnum() or unicodedata.category(letter)[0] == "M"
