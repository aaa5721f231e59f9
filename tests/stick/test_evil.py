"""Evil bundles at the hub: refused with one sentence, nothing half is taken, no file is written."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from domain.ids import PhotoHash
from hub.bundles import take_bundle
from hub.store.sql import entries
from storage import journal
from sync.wire.errors import BundleRefused
from tests.stick.conftest import Post
from tests.stick.evil import Forge, all_evil


@pytest.fixture
def forge(post: Post) -> Forge:
    with post.place.open() as ws, post.hub.open() as hub:
        return Forge(
            hub=hub.identity.hub,
            recipient=hub.identity.recipient,
            device=ws.device,
            key=ws.signing_key(),
            entries=[entry for _, entry in journal.everything(ws.db)],
        )


def files(folder: Path) -> set[str]:
    """All files of the hub but its database."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()
            if not path.name.startswith("hub.sqlite")}  # fmt: skip


def test_every_evil_bundle_is_refused_with_one_sentence(post: Post, forge: Forge) -> None:
    evil = all_evil(forge)
    assert len(evil) >= 60
    photo: set[PhotoHash] = set()
    with post.hub.open() as hub:
        before = files(post.hub.folder.parent)
        for name, (data, reason) in evil.items():
            try:
                report = take_bundle(hub, io.BytesIO(data))
            except BundleRefused as error:
                said = str(error)
            else:
                assert report.problem is not None, name
                said = str(report.problem)
                # what came whole and was listed before the fault may be taken, nothing else
                assert set(report.new_photos) | photo <= {PhotoHash.of(forge.photo)}, name
                photo |= set(report.new_photos)
            assert re.search(reason, said), f"{name}: {said}"
            assert "\n" not in said, name
            assert len(said) < 400, name
        with hub.database.reading() as rows:
            assert entries.tips(rows, forge.device, hub.identity.epoch)
    stored = {f"hub/objects/photos/{str(name)[:2]}/{name}" for name in photo}
    assert files(post.hub.folder.parent) - before <= stored


def test_the_good_bundle_of_the_same_forge_is_taken(post: Post, forge: Forge) -> None:
    """So that the others are refused for what is evil in them."""
    with post.hub.open() as hub:
        report = take_bundle(hub, io.BytesIO(forge.seal(forge.tar())))
    assert report.complete
    assert (report.new_entries, len(report.new_photos)) == (len(forge.entries), 1)
