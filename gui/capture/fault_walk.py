"""The faults of a form in reading order, and the way from one to the next."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from domain.fault import Fault

FIRST = ("officer", "amend")
"""Paths beside the form that stand above it."""


def in_reading_order(faults: Collection[Fault], paths: Sequence[str]) -> tuple[Fault, ...]:
    """Blocking faults first; each kind in the order of `paths`, the shown fields.

    The officer and the reason of an amendment come first, photos last.
    """
    places = {path: index for index, path in enumerate(paths)}

    def order(fault: Fault) -> tuple[bool, float]:
        return fault.warns, _position(fault.path, places)

    return tuple(sorted(faults, key=order))


def field_of(path: str, paths: Collection[str]) -> str:
    """The shown field at `path`, or the first one inside it or beside it; else empty."""
    if path in paths:
        return path
    inside = (one for one in paths if one.startswith(f"{path}."))
    around = (one for one in paths if path.startswith(f"{one}."))
    return next(inside, "") or next(around, "")


def _position(path: str, places: dict[str, int]) -> float:
    head = path.partition(".")[0]
    if head in FIRST:
        return -1
    shown = field_of(path, places)
    if shown:
        return places[shown]
    # A field that is not shown stands at the end of its own group.
    group = path.rpartition(".")[0]
    beside = [index for one, index in places.items() if one.startswith(f"{group}.")]
    return max(beside) + 0.5 if group and beside else len(places)


class FormScreen(Protocol):
    """The screen whose faults are gone through."""

    def fields(self) -> Mapping[str, QWidget]:
        """The shown fields in reading order."""

    def here(self) -> str:
        """The path of the field that has the focus; else empty."""

    def go_to(self, path: str) -> None:
        """Set the focus to where the fault at `path` is mended."""


class FaultWalk(QObject):
    """Goes from fault to fault; it remembers the last one while the focus stays there.

    It exists as long as `parent`, so that a signal of the model does not reach a closed screen.
    """

    def __init__(
        self, faults: Callable[[], Collection[Fault]], screen: FormScreen, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._faults, self._screen = faults, screen
        self._path = ""
        self._holder: QWidget | None = None

    def ordered(self) -> tuple[Fault, ...]:
        """The present faults in reading order."""
        return in_reading_order(self._faults(), list(self._screen.fields()))

    def first(self) -> None:
        """Go to the first fault."""
        for fault in self.ordered()[:1]:
            self._go(fault.path)

    def step(self, by: int) -> None:
        """Go to the next fault (1) or to the one before (-1)."""
        paths = list(dict.fromkeys(fault.path for fault in self.ordered()))
        if paths:
            self._go(self._beside(paths, by))

    def _beside(self, paths: Sequence[str], by: int) -> str:
        at = self._screen.here()
        if self._holder is not None and self._holder is QApplication.focusWidget():
            at = self._path
        if at in paths:
            return paths[(paths.index(at) + by) % len(paths)]
        places = {path: index for index, path in enumerate(self._screen.fields())}
        now = _position(at, places) if at else -2
        if by > 0:
            return next((path for path in paths if _position(path, places) > now), paths[0])
        return next((path for path in reversed(paths) if _position(path, places) < now), paths[-1])

    def _go(self, path: str) -> None:
        self._screen.go_to(path)
        self._path, self._holder = path, QApplication.focusWidget()
