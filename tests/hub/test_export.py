"""`main.py hub export`: what a ministry and an auditor get, and what they can rely on."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from domain.entry import Entry
from domain.ids import PhotoHash
from domain.instant import Instant
from domain.interception.conveyance import Consignment
from domain.interception.goods import GoodsLine
from domain.interception.occasion import Occasion
from domain.kinds import InterceptionCancelled, InterceptionFinalised, read_body
from hub.export.columns import TABLES
from hub.export.folder import WantedExport, export_to
from hub.export.tables import harmless
from hub.export.writer import ExportForm
from hub.packs import open_library
from hub.store.sql.exported import ChosenInterceptions
from tests.hub.conftest import Running
from tests.hub.station import Station, a_photo, an_interception
from tests.hub.stored import stored_as
from tests.hub.test_commands import run
from tests.hub.test_photos import PHOTO, begin, patch
from tests.journeys.desk import DIES_AT, KILLED, Said
from tests.journeys.desk import run as run_main

FORMULA = '=HYPERLINK("http://x","y")'
DOCS = Path(__file__).parents[2] / "docs" / "export-format.md"
pytestmark = pytest.mark.rows


def seized(text: str) -> Occasion:
    return Occasion(seized_at=Instant.parse(text))


@pytest.fixture
def station(running: Running) -> Station:
    """Three records at the hub: one amended, one cancelled, one with a photo."""
    station = running.station()
    first = station.finalise(occasion=seized("2026-10-31T23:30:00+01:00"))
    body = read_body(first)
    assert isinstance(body, InterceptionFinalised)
    shared = an_interception(
        record_id=body.record,
        occasion=seized("2026-11-01T00:30:00+01:00"),
        goods=(
            GoodsLine(category="B11", description=FORMULA, quantity=Decimal("12.500"), unit="kg"),
            GoodsLine(category="B11", description="zweite, »Zeile«\nmit Umbruch", packs=2),
        ),
    )
    station.add(first.head.kind, first.head.subject, InterceptionFinalised(
        record=body.record, number=body.number, revision=2, supersedes=first.hash,
        reason="typing", comment="wrong day", shared=shared))  # fmt: skip
    second = station.finalise(occasion=seized("2026-11-30T23:59:59-05:00"))
    cancelled = read_body(second)
    assert isinstance(cancelled, InterceptionFinalised)
    station.add("interception.cancelled", second.head.subject, InterceptionCancelled(
        record=cancelled.record, entry=second.hash, reason="twice"))  # fmt: skip
    station.finalise(
        occasion=seized("2026-12-01T00:00:00+00:00"),
        photos=(a_photo(PHOTO),),
        consignment=Consignment(mode="express", courier_awb="JD014600003"),
    )
    station.send()
    patch(station, begin(station).headers["Location"], 0, PHOTO)
    return station


def export(running: Running, out: Path, *words: str) -> Said:
    return run("export", "--database", running.database, "--objects", running.objects,
               "--out", str(out), *words)  # fmt: skip


def table(out: Path, name: str) -> list[dict[str, str]]:
    with (out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_month_has_every_interception_as_it_is_in_force_and_its_history(
    running: Running, station: Station, tmp_path: Path
) -> None:
    out = tmp_path / "november"
    done = export(running, out, "--from", "2026-11-01", "--to", "2026-11-30", "--language", "fr")
    assert done.status == 0, done.err
    assert done.out == f"{out}: 2 interceptions, as many as the hub has for this\n"
    first, second = table(out, "interceptions")
    assert (first["status"], first["revision"], first["officer"]) == ("amended", "2", "4417")
    assert first["occasion.seized_at"] == "2026-11-01T00:30:00.000+01:00"
    assert first["consignment.postal_item_id"] == "RR123456785GB"
    assert first["consignment.mode.label"] not in ("", "mail", "Mail")
    assert (second["status"], second["cancel_reason"]) == ("cancelled", "twice")
    goods = table(out, "goods")
    assert [line["line"] for line in goods if line["record_id"] == first["record_id"]] == ["1", "2"]
    assert goods[0]["quantity"] == "12.500"
    assert goods[0]["description"] == f"'{FORMULA}"
    assert goods[1]["description"] == "zweite, »Zeile«\nmit Umbruch"
    journal = [row for row in table(out, "journal") if row["record_id"] == first["record_id"]]
    assert [(row["revision"], row["reason"], row["in_force"]) for row in journal] == [
        ("1", "", "false"),
        ("2", "typing", "true"),
    ]
    assert table(out, "photos") == []


def test_the_manifest_names_every_file_with_its_hash_and_counts(
    running: Running, station: Station, tmp_path: Path
) -> None:
    done = export(running, tmp_path / "all", "--photos", "--bom")
    assert done.status == 0, done.err
    made = json.loads((tmp_path / "all" / "manifest.json").read_text())
    assert made["format"] == "tidewaiter-export/1"
    assert made["hub"] == str(running.hub.identity.hub)
    assert (made["interceptions"], made["held"], made["photos"]) == (3, 3, 1)
    files = {path.relative_to(tmp_path / "all").as_posix(): path
             for path in (tmp_path / "all").rglob("*") if path.is_file()}  # fmt: skip
    files.pop("manifest.json")
    assert {each["name"] for each in made["files"]} == set(files)
    for each in made["files"]:
        data = files[each["name"]].read_bytes()
        assert (each["size"], each["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
        if each["name"].endswith(".csv"):
            assert data.startswith(b"\xef\xbb\xbf")
            assert each["rows"] == len(table(tmp_path / "all", each["name"][:-4]))
    (photo,) = table(tmp_path / "all", "photos")
    assert (photo["sha256"], photo["held"]) == (str(PhotoHash.of(PHOTO)), "true")
    assert files[photo["file"]].read_bytes() == PHOTO


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_the_journal_in_json_can_be_verified_by_a_stranger(
    running: Running, station: Station, tmp_path: Path, form: str
) -> None:
    assert export(running, tmp_path / "out", "--format", form).status == 0
    text = (tmp_path / "out" / f"interceptions.{form}").read_text()
    found: list[dict[str, Any]] = (
        json.loads(text) if form == "json" else [json.loads(line) for line in text.splitlines()]
    )
    assert [len(each["history"]["revisions"]) for each in found] == [2, 1, 1]
    assert found[1]["cancelled"]["reason"] == "twice"
    assert found[0]["interception"]["goods"][0]["description"] == FORMULA
    entries = [entry for each in found for entry in each["journal"]]
    assert len(entries) == 5
    for entry in entries:
        read = Entry(entry["signed"].encode(), bytes.fromhex(entry["signature"]))
        assert str(read.hash) == entry["hash"]
        assert read.signed_by(station.key.verify_key)


def test_the_days_of_a_period_are_those_of_the_whole(
    running: Running, station: Station, tmp_path: Path
) -> None:
    """Each interception is on exactly one day, by the clock of its post or by its arrival."""
    library = open_library(running.hub.database)

    def count(first: date, last: date, *, by_arrival: bool) -> int:
        begin, end = ((each - date(1970, 1, 1)).days * 86_400_000 for each in (first, last))
        chosen = ChosenInterceptions(begin=begin, end=end + 86_400_000, by_arrival=by_arrival)
        out = tmp_path / f"{first}-{last}-{by_arrival}"
        return export_to(running.hub, library, WantedExport(chosen=chosen, form=ExportForm.CSV),
                         out).interceptions  # fmt: skip

    days = [date(2026, 10, 31) + timedelta(days=number) for number in range(33)]
    each = [count(day, day, by_arrival=False) for day in (*days[:3], *days[-4:])]
    assert each == [0, 1, 0, 0, 1, 1, 0]
    assert count(days[0], days[-1], by_arrival=False) == sum(each) == 3
    today = date.fromtimestamp(running.hub.now().millis / 1000)
    assert count(today - timedelta(1), today + timedelta(1), by_arrival=True) == 3


def test_post_and_checklist_choose(running: Running, station: Station, tmp_path: Path) -> None:
    for words, expected in (
        (["--post", "MCN"], "3 interceptions"),
        (["--post", "EXH"], "0 interceptions"),
        (["--checklist", "SAMPLE-MED"], "3 interceptions"),
        (["--checklist", "SAMPLE"], "0 interceptions"),
    ):
        assert expected in export(running, tmp_path / words[1], *words).out


def test_a_photo_that_is_not_whole_is_named_and_not_exported(
    running: Running, station: Station, tmp_path: Path
) -> None:
    running.stored.write(stored_as(PHOTO), PHOTO[:-1] + b"!")
    done = export(running, tmp_path / "out", "--photos")
    assert done.status == 1
    assert f"photo {PhotoHash.of(PHOTO)} is not whole at the hub" in done.out
    assert [row["file"] for row in table(tmp_path / "out", "photos")] == [""]
    assert list((tmp_path / "out" / "photos").glob("*/*")) == []


@pytest.mark.usefixtures("station")
def test_the_audit_says_what_was_exported(running: Running, tmp_path: Path) -> None:
    export(running, tmp_path / "out", "--from", "2026-11-01", "--post", "MCN", "--photos")
    read = run("audit", "--database", running.database)
    (noted,) = [row for row in map(json.loads, read.out.splitlines()) if row["event"] == "exported"]
    assert noted["subject"] == "interceptions: 3, photos: 1"
    assert noted["detail"] == "from 2026-11-01, by seizure, post MCN, format csv"


def test_a_folder_with_something_in_it_and_days_in_the_wrong_order_are_refused(
    running: Running, station: Station, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").touch()
    done = export(running, tmp_path / "out")
    assert (done.status, done.out) == (3, "")
    assert "the folder for the export is not empty" in done.err
    wrong = export(running, tmp_path / "new", "--from", "2026-11-02", "--to", "2026-11-01")
    assert (wrong.status, wrong.out) == (2, "")
    assert "must be a day like" in export(running, tmp_path / "n", "--from", "1.11.2026").err
    assert export(running, tmp_path / "last", "--to", "9999-12-31").status == 0


@pytest.mark.sqlite
@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9")
def test_an_export_killed_at_any_step_leaves_no_folder_or_a_whole_one(
    running: Running, station: Station, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    words = ["hub", "export", "--database", running.database, "--objects", running.objects]
    kills, step = 0, 20
    while True:
        said = run_main([*words, "--out", str(out), "--photos"], before=DIES_AT.format(step=step))
        if said.status == 0:
            break
        assert said.status == KILLED, said.err
        if out.exists():
            assert (out / "manifest.json").exists()
            shutil.rmtree(out)
        kills += 1
        step += 9
    assert kills >= 2
    assert (out / "manifest.json").exists()
    assert [path.name for path in tmp_path.glob(".*")] == []


@pytest.mark.sqlite
def test_the_columns_are_those_of_the_page_that_describes_them(running: Running) -> None:
    text = DOCS.read_text(encoding="utf-8")
    for name, columns in TABLES.items():
        section = text.split(f"### {name}.csv")[1].split("\n    ", 1)[1].split("\n\n")[0]
        assert " ".join(section.split()).split(", ") == list(columns), name


FULL_WIDTH = ("\uff1d", "\uff0b", "\uff0d", "\uff20")


@pytest.mark.sqlite
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", *FULL_WIDTH])
def test_no_cell_is_a_formula(running: Running, start: str) -> None:
    assert harmless(f"{start}cmd|' /C calc'!A0")[0] == "'"
    assert harmless("-12.5") == "-12.5"
    assert harmless("+33 1 42") == "'+33 1 42"
