"""The program is killed at many points of `record` and `sync`, and simply started again."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from system.shipped import shipped_packs
from tests.journeys.conftest import INIT, Pair, copy_of
from tests.journeys.desk import KILLED, PATIENCE, Desk, Said, record_files
from tests.papers.paper_text import words_on

BEGUN = 1 + len(shipped_packs())
"""Entries of a workstation that has just begun: its opening, and the packs that ship."""
FILES = 4


def _gap_free(numbers: list[str]) -> bool:
    """Whether the serials of these seizure numbers are 1, 2, 3, ..."""
    serials = [int(number.split("-")[-2]) % 1000 for number in numbers]
    return sorted(serials) == list(range(1, len(serials) + 1))


def _killed_after(child: subprocess.Popen[str], seconds: float) -> bool:
    """Whether it was still running then; it is not any more."""
    try:
        child.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait(PATIENCE)
        return True
    finally:
        child.communicate()
    return False


def test_record_killed_before_any_of_its_steps_is_run_again_without_loss(
    made: tuple[Desk, Said], tmp_path: Path, long: bool
) -> None:
    files = record_files(tmp_path / "in", FILES)
    desk = copy_of(made[0], tmp_path / "home")
    kills, step = 0, 22
    while True:
        said = desk.killed_at(step, "record", *files)
        if said.status == 0:
            break
        assert said.status == KILLED, said.err
        kills += 1
        step += 5 if long else 9
    assert kills >= 10
    assert len(said.lines) == FILES
    _assert_all_is_there(desk)


def test_record_killed_at_growing_times_and_after_each_line_loses_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    files = record_files(tmp_path / "in", FILES)
    first = desk.start("record", *files)
    assert first.stdout is not None
    assert first.stdout.readline()
    first.kill()
    first.communicate(timeout=PATIENCE)
    seconds = 0.4
    while _killed_after(desk.start("record", *files), seconds):
        seconds *= 1.15
    _assert_all_is_there(desk)


def _assert_all_is_there(desk: Desk) -> None:
    numbers = desk.numbers()
    assert len(set(numbers)) == len(numbers) == FILES
    assert _gap_free(numbers)
    said = desk.run("verify")
    assert (said.status, said.err) == (0, "")
    # opening, the packs, and one entry for each record: nothing twice, nothing half
    assert said.out.startswith(f"{BEGUN + FILES} entries, {2 * FILES} photos, 0 papers: sound")


def test_sync_killed_before_any_of_its_steps_brings_everything_exactly_once(
    pair: Pair, tmp_path: Path, long: bool
) -> None:
    desk = pair.desk
    assert desk.run("record", *record_files(tmp_path / "in", FILES)).status == 0
    kills, step = 0, 12
    while True:
        said = desk.killed_at(step, "sync", "--hub", pair.hub.url)
        if said.status == 0:
            break
        assert said.status == KILLED, said.err
        kills += 1
        step += 4 if long else 9
    assert kills >= 10
    assert said.out == f"hub has {FILES} of {FILES} records, {2 * FILES} of {2 * FILES} photos\n"
    assert pair.hub.count("interception") == FILES
    assert pair.hub.count("photo") == 2 * FILES
    assert pair.hub.count("entry") == BEGUN + FILES
    assert pair.hub.count("tip") == 1
    assert desk.run("verify").status == 0


def test_a_receipt_killed_at_any_step_is_issued_once_and_the_first_paper_is_the_original(
    desk: Desk, tmp_path: Path, long: bool
) -> None:
    number = desk.run("record", *record_files(tmp_path / "in", 1)).out.split()[0]
    paper = tmp_path / "paper.pdf"
    for step in range(26, 90, 3 if long else 7):
        said = desk.killed_at(step, "receipt", number, "--out", paper)
        assert said.status in (0, KILLED), said.err
        if said.status == 0:
            break
    assert said.status == 0
    assert "ORIGINAL" in words_on(paper.read_bytes())
    assert [path.name for path in tmp_path.glob(".*.part")] == []
    shown = json.loads(desk.run("show", number).out)
    assert len(shown["receipts"]) == 1
    assert shown["receipts"][0].split("-")[-2] == "R00001"
    assert desk.run("verify", paper).status == 0
    assert desk.run("verify").status == 0


@pytest.mark.parametrize("step", [5, 40, 90])
def test_init_killed_at_any_step_leaves_a_whole_folder_or_none(
    made: tuple[Desk, Said], tmp_path: Path, step: int
) -> None:
    desk = Desk(tmp_path / "home", made[0].passphrase)
    if desk.killed_at(step, "init", *INIT).status == KILLED:
        assert not desk.home.exists()
        assert desk.run("init", *INIT).status == 0
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
