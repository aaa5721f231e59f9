"""docs/storage.md describes the folder and the database as they are."""

from __future__ import annotations

from pathlib import Path

from storage.key_file import ITERATIONS, LANES, MEMORY_KIB, Slot
from storage.workstation import Workstation
from tests.builders import Place, a_final

PAGE = (Path(__file__).parents[2] / "docs" / "storage.md").read_text(encoding="utf-8")


def test_every_table_and_trigger_is_described(ws: Workstation) -> None:
    made = ws.db.execute(
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'trigger') AND name NOT LIKE"
        " 'sqlite_%' AND name NOT LIKE 'record_words_%' AND name NOT LIKE '\\_%' ESCAPE '\\'"
    ).fetchall()
    assert [name for (name,) in made if f"`{name}`" not in PAGE] == []


def test_every_file_of_the_folder_is_described(place: Place) -> None:
    with place.open() as ws:
        a_final(ws)
        names = {path.name for path in ws.home.iterdir()}
    assert {name.partition("-wal")[0].partition("-shm")[0] for name in names} - {
        name for name in names if name in PAGE
    } == set()


def test_the_slots_are_as_described() -> None:
    for number in (ITERATIONS, LANES):
        assert f"({number})" in PAGE
    assert f"({MEMORY_KIB:,})" in PAGE
    assert [name for name in Slot.__struct_fields__ if f"`{name}`" not in PAGE] == []
