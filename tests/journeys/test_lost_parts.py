"""A part of the program is lost: it is told as that, and no evidence is blamed for it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from tests.house.source import ROOMS
from tests.journeys.desk import PATIENCE, ROOT, Desk, Said, a_record_file


def program(folder: Path) -> Path:
    """A copy of the program, from which parts can be taken."""
    for name in (*ROOMS, "resources"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("main.py", "versions.py", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    return folder / "main.py"


def run(main: Path, words: list[str]) -> Said:
    """Run the copy with these words."""
    done = subprocess.run(
        [sys.executable, str(main), *words],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Said(done.returncode, done.stdout, done.stderr)


def test_a_lost_decoder_refuses_the_work_and_marks_no_photo_unreadable(
    desk: Desk, tmp_path: Path
) -> None:
    main = program(tmp_path / "program")
    decoder = main.parent / "system" / "decoder.py"
    aside = decoder.rename(tmp_path / "decoder.py")
    file = a_record_file(tmp_path)
    document = json.loads(file.read_text())
    document["photos"][1]["keep"] = True
    file.write_text(json.dumps(document))

    said = run(main, desk.words("record", file))

    assert (said.status, said.out) == (3, "")
    assert "the program that reads pictures cannot be started" in said.err
    assert "The picture is not the cause" in said.err
    assert said.err.count("\n") == 1
    assert desk.numbers() == []

    aside.rename(decoder)
    again = run(main, desk.words("record", file))
    assert (again.status, again.err) == (0, "")
    shown = json.loads(desk.run("show", again.out.split()[0]).out)
    assert [photo.get("readable") for photo in shown["interception"]["photos"]] == [None, None]


def test_the_version_is_told_or_why_it_cannot_be(tmp_path: Path) -> None:
    main = program(tmp_path / "program")
    (main.parent / "pyproject.toml").unlink()

    said = run(main, ["--version"])

    assert (said.status, said.out) == (3, "")
    assert "pyproject.toml: the file that holds the program's version cannot be used" in said.err


def test_a_lost_module_of_our_own_is_named(desk: Desk, tmp_path: Path) -> None:
    main = program(tmp_path / "program")
    (main.parent / "acts" / "interception" / "record_file.py").unlink()

    said = run(main, desk.words("record", a_record_file(tmp_path)))

    assert said.status == 3
    assert "has lost acts.interception.record_file" in said.err


def test_no_workstation_is_made_when_the_packs_are_lost(tmp_path: Path) -> None:
    main = program(tmp_path / "program")
    shutil.rmtree(main.parent / "resources" / "packs")
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("harbour lantern sevenfold quartz meadow")
    new = Desk(tmp_path / "home", passphrase)

    said = run(main, new.words("init", "--post", "MCN", "--country", "XA", "--officer", "XA-1"))

    assert (said.status, said.out) == (3, "")
    assert "there is no pack" in said.err
    assert not new.home.exists()
