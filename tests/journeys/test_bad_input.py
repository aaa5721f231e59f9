"""Files that are wrong: one clear sentence each, nothing recorded, nothing lost."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from system.lock import FolderLock
from tests.builders import a_bomb, a_line, a_photo
from tests.journeys.conftest import INIT
from tests.journeys.desk import Desk, a_record_file, record_files


def _with_photo(data: bytes) -> Callable[[Path], object]:
    """Let the label's photo of a record file have these bytes."""
    return lambda file: Path(str(file).replace(".json", "-label.jpg")).write_bytes(data)


def _changed(**changes: Any) -> Callable[[Path], object]:
    """Put these values at the top of a record file."""

    def change(file: Path) -> None:
        file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))

    return change


def _extra_photo(file: Path) -> None:
    """A third photo, which no rule asks for, is cut short."""
    (file.parent / "cut.jpg").write_bytes(a_photo()[:700])
    document = json.loads(file.read_text())
    document["photos"].append({"file": "cut.jpg", "role": "other"})
    file.write_text(json.dumps(document))


def _a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "unknown category": (
        _changed(goods=[a_line(category="MED_NOPE")]),
        "goods.0.category: MED_NOPE is not on the list categories",
    ),
    "unit not allowed": (
        _changed(goods=[a_line(unit="kg")]),
        "goods.0.unit: MED_PREGAB (Pregabalin) is not counted in kg (kilograms). Choose one of:",
    ),
    "truncated photo": (_with_photo(a_photo(size=(800, 600))[:3000]), "the picture is cut short"),
    "no picture": (_with_photo(b"%PDF-1.7 not a picture"), "this is not a picture"),
    "bomb": (_with_photo(a_bomb()), "the picture is too large to be shown"),
    "extra photo cut short": (_extra_photo, "photos.2: cut.jpg: the picture is"),
    "photo missing": (
        lambda file: Path(str(file).replace(".json", "-label.jpg")).unlink(),
        "there is no such file",
    ),
    "photo is a device": (
        _changed(photos=[{"file": "/dev/zero", "role": "overview"}]),
        "is not a regular file",
    ),
    "another photo than named": (
        _changed(photos=[{"file": "bad-label.jpg", "role": "label", "sha256": "0" * 64}]),
        "the file is not the one whose SHA-256 is named",
    ),
    "no officer": (_changed(officer=None), "officer: is missing"),
    "unknown field": (_changed(colour="red"), "colour: there is no field of this name"),
    "unknown pack": (
        _changed(pack="NOPE"),
        "there is no pack NOPE at this workstation. It has: SAMPLE",
    ),
    "another format": (_changed(format="x/2"), "format is x/2, and this program reads"),
    "half a character": (_changed(remarks="\ud800"), "contains an incomplete character"),
    "wrong id": (_changed(record_id="7"), "record_id is not a UUID of version 7"),
    "photos no list": (_changed(photos="all"), "photos: expected a list"),
    "not JSON": (lambda file: file.write_text("{"), "not valid JSON"),
    "twins": (lambda file: file.write_text('{"post": "A", "post": "B"}'), "occurs twice"),
    "nested": (lambda file: file.write_text("[" * 100_000), "nested too deeply"),
    "a folder": (_a_folder, "is a folder. Name the files in it."),
}


def test_each_bad_file_is_named_with_field_and_reason_and_the_good_ones_are_recorded(
    desk: Desk, tmp_path: Path
) -> None:
    files = {}
    for place, name in enumerate(BAD):
        files[name] = a_record_file(tmp_path / str(place), "bad", shade=40 + place)
        BAD[name][0](files[name])
    good = record_files(tmp_path / "good", 2)

    said = desk.run("record", good[0], *files.values(), good[1])

    assert said.status == 2
    assert len(said.lines) == 2
    told = said.err.splitlines()
    for name, file in files.items():
        about = [line for line in told if line.startswith(f"tidewaiter: {file}: ")]
        assert any(BAD[name][1] in line for line in about), (name, about)
    assert all(line.startswith("tidewaiter: ") for line in told)
    assert len(desk.numbers()) == 2
    assert "sound" in desk.run("verify").out


def test_a_photo_that_cannot_be_shown_is_kept_when_the_file_says_so(
    desk: Desk, tmp_path: Path
) -> None:
    file = a_record_file(tmp_path)
    (tmp_path / "one-label.jpg").write_bytes(b"not a picture")
    document = json.loads(file.read_text())
    document["photos"][1]["keep"] = True
    file.write_text(json.dumps(document))

    said = desk.run("record", file)

    assert said.status == 0
    assert said.err.endswith(
        "one.json: photos.1: this photo cannot be shown; it is kept as it came\n"
    )
    shown = json.loads(desk.run("show", said.out.split()[0]).out)
    assert shown["interception"]["photos"][1]["readable"] is False


def test_a_wrong_passphrase_opens_nothing(desk: Desk, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    for words, why in (("not the passphrase\n", "does not open"), ("", "is empty")):
        wrong.write_text(words)
        wrong.chmod(0o600)
        said = Desk(desk.home, wrong).run("list")
        assert said.status in (2, 3)
        assert why in said.err
        assert said.err.count("\n") == 1
    said = Desk(desk.home, tmp_path / "nowhere").run("list")
    assert "cannot be read" in said.err
    assert Desk(tmp_path / "none", desk.passphrase).run("list").status == 3


def test_a_second_program_on_the_folder_is_told_who_holds_it(desk: Desk) -> None:
    first = FolderLock(desk.home)

    said = desk.run("list")
    first.release()

    assert said.status == 2
    assert f"open in another program (process {os.getpid()})" in said.err
    assert desk.numbers() == []


def test_a_system_without_a_key_store_says_so(desk: Desk, tmp_path: Path) -> None:
    none = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    new = Desk(tmp_path / "new", desk.passphrase, none)

    said = new.run("init", *INIT, "--keystore")

    assert said.status == 3
    assert "the system's key store cannot be used" in said.err
    assert not new.home.exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount")
def test_a_full_disk_is_said_and_what_was_saved_stays(desk: Desk, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    size = sum(f.stat().st_size for f in desk.home.rglob("*") if f.is_file()) // 1024 + 700
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(small)], check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        crowded = Desk(small / "home", desk.passphrase)
        subprocess.run(["cp", "-r", str(desk.home), str(crowded.home)], check=True)
        files = record_files(tmp_path / "in", 60)

        said = crowded.run("record", *files)

        assert said.status == 3
        assert said.err.count("\n") == 1
        assert "the disk is full" in said.err
        saved = [line.split()[0] for line in said.lines]
        assert saved
        subprocess.run(["cp", "-r", str(crowded.home), str(tmp_path / "roomy")], check=True)
    finally:
        subprocess.run(["umount", str(small)], check=True)
    roomy = Desk(tmp_path / "roomy", desk.passphrase)
    assert roomy.run("verify").status == 0
    assert roomy.numbers() == sorted(saved)
    assert roomy.run("record", *files).status == 0
    assert len(roomy.numbers()) == 60
