"""Whose work is in the program, and under which licence, is written down and complete."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from tests.house.source import ROOT
from tools.environment import LOCKS
from tools.installed import LINE
from versions import versions

NOTICES = (ROOT / "THIRD-PARTY.md").read_text(encoding="utf-8")
CLDR = ("countries.json", "currencies.json")


def test_every_package_that_is_installed_has_its_licence_in_the_notices() -> None:
    section = NOTICES.partition("## Installed beside it")[2].partition("\n## ")[0]
    rows = dict(re.findall(r"^\| ([a-z][a-z0-9-]*) \| ([^|]+) \|", section, re.M))
    del rows["package"]
    # the largest lock of what is passed on: `run`, and what each extra adds
    texts = [LOCKS[lock].read_text("utf-8") for lock in ("camera", "central")]
    assert set(rows) == {name for text in texts for name, _, _ in LINE.findall(text)}
    assert all(licence.strip() for licence in rows.values())


def test_every_native_library_that_is_named_by_its_version_is_in_the_notices() -> None:
    named = {line.split("  ")[0].strip() for line in versions().splitlines()}
    others = {"Tidewaiter", "Python", "SQLCipher's cipher"}  # ourselves, the host's, OpenSSL again
    told = NOTICES.lower()
    assert [name for name in sorted(named - others) if name.lower() not in told] == []


def test_the_texts_that_must_come_along_are_here() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert (ROOT / "LICENSE").read_text("utf-8").startswith(f"{project['license']} License")
    for file in re.findall(r"`(resources/\S+[A-Za-z])`", NOTICES):
        assert (ROOT / file).is_file(), file
    from_cldr = [
        path.name for path in (ROOT / "resources/terms").glob("*.json") if "CLDR" in _source(path)
    ]
    assert sorted(from_cldr) == sorted(CLDR)
    assert "UNICODE LICENSE" in (ROOT / "resources/terms/LICENSE.unicode").read_text("utf-8")
    assert len(list((ROOT / "resources/fonts").glob("Noto*"))) == len(
        list((ROOT / "resources/fonts").glob("*.ttf"))
    )


def _source(path: Path) -> str:
    found = re.search(r'"source": "([^"]*)"', path.read_text("utf-8"))
    assert found is not None
    return found.group(1)
