"""The words by which an interception is found, and the query made of what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.fold import Case
from domain.interception.fields import walk
from domain.interception.record import Interception
from domain.pack.checklist import Checklist

WORDS_LIMIT = 12


def words_of(case: Case, interception: Interception, checklist: Checklist | None) -> str:
    """Every number, text and label of the record, and its status as `#final`."""
    return " ".join(_words(case, interception, checklist))


def _words(case: Case, interception: Interception, checklist: Checklist | None) -> Iterator[str]:
    yield f"#{case.status}"
    yield case.number
    yield _run_together(case.number)
    for receipt in case.receipts:
        yield receipt.body.number
    for _, field, value in walk(interception):
        for item in value if field.many else (value,):
            text = str(item)
            yield text
            if field.number:
                yield _run_together(text)
                yield from re.findall(r"\d{4,}", text)
            if field.list_name and checklist is not None:
                for choice in checklist.choices(field.list_name):
                    if choice.code == text:
                        yield from (getattr(choice, "label", None) or choice.name).values()


def _run_together(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", "", text)


def query_of(search: str, *exact: str) -> str:
    """The full-text query for words as typed; "" when there are none.

    What stands together (`TW-00933`) is looked for together, the last part as a beginning.
    """
    typed = [" ".join(re.findall(r"[^\W_]+", part)) for part in search.split()[:WORDS_LIMIT]]
    parts = [f'"{part}"*' for part in typed if part]
    return " ".join(parts + [f'"{word}"' for word in exact if word])
