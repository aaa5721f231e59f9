"""Asks long work to stop, and abandons it where it waits for the network.

A dead link is noticed after minutes; an officer who closes the window does not wait for it.
"""

from __future__ import annotations

from threading import Condition, Event

from domain.words import mark
from gui.errors import Left


class Stop(Event):
    """When it is set, the work stops as soon as it can. The work calls `out` before it waits for
    the network, and `back` before it uses the workstation again."""

    def __init__(self) -> None:
        super().__init__()
        self._turn = Condition()
        self._outside = self._left = self._over = False

    def out(self) -> None:
        """The work uses nothing of the workstation from here on. Raises `Left`."""
        with self._turn:
            self._raise_if_left()
            self._outside = True
            self._turn.notify_all()

    def back(self) -> None:
        """The work needs the workstation again. Raises `Left` when it was closed meanwhile."""
        with self._turn:
            self._raise_if_left()
            self._outside = False

    @property
    def ended(self) -> bool:
        """Whether the work has ended."""
        return self._over

    def over(self) -> None:
        """The work has ended."""
        with self._turn:
            self._over = True
            self._turn.notify_all()

    def leave(self) -> bool:
        """After it is set: wait until the work ends or waits for the network; True in that case."""
        with self._turn:
            self._turn.wait_for(lambda: self._over or self._outside)
            self._left = not self._over
            return self._left

    def _raise_if_left(self) -> None:
        if self._left:
            raise Left(mark("the workstation was closed"))
