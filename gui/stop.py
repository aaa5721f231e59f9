"""Asks long work to stop, and abandons it when it waits for the network.

A dead link is detected only after minutes; an officer who closes the window must not wait so long.
"""

from __future__ import annotations

from threading import Condition, Event

from domain.words import mark
from gui.errors import Left


class Stop(Event):
    """An event that asks work to stop.

    The work calls `out` before it waits for the network, and `back` before it uses the workstation
    again.
    """

    def __init__(self) -> None:
        super().__init__()
        self._turn = Condition()
        self._outside = self._left = self._over = False

    def out(self) -> None:
        """Called by the work: it does not use the workstation from now on. Raises `Left`."""
        with self._turn:
            self._raise_if_left()
            self._outside = True
            self._turn.notify_all()

    def back(self) -> None:
        """Called by the work: it needs the workstation again.

        Raises `Left` when that was closed meanwhile.
        """
        with self._turn:
            self._raise_if_left()
            self._outside = False

    @property
    def ended(self) -> bool:
        """Whether the work has ended."""
        return self._over

    def over(self) -> None:
        """Called when the work has ended."""
        with self._turn:
            self._over = True
            self._turn.notify_all()

    def leave(self) -> bool:
        """Call it after `set`.

        Waits until the work ends (False) or waits for the network (True).
        """
        with self._turn:
            self._turn.wait_for(lambda: self._over or self._outside)
            self._left = not self._over
            return self._left

    def _raise_if_left(self) -> None:
        if self._left:
            raise Left(mark("the workstation was closed"))
