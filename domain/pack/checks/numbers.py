"""Exact numbers are texts: many programs read a number of JSON as binary, which loses digits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from domain.pack.finding import PackFindings, fault
from domain.words import mark


def numbers(tree: object) -> PackFindings:
    """A fault for each exact number in the JSON of a pack that is not text."""
    for here, part in _parts(tree):
        for name in ("factor", "min", "max"):
            value = part.get(name)
            if isinstance(value, int | float) and not isinstance(value, bool):
                what = mark('write the number as text, like "{number}": else it may lose digits')
                yield fault(f"{here}.{name}", what, number=str(value))


def _parts(tree: object) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The parts of a pack that have exact numbers."""
    for name in ("units", "fields", "profiles", "categories"):
        listed = tree.get(name) if isinstance(tree, Mapping) else None
        for number, part in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(part, Mapping):
                here = f"$.{name}[{number}]"
                yield here, part
                measure = part.get("measure")
                if isinstance(measure, Mapping):
                    yield f"{here}.measure", measure
