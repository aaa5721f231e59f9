"""`record` tells a changed file from the same one; `amend`, `review`, `cancel` change a record."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import main
from domain.ids import RecordId
from domain.instant import Instant
from tests.builders import a_photo
from tests.journeys.desk import Desk, Said
from tests.journeys.sheets import changed, med, medicine, syn, write

RECORD = str(RecordId.make(Instant.parse("2026-11-20T03:12:08Z"), bytes(10)))
SHEET = med(
    record_id=RECORD,
    consignment={"mode": "mail", "postal_item_id": "RR 473 124 829 GB"},
    persons={"involved": 1, "parties": [{"role": "consignee", "name": "Ada Example"}]},
)

Run = Callable[..., Said]


@pytest.fixture
def run(desk: Desk, capsys: pytest.CaptureFixture[str]) -> Run:
    """A command in this process."""

    def call(*words: str | Path) -> Said:
        capsys.readouterr()
        status = main.main(desk.words(*words))
        said = capsys.readouterr()
        return Said(status, said.out, said.err)

    return call


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write(tmp_path / "in", SHEET, 40)


def number_of(said: Said) -> str:
    return said.out.split()[0]


def shown(run: Run, number: str) -> Any:
    return json.loads(run("show", number).out)


def photos(desk: Desk) -> set[str]:
    return {path.name for path in (desk.home / "photos").rglob("*") if path.is_file()}


def test_the_same_bytes_are_recorded_before(run: Run, file: Path) -> None:
    number = number_of(run("record", file))
    again = run("record", file)
    assert (again.status, again.err) == (0, "")
    assert again.out == f"{number} {file} (recorded before)\n"


@pytest.mark.parametrize("what", ["quantity", "rubbish", "photo"])
def test_other_bytes_under_a_recorded_id_are_refused_and_the_way_out_is_named(
    run: Run, file: Path, what: str
) -> None:
    number = number_of(run("record", file))
    if what == "photo":
        (file.parent / "label.jpg").write_bytes(a_photo(99))
    else:
        value = 561 if what == "quantity" else "garbage"
        file.write_text(json.dumps(changed(SHEET, "goods.0.quantity", value)))

    said = run("record", file)

    assert (said.status, said.out) == (2, "")
    assert said.err == (
        f"tidewaiter: {file}: differs from what was recorded as {number}; amend it."
        f" `main.py amend {file} --reason CODE` signs what the file says now.\n"
    )
    assert shown(run, number)["revision"] == 1


def test_a_file_that_says_the_same_in_other_bytes_is_recorded_before(run: Run, file: Path) -> None:
    number = number_of(run("record", file))
    file.write_text(file.read_text() + "\n")
    assert run("record", file).out == f"{number} {file} (recorded before)\n"
    file.write_text(json.dumps(shown(run, number)["interception"]))
    assert run("record", file).out == f"{number} {file} (recorded before)\n"
    other = shown(run, number)["interception"] | {"pack": "SAMPLE-SYN"}
    file.write_text(json.dumps(other))
    assert "differs from what was recorded" in run("record", file).err


@pytest.mark.parametrize("way", ["shown", "space"])
def test_an_amendment_that_changes_nothing_is_refused(run: Run, file: Path, way: str) -> None:
    number = number_of(run("record", file))
    held = json.dumps(shown(run, number)["interception"])
    file.write_text(held if way == "shown" else file.read_text() + "\n")

    said = run("amend", file, "--reason", "typing_error")

    assert (said.status, said.out) == (2, "")
    assert said.err == (
        f"tidewaiter: {file}: changes nothing: revision 1 of {number} has the same content."
        " Change the values to be amended in the file, or do not amend.\n"
    )
    assert shown(run, number)["revision"] == 1


def test_the_file_is_known_after_a_rebuild(run: Run, file: Path) -> None:
    run("record", file)
    assert run("rebuild").status == 0
    assert "(recorded before)" in run("record", file).out


def test_an_amended_file_is_the_next_revision_and_both_files_are_known(
    run: Run, file: Path, tmp_path: Path
) -> None:
    number = number_of(run("record", file))
    seized = shown(run, number)["interception"]["occasion"]["seized_at"]
    better = changed(changed(SHEET, "goods.0.quantity", 600), "occasion", None)
    second = write(tmp_path / "second", better, 40)

    said = run("amend", second, "--reason", "typing_error", "--comment", "Counted again")

    assert (said.status, said.err) == (0, "")
    assert said.out == f"{number} {second} amended\n"
    now = shown(run, number)
    assert (now["revision"], now["status"]) == (2, "amended")
    assert now["interception"]["goods"][0]["quantity"] == "600"
    assert now["interception"]["occasion"]["seized_at"] == seized
    assert now["interception"]["persons"]["parties"][0]["name"] == "Ada Example"
    for known in (file, second):
        again = run("record", known)
        assert (again.status, again.out) == (0, f"{number} {known} (recorded before)\n")
    once_more = run("amend", second, "--reason", "typing_error")
    assert once_more.out == f"{number} {second} (recorded before)\n"
    assert shown(run, number)["revision"] == 2


def test_what_show_gives_can_be_changed_and_amended(run: Run, file: Path, tmp_path: Path) -> None:
    number = number_of(run("record", file))
    held = shown(run, number)["interception"]
    held["goods"][0]["bag_no"] = "XB 55"
    again = tmp_path / "again.json"
    again.write_text(json.dumps(held))

    said = run("amend", again, "--reason", "other", "--comment", "The bag was left out")

    assert (said.status, said.err) == (0, "")
    now = shown(run, number)["interception"]
    assert now["goods"][0]["bag_no"] == "XB55"
    assert now["photos"] == held["photos"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--reason", "nope"), "an amendment needs its reason. Say why the record changes: lab_re"),
        (("--reason", "other"), "this reason needs a comment. Say in the comment why"),
        (
            ("--reason", "merge", "--comment", "\u202e"),
            "the comment: contains the hidden character",
        ),
        (("--reason", "merge", "--number", "XA-MCN1-2026-99999-9"), "there is no interception"),
    ],
)
def test_an_amendment_without_its_reason_changes_nothing(
    run: Run, file: Path, words: tuple[str, ...], why: str
) -> None:
    number = number_of(run("record", file))
    file.write_text(json.dumps(changed(SHEET, "goods.0.quantity", 600)))

    said = run("amend", file, *words)

    assert (said.status, said.out) == (2, "")
    assert why in said.err
    assert shown(run, number)["revision"] == 1


def test_a_file_without_an_id_amends_the_interception_that_is_named(
    run: Run, file: Path, tmp_path: Path
) -> None:
    number = number_of(run("record", file))
    nameless = write(
        tmp_path / "n", changed(changed(SHEET, "record_id", None), "case_ref", "7"), 40
    )
    alone = run("amend", nameless, "--reason", "merge")
    assert (alone.status, "Name the interception with --number." in alone.err) == (2, True)
    assert run("amend", nameless, "--reason", "merge", "--number", number).status == 0
    assert shown(run, number)["interception"]["case_ref"] == "7"


def test_an_amendment_with_faults_is_refused_with_all_of_them(run: Run, file: Path) -> None:
    number = number_of(run("record", file))
    bad = changed(changed(SHEET, "legal.grounds", "." * 20), "consignment.postal_item_id", None)
    file.write_text(json.dumps(bad))

    said = run("amend", file, "--reason", "typing_error")

    assert said.status == 2
    faults, remarks = said.err.splitlines()
    assert faults.startswith(
        f"tidewaiter: {file}: legal.grounds: does not give the reasons in words"
    )
    assert remarks.startswith(f"tidewaiter: remark: {file}: consignment.postal_item_id: no item")
    assert shown(run, number)["revision"] == 1


def test_a_review_approves_or_returns(run: Run, file: Path) -> None:
    number = number_of(run("record", file))
    returned = run("review", number, "--return", "Weigh it again", "--officer", "9001")
    assert (returned.status, returned.out) == (0, f"{number} returned\n")
    assert shown(run, number)["status"] == "returned"
    approved = run("review", number, "--approve", "--officer", "9001")
    assert (approved.status, approved.out) == (0, f"{number} approved\n")
    assert shown(run, number)["status"] == "approved"


def test_a_cancelled_interception_stays_marked_so_and_is_not_amended(run: Run, file: Path) -> None:
    number = number_of(run("record", file))
    said = run("cancel", number, "Recorded twice", "--officer", "9001")
    assert (said.status, said.out) == (0, f"{number} cancelled\n")
    assert shown(run, number)["status"] == "cancelled"
    file.write_text(json.dumps(changed(SHEET, "case_ref", "7")))
    for words in (
        ("amend", file, "--reason", "merge"),
        ("review", number, "--approve", "--officer", "9001"),
        ("cancel", number, "again", "--officer", "9001"),
    ):
        refused = run(*words)
        assert refused.status == 2
        assert "was cancelled" in refused.err


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (
            ("review", "--approve"),
            "the officer who acts is missing. Name the badge with --officer.",
        ),
        (
            ("cancel", "Recorded twice"),
            "the officer who acts is missing. Name the badge with --officer.",
        ),
        (("review", "--return", "...", "--officer", "1"), "the comment: says nothing"),
        (("cancel", "  ", "--officer", "1"), "a cancellation needs its reason"),
    ],
)
def test_a_deed_without_its_officer_or_its_reason_is_not_done(
    run: Run, file: Path, words: tuple[str, ...], why: str
) -> None:
    number = number_of(run("record", file))
    said = run(words[0], number, *words[1:])
    assert (said.status, why in said.err) == (2, True), said.err
    assert shown(run, number)["status"] == "final"


def test_a_refused_file_leaves_no_photo_behind(run: Run, desk: Desk, tmp_path: Path) -> None:
    """Of its three photos one is held already, by a recorded interception: that one stays."""
    run("record", write(tmp_path / "good", SHEET, 40))
    before = photos(desk)
    bad = changed(changed(SHEET, "record_id", None), "goods.0.unit", "kg")
    bad["photos"] = [*bad["photos"], {"file": "held.jpg", "role": "other"}]
    refused = write(tmp_path / "bad", bad, 70)
    (refused.parent / "held.jpg").write_bytes((tmp_path / "good" / "label.jpg").read_bytes())

    assert run("record", refused).status == 2

    assert photos(desk) == before
    assert "sound" in run("verify").out


def test_rebuild_clears_what_a_killed_program_left_and_nothing_else(
    run: Run, desk: Desk, file: Path, tmp_path: Path
) -> None:
    number = number_of(run("record", file))
    assert run("receipt", number, "--out", tmp_path / "r.pdf", "--officer", "1").status == 0
    papers = set((desk.home / "papers").rglob("*"))
    orphan = desk.home / "papers" / "ab" / ("ab" * 32)
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(b"a paper whose entry was never signed")
    halves = [desk.home / "photos" / f".{'0' * 64}.12-34.part", desk.home / ".keys.json.1-2.part"]
    for half in halves:
        half.write_bytes(b"half")

    said = run("rebuild")

    assert "cleared: 2 half-written files, 1 paper never issued" in said.out
    assert not any(path.exists() for path in (orphan, *halves))
    assert papers <= set((desk.home / "papers").rglob("*"))
    assert "cleared" not in run("rebuild").out
    assert "sound" in run("verify").out


def test_a_name_of_a_file_that_is_no_name_is_told(run: Run, tmp_path: Path) -> None:
    for name in (tmp_path, tmp_path / "none.json", Path(os.devnull)):
        said = run("record", name)
        assert said.status == 2
        assert said.err.count("\n") == 1


def test_lines_with_the_same_bag_are_told_with_both_numbers(run: Run, tmp_path: Path) -> None:
    goods = [medicine(bag_no="XB1"), medicine(), medicine(bag_no="x-b 1")]
    said = run("record", write(tmp_path, changed(SHEET, "goods", goods), 40))
    assert "goods.2.bag_no: bag XB1 is in line 1 and in line 3" in said.err


def test_files_of_one_find_are_one_case_under_two_checklists(run: Run, tmp_path: Path) -> None:
    parcel = {"mode": "mail", "postal_item_id": "RR 473 124 829 GB"}
    first = number_of(run("record", write(tmp_path / "one", med(consignment=parcel), 40)))
    file = write(tmp_path / "two", syn(consignment=parcel), 50)
    said = run("record", file, "--same-find", first)
    assert (said.status, said.err) == (0, ""), "the same parcel, so no remark on its number"
    second = number_of(said)
    (other,) = shown(run, first)["case"]["others"]
    assert (other["number"], other["pack"].split()[0]) == (second, "SAMPLE-SYN")
    assert shown(run, second)["case"]["others"][0]["number"] == first
    assert {line.split()[0] for line in run("list", first).lines} == {first, second}
    said = run("record", write(tmp_path / "three", med(), 60), "--same-find", "XA-MCN1-2026-1-K")
    assert said.status == 2
    assert "case: no interception XA-MCN1-2026-1-K is at this workstation" in said.err
    said = run("record", write(tmp_path / "four", med(), 70), "--same-find", "")
    assert (said.status, said.out) == (2, ""), "not recorded without its case"
