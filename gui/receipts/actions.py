"""The actions of the receipts screen."""

from __future__ import annotations

from typing import Protocol

from domain.words import mark
from gui.action import Action
from gui.receipts.model import ReceiptsModel
from gui.receipts.paper import PaperView


class ReceiptsScreen(Protocol):
    """What the actions need from the screen."""

    paper: PaperView

    def save(self) -> None:
        """Ask for a file and save the receipt there."""

    def print_out(self) -> None:
        """Ask for a printer and print."""


def receipts_actions(model: ReceiptsModel, screen: ReceiptsScreen) -> tuple[Action, ...]:
    """The actions of the screen."""

    def has() -> bool:
        return bool(model.number) and not model.busy

    def shows() -> bool:
        return bool(model.pages)

    def may_issue() -> bool:
        return model.may_issue and not model.number

    paper = screen.paper
    return (
        Action(mark("Larger"), "Ctrl++", lambda: paper.zoom(1), shows, shown=False),
        Action(mark("Smaller"), "Ctrl+-", lambda: paper.zoom(-1), shows, shown=False),
        Action(mark("Fit to the width"), "Ctrl+0", lambda: paper.zoom(0), shows,
               shown=False),
        Action(mark("Next page"), "Ctrl+PgDown", lambda: paper.turn(1), shows, shown=False),
        Action(mark("Page before"), "Ctrl+PgUp", lambda: paper.turn(-1), shows, shown=False),
        Action(mark("Save as a file"), "Ctrl+S", screen.save, has),
        Action(mark("Print"), "Ctrl+Shift+P", screen.print_out, has),
        Action(mark("Issue the receipt"), "Ctrl+Return", model.issue, may_issue, main=True),
    )  # fmt: skip
