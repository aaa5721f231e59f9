"""Settings are typed, and one that cannot be read counts as its default."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage import settings
from storage.settings import CARRIED, LANGUAGE, OFFICER, PACK, RECENT, THEME, Setting
from storage.workstation import Workstation
from system.database import transaction

PAGE = (Path(__file__).parents[2] / "docs" / "storage.md").read_text(encoding="utf-8")


def test_a_setting_that_was_never_set_has_its_default(ws: Workstation) -> None:
    assert [setting.read(ws.db) for setting in settings.ALL] == [
        *("en", "system", "0000", "", (), {}),
        *(0, "", "", False, 300),
        *((), "", "", ""),
    ]


def test_a_setting_is_read_as_it_was_written(ws: Workstation) -> None:
    changes = (
        LANGUAGE.to("fr"),
        THEME.to("dark"),
        OFFICER.to("4417"),
        PACK.to("SAMPLE-MED"),
        RECENT.of("reasons").to(("b", "a")),
        CARRIED.of("SAMPLE-MED", "4417").to({"legal": {"legal_basis": ["A"]}}),
    )
    settings.write(ws.db, changes)

    assert LANGUAGE.read(ws.db) == "fr"
    assert RECENT.of("reasons").read(ws.db) == ("b", "a")
    assert RECENT.of("bags").read(ws.db) == ()
    assert CARRIED.of("SAMPLE-MED", "4417").read(ws.db) == {"legal": {"legal_basis": ["A"]}}
    assert CARRIED.of("SAMPLE-MED", "5").read(ws.db) == {}


@pytest.mark.parametrize(
    ("setting", "stored"),
    [(LANGUAGE, ""), (RECENT, "not JSON"), (RECENT, "[1, 2]"), (CARRIED, "[]"), (CARRIED, "")],
)
def test_what_cannot_be_read_as_its_type_is_the_default(
    ws: Workstation, setting: Setting[object], stored: str
) -> None:
    with transaction(ws.db):
        ws.db.execute("INSERT INTO setting (name, value) VALUES (?, ?)", (setting.name, stored))

    assert setting.read(ws.db) == setting.default


def test_the_names_under_which_settings_are_stored_stay(ws: Workstation) -> None:
    """A folder of an earlier version has them under these names."""
    settings.write(ws.db, [RECENT.of("reasons").to(("a",)), CARRIED.of("P", "1").to({"a": 1})])

    rows = ws.db.execute("SELECT name, value FROM setting ORDER BY name").fetchall()
    assert rows == [("carried.P.1", '{"a":1}'), ("recent.reasons", '["a"]')]


def test_every_setting_is_described() -> None:
    assert [item.name for item in settings.ALL if f"| `{item.name}" not in PAGE] == []
