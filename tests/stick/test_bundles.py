"""The file itself: its vectors, standard programs, a restored hub, and a stick that lies."""

from __future__ import annotations

import base64
import io
import json
import random
import shutil
import subprocess
from pathlib import Path

import pyrage
import pytest

from domain.ids import DeviceId, HubId
from domain.signing import VerifyKey
from domain.statement import RefusalCode
from hub.backup import back_up, prepare
from hub.bundles import PIECE, take_bundle
from hub.devices import revoke
from storage.exports import Bundle
from sync.wire import age
from sync.wire.bundle import BundleContent
from sync.wire.errors import BundleRefused, RecipientRefused
from sync.wire.manifest import Manifest, Member
from sync.wire.stick import answer_file, bundle_name
from tests.hub.make_vectors import chain
from tests.stick.conftest import HubPlace, Post
from tests.stick.evil import Forge
from tests.stick.test_evil import forge

__all__ = ["forge"]
VECTORS = Path(__file__).parent.parent / "vectors" / "bundle.json"


class Noted:
    """Takes what is in a bundle."""

    def __init__(self) -> None:
        self.content: dict[str, bytes] = {}
        self._photo = bytearray()

    def begun(self, manifest: Manifest) -> None:
        self.manifest = manifest

    def batch(self, member: Member, data: bytes) -> None:
        self.content[member.name] = data

    def photo_begins(self, member: Member) -> None:
        self._photo = bytearray()

    def photo_piece(self, data: bytes) -> None:
        self._photo += data

    def photo_whole(self, member: Member) -> None:
        self.content[member.name] = bytes(self._photo)

    def photo_refused(self, member: Member) -> None:
        self._photo = bytearray()


def test_the_published_bundle_is_read_and_the_bad_ones_are_refused() -> None:
    vectors = json.loads(VECTORS.read_bytes())
    keys = {DeviceId.parse(vectors["device"]): (VerifyKey.parse(vectors["device_key"]),)}

    def read(text: str) -> Noted:
        noted = Noted()
        content = BundleContent(
            HubId.parse(vectors["hub"]), lambda device: keys.get(device, ()), noted
        )
        content.read(io.BytesIO(base64.b64decode(text)), [vectors["identity"]])
        return noted

    found = read(vectors["bundle"])
    members = {name: base64.b64decode(data) for name, data in vectors["members"].items()}
    assert found.content == members
    assert age.recipient_of(vectors["identity"]) == vectors["recipient"]
    for text in vectors["refused"].values():
        with pytest.raises(BundleRefused):
            read(text)


def test_a_bundle_made_by_standard_programs_is_taken(
    post: Post, forge: Forge, tmp_path: Path
) -> None:
    """As in docs/bundle-format.md: `tar` and `age`, and a manifest that somebody signed."""
    if shutil.which("age") is None:
        pytest.skip("age is not installed here")
    folder = tmp_path / "made"
    members = forge.members()
    files = [("manifest", forge.signed(forge.manifest(members))), *members]
    for name, data in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    names = [name for name, _ in files]
    words: list[str | Path] = ["tar", "--format=ustar", "-C", folder, "-cf", "-", *names]
    archive = subprocess.run(words, capture_output=True, check=True).stdout
    sealed = subprocess.run(
        ["age", "-r", forge.recipient], input=archive, capture_output=True, check=True
    ).stdout
    with post.hub.open() as hub:
        report = take_bundle(hub, io.BytesIO(sealed))
    assert report.complete
    assert report.new_entries == len(forge.entries)


def test_a_restored_hub_opens_a_bundle_that_was_made_before(post: Post, tmp_path: Path) -> None:
    post.export()
    backup = tmp_path / "backup"
    with post.hub.open() as hub:
        prepare(hub, backup)
        made = back_up(hub, backup)
    restored = HubPlace(tmp_path / "restored")
    restored.folder.mkdir()
    shutil.copy(made.database, restored.folder / "hub.sqlite")
    shutil.copytree(backup / "photos", restored.folder / "objects" / "photos")
    (restored.folder / "objects" / "arriving").mkdir()
    report = restored.take(post.stick)
    assert [taken.complete for taken in report.files] == [True]
    held = restored.holds()
    assert (held["entry"], held["photo"]) == (post.journal(), post.photos())


