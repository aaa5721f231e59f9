"""Asks long work to stop, and leaves it where it waits for the world outside.

A dead link is noticed after minutes; an officer who closes the window does not wait for it.
"""

from __future__ import annotations

from threading import Condition, Event

from domain.words import mark
from gui.errors import Left


class Stop(Event):
    """Set: stop at the next good place. The work says `out` before it waits for the world outside,
    and `back` before it touches anything of the workstation again."""

    def __init__(self) -> None:
        super().__init__()
        self._turn = Condition()
        self._outside = self._left = self._over = False

    def out(self) -> None:
        """Nothing of the workstation is in use from here on. Raises `Left`."""
        with self._turn:
            self._go_on()
            self._outside = True
            self._turn.notify_all()

    def back(self) -> None:
        """The workstation is needed again. Raises `Left` when it is not there any more."""
        with self._turn:
            self._go_on()
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
        """Once set: wait until the work ends or is outside; True when it was left there."""
        with self._turn:
            self._turn.wait_for(lambda: self._over or self._outside)
            self._left = not self._over
            return self._left

    def _go_on(self) -> None:
        if self._left:
            raise Left(mark("the workstation was closed"))
