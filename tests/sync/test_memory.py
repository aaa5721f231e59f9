"""What the workstation remembers of the hub: everything is held or waits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from acts.deed import EntryDraft, perform
from acts.interception.add_photo import add_photo
from acts.interception.amend import amend, begin_amendment
from acts.interception.save_draft import save_draft
from domain.ids import EntryHash
from domain.kinds import Body
from domain.statement import Level, Refusal, Tip
from hub.codes import fresh_code
from hub.statement import Question, signed, state
from storage import drafts, hub_memory, journal
from storage.workstation import Workstation
from sync.http.enrol import enrol
from system.database import transaction
from tests.builders import SESSION, a_final, a_photo
from tests.hub.conftest import run_hub
from tests.sync.conftest import Post, counted
from tests.sync.lines import Asked, a_server, again, an_answer, passed_on


def test_a_hub_that_names_an_entry_we_never_made_is_sent_everything_all_the_same(
    post: Post,
) -> None:
    """It signs for a tip that neither end has: a lie, or a disk that lost what it signed."""
    hub = post.hub.hub
    with post.place.open() as ws:
        device = ws.device

    def answer(asked: Asked) -> bytes:
        there = passed_on(post.hub.url, asked)
        if not asked.route.endswith(("/tips", "/batches")):
            return again(*there)
        with hub.database.reading() as rows:
            said = state(hub, rows, device, question=Question(nonce=asked.nonce))
        lie = Tip(EntryHash.of(b"never made"), 99, Level.RECEIVED)
        return an_answer(200, signed(hub, msgspec.structs.replace(said, tips=(*said.tips, lie))))

    with a_server(answer) as url:
        outcome = post.sync(url)

    assert counted(post.hub) == (3, 3, 6)
    assert [problem.what for problem in outcome.problems] == [
        "the hub lists entries of this workstation but does not return them"
    ]


class Note(Body, frozen=True, kw_only=True):
    """The body of a kind that nobody knows yet."""

    text: str


def test_another_hub_has_nothing_from_the_moment_of_enrolment(post: Post, tmp_path: Path) -> None:
    post.sync()
    (tmp_path / "other").mkdir()
    with run_hub(tmp_path / "other") as other, post.place.open() as ws:
        with transaction(ws.db):
            hub_memory.refuse(ws.db, Refusal(journal.tips(ws.db, ws.device)[0][0], "no"), ws.now())

        enrol(ws, other.url, fresh_code(other.hub))

        held = hub_memory.summary(ws.db)
    assert (held.records_held, held.records, held.photos_held, held.photos) == (0, 3, 0, 6)
    assert held.refused == 0


def with_other_photos(ws: Workstation) -> None:
    """An interception whose second revision names other photos than the first."""
    record = a_final(ws)
    begin_amendment(ws, record)
    document: Any = drafts.draft(ws.db, record).document
    for place, photo in enumerate(document["photos"]):
        kept = add_photo(ws, a_photo(40_000 + place), file_name="n.jpg", role=None, source="file")
        photo["sha256"] = str(kept.sha256)
    save_draft(ws, record, document)
    amend(ws, record, SESSION, "typing_error")


def test_photos_of_a_revision_that_is_no_longer_in_force_count_and_travel_too(
    post: Post, tmp_path: Path
) -> None:
    with post.place.open() as ws:
        with_other_photos(ws)
        before = hub_memory.summary(ws.db)
        assert (before.photos_held, before.photos) == (0, 10)

    assert post.sync().complete
    assert post.hub.count("photo") == 10

    (tmp_path / "other").mkdir()
    with run_hub(tmp_path / "other") as other:
        with post.place.open() as ws:
            enrol(ws, other.url, fresh_code(other.hub))
        assert post.sync(other.url).complete
        assert other.count("photo") == 10


def test_a_journal_of_long_entries_travels_in_batches_that_the_hub_takes(post: Post) -> None:
    """Eighteen entries of 4 MB are more than one batch may unpack to."""
    with post.place.open() as ws:
        for _ in range(18):
            words = ws.random(1_900_000).hex()
            kind: Any = "note.made"  # of a later version
            note = EntryDraft(kind, str(ws.device), Note(text=words))
            perform(ws, SESSION, lambda _, note=note: note)  # type: ignore[misc]
        long = journal.tips(ws.db, ws.device)

    assert post.sync().problems == ()

    with post.place.open() as ws:
        assert all(hub_memory.is_held(ws.db, tip) for tip, _ in long)
