"""An export from the list: what its limits show, in the regions of the viewer, and noted."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from hub.errors import RequestRefused
from hub.export.folder import WantedExport, export_to
from hub.export.writer import ExportForm
from hub.export.zipped import MOST, Downloads, WantedDownload
from hub.packs import open_library
from hub.people.regions import put_region
from hub.people.roles import Role
from hub.store.sql import audit, margins
from hub.store.sql.audit import AuditRow
from hub.store.sql.exported import ChosenInterceptions
from hub.store.sql.filtered import Filter
from hub.store.sql.margins import Counts
from hub.store.sql.scope import EVERYTHING
from tests.hub.conftest import Running
from tests.hub.engines import Url
from tests.hub.people import HandClock, a_person, hub_with_people, signed_in
from tests.hub.station import Station
from tests.hub.test_regions import south_of

pytestmark = pytest.mark.rows
OF_NORTH = 7


@pytest.fixture
def place(tmp_path: Path, engine: Url) -> Iterator[tuple[Running, HandClock, Station, Station]]:
    """A hub with interceptions of two posts, of which one is in the region NORTH."""
    with hub_with_people(tmp_path, database=engine) as (running, clock):
        north, south = running.station(1), south_of(running)
        for number in range(OF_NORTH):
            north.finalise(remarks=f"=number {number}, with a comma")
        south.finalise(post="SPT")
        north.send()
        south.send()
        put_region(running.hub, "NORTH", ["MCN"])
        yield running, clock, north, south


def rows_in(answer: httpx2.Response) -> list[dict[str, str]]:
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return list(csv.DictReader(io.StringIO(archive.read("interceptions.csv").decode())))


def with_ann(
    place: tuple[Running, HandClock, Station, Station], role: Role
) -> tuple[Running, httpx2.Client]:
    """The hub, and the browser in which somebody of that role has signed in."""
    running, clock, *_ = place
    person = a_person(running.hub, "ann", role)
    clock.move(seconds=30)
    return running, signed_in(running, person)


def noted(running: Running) -> list[AuditRow]:
    with running.hub.database.reading() as rows:
        return [row for row in audit.page(rows, before=2**62, limit=50) if row.event == "exported"]


def test_an_analyst_takes_what_the_list_shows_in_the_own_regions_and_the_audit_says_so(
    place: tuple[Running, HandClock, Station, Station],
) -> None:
    running, clock, north, south = place
    person = a_person(running.hub, "ann", Role.ANALYST, regions=["NORTH"])
    everywhere = a_person(running.hub, "ella", Role.ANALYST)
    clock.move(seconds=30)
    ann, ella = signed_in(running, person), signed_in(running, everywhere)
    records = {entry.head.subject for entry in north.chain[1:]}
    (theirs,) = {entry.head.subject for entry in south.chain[1:]}

    assert "/export?format=csv" in ann.get("/").text
    assert {row["record_id"] for row in rows_in(ann.get("/export"))} == records
    (row,) = noted(running)
    assert (row.account, row.subject) == (person.id, f"interceptions: {OF_NORTH}")
    assert row.detail == "format csv, regions NORTH"
    assert rows_in(ann.get("/export?post=SPT")) == []
    assert {row["record_id"] for row in rows_in(ella.get("/export"))} == {*records, theirs}
    assert [row["record_id"] for row in rows_in(ella.get("/export?post=SPT"))] == [theirs]
    assert rows_in(ella.get("/export?status=cancelled")) == []
    assert noted(running)[1].detail == "post SPT, format csv"
    head = ella.head("/export")
    assert head.status_code == 200
    assert "Content-Length" not in head.headers
    assert len(noted(running)) == 5  # a question about the head is no export


def test_the_zip_has_the_tables_of_an_export_with_a_manifest_of_all_files(
    place: tuple[Running, HandClock, Station, Station], tmp_path: Path
) -> None:
    running, ann = with_ann(place, Role.COORDINATOR)
    answer = ann.get("/export")
    library = open_library(running.hub.database)
    wanted = WantedExport(chosen=ChosenInterceptions(), form=ExportForm.CSV)
    export_to(running.hub, library, wanted, tmp_path / "export")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert (names[0], names[-1]) == ("READ-ME.txt", "manifest.json")
        manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
        assert {f"{file['name']}" for file in manifest["files"]} == {*names[1:-1]}
        for file in manifest["files"]:
            data = archive.read(file["name"])
            assert (file["size"], file["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
            table = (tmp_path / "export" / file["name"]).read_bytes()
            assert sorted(data.splitlines()) == sorted(table.splitlines())
    assert manifest["interceptions"] == manifest["held"] == OF_NORTH + 1
    lines = ann.get("/export?format=jsonl")
    with zipfile.ZipFile(io.BytesIO(lines.content)) as archive:
        found = [json.loads(line) for line in archive.read("interceptions.jsonl").splitlines()]
    assert len(found) == OF_NORTH + 1
    assert ann.get("/export?format=xlsx").status_code == 400


def test_a_download_that_was_cut_says_that_it_is_not_whole(
    place: tuple[Running, HandClock, Station, Station],
) -> None:
    _, ann = with_ann(place, Role.ANALYST)
    answer = ann.get("/export")
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    cut = answer.content[: len(answer.content) * 2 // 3]
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(cut))
    assert b"Without it the download was cut" in cut  # stored as it is, for whoever mends the zip


def test_more_than_one_download_takes_is_refused_in_words(
    place: tuple[Running, HandClock, Station, Station],
) -> None:
    running, ann = with_ann(place, Role.ANALYST)
    with running.hub.database.writing() as rows:
        margins.add(rows, {("MCN", "D"): Counts(interceptions=MOST)})
    assert "are not exported from here" in ann.get("/").text
    answer = ann.get("/export")
    assert answer.status_code == 400
    assert "There is more than one download takes (10000 interceptions)" in answer.text
    assert len(rows_in(ann.get("/export?status=final"))) == OF_NORTH + 1
    assert len(noted(running)) == 1


def test_some_exports_are_made_at_a_time_and_another_one_is_told_to_wait(
    place: tuple[Running, HandClock, Station, Station],
) -> None:
    running, *_ = place
    downloads = Downloads(running.hub, open_library(running.hub.database))
    wanted = WantedDownload(asked=Filter(), scope=EVERYTHING, form=ExportForm.JSONL, words={})
    with downloads.make(wanted) as (one, _), downloads.make(wanted) as (two, _):
        with pytest.raises(RequestRefused, match="2 exports are being made"):
            downloads.make(wanted).__enter__()
        one.close()
        two.close()
    with downloads.make(wanted) as (three, made):
        three.close()
    assert made.interceptions == OF_NORTH + 1
