"""Options in an order, with an index for the search: a key in a list of thousands is quick.

The index is a few long texts of all options, in which Python looks for a word at the speed of
memory; a search that asks each option for itself takes a hundred times as long.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from heapq import merge
from itertools import islice
from typing import overload

from gui.parts.option import Option, bare, begins_word, find, fold, in_one_line

SMALL = 100
"""Up to so many options are searched one by one."""
_OPTION, _BEGIN = "\r", "\n"
"""What stands between options, and before each text of an option; neither is in a text."""
_WORD = re.compile(r"\w+")


class OptionList(Sequence[Option]):
    """Options that are made when first needed; so is the index of them.

    `label` returns the label of a code without making any; the code itself when it is not known.
    """

    def __init__(self, make: Callable[[], Iterable[Option]], label: Callable[[str], str]) -> None:
        self._make = make
        self.label = label
        self._found: tuple[str, list[int]] | None = None
        """The last text that fewer options matched than were asked for, and their numbers."""

    @classmethod
    def of(cls, options: Sequence[Option]) -> OptionList:
        """The list of these options, which may be one already."""
        if isinstance(options, OptionList):
            return options
        labels = {option.code: option.label for option in options}
        return cls(lambda: options, lambda code: labels.get(code, code))

    @cached_property
    def _options(self) -> tuple[Option, ...]:
        return tuple(self._make())

    @cached_property
    def _index(self) -> _Index:
        return _Index(self._options)

    def made_ready(self) -> Iterator[None]:
        """Make the options and their index now, in steps, while nobody waits for them."""
        if len(self) > SMALL:
            yield
            yield from self._index.made_ready()

    def __len__(self) -> int:
        return len(self._options)

    @overload
    def __getitem__(self, number: int) -> Option: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[Option, ...]: ...
    def __getitem__(self, number: int | slice) -> Option | tuple[Option, ...]:
        return self._options[number]

    def find(self, text: str, limit: int = 50) -> list[Option]:
        """The options that match `text`, in the order of `gui.parts.option.find`."""
        asked = fold(text).strip()
        if not asked or len(self) <= SMALL:
            return find(self._options, text, limit)
        if self._found is not None and asked.startswith(self._found[0]):
            # Who types on looks for one of those that the shorter text found.
            few = [self._options[number] for number in self._found[1]]
            return find(few, text, limit)
        numbers = list(islice(self._index.numbers(asked), limit))
        self._found = (asked, sorted(numbers)) if len(numbers) < limit else None
        return [self._options[number] for number in numbers]


class _Text:
    """One long text of all options, and where each of them begins in it."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        every = list(texts)
        text = _joined(every)
        if text.count(_OPTION) >= len(every) or text.count(_BEGIN) > sum(map(len, every)):
            text = _joined([[in_one_line(each) for each in some] for some in every])
        # All at once: to fold each text for itself takes five times as long.
        self._text = bare(text)
        self._begins = [0, *(found.end() for found in re.finditer(_OPTION, self._text))]

    def having(self, wanted: str) -> Iterator[int]:
        """The numbers of the options in whose texts `wanted` stands, in order."""
        return self._numbers(wanted, anywhere=True)

    def with_word(self, beginning: str) -> Iterator[int]:
        """The numbers of the options with a word that begins so, in order."""
        if not _WORD.fullmatch(beginning):
            return iter(())
        return self._numbers(beginning, anywhere=False)

    def _numbers(self, wanted: str, *, anywhere: bool) -> Iterator[int]:
        text, begins = self._text, self._begins
        offset = text.find(wanted)
        while offset >= 0:
            if not anywhere and _WORD.match(text, offset - 1):
                offset = text.find(wanted, offset + 1)
                continue
            number = bisect_right(begins, offset)
            yield number - 1
            if number == len(begins):
                return
            offset = text.find(wanted, begins[number])


def _joined(texts: Sequence[Sequence[str]]) -> str:
    return _OPTION.join(_BEGIN.join(("", *each)) for each in texts)


class _Index:
    """Codes, labels and search words of options, each as one long text."""

    def __init__(self, options: Sequence[Option]) -> None:
        self._options = options

    @cached_property
    def _codes(self) -> _Text:
        return _Text((option.code,) for option in self._options)

    @cached_property
    def _labels(self) -> _Text:
        return _Text((option.label,) for option in self._options)

    @cached_property
    def _others(self) -> _Text:
        return _Text(option.search for option in self._options)

    def made_ready(self) -> Iterator[None]:
        """Make the texts, one in each step."""
        for name in ("_codes", "_labels", "_others"):
            getattr(self, name)
            yield

    def numbers(self, asked: str) -> Iterator[int]:
        """The numbers of the options that match, each once, best first."""
        found: set[int] = set()
        for group in self._groups(asked):
            for number in group:
                if number not in found:
                    found.add(number)
                    yield number

    def _groups(self, asked: str) -> Iterator[Iterable[int]]:
        """The numbers of each rank, as `gui.parts.option` has them."""
        codes, labels, others, begun = self._codes, self._labels, self._others, _BEGIN + asked
        yield (each for each in codes.having(begun) if fold(self._options[each].code) == asked)
        yield labels.having(begun)
        first, *parts = sorted(asked.split(), key=len, reverse=True)
        yield (
            number
            for number in labels.with_word(first)
            if all(begins_word(self._options[number], part) for part in parts)
        )
        yield merge(codes.having(begun), others.having(begun), others.with_word(asked))
        yield merge(labels.having(asked), others.having(asked))