def test_of_a_photo_that_did_not_come_whole_nothing_stays(post: Post, forge: Forge) -> None:
    """A photo of several megabytes is written while it comes."""
    forge.photo = random.Random(5).randbytes(2 * PIECE)
    whole = forge.seal(forge.tar())
    with post.hub.open() as hub:
        report = take_bundle(hub, io.BytesIO(whole[: PIECE * 3 // 2]))
        assert report.missing_photos == 1
        assert not list((post.hub.folder / "objects" / "arriving").iterdir())
        assert take_bundle(hub, io.BytesIO(whole)).complete


def test_entries_that_come_before_their_parents_wait_for_them(post: Post) -> None:
    """The second stick arrives first."""
    first = post.export().written[0].path
    post.record(1)
    second = post.export().written[0].path
    early = post.hub.take(second).files[0].report
    assert early is not None
    assert (early.new_entries, early.early_entries, early.complete) == (0, 1, False)
    late = post.hub.take(first).files[0].report
    assert late is not None
    assert late.complete
    assert post.hub.holds()["entry"] == post.journal()


def test_the_answer_says_which_entries_the_hub_refuses(
    post: Post, forge: Forge, tmp_path: Path
) -> None:
    """Here one of a workstation that is not enrolled, which the device carried along."""
    strange = chain()[0]
    forge.entries.append(strange)
    file = post.stick / bundle_name(forge.device, "0123456789ab-1")
    file.write_bytes(forge.seal(forge.tar()))
    (taken,) = post.hub.take(post.stick).files
    assert not taken.complete
    statement = json.loads(answer_file(post.stick, forge.device).read_bytes())["statement"]
    (refusal,) = json.loads(statement)["refused"]
    assert (refusal["hash"], refusal["code"]) == (str(strange.hash), "not_enrolled")
    assert refusal["curable"]


def test_a_stick_of_a_workstation_that_was_ended_is_held_apart(post: Post) -> None:
    post.export()
    with post.hub.open() as hub, post.place.open() as ws:
        revoke(hub, ws.device, "stolen")
    (taken,) = post.hub.take(post.stick).files
    assert taken.report is not None
    assert {refusal.code for refusal in taken.report.refused} == {RefusalCode.HELD_APART}
    assert post.hub.holds()["interception"] == set()


def test_recipients_of_other_kinds_are_refused() -> None:
    """A recipient of a plugin would name a program to run."""
    for text in (
        "age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHsKLqeplhpW+uObz5dvMgjz1OxfM/XXUB+VHtZ6isGN",
        "age1",
        "",
    ):
        with pytest.raises(RecipientRefused):
            age.encrypt(io.BytesIO(b"x"), io.BytesIO(), text)


def test_a_header_of_any_size_is_not_read() -> None:
    """The library's time grows with the square of a header's size."""

    class Endless:
        """A header without an end; only its beginning is read."""

        at = 0
        lines = age.FIRST_LINE + b"-> x y\nAAAA\n" * age.HEADER_LIMIT

        def read(self, size: int = -1, /) -> bytes:
            self.at += size
            assert 0 < self.at <= age.HEADER_LIMIT
            return self.lines[self.at - size : self.at]

    identity = str(pyrage.x25519.Identity.generate())
    with pytest.raises(BundleRefused):
        age.decrypt(Endless(), io.BytesIO(), [identity])


def test_a_stick_that_gives_back_other_bytes_is_named(post: Post) -> None:
    """A worn stick takes everything and returns something else; the file gets no name."""

    def wear(_: object) -> None:
        for path in post.stick.glob("*.part"):
            worn.append(path)
            with path.open("r+b") as file:
                file.seek(0)
                file.write(b"worn")

    worn: list[Path] = []
    outcome = post.export(progress=wear)
    assert worn
    assert outcome.problem is not None
    assert "gave back other bytes" in str(outcome.problem)
    assert list(post.stick.iterdir()) == []
    assert isinstance(outcome.before, tuple)
    assert all(isinstance(bundle, Bundle) for bundle in outcome.before)
