"""What waits goes into bundles on a stick, and the hub holds it exactly once afterwards."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from hub.bundles import take_bundle
from sync.wire.errors import BundleRefused
from sync.wire.stick import bundles_on
from tests.stick.conftest import Post


def test_a_stick_brings_everything_that_waits(post: Post) -> None:
    outcome = post.export()
    assert outcome.complete
    assert len(outcome.written) == 1
    report = post.hub.take(post.stick)
    assert [taken.complete for taken in report.files] == [True]
    held = post.hub.holds()
    assert (held["entry"], held["photo"]) == (post.journal(), post.photos())
    assert len(held["interception"]) == 3


def test_the_same_stick_twice_changes_nothing(post: Post) -> None:
    post.export()
    post.hub.take(post.stick)
    before = post.hub.holds()
    again = post.hub.take(post.stick)
    taken = again.files[0].report
    assert taken is not None
    assert (taken.new_entries, taken.new_photos) == (0, [])
    assert post.hub.holds() == before


def test_a_second_run_writes_nothing_twice(post: Post) -> None:
    first = post.export()
    second = post.export()
    assert second.written == []
    assert [bundle.id for bundle in second.before]
    assert len(bundles_on(post.stick)) == len(first.written)
    post.record(1)
    third = post.export()
    assert [(bundle.entries, bundle.photos) for bundle in third.written] == [(1, 2)]
    post.hub.take(post.stick)
    assert post.hub.holds()["entry"] == post.journal()


def test_it_is_split_and_any_order_of_the_parts_gives_the_same_hub(
    post: Post, tmp_path: Path
) -> None:
    post.record(5)
    outcome = post.export(size=20_000)
    assert len(outcome.written) > 1
    assert all(bundle.size <= 20_000 for bundle in outcome.written)
    for path in reversed(bundles_on(post.stick)):
        post.hub.take(path)
    assert post.hub.holds()["entry"] == post.journal()
    assert post.hub.holds()["photo"] == post.photos()


def test_a_bundle_cut_at_any_byte_gives_the_members_before_the_cut(post: Post) -> None:
    """Cut at every 1,000th byte; then the rest comes, and nothing is held twice."""
    whole = post.export().written[0].path.read_bytes()
    with post.hub.open() as hub:
        counts = []
        for cut in range(0, len(whole), 1_000):
            source = io.BytesIO(whole[:cut])
            try:
                report = take_bundle(hub, source)
            except BundleRefused:
                continue
            assert report.problem is not None
            assert report.missing
            counts.append(report.held_entries + len(report.new_photos) + report.held_photos)
        assert counts == sorted(counts)
        assert take_bundle(hub, io.BytesIO(whole)).complete
    held = post.hub.holds()
    assert (held["entry"], held["photo"]) == (post.journal(), post.photos())
    assert not list((post.hub.folder / "objects" / "arriving").iterdir())


def test_a_standard_program_opens_it(post: Post, tmp_path: Path) -> None:
    """`age -d | tar x`, with the hub's own identity."""
    if shutil.which("age") is None:
        pytest.skip("age is not installed here")
    path = post.export().written[0].path
    with post.hub.open() as hub:
        key = tmp_path / "identity"
        key.write_text(hub.identity.age_identities[-1])
    plain = subprocess.run(["age", "-d", "-i", key, path], capture_output=True, check=True).stdout
    out = tmp_path / "out"
    out.mkdir()
    subprocess.run(["tar", "-x", "-C", out], input=plain, check=True)
    listed = json.loads(json.loads((out / "manifest").read_bytes())["statement"])["members"]
    assert listed[0]["name"] == "batches/0001"
    for member in listed:
        data = (out / member["name"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == member["sha256"]
        assert len(data) == member["size"]
