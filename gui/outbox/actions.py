"""The actions of the outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.words import mark
from gui.action import Action
from gui.outbox.model import OutboxModel
from gui.outbox.stick_model import StickModel, StickWork

if TYPE_CHECKING:
    from gui.outbox.run import HubLink


def outbox_actions(model: OutboxModel, stick: StickModel) -> tuple[Action, ...]:
    """The actions of the screen, but those of the stick."""

    def stop() -> None:
        model.stop()
        stick.stop()

    def may_send() -> bool:
        return model.enrolled and not model.under_way

    def may_pause() -> bool:
        return model.enrolled and not model.schedule.paused

    def refused() -> bool:
        return bool(model.summary and model.summary.refused)

    return (
        Action(mark("Stop"), "Escape", stop, lambda: model.under_way or stick.under_way),
        Action(mark("Pause"), "Ctrl+Shift+H", model.pause, may_pause),
        Action(mark("Send refused again"), "Ctrl+Shift+E", model.try_again, refused, shown=False),
        Action(mark("Go on"), "Ctrl+Shift+G", model.go_on, lambda: model.schedule.paused),
        Action(mark("Synchronise now"), "Ctrl+Return", model.sync, may_send, main=True),
    )


def hub_link() -> HubLink:
    """What the desk asks of a hub: runs of synchronisation, knocks, enrolment."""
    # The HTTP client takes 115 ms to load: not before it is used.
    from gui.outbox.run import HubLink

    return HubLink()


def stick_work() -> StickWork:
    """The functions that write and read sticks."""
    return StickWork(
        write=lambda ws, folder, only, progress, stop: hub_link().write_stick(
            ws, folder, only, progress, stop
        ),
        read=lambda ws, folder, progress, stop: hub_link().read_stick(ws, folder, progress, stop),
    )
