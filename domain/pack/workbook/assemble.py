"""Puts the values of cells together to the JSON of a part, and remembers where each stood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from domain.pack.position import above
from domain.pack.workbook.cells import Cell
from domain.pack.workbook.columns import Column, Step
from domain.pack.workbook.notes import SheetNotes, Spot
from domain.pack.workbook.shapes import Leaf, LeafKind, PartOf, Several, required
from domain.pack.workbook.values import Value, value_of
from domain.words import mark

BESIDE = mark("one text is needed here, or one for each plural category: not both")
Json = dict[str, object]


class FilledCell(NamedTuple):
    """A cell of a part: its column, where it is, and what it holds, if anything."""

    column: Column
    spot: Spot
    cell: Cell | None


class Assembly:
    """The spots of positions (`$.units[0].code`), and positions whose value nobody meant."""

    def __init__(self, notes: SheetNotes) -> None:
        self.spots: dict[str, Spot] = {}
        self.unjudged: set[str] = set()
        self._notes = notes

    def part(self, part: PartOf, entries: Sequence[FilledCell], here: str, spot: Spot) -> Json:
        """The JSON of a part at the position `here`, whose row (or sheet) is at `spot`."""
        built = self.values(entries, here, spot)
        for name in required(part.part):
            if name not in built and is_list(part, name):
                built[name] = []
        return {name: built[name] for name in part.fields if name in built}

    def values(self, entries: Sequence[FilledCell], here: str, spot: Spot) -> Json:
        """The values of the cells by their steps."""
        built: Json = {}
        if here != "$":
            self.spots.setdefault(here, spot)
        numbers = _numbers(entries)
        for entry in entries:
            steps = _in_order(entry.column.steps, numbers)
            if steps is None:
                continue
            position = here + "".join(f"[{x}]" if isinstance(x, int) else f".{x}" for x in steps)
            self._remember(position, here, entry.spot)
            value = self._value(entry, position)
            if value is not None and not _put(built, steps, value):
                self._notes.fault(entry.spot, BESIDE)
                self.unjudged.add(position)
        return built

    def _remember(self, position: str, here: str, spot: Spot) -> None:
        for each in above(position):
            if each == here or each in self.spots:
                break
            self.spots[each] = spot

    def _value(self, entry: FilledCell, position: str) -> Value | None:
        if entry.cell is None:
            return None
        faults = self._notes.faults
        value = value_of(entry.cell, entry.column.leaf, entry.spot, self._notes)
        if self._notes.faults > faults:
            self.unjudged.add(position)
        return value

    def spot_of(self, position: str) -> Spot | None:
        """The cell, row or sheet that a position comes from."""
        return next((self.spots[each] for each in above(position) if each in self.spots), None)

    def is_judged(self, position: str) -> bool:
        """Whether a rule says something of what the author meant there: at this position, in what
        it is in, and in what is in it.
        """
        below = f"{position}."
        return self.unjudged.isdisjoint(above(position)) and not any(
            each.startswith(below) for each in self.unjudged
        )


def _numbers(entries: Sequence[FilledCell]) -> dict[tuple[Step, ...], list[int]]:
    """The numbers that are used at each way to numbered parts: `hs.1`, `hs.3`."""
    used: dict[tuple[Step, ...], set[int]] = {}
    for entry in entries:
        if entry.cell is not None and entry.cell.text.strip():
            for at, step in enumerate(entry.column.steps):
                if isinstance(step, int):
                    used.setdefault(entry.column.steps[:at], set()).add(step)
    return {way: sorted(numbers) for way, numbers in used.items()}


def _in_order(
    steps: tuple[Step, ...], numbers: dict[tuple[Step, ...], list[int]]
) -> tuple[Step, ...] | None:
    """The steps with the index of each part in its list; None in a part that is not there."""
    ordered: list[Step] = []
    for at, step in enumerate(steps):
        if isinstance(step, int):
            used = numbers.get(steps[:at], [])
            if step not in used:
                return None
            ordered.append(used.index(step))
        else:
            ordered.append(step)
    return tuple(ordered)


def _put(built: Json, steps: Sequence[Step], value: Value) -> bool:
    """Put the value there; False where another kind of value is already."""
    node: object = built
    for at, step in enumerate(steps):
        last = at == len(steps) - 1
        inner: object = value if last else [] if isinstance(steps[at + 1], int) else {}
        if isinstance(node, list) and isinstance(step, int):
            while len(node) <= step:
                node.append({})
            node = node[step]
        elif isinstance(node, dict):
            if last and step in node:
                return False
            node = node.setdefault(step, inner)
        else:
            return False
    return True


def is_list(part: PartOf, name: str) -> bool:
    """Whether the field holds a list, which may be empty."""
    shape = part.fields[name]
    if isinstance(shape, Leaf):
        return shape.kind in (LeafKind.CODES, LeafKind.TEXTS)
    return isinstance(shape, Several) and not shape.keyed
