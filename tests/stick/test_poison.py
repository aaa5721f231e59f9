"""An item that cannot go is set aside by name, the rest goes, and it can be exported alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.statement import Refusal, RefusalCode
from storage import hub_memory, journal
from storage.errors import NotFound
from storage.projections import records
from sync.wire.stick import bundles_on
from system.database import transaction
from tests.stick.conftest import Post


def damage(post: Post, photo: str) -> bytes:
    """The photo's file at the post loses its end; the whole bytes of the file."""
    path = post.place.home / "photos" / photo[:2] / photo
    whole = path.read_bytes()
    path.write_bytes(whole[:-5])
    return whole


def test_an_unreadable_photo_is_set_aside_and_the_rest_goes(post: Post) -> None:
    bad = min(post.photos())
    whole = damage(post, bad)
    outcome = post.export()
    assert not outcome.complete
    assert [str(item.name) for item in outcome.set_aside] == [bad]
    assert "damaged" in str(outcome.set_aside[0].why)
    assert outcome.set_aside[0].record
    post.hub.take(post.stick)
    assert post.hub.holds()["photo"] == post.photos() - {bad}
    # put right, it goes with the next run
    (post.place.home / "photos" / bad[:2] / bad).write_bytes(whole)
    assert post.export().complete
    post.hub.take(post.stick)
    assert post.hub.holds()["photo"] == post.photos()


def test_an_entry_that_the_hub_refused_is_set_aside_and_goes_alone(
    post: Post, tmp_path: Path
) -> None:
    with post.place.open() as ws:
        last = journal.head_hash(ws.db)
        assert last is not None
        with transaction(ws.db):
            hub_memory.refuse(ws.db, Refusal(last, "it does not fit"), ws.now())
    outcome = post.export()
    assert [(item.name, str(item.why)) for item in outcome.set_aside] == [
        (last, "the hub refuses it: it does not fit")
    ]
    post.hub.take(post.stick)
    assert post.hub.holds()["entry"] == post.journal() - {str(last)}
    alone = post.export(only=str(last))
    assert [(bundle.entries, bundle.photos) for bundle in alone.written] == [(1, 0)]
    post.hub.take(post.stick)
    assert post.hub.holds()["entry"] == post.journal()


def test_an_entry_whose_refusal_headquarters_can_lift_goes_with_the_rest(post: Post) -> None:
    with post.place.open() as ws:
        last = journal.head_hash(ws.db)
        assert last is not None
        refusal = Refusal(last, "not enrolled", RefusalCode.NOT_ENROLLED, curable=True)
        with transaction(ws.db):
            hub_memory.refuse(ws.db, refusal, ws.now())
    assert post.export().complete
    post.hub.take(post.stick)
    assert post.hub.holds()["entry"] == post.journal()


def test_one_interception_goes_alone_with_what_comes_before_it(post: Post) -> None:
    with post.place.open() as ws:
        second = records.page(ws.db).rows[1]
    alone = post.export(only=second.number)
    post.hub.take(post.stick)
    held = post.hub.holds()
    assert len(held["interception"]) == 2
    assert len(held["photo"]) == alone.written[0].photos == 2
    # the rest follows, and nothing of it is written twice
    rest = post.export()
    assert (rest.written[0].entries, rest.written[0].photos) == (1, 4)
    post.hub.take(post.stick)
    assert post.hub.holds()["entry"] == post.journal()


def test_one_photo_goes_alone(post: Post) -> None:
    photo = min(post.photos())
    post.export(only=photo)
    post.hub.take(post.stick)
    assert post.hub.holds()["photo"] == {photo}


def test_a_name_that_waits_nowhere_is_refused(post: Post) -> None:
    for name in ("XA-NONE-1", "0" * 64):
        with pytest.raises(NotFound):
            post.export(only=name)
    assert bundles_on(post.stick) == ()


def test_a_photo_that_is_larger_than_the_size_is_set_aside(post: Post) -> None:
    outcome = post.export(size=6_000)
    assert outcome.set_aside
    assert all("give a larger --size" in str(item.why) for item in outcome.set_aside)
    post.export()
    post.hub.take(post.stick)
    held = post.hub.holds()
    assert (held["entry"], held["photo"]) == (post.journal(), post.photos())
