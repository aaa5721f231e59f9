"""One workstation's entries never change how another one's interception is shown."""

from __future__ import annotations

from domain.entry import Entry
from domain.fold import Status
from domain.ids import RecordId
from domain.kinds import InterceptionCancelled, InterceptionFinalised, body_of
from hub.store.sql import interceptions
from tests.hub.conftest import Running
from tests.hub.station import Station, an_interception


def shown(running: Running) -> dict[str, interceptions.ListedInterception]:
    """The rows of the list by record."""
    with running.hub.database.reading() as rows:
        return {row.record: row for row in interceptions.page(rows, before=2**62, limit=100)}


def amended(by: Station, target: Entry) -> Entry:
    """A revision of `target` that `by` signed."""
    body = InterceptionFinalised(
        record=RecordId(target.head.subject),
        number="XA-FORGED",
        revision=2,
        supersedes=target.hash,
        shared=an_interception(record_id=RecordId(target.head.subject), case_ref="forged"),
    )
    return by.add("interception.amended", target.head.subject, body)


def test_another_workstation_amends_and_cancels_nothing_of_ours(running: Running) -> None:
    ours, theirs = running.station(1), running.station(2)
    entry = ours.finalise()
    ours.send()
    before = shown(running)[entry.head.subject]
    amended(theirs, entry)
    cancelled = InterceptionCancelled(
        record=RecordId(entry.head.subject), entry=entry.hash, reason="forged"
    )
    theirs.add("interception.cancelled", entry.head.subject, cancelled)

    theirs.send()

    after = shown(running)
    row = after[entry.head.subject]
    assert (row.status, row.revision, row.number) == (Status.FINAL, 1, before.number)
    assert row.device == str(ours.device)
    page = ours.page(f"/interceptions/{entry.head.subject}").text
    assert before.number in page
    assert page.count("Signed by another workstation") == 2
    # what claims to be a record of theirs is listed as theirs, beside ours
    assert set(after) == {entry.head.subject, f"{entry.head.subject}@{theirs.device}"}


def test_who_comes_first_under_anothers_record_id_hides_nothing(running: Running) -> None:
    ours, theirs = running.station(1), running.station(2)
    entry = ours.finalise()
    amended(theirs, entry)
    theirs.send()

    ours.send()

    body = body_of(entry, InterceptionFinalised)
    mine = f"{entry.head.subject}@{ours.device}"
    assert shown(running)[mine].number == body.number
    page = ours.page(f"/interceptions/{mine}")
    assert page.status_code == 200
    assert body.number in page.text
    assert ours.page("/").text.count("/interceptions/") >= 2


def test_an_entry_about_another_record_than_it_names_is_kept_and_shown_raw(
    running: Running,
) -> None:
    station = running.station()
    entry = station.finalise()
    other = body_of(station.finalise(), InterceptionFinalised)
    station.add("interception.amended", entry.head.subject, other)

    station.send()

    assert shown(running)[entry.head.subject].revision == 1
    assert "interception.amended" in station.page("/unread").text
