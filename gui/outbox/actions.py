"""What can be done in the outbox."""

from __future__ import annotations

from threading import Event

from domain.changes import Changes
from domain.words import mark
from gui.action import Action
from gui.bridge import Progress
from gui.outbox.model import OutboxModel
from storage.workstation import Workstation


def outbox_actions(model: OutboxModel) -> tuple[Action, ...]:
    """The action table of the screen."""

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


def synchronise(ws: Workstation, progress: Progress, cancelled: Event) -> Changes:
    """One run of synchronisation, beside the window. Raises `SyncError`, or the first problem."""
    # The HTTP client takes 115 ms to load: not before it is used.
    from acts.join_hub import hub_place
    from sync.engine import Run
    from sync.link import Link

    with Link(hub_place(ws), ws.device) as link:
        outcome = Run(
            ws,
            link,
            progress=lambda p: progress(p.summary.photos_held, p.summary.photos),
            changed=lambda _changes: progress(0, 0),
            cancelled=cancelled.is_set,
        ).go()
    if outcome.problems and not cancelled.is_set():
        raise outcome.problems[0]
    return Changes(hub=True, packs=True)


def enrol_at(ws: Workstation, url: str, code: str) -> Changes:
    """The hub at `url` knows this workstation from now on. Raises `SyncError`."""
    # The HTTP client takes 115 ms to load: not before it is used.
    from sync.enrol import enrol

    return enrol(ws, url, code)
