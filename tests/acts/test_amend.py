"""An amendment adds a revision and leaves what was so at the first one as it was."""

from __future__ import annotations

import pytest

from acts.errors import DeedRefused
from acts.hub.acknowledge import acknowledge
from acts.interception.amend import amend, begin_amendment
from acts.interception.begin_draft import over
from acts.interception.save_draft import save_draft
from domain.ids import RecordId
from domain.instant import ClockState
from storage import cases, drafts, journal
from storage.workstation import Workstation
from system.database import transaction
from tests.builders import NIGHT, SESSION, Place, a_final, a_statement, begin_changed


def changed(ws: Workstation, record: RecordId, seized_at: str = "") -> None:
    begin_amendment(ws, record)
    times = {"seized_at": seized_at, "detected_at": seized_at}
    count = len(cases.read(ws.db, record).revisions)
    changes = {"occasion": times} if seized_at else {"remarks": f"Look {count + 1}."}
    save_draft(ws, record, over(drafts.draft(ws.db, record).document, changes))
    amend(ws, record, SESSION, "typing_error")


def test_the_state_of_the_clock_stays_that_of_the_first_recording(place: Place) -> None:
    with place.open() as ws:
        acknowledge(ws, a_statement(ws, at=ws.now()))
        record = a_final(ws)
        place.clock.start_anew()

        changed(ws, record)
        changed(ws, record, seized_at=str(NIGHT.plus(minutes=-5)))

        revisions = cases.read(ws.db, record).revisions
        states = [revision.body.shared.occasion.clock_state for revision in revisions]
        signed = [journal.entry(ws.db, revision.entry).head.clock for revision in revisions]
    assert states == [ClockState.TRUSTED] * 3
    assert signed == [ClockState.TRUSTED, ClockState.UNKNOWN, ClockState.UNKNOWN]


@pytest.mark.parametrize("reason", ["lab_result", "typing_error"])
def test_an_amendment_that_changes_nothing_is_refused(place: Place, reason: str) -> None:
    with place.open() as ws:
        record = a_final(ws)
        begin_amendment(ws, record)
        with pytest.raises(DeedRefused, match="changes nothing"):
            amend(ws, record, SESSION, reason, "looked again")
        assert len(cases.read(ws.db, record).revisions) == 1
        changed(ws, record)
        begin_amendment(ws, record)
        with pytest.raises(DeedRefused, match="changes nothing"):
            amend(ws, record, SESSION, reason)
        assert len(cases.read(ws.db, record).revisions) == 2


def test_an_amendment_of_an_older_revision_begins_again_from_the_one_in_force(
    ws: Workstation,
) -> None:
    record = a_final(ws)
    begin_changed(ws, record)
    old = drafts.draft(ws.db, record)
    amend(ws, record, SESSION, "weighing_error")
    with transaction(ws.db):
        drafts.put(ws.db, old)
    with pytest.raises(DeedRefused):
        amend(ws, record, SESSION, "weighing_error")

    begin_changed(ws, record, "Third look.")
    amend(ws, record, SESSION, "weighing_error")

    assert cases.read(ws.db, record).current.body.revision == 3
