"""Files that a stranger gets wrong: each is refused at its field, in one clear sentence.

And those that may be right: recorded, with a remark.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.journeys.conftest import copy_of
from tests.journeys.desk import Desk, Said
from tests.journeys.odd_sheets import QUIET, REMARKS
from tests.journeys.sheets import GOOD, write
from tests.journeys.strange_sheets import BYTES, FAULTS, MAIL, told


@pytest.fixture(scope="module")
def said(made: tuple[Desk, Said], tmp_path_factory: pytest.TempPathFactory) -> Said:
    """What `record` said of all of them, in one run after two good ones."""
    folder = tmp_path_factory.mktemp("strange")
    desk = copy_of(made[0], folder / "home")
    first = [write(folder / "first", GOOD["mail"], 9),
             write(folder / "second", GOOD["air passenger, two travellers"], 11)]  # fmt: skip
    assert desk.run("record", *first).status == 0
    sheets = {f"fault {name}": sheet for name, (sheet, *_) in FAULTS.items()}
    sheets |= {f"remark {name}": sheet for name, (sheet, *_) in REMARKS.items()}
    sheets |= {f"quiet {name}": sheet for name, sheet in QUIET.items()}
    files = [
        write(folder / name, sheet, 300 + 4 * number)
        for number, (name, sheet) in enumerate(sheets.items())
    ]
    for number, (name, (change, _)) in enumerate(BYTES.items()):
        file = write(folder / f"bytes {name}", MAIL, 100 + 4 * number)
        change(file)
        files.append(file)
    return desk.run("record", *files)


def lines(said: Said, name: str) -> list[str]:
    return [line for line in said.err.splitlines() if f"/{name}/record.json: " in line]


@pytest.mark.parametrize("name", FAULTS)
def test_a_wrong_file_is_refused_at_its_field_in_one_sentence(said: Said, name: str) -> None:
    _, path, words = FAULTS[name]
    told = [line for line in lines(said, f"fault {name}") if "remark: " not in line]
    place = f"/fault {name}/record.json: {path}: " if path else f"/fault {name}/record.json: "
    assert [words in line for line in told if place in line] == [True], told
    assert len(told) == 1
    assert f"/fault {name}/record.json" not in said.out


@pytest.mark.parametrize("name", BYTES)
def test_bytes_that_are_no_record_are_told_as_what_they_are(said: Said, name: str) -> None:
    told = lines(said, f"bytes {name}")
    assert any(BYTES[name][1] in line for line in told), told
    assert "python" not in " ".join(told).lower()
    assert "sys." not in " ".join(told)


@pytest.mark.parametrize("name", REMARKS)
def test_what_may_be_right_is_recorded_with_a_remark(said: Said, name: str) -> None:
    _, path, words = REMARKS[name]
    told = lines(said, f"remark {name}")
    assert f"/remark {name}/record.json" in said.out, told
    assert all(line.startswith("tidewaiter: remark: ") for line in told)
    assert any(f"record.json: {path}: " in line and words in line for line in told), told


@pytest.mark.parametrize("name", QUIET)
def test_what_is_right_is_not_doubted(said: Said, name: str) -> None:
    told = [line for line in lines(said, f"quiet {name}") if "postal_item_id" not in line]
    assert told == []
    assert f"/quiet {name}/record.json" in said.out


def test_there_is_no_word_of_the_language_it_is_written_in(said: Said) -> None:
    assert said.status == 2
    for word in ("Traceback", "None", "{'", "recursion", "set_int_max", "codec", "NoneType"):
        assert word not in said.err.replace("NONE", ""), word


def test_the_name_of_a_file_makes_no_line_of_its_own(
    made: tuple[Desk, Said], tmp_path: Path
) -> None:
    desk = copy_of(made[0], tmp_path / "home")
    good = write(tmp_path / "a\nXA-APE2-2026-99999-9 b", MAIL, 20)
    bad = write(tmp_path / "c\ntidewaiter: all is well", told("goods.0.quantity", -5), 24)
    missing = tmp_path / "d\ntidewaiter: e"

    said = desk.run("record", good, bad, missing)

    assert [line[:3] for line in said.lines] == ["XA-"]
    assert "a\\nXA-APE2-2026-99999-9 b" in said.out
    assert all(line.startswith("tidewaiter: /") for line in said.err.splitlines()
               if "remark: " not in line)  # fmt: skip
    assert "all is well" not in [line.removeprefix("tidewaiter: ") for line in
                                 said.err.splitlines()]  # fmt: skip
    told_alone = desk.run("amend", "--reason", "typing_error", missing)
    assert len(told_alone.err.splitlines()) == 1


def test_what_is_no_file_is_called_what_it_is(made: tuple[Desk, Said], tmp_path: Path) -> None:
    desk = copy_of(made[0], tmp_path / "home")
    file = write(tmp_path / "sheet", MAIL, 20)
    for place, name in enumerate(("overview.jpg", "label.jpg")):
        (file.parent / name).unlink()
        if place:
            (file.parent / name).write_bytes(b"")
        else:
            (file.parent / name).mkdir()
    os.mkfifo(tmp_path / "pipe.json")

    said = desk.run("record", file, tmp_path / "pipe.json")

    assert "photos.0: overview.jpg: is a folder" in said.err
    assert "photos.1: label.jpg: the file is empty" in said.err
    assert "pipe.json: is not a regular file" in said.err


def test_a_number_that_is_kept_is_not_asked_to_be_kept(said: Said) -> None:
    told = [line for line in lines(said, "remark a number kept as seen") if "shape" in line]
    assert told
    assert not any("keep it as seen" in line for line in told)
