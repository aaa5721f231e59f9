"""A pack is checked alike by `pack --check`, by adoption and by `hub pack publish`."""

from __future__ import annotations

from pathlib import Path

import pytest

import main
from acts.station.adopt_pack import adopt_file
from domain.ids import PackHash
from domain.interception.record import PackRef
from domain.pack.read import read_pack
from hub.build import open_hub
from storage import packs
from sync.examine import Result, examine_beside
from system.database import transaction
from system.resources import RESOURCES
from tests.builders import NIGHT, SESSION, Place, a_secret_file
from tests.domain.pack_files import SMALLEST, as_file, category, paper, post, small
from tests.domain.pack_mistakes import BLOCKS
from tests.papers.paper_text import words_on

FAULTS = {
    **small(
        posts=[{**SMALLEST["posts"][0], "place_type": "moon"}],
        valid_to="2020-12-31",
        hs_edition="2023",
    ),
    "paper": paper(blocks=[*BLOCKS[:-1], "signature"])["paper"],
}
TOLD = ("$.posts[0].place_type (line ", "$.hs_edition (line ", "$.paper.blocks[6] (line ")
HINT = "Ask headquarters"


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    file = tmp_path / "gloves.json"
    file.write_bytes(as_file(FAULTS))
    return file


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    file = tmp_path / "doubtful.json"
    file.write_bytes(as_file(small(valid_to="2020-12-31")))
    return file


def test_the_author_sees_all_faults_and_remarks_without_a_workstation(
    faulty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "no workstation"
    assert main.main(["pack", "--check", str(faulty), "--home", str(home)]) == 1
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert said.err == ""
    assert all(line.startswith(f"{faulty}: ") for line in lines)
    assert [place for place in TOLD if f"fault: {place}" not in said.out] == []
    assert "remark: $.valid_to (line " in said.out
    assert lines[-1] == f"{faulty}: 3 faults, 1 remark"
    assert HINT not in said.out
    assert not home.exists()


def test_remarks_alone_are_no_refusal(doubtful: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["pack", "--check", str(doubtful)]) == 0
    assert capsys.readouterr().out.endswith(f"{doubtful}: no faults, 1 remark\n")
    for shipped in (RESOURCES / "packs").glob("*/pack.json"):
        assert main.main(["pack", "--check", str(shipped)]) == 0
        assert capsys.readouterr().out == f"{shipped}: no faults, no remarks\n"


def test_the_author_sees_a_specimen_of_each_receipt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, folder = tmp_path / "gloves.json", tmp_path / "specimens"
    file.write_bytes(as_file(category(required=["medicine.lot", "medicine.expiry", "brand"])))
    check = ["pack", "--check", str(file), "--receipts", str(folder)]
    assert main.main(check) == 0
    assert capsys.readouterr().out.endswith(f"{folder}: 2 specimens of receipts\n")
    papers = {paper.name: paper.read_bytes() for paper in folder.iterdir()}
    assert set(papers) == {f"NATIONAL-GLOVES-1.0.0-GLOVE-{tag}.pdf" for tag in ("en", "fr")}
    in_french = " ".join(words_on(papers["NATIONAL-GLOVES-1.0.0-GLOVE-fr.pdf"]).split())
    for words in (
        "SPÉCIMEN – document sans valeur", "Service des douanes de Sampleland", "Gants",
        "1 paire", "12 paires", "[Lot]", "EXEMPLE Code des douanes", "Vous pouvez réclamer",
    ):  # fmt: skip
        assert words in in_french, words
    in_english = words_on(papers["NATIONAL-GLOVES-1.0.0-GLOVE-en.pdf"])
    assert in_english.count("SPECIMEN – not a valid paper") >= 1
    assert "Electronic seal" not in in_english


def test_a_pack_with_faults_has_no_specimens(
    faulty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["pack", "--check", str(faulty), "--receipts", str(tmp_path / "out")]) == 1
    assert not (tmp_path / "out").exists()
    assert main.main(["pack", str(faulty), "--receipts", str(tmp_path / "out")]) == 2
    assert "--receipts needs --check" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["pack", "--check", "away.json"]) == 2
    assert "away.json: the pack cannot be read" in capsys.readouterr().err


def test_a_post_refuses_a_pack_with_faults_and_says_what_to_do(
    place: Place,
    faulty: Path,
    doubtful: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    key = a_secret_file(tmp_path / "recovery", str(place.recovery))
    open_by = ("--recovery-key-file", str(key))
    there = ("--unsigned", "--home", str(place.home), *open_by, "--officer", "4417")
    assert main.main(["pack", str(faulty), *there]) == 2
    said = capsys.readouterr().err
    assert [where for where in TOLD if f"tidewaiter: {faulty}: {where}" not in said] == []
    assert said.splitlines()[-1].startswith(f"tidewaiter: {faulty}: the pack is not adopted. Ask")
    assert main.main(["pack", str(doubtful), *there]) == 0
    said = capsys.readouterr().err
    assert said.startswith(f"tidewaiter: remark: {doubtful}: $.valid_to (line ")
    with place.open() as ws:
        held = ws.checklist(PackRef(id="NATIONAL-GLOVES", version="1.0.0"))
        assert held is not None
        assert held.sha256 == PackHash.of(doubtful.read_bytes())


def test_what_was_adopted_before_a_rule_came_is_read_and_adopted_again(
    place: Place, tmp_path: Path
) -> None:
    """The examination of the workstation tells what is wrong with it."""
    data = as_file(post(place_type="moon"))
    file = tmp_path / "old.json"
    file.write_bytes(data)
    with place.open() as ws:
        with transaction(ws.db):
            packs.put(ws.db, read_pack(data, "old"), data, NIGHT)
        held = ws.checklist(PackRef(id="NATIONAL-GLOVES", version="1.0.0"))
        assert held is not None
        assert held.pack.posts[0].place_type == "moon"
        again = adopt_file(ws, file, SESSION)
        assert not again.changes.packs
        assert again.remarks == ()
        told = [str(each) for each in examine_beside(ws) if each.result is Result.LOOK]
        assert [
            line
            for line in told
            if line.startswith(
                "packs: NATIONAL-GLOVES 1.0.0 is in use here and would not be adopted today: at"
                " $.posts[0].place_type (line "
            )
        ]


def test_the_hub_publishes_no_pack_with_faults_and_tells_its_author(
    faulty: Path, doubtful: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = ["--database", f"sqlite://{tmp_path}/hub.sqlite"]
    open_hub(database[1], f"file://{tmp_path}/objects").close()
    assert main.main(["hub", "pack", "publish", "--unsigned", str(faulty), *database]) == 2
    said = capsys.readouterr().err
    assert [where for where in TOLD if f"tidewaiter: {faulty}: {where}" not in said] == []
    assert f"tidewaiter: remark: {faulty}: $.valid_to" in said
    assert said.splitlines()[-1] == f"tidewaiter: {faulty}: refused; nothing was published"
    assert HINT not in said
    assert main.main(["hub", "pack", "publish", "--unsigned", str(doubtful), *database]) == 0
    told = capsys.readouterr()
    assert "NATIONAL-GLOVES 1.0.0: published" in told.out
    assert "remark: " in told.err
    assert main.main(["hub", "pack", "list", *database]) == 0
    assert capsys.readouterr().out.count("NATIONAL-GLOVES") == 1
