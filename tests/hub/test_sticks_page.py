"""The hub's page of sticks: bundles in, answers out, by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from hub.codes import fresh_code
from storage import hub_memory
from storage.workstation import Workstation
from sync.http.enrol import enrol
from sync.stick.bring import import_stick
from sync.stick.export import export
from sync.wire.stick import answer_file
from tests.builders import a_final
from tests.hub.conftest import Running


@pytest.fixture
def page(running: Running) -> Iterator[httpx2.Client]:
    """A browser at the hub's own machine."""
    with httpx2.Client(base_url=running.pages, timeout=60) as client:
        yield client


def a_bundle(ws: Workstation, running: Running, folder: Path) -> Path:
    """What waits at an enrolled post, on a stick."""
    enrol(ws, running.url, fresh_code(running.hub))
    a_final(ws)
    folder.mkdir()
    return export(ws, folder).written[0].path


def test_a_bundle_is_taken_from_the_page_and_its_answer_goes_back_to_the_post(
    running: Running, page: httpx2.Client, ws: Workstation, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    bundle = a_bundle(ws, running, stick)
    assert page.get("/sticks").status_code == 200

    taken = page.put("/sticks", content=bundle.read_bytes()).json()
    again = page.put("/sticks", content=bundle.read_bytes()).json()

    assert taken["complete"]
    assert "(2 new)" in taken["text"]
    assert again["complete"]
    assert "(0 new)" in again["text"]
    assert running.count("photo") == 2
    given = page.get(f"/sticks/answers/{ws.device}.json")
    file = answer_file(stick, ws.device)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(given.content)
    import_stick(ws, stick)
    assert hub_memory.count_waiting(ws.db) == 0


@pytest.mark.parametrize("data", [b"", b"<html>", b"age-encryption.org/v1\nnonsense"])
def test_what_is_no_bundle_is_one_sentence(
    running: Running, page: httpx2.Client, data: bytes
) -> None:
    answer = page.put("/sticks", content=data)
    assert answer.status_code == 200
    assert not answer.json()["complete"]
    assert answer.json()["text"]
    assert running.count("entry") == 0


def test_a_cut_bundle_is_not_complete(
    running: Running, page: httpx2.Client, ws: Workstation, tmp_path: Path
) -> None:
    bundle = a_bundle(ws, running, tmp_path / "stick")
    data = bundle.read_bytes()
    answer = page.put("/sticks", content=data[: len(data) - 100]).json()
    assert not answer["complete"]
    assert "cut" in answer["text"]


def test_a_foreign_page_cannot_give_the_hub_a_bundle(page: httpx2.Client) -> None:
    """A browser asks first (OPTIONS) before it sends PUT for a page of another origin."""
    asked = page.options(
        "/sticks",
        headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "PUT"},
    )
    assert "access-control-allow-origin" not in asked.headers
    assert asked.status_code == 403
    foreign = page.put("/sticks", content=b"x", headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert page.post("/sticks", content=b"x").status_code == 405


def test_a_workstation_that_is_not_known_has_no_answer(page: httpx2.Client) -> None:
    assert page.get("/sticks/answers/DAAAAAAAAAAAAAAAA.json").status_code == 404
    assert page.get("/sticks/answers/nonsense.json").status_code == 404
