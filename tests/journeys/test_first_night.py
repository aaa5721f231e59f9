"""An officer's first night, from the empty folder to a verified receipt and a hub that has all."""

from __future__ import annotations

import json
import re
from pathlib import Path

from system.shipped import shipped_packs
from tests.journeys.desk import FRESH, Desk, Said, a_hub, a_record_file, record_files, run


def test_the_whole_way_of_a_record(made: tuple[Desk, Said], desk: Desk, tmp_path: Path) -> None:
    desk.environment = FRESH
    assert made[1].status == 0
    assert re.search(r"recovery key .*: ([A-Z2-7]{7}-){7}[A-Z2-7]{7}", made[1].out)
    parties = {"parties": [{"role": "consignee", "name": "Ada Example"}]}
    file = a_record_file(tmp_path / "in", persons=parties)

    said = desk.run("record", file)
    assert (said.status, said.err) == (0, "")
    number = said.out.split()[0]
    listed = desk.run("list", "pregab")
    assert number in listed.out
    assert "560 capsules" in listed.out
    shown = json.loads(desk.run("show", number).out)
    assert shown["interception"]["persons"] == parties
    assert len(shown["interception"]["photos"]) == 2

    paper = tmp_path / "receipt.pdf"
    assert desk.run("receipt", number, "--out", paper).status == 0
    judged = desk.run("verify", paper)
    assert judged.status == 0
    assert "genuine" in judged.out.lower()
    key = desk.home / "public-key.txt"
    assert run(["verify", str(paper), "--key", str(key)]).status == 5

    with a_hub(tmp_path / "hub") as hub:
        before = desk.run("sync")
        assert (before.status, before.out) == (2, "")
        assert "not enrolled" in before.err
        assert desk.run("enrol", "--hub", hub.url, hub.code()).status == 0
        synced = desk.run("sync")
        assert (synced.status, synced.out) == (0, "hub has 1 of 1 records, 2 of 2 photos\n")
        devices = run(["hub", "device", "list", "--database", hub.database]).out
        assert f"entries to {4 + len(shipped_packs())}" in devices
        assert desk.run("doctor").status == 0
    assert "at hub" in desk.run("list").out
    verified = desk.run("verify").lines
    assert verified[0] == f"{4 + len(shipped_packs())} entries, 2 photos, 1 paper: sound"
    assert verified[1].startswith(f"the journal ends at entry {4 + len(shipped_packs())}, ")


def test_the_same_file_twice_gives_one_record(desk: Desk, tmp_path: Path) -> None:
    file = a_record_file(tmp_path)

    once, again = desk.run("record", file, file), desk.run("record", file)

    assert (once.status, again.status) == (0, 0)
    numbers = {line.split()[0] for line in (*once.lines, *again.lines)}
    assert numbers == set(desk.numbers())
    assert len(numbers) == 1
    assert once.lines[1].endswith("(recorded before)")


def test_one_bad_file_keeps_no_good_one_waiting(desk: Desk, tmp_path: Path) -> None:
    good = record_files(tmp_path, 3)
    bad = a_record_file(tmp_path, "bad", shade=77, consignment={"postal_item_id": "RR123456789GB"})

    said = desk.run("record", good[0], bad, *good[1:])

    assert said.status == 2
    assert len(said.lines) == 3
    assert said.err.count("\n") == 1
    assert (
        f"{bad}: consignment.postal_item_id: the check digit of RR123456789GB is wrong" in said.err
    )
    assert [int(number.split("-")[-2]) % 1000 for number in desk.numbers()] == [1, 2, 3]


def test_the_list_finds_the_middle_of_a_chinese_sentence(desk: Desk, tmp_path: Path) -> None:
    files = [
        a_record_file(tmp_path / "one", remarks="这是白色药片，没有说明书"),
        a_record_file(tmp_path / "two", shade=33),
    ]
    number = desk.run("record", *files).out.split()[0]
    listed = desk.run("list", "药片")
    assert [line.split()[0] for line in listed.lines] == [number]
    assert desk.run("list", "片药").out == ""
