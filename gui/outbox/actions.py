"""The actions of the outbox."""

from __future__ import annotations

from domain.changes import Changes
from domain.words import mark
from gui.action import Action
from gui.bridge import Progress
from gui.outbox.model import Changed, OutboxModel
from gui.stop import Stop
from storage.workstation import Workstation


def outbox_actions(model: OutboxModel) -> tuple[Action, ...]:
    """The actions of the screen."""

    def may_send() -> bool:
        return model.enrolled and not model.under_way

    def may_pause() -> bool:
        return model.enrolled and not model.schedule.paused

    return (
        Action(mark("Stop"), "Escape", model.stop, lambda: model.under_way),
        Action(mark("Pause"), "Ctrl+Shift+P", model.pause, may_pause),
        Action(mark("Go on"), "Ctrl+Shift+G", model.go_on, lambda: model.schedule.paused),
        Action(mark("Synchronise now"), "Ctrl+Return", model.sync, may_send, main=True),
    )


def synchronise(ws: Workstation, progress: Progress, stop: Stop, changed: Changed) -> None:
    """One run of synchronisation, in its own thread; `changed` is called with each change.

    Raises `SyncError`, or the first problem.
    """
    # The HTTP client takes 115 ms to load: not before it is used.
    from gui.outbox.run import run_with_hub

    run_with_hub(ws, progress, stop, changed)


def enrol_at(ws: Workstation, url: str, code: str, stop: Stop) -> Changes:
    """Enrol this workstation at the hub at `url`. Raises `SyncError` or `Left`."""
    # The HTTP client takes 115 ms to load: not before it is used.
    from sync.http.enrol import enrol

    stop.out()
    return enrol(ws, url, code, answered=stop.back)
