"""The actions of the records screen."""

from __future__ import annotations

from typing import Protocol

from acts.interception.amend import begin_amendment
from acts.interception.cancel import cancel
from acts.interception.review import review
from acts.session import Session
from domain.changes import Changes
from domain.fold import Status
from domain.ids import RecordId
from domain.words import mark
from gui.action import Action
from gui.drafts import DELETE_KEY
from gui.records.model import RecordsModel
from gui.same_find import ANOTHER, ANOTHER_KEY
from storage.workstation import Workstation


class RecordsScreen(Protocol):
    """What the actions need from the screen."""

    def focus_search(self) -> None:
        """Set the focus to the search line."""

    def focus_states(self) -> None:
        """Set the focus to the row of states."""

    def ask_return(self) -> None:
        """Ask in the page for the reason of the return."""

    def ask_cancel(self) -> None:
        """Ask in the page for the reason of the cancellation."""

    def receipt(self) -> None:
        """Open the receipt of the chosen interception."""


def records_actions(model: RecordsModel, screen: RecordsScreen) -> tuple[Action, ...]:
    """The actions of the screen."""

    def status() -> Status | None:
        return model.now.case.status if model.now else None

    def stands() -> bool:
        return status() not in (None, Status.CANCELLED)

    def may_approve() -> bool:
        return stands() and status() is not Status.APPROVED

    def may_return() -> bool:
        return stands() and status() is not Status.RETURNED

    def has_draft() -> bool:
        return model.draft is not None

    return (
        Action(mark("Search"), "Ctrl+F", screen.focus_search, shown=False),
        Action(mark("Approve"), "Ctrl+Shift+A", lambda: approve(model), may_approve, shown=False),
        Action(mark("Return"), "Ctrl+Shift+R", screen.ask_return, may_return, shown=False),
        Action(mark("Cancel it"), "Ctrl+Shift+X", screen.ask_cancel, stands, shown=False),
        Action(mark("Show one state"), "Ctrl+Shift+S", screen.focus_states, shown=False),
        Action(
            mark("Delete this draft"),
            DELETE_KEY,
            model.delete_draft,
            has_draft,
            shown=False,
        ),
        Action(
            ANOTHER,
            ANOTHER_KEY,
            lambda: model.another_wanted.emit(model.chosen_record),
            lambda: model.chosen_record is not None,
            shown=False,
        ),
        Action(mark("Open the draft"), "Ctrl+O", lambda: open_draft(model), has_draft),
        Action(mark("Amend"), "Ctrl+E", lambda: amend(model), stands),
        Action(mark("Receipt"), "Ctrl+R", screen.receipt, lambda: model.now is not None, main=True),
    )


def open_draft(model: RecordsModel) -> None:
    """Open the chosen draft to be written on."""
    if model.draft is not None:
        model.amending.emit(model.draft.record)


def amend(model: RecordsModel) -> None:
    """Begin an amendment of the chosen interception; `amending` carries the record when its draft
    is ready.
    """
    record = model.record

    def deed(ws: Workstation, record: RecordId, _session: Session) -> Changes:
        return begin_amendment(ws, record)

    model.do(deed, lambda _changes: model.amending.emit(record))


def approve(model: RecordsModel) -> None:
    """Approve the revision in force."""

    def deed(ws: Workstation, record: RecordId, session: Session) -> Changes:
        return review(ws, record, session, approved=True)

    model.do(deed, lambda _changes: None)


def send_back(model: RecordsModel, comment: str) -> None:
    """Return the revision in force, with a comment about what must be corrected."""

    def deed(ws: Workstation, record: RecordId, session: Session) -> Changes:
        return review(ws, record, session, approved=False, comment=comment)

    model.do(deed, lambda _changes: None)


def cancel_it(model: RecordsModel, reason: str) -> None:
    """Cancel the chosen interception; it stays in the list, marked as cancelled."""

    def deed(ws: Workstation, record: RecordId, session: Session) -> Changes:
        return cancel(ws, record, session, reason)

    model.do(deed, lambda _changes: None)
